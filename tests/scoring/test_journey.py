"""A block of eight units from the scale to the published ranking, by the acts of its people."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError

from accounts.workflow import Refused
from scoring.actions import ranking as ranking_actions
from scoring.actions import sheet as actions
from scoring.actions.mark import Answer, answer_criterion
from scoring.datasets.sheet import sheet_grid
from scoring.formula import BadAnswer
from scoring.models import Mark, Ranking, ScoreSheet
from scoring.ranking import DEFAULT_RULES, Quota, RankingRules, Remark, TieBreak
from tests.factories import ObligationFactory, OfficerFactory, ReviewerFactory
from tests.scoring.blocks import Block

pytestmark = pytest.mark.django_db

RULES = RankingRules(
    (TieBreak("group", "A"), TieBreak("ballot")),
    (Quota("Cờ", 1, least_points=Decimal(900)), Quota("Bằng khen", 2)),
)


@pytest.fixture
def block():
    return Block(3)


def test_eight_units_from_self_score_to_published_ranking(at):
    block = Block(8)
    sheets = [block.locked(unit, at, a=600 - 10 * n) for n, unit in enumerate(block.units[:7])]

    assert [block.total(sheet, at) for sheet in sheets] == [1000 - 10 * n for n in range(7)]
    remarks = {block.units[1].pk: Remark("withdrawn", "Nhường đơn vị khác.")}
    ranking = ranking_actions.draft_ranking(block.scale, RULES, remarks, by=block.lead, at=at)
    with pytest.raises(PermissionDenied):
        ranking_actions.publish_ranking(ranking, by=block.lead, at=at)
    ranking_actions.publish_ranking(ranking, by=block.chief, at=at)

    rows = ranking.rows.order_by("position", "pk")
    ranked = [(row.unit, row.position, row.award) for row in rows if row.position]
    assert ranked[:4] == [
        (block.units[0], 1, "Cờ"), (block.units[2], 2, "Bằng khen"),
        (block.units[3], 3, "Bằng khen"), (block.units[4], 4, ""),
    ]  # fmt: skip
    assert {row.state_reason for row in rows if row.position is None} == {
        "Nhường đơn vị khác.", "Không nộp bảng tự chấm điểm.",
    }  # fmt: skip
    officer = OfficerFactory(block.units[6])
    assert ScoreSheet.objects.visible_to(officer).count() == 7

    with pytest.raises(Refused, match="lý do"):
        ranking_actions.draft_ranking(block.scale, RULES, {}, by=block.chief, at=at)
    fixed = ranking_actions.draft_ranking(
        block.scale, RULES, {}, by=block.chief, at=at, reason="Ghi nhầm đơn vị xin rút."
    )
    ranking_actions.publish_ranking(fixed, by=block.chief, at=at)
    ranking.refresh_from_db()
    assert (ranking.status, ranking.rows.count()) == ("corrected", 8)
    assert list(Ranking.objects.published()) == [fixed]


def test_a_tie_across_the_flag_waits_for_people(block, at):
    for unit in block.units:
        block.locked(unit, at)

    open_tie = ranking_actions.draft_ranking(block.scale, RULES, {}, by=block.lead, at=at)
    with pytest.raises(Refused, match="bằng điểm"):
        ranking_actions.publish_ranking(open_tie, by=block.chief, at=at)
    votes = {unit.pk: Remark(votes=n) for n, unit in enumerate(block.units)}
    settled = ranking_actions.draft_ranking(block.scale, RULES, votes, by=block.lead, at=at)
    ranking_actions.publish_ranking(settled, by=block.chief, at=at)

    first = settled.rows.get(position=1)
    assert (first.unit, first.decided_by) == (block.units[2], "nhiều phiếu suy tôn hơn")
    assert not Ranking.objects.filter(pk=open_tie.pk).exists()


def test_nothing_is_published_before_all_sheets_are_locked(block, at):
    block.locked(block.units[0], at)
    block.sent(block.units[1], at)
    ranking = ranking_actions.draft_ranking(block.scale, DEFAULT_RULES, {}, by=block.lead, at=at)

    with pytest.raises(Refused, match="chưa khóa sổ"):
        ranking_actions.publish_ranking(ranking, by=block.chief, at=at)


def test_every_level_stays_beside_the_one_below(block, at):
    unit = block.units[1]
    ObligationFactory(unit=unit, late=True)
    sheet = block.sent(unit, at, a=600, b=250)

    with pytest.raises(BadAnswer, match="lý do"):
        block.answer(sheet, "A", 550, "block", block.lead, at)
    block.answer(sheet, "A", 550, "block", block.lead, at, reason="Thiếu một chỉ tiêu")
    block.answer(sheet, "A", 560, "block", block.lead, at, reason="Đã bổ sung số liệu")
    actions.accept_rest(sheet, "block", by=block.lead, at=at)
    actions.finish_block_appraisal(sheet, by=block.lead, at=at)
    block.answer(sheet, "A", 540, "board", block.reviewer, at, reason="Đối chiếu lại")
    actions.accept_rest(sheet, "board", by=block.reviewer, at=at)
    actions.finish_board_appraisal(sheet, by=block.reviewer, at=at)

    history = Mark.objects.history_of(sheet, block.criterion("A"))
    assert list(history.values_list("level", "points", "reason")) == [
        ("self", 600, ""), ("block", 550, "Thiếu một chỉ tiêu"),
        ("block", 560, "Đã bổ sung số liệu"), ("board", 540, "Đối chiếu lại"),
    ]  # fmt: skip
    grid = sheet_grid(sheet, at=at, levels=[])
    # A late sub-plan: 0 of C. Self 850, board 790: more than 5 % of 1.000 apart, so F takes 10.
    assert [column.totals.total for column in grid.columns] == [850, 810, 780]
    assert grid.row("A").cell("board").differs
    assert grid.row("C").outcome.because == (
        "Nhất trí với cấp dưới. Kế hoạch triển khai: trễ 1 ngày làm việc. Được 0 điểm."
    )
    with pytest.raises(DatabaseError):
        Mark.objects.all().delete()


def test_without_evidence_the_block_gives_nothing(block, at):
    unit = block.units[1]
    head = block.heads[unit]
    sheet = actions.start_sheet(unit, 2024, by=head, at=at)
    block.answer(sheet, "A", 600, "self", head, at)
    block.answer(sheet, "B", 300, "self", head, at)
    actions.submit_sheet(sheet, by=head, at=at)

    with pytest.raises(BadAnswer, match="minh chứng"):
        block.answer(sheet, "A", 500, "block", block.lead, at, reason="Đồng ý một phần")
    actions.accept_rest(sheet, "block", by=block.lead, at=at)

    mark = Mark.objects.get(sheet=sheet, criterion__code="A", level="block")
    assert (mark.points, mark.reason) == (0, "Tiêu chí bắt buộc có minh chứng, đơn vị không gửi.")


def test_blank_zero_and_not_applicable_are_three_things(block, at):
    unit = block.units[1]
    head = block.heads[unit]
    sheet = actions.start_sheet(unit, 2024, by=head, at=at)
    ObligationFactory(unit=unit, on_time=True)
    block.answer(sheet, "A", 0, "self", head, at)
    with pytest.raises(Refused) as refused:
        actions.submit_sheet(sheet, by=head, at=at)
    assert [said.split()[0] for said in refused.value.details] == ["B"]
    with pytest.raises(BadAnswer, match="vì sao"):
        answer_criterion(
            sheet, block.criterion("B"), Answer("self", "not_applicable"), by=head, at=at
        )
    answer_criterion(
        sheet, block.criterion("B"), Answer("self", "not_applicable", reason="Không có đảng bộ"),
        by=head, at=at,
    )  # fmt: skip

    totals = sheet_grid(sheet, at=at, levels=[]).final
    # 0 of A and 100 of C: 100 of the 700 that apply.
    assert (totals.applicable, totals.content) == (700, Decimal("142.86"))


def test_of_two_appraisers_at_once_the_second_is_told(block, at):
    sheet = block.sent(block.units[1], at)
    first = block.answer(sheet, "B", 290, "block", block.lead, at, reason="Một")
    late = Answer("block", "scored", {"points": "280"}, "Hai", replaces=None)

    with pytest.raises(BadAnswer, match="Người khác vừa chấm"):
        answer_criterion(sheet, block.criterion("B"), late, by=block.lead, at=at)
    assert list(Mark.objects.filter(level="block")) == [first]
    again = Answer("block", "scored", {"points": "290"}, "Một", replaces=first.pk)
    assert answer_criterion(
        sheet, block.criterion("B"), again, by=block.lead, at=at
    ) is None  # fmt: skip


def test_nobody_scores_the_own_unit_above_the_self_level(block, at):
    own = block.sent(block.units[0], at)
    with pytest.raises(PermissionDenied):
        block.answer(own, "B", 300, "block", block.lead, at)
    with pytest.raises(PermissionDenied):
        actions.finish_block_appraisal(own, by=block.lead, at=at)
    actions.finish_block_appraisal(own, by=block.reviewer, at=at)
    at_home = ReviewerFactory(block.units[0])
    with pytest.raises(PermissionDenied):
        block.answer(own, "B", 300, "board", at_home, at)


def test_each_level_writes_in_its_time(block, at):
    unit = block.units[1]
    sheet = block.sent(unit, at)
    for level, by in (("self", block.heads[unit]), ("board", block.reviewer)):
        with pytest.raises(Refused):
            block.answer(sheet, "B", 10, level, by, at, reason="Muộn")
    actions.return_sheet(sheet, by=block.lead, at=at, reason="Bổ sung")
    block.answer(sheet, "B", 280, "self", block.heads[unit], at)
    actions.submit_sheet(sheet, by=block.heads[unit], at=at)
    assert block.total(sheet, at) == 970
