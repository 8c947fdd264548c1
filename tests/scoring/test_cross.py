"""Cross-scoring: a fair assignment, done when it is done, missed only when it is too late."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEvent
from accounts.workflow import Refused
from scoring.actions import sheet as actions
from scoring.actions.cross import assign_cross, finish_cross, reopen_cross
from scoring.cross import proposal
from scoring.datasets.sheet import sheet_grid
from scoring.models import CrossAssignment, Mark
from tests.scoring.blocks import Block

pytestmark = pytest.mark.django_db

MISSED = (
    "G", 0, {
        "section": "deduction", "method": "deduction",
        "config": {"counted": "không chấm chéo", "each": "5", "fact": "cross_missed"},
    },
)  # fmt: skip


@pytest.fixture
def block():
    return Block(3, MISSED)


class Round:
    """Everybody has sent its sheet and is to score another; `given` is one of the assignments,
    of a sheet the khối trưởng may appraise and by another than the khối trưởng's unit."""

    def __init__(self, block, at):
        self.sheets = {unit: block.sent(unit, at) for unit in block.units}
        assign_cross(block.scale, by=block.lead, at=at)
        self.given = CrossAssignment.objects.exclude(scored=block.units[0]).exclude(
            scorer=block.units[0]
        ).get()  # fmt: skip
        self.sheet = self.sheets[self.given.scored]
        self.scorer = block.heads[self.given.scorer]


def test_a_cross_score_is_done_only_without_gaps_and_then_closed(block, at):
    now = Round(block, at)
    given, scorer = now.given, now.scorer
    block.answer(now.sheet, "A", 580, "cross", scorer, at, reason="Chưa đủ", assignment=given)
    with pytest.raises(Refused, match="Còn 1 tiêu chí") as refused:
        finish_cross(given, by=scorer, at=at)
    assert refused.value.details == (str(block.criterion("B")),)
    with pytest.raises(PermissionDenied):
        finish_cross(given, by=block.lead, at=at)

    # What the portal scores by itself is agreed with too.
    assert actions.accept_rest(now.sheet, "cross", by=scorer, at=at, assignment=given) == 2
    finish_cross(given, by=scorer, at=at)
    given.refresh_from_db()
    assert (given.finished_at, given.finished_by) == (at, scorer)
    for late in (
        lambda: finish_cross(given, by=scorer, at=at),
        lambda: block.answer(now.sheet, "B", 1, "cross", scorer, at, reason="x", assignment=given),
    ):
        with pytest.raises(Refused, match="đã xong"):
            late()
    assert Mark.objects.filter(level="cross").count() == 3


def test_who_appraises_opens_a_cross_score_again_and_says_why(block, at):
    now = Round(block, at)
    with pytest.raises(Refused, match="Chưa có lượt"):
        reopen_cross(now.sheet, by=block.lead, at=at, reason="Sót minh chứng")
    actions.accept_rest(now.sheet, "cross", by=now.scorer, at=at, assignment=now.given)
    finish_cross(now.given, by=now.scorer, at=at)
    with pytest.raises(PermissionDenied):
        reopen_cross(now.sheet, by=now.scorer, at=at, reason="Nhầm")

    assert reopen_cross(now.sheet, by=block.lead, at=at, reason="Sót minh chứng") == 1
    now.given.refresh_from_db()
    assert (now.given.finished_at, now.given.finished_by) == (None, None)
    assert AuditEvent.objects.filter(verb="cross_reopened").get().note == "Sót minh chứng"
    finish_cross(now.given, by=now.scorer, at=at)
    actions.finish_block_appraisal(now.sheet, by=block.lead, at=at)
    with pytest.raises(Refused, match="khép lại"):
        reopen_cross(now.sheet, by=block.lead, at=at, reason="Muộn")


def test_only_what_can_no_longer_be_done_was_missed(block, at):
    now = Round(block, at)
    own = now.sheets[now.given.scorer]
    actions.finish_block_appraisal(own, by=block.lead, at=at)

    def deducted():
        actions.finish_board_appraisal(own, by=block.reviewer, at=at)
        taken = sheet_grid(own, at=at, levels=[]).final.deduction
        actions.reopen_sheet(own, by=block.reviewer, at=at, reason="Xem lại")
        return taken

    assert deducted() == 0  # the block still waits for it
    actions.finish_block_appraisal(now.sheet, by=block.lead, at=at)
    assert deducted() == 5  # closed, and never done
    actions.reopen_sheet(now.sheet, by=block.reviewer, at=at, reason="Chờ chấm chéo")
    actions.accept_rest(now.sheet, "cross", by=now.scorer, at=at, assignment=now.given)
    finish_cross(now.given, by=now.scorer, at=at)
    actions.finish_block_appraisal(now.sheet, by=block.lead, at=at)
    assert deducted() == 0


def test_units_cross_score_as_assigned(block, at):
    sheets = {unit: block.sent(unit, at) for unit in block.units}
    with pytest.raises(PermissionDenied):
        assign_cross(block.scale, by=block.reviewer, at=at)
    assert assign_cross(block.scale, by=block.lead, at=at) == 3

    given = CrossAssignment.objects.first()
    scorer = block.heads[given.scorer]
    block.answer(
        sheets[given.scored], "B", 270, "cross", scorer, at, reason="Chưa đủ", assignment=given
    )
    stranger = next(
        one for unit, one in block.heads.items() if unit not in {given.scorer, given.scored}
    )
    with pytest.raises(PermissionDenied):
        block.answer(
            sheets[given.scored], "B", 1, "cross", stranger, at, reason="x", assignment=given
        )
    assert block.total(sheets[given.scored], at) == 960


def test_marks_of_a_cancelled_assignment_stay_and_count_no_more(block, at):
    """Assigned anew, the sheet counts only what its scorer of now has said, not the mean."""
    now = Round(block, at)
    block.answer(
        now.sheet, "B", 200, "cross", now.scorer, at, reason="Chưa đủ", assignment=now.given
    )
    assert block.total(now.sheet, at) == 890

    assign_cross(block.scale, by=block.lead, at=at)
    assert block.total(now.sheet, at) == 990
    again = CrossAssignment.objects.in_force().get(sheet=now.sheet)
    scorer = block.heads[again.scorer]
    block.answer(now.sheet, "B", 280, "cross", scorer, at, reason="Đủ", assignment=again)

    assert block.total(now.sheet, at) == 970
    history = Mark.objects.history_of(now.sheet, block.criterion("B"))
    assert [mark.points for mark in history] == [300, 200, 280]


@pytest.mark.parametrize("each", [1, 2])
@pytest.mark.parametrize("count", range(3, 15))
def test_a_proposal_is_fair(count, each):
    pairs = proposal(range(count), each=each, seed=2024)

    work = 2 if each == 2 and count >= 5 else 1
    assert len(pairs) == len(set(pairs)) == count * work
    for unit in range(count):
        assert sum(scorer == unit for scorer, _ in pairs) == work
        assert sum(scored == unit for _, scored in pairs) == work
    assert not any(scorer == scored or (scored, scorer) in pairs for scorer, scored in pairs)


def test_two_units_are_not_proposed_to_each_other():
    assert proposal([1, 2]) == []
