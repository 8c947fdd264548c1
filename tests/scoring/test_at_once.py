"""Two appraisers at the same moment, and sequences of edits nobody thought of."""

import threading
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import append_only
from accounts.workflow import Refused
from scoring.actions import mark
from scoring.actions import ranking as ranking_actions
from scoring.actions import sheet as actions
from scoring.datasets.sheet import sheet_grid
from scoring.formula import BadAnswer
from scoring.models import Mark, RankingRow
from scoring.ranking import RankingRules
from tests.factories import CrossAssignmentFactory
from tests.scoring.blocks import Block

MARKS = (("scoring_mark",), "mark_is_append_only")


@pytest.fixture
def real_marks(real_commits):
    """Marks other threads can read; afterwards even they are emptied."""
    yield
    with connection.cursor() as cursor:
        for statement in append_only.removal(connection.vendor, *MARKS):
            cursor.execute(statement)
        cursor.execute("DELETE FROM scoring_mark")
        for statement in append_only.statements(connection.vendor, *MARKS):
            cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.database
def test_of_two_appraisers_at_the_same_moment_one_is_told(real_marks, at):
    block = Block(3)
    sheet = block.sent(block.units[1], at)
    criterion = block.criterion("B")
    start, outcomes = threading.Barrier(2), []

    def appraise(points):
        said = mark.Answer("block", "scored", {"points": points}, "Đối chiếu")
        start.wait(timeout=10)
        try:
            mark.answer_criterion(sheet, criterion, said, by=block.lead, at=at)
            outcomes.append("written")
        except BadAnswer as told:
            outcomes.append(str(told))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=appraise, args=[points]) for points in ("280", "290")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == sorted(["written", mark.LOST])
    assert Mark.objects.filter(level="block", criterion=criterion).count() == 1


# --- whatever people do, in whatever order --------------------------------------------------------

POINTS = st.decimals(0, 700, places=2)
STEPS = st.one_of(
    st.tuples(
        st.just("answer"),
        st.sampled_from(["self", "cross", "block", "board", "council"]),
        st.sampled_from(["A", "B"]),
        POINTS,
    ),
    st.tuples(st.just("agree"), st.sampled_from(["cross", "block", "board"])),
    st.tuples(st.just("move"), st.sampled_from(["on", "on", "back", "publish"])),
)
# As far along as the example begins: by chance alone hardly a sequence would reach the end.
AHEAD = [("move", "on")] * 4 + [("move", "publish")]
ON = {
    "draft": "submit_sheet", "returned": "submit_sheet", "submitted": "finish_block_appraisal",
    "block_appraised": "finish_board_appraisal", "board_appraised": "lock_sheet",
}  # fmt: skip
BACK = {
    "submitted": "return_sheet", "block_appraised": "reopen_sheet",
    "board_appraised": "reopen_sheet",
}  # fmt: skip


class Walk:
    """One sheet, pushed about."""

    def __init__(self, at):
        self.at, self.block = at, Block(3)
        unit = self.block.units[1]
        self.sheet = self.block.begun(unit, at)
        self.cross = CrossAssignmentFactory(sheet=self.sheet, scorer=self.block.units[2])
        head, lead = self.block.heads[unit], self.block.lead
        self.people = {
            "self": head, "cross": self.block.heads[self.block.units[2]], "block": lead,
            "board": self.block.reviewer, "council": self.block.chief,
        }  # fmt: skip
        self.movers = {"submit_sheet": head, "return_sheet": lead, "finish_block_appraisal": lead,
                       "lock_sheet": self.block.chief}  # fmt: skip

    def take(self, step):
        with transaction.atomic():
            getattr(self, step[0])(*step[1:])

    def answer(self, level, code, points):
        more = {"assignment": self.cross} if level == "cross" else {}
        self.block.answer(
            self.sheet, code, points, level, self.people[level], self.at, reason="Vì thế", **more
        )

    def agree(self, level):
        given = self.cross if level == "cross" else None
        by = self.people[level]
        actions.accept_rest(self.sheet, level, by=by, at=self.at, assignment=given)

    def move(self, way):
        if way == "publish":
            ranking = ranking_actions.draft_ranking(
                self.block.scale, RankingRules(), {}, by=self.block.lead, at=self.at, reason="Lại"
            )
            ranking_actions.publish_ranking(ranking, by=self.block.chief, at=self.at)
            return
        name = (ON if way == "on" else BACK).get(self.sheet.status)
        if name is None:
            raise Refused("Hết đường.")
        why = {"reason": "Vì thế"} if way == "back" else {}
        by = self.movers.get(name, self.block.reviewer)
        getattr(actions, name)(self.sheet, by=by, at=self.at, **why)

    def marks(self):
        rows = Mark.objects.filter(sheet=self.sheet).order_by("pk")
        return list(rows.values_list("pk", "criterion__code", "level", "points", "reason", "by"))

    def standing(self):
        current = Mark.objects.current().filter(sheet=self.sheet)
        return set(current.values_list("criterion__code", "level"))


@pytest.mark.django_db
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ahead=st.integers(0, len(AHEAD)), steps=st.lists(STEPS, min_size=4, max_size=12))
def test_no_sequence_exceeds_a_maximum_loses_a_level_or_changes_what_is_public(at, ahead, steps):
    with transaction.atomic():
        walk = Walk(at)
        for step in (*AHEAD[:ahead], *steps):
            before, levels = walk.marks(), walk.standing()
            try:
                walk.take(step)
            except (Refused, BadAnswer, PermissionDenied):
                walk.sheet.refresh_from_db()
            after = walk.marks()
            assert after[: len(before)] == before
            assert levels <= walk.standing()
            _hold(walk)
        transaction.set_rollback(True)


def _hold(walk):
    scale = walk.block.scale
    for column in sheet_grid(walk.sheet, at=walk.at, levels=[]).columns:
        totals = column.totals
        assert Decimal(0) <= totals.total <= scale.total + scale.bonus_cap
        for one in scale.criteria.filter(section="content"):
            assert totals.lines[one.code].earned <= one.max_points
    for row in RankingRow.objects.filter(sheet=walk.sheet, ranking__status="published"):
        assert row.total == sheet_grid(walk.sheet, at=walk.at, levels=[]).final.total
