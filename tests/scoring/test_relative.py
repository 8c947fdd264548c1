"""Points compared within the block follow the best figure, whoever comes to have it, and when."""

from decimal import Decimal

import pytest

from accounts.workflow import Refused
from scoring.actions import ranking as ranking_actions
from scoring.actions import sheet as actions
from scoring.actions.mark import Answer, answer_criterion
from scoring.actions.relative import RECOMPUTED, recompute_relative
from scoring.models import Mark
from scoring.ranking import RankingRules
from tests.scoring.blocks import Block

pytestmark = pytest.mark.django_db

DAYS = ("D", 100, {"method": "relative", "config": {"label": "ngày công"}})
RULES = RankingRules()


@pytest.fixture
def block():
    return Block(3, DAYS)


def say(block, sheet, answer, by, at):
    level, value, reason = answer
    seen = Mark.objects.current().filter(sheet=sheet, criterion__code="D", level=level).first()
    said = Answer(level, "scored", {"value": value}, reason, replaces=seen.pk if seen else None)
    return answer_criterion(sheet, block.criterion("D"), said, by=by, at=at)


def sent(block, unit, value, at):
    sheet = block.begun(unit, at)
    say(block, sheet, ("self", value, ""), block.heads[unit], at)
    actions.submit_sheet(sheet, by=block.heads[unit], at=at)
    return sheet


def points(sheet, level=None):
    """The last word on D: of a level, or of each that has spoken."""
    rows = Mark.objects.current().filter(sheet=sheet, criterion__code="D")
    found = dict(rows.values_list("level", "points"))
    return found[level] if level else found


def appraise(block, sheet, at):
    if sheet.unit != block.units[0]:
        actions.accept_rest(sheet, "block", by=block.lead, at=at)
    by = block.reviewer if sheet.unit == block.units[0] else block.lead
    actions.finish_block_appraisal(sheet, by=by, at=at)


def finish(block, sheet, at):
    actions.accept_rest(sheet, "board", by=block.reviewer, at=at)
    actions.finish_board_appraisal(sheet, by=block.reviewer, at=at)
    actions.lock_sheet(sheet, by=block.chief, at=at)


def test_three_sheets_are_ranked_by_the_best_figure_there_is_in_the_end(block, at):
    sheets = [
        sent(block, unit, value, at)
        for unit, value in zip(block.units, ("50", "80", "100"), strict=True)
    ]
    # Each was the best when it was sent.
    assert [points(sheet, "self") for sheet in sheets] == [100, 100, 100]

    appraise(block, sheets[0], at)
    assert [points(sheet, "self") for sheet in sheets] == [50, 80, 100]
    appraise(block, sheets[1], at)
    # The block corrects what the best unit said of itself: all others rise.
    say(block, sheets[2], ("block", "90", "Trùng 10 ngày công"), block.lead, at)
    appraise(block, sheets[2], at)
    assert points(sheets[1]) == {"self": Decimal("88.89"), "block": Decimal("88.89")}
    finish(block, sheets[0], at)
    finish(block, sheets[1], at)
    # What is locked already still follows a figure that comes out later.
    say(block, sheets[2], ("board", "60", "Đối chiếu sổ"), block.reviewer, at)
    finish(block, sheets[2], at)
    assert [points(sheet, "board") for sheet in sheets] == [62.5, 100, 75]

    ranking = ranking_actions.draft_ranking(block.scale, RULES, {}, by=block.lead, at=at)
    ranking_actions.publish_ranking(ranking, by=block.chief, at=at)
    rows = ranking.rows.order_by("position")
    assert [(row.unit, Decimal(row.groups["D"])) for row in rows] == [
        (block.units[1], 100), (block.units[2], 75), (block.units[0], Decimal("62.5")),
    ]  # fmt: skip


def test_nothing_is_lost_and_nothing_written_twice(block, at):
    first, best = (
        sent(block, unit, value, at)
        for unit, value in zip(block.units[1:], ("50", "100"), strict=True)
    )
    for _ in range(2):
        recompute_relative(block.scale, at=at)

    history = Mark.objects.history_of(first, block.criterion("D"))
    assert [(one.points, one.reason, one.by) for one in history] == [
        (100, "", block.heads[first.unit]), (50, RECOMPUTED, None),
    ]  # fmt: skip
    assert history.last().because == "ngày công: 50, cao nhất khối: 100. Được 50 điểm."
    assert Mark.objects.history_of(best, block.criterion("D")).count() == 1


def test_nobody_is_measured_by_a_figure_without_evidence_or_by_a_draft(block, at):
    block.scale.criteria.filter(code="D").update(evidence_required=True)
    unproven = sent(block, block.units[1], "100", at)
    draft = block.begun(block.units[2], at)
    say(block, draft, ("self", "400", ""), block.heads[block.units[2]], at)
    own = sent(block, block.units[0], "50", at)
    assert points(own, "self") == 50  # no word of the draft

    appraise(block, unproven, at)
    assert points(unproven, "block") == 0
    assert points(own, "self") == 100
    recompute_relative(block.scale, at=at)
    assert points(unproven, "block") == 0


def test_a_ranking_of_points_that_have_changed_is_not_published(block, at):
    sheets = [sent(block, unit, "50", at) for unit in block.units]
    for sheet in sheets:
        appraise(block, sheet, at)
    old = ranking_actions.draft_ranking(block.scale, RULES, {}, by=block.lead, at=at)
    say(block, sheets[1], ("board", "40", "Đối chiếu sổ"), block.reviewer, at)
    for sheet in sheets:
        finish(block, sheet, at)

    with pytest.raises(Refused, match="Mời lập lại"):
        ranking_actions.publish_ranking(old, by=block.chief, at=at)
    new = ranking_actions.draft_ranking(block.scale, RULES, {}, by=block.lead, at=at)
    ranking_actions.publish_ranking(new, by=block.chief, at=at)
