"""The dashboard's datasets: two ways to count the present agree, and no number costs more for more."""

from datetime import UTC, datetime

import pytest

from campaign.actions.activity import follow_all
from campaign.models import Activity
from lib import clock
from reports.datasets.dashboard import going
from reports.datasets.dashboard.board import board
from reports.datasets.dashboard.five import five, five_before, totals_owed
from reports.datasets.dashboard.viewpoint import day_before, viewpoint
from reports.datasets.scope import scope_of
from tests.factories import (
    ActivityFactory,
    LeadershipFactory,
    PlannedActivityFactory,
    SubPlanFactory,
    UserFactory,
)
from tests.reports.conftest import unit_in

AT = datetime(2024, 5, 16, 2, 0, tzinfo=UTC)


def lively(province):
    """Activities in every state, one of them folded into another."""
    follow_all(province.campaign, at=AT)
    first, second, third = Activity.objects.order_by("pk")
    first.begin(by=UserFactory(), at=AT)
    second.complete(by=UserFactory(), at=AT, on=clock.local_day(AT), result="Đã tổ chức")
    third.cancel(by=UserFactory(), at=AT, reason="Không còn phù hợp")
    unit = province.extended
    Activity.objects.filter(pk=ActivityFactory(lead_unit=unit).pk).update(same_as=first)
    ActivityFactory(lead_unit=unit, postponed=True, plan_items=[province.uncovered])


def test_tallies_and_rows_count_the_present_alike(province):
    lively(province)

    for scope in (
        scope_of(province.campaign),
        scope_of(province.campaign, block=province.culture),
        scope_of(province.campaign, unit=province.extended),
    ):
        view = viewpoint(province.campaign, at=AT, scope=scope)
        rows = going._rows(view)  # what both ways are asked about
        tallied, counted = going.tallied(view, rows), going.counted(view)

        wanted = [item.pk for item, _ in rows]
        assert {pk: _told(tallied.registered.get(pk, {})) for pk in wanted} == {
            pk: _told(counted.registered.get(pk, {})) for pk in wanted
        }
        assert [tallied.going.get(pk, going.Going()) for pk in wanted] == [
            counted.going.get(pk, going.Going()) for pk in wanted
        ]
        found = going.going_by_block(view)
        assert {key: one for key, one in found.items() if one.alive} == going.counted_by_block(view)


def _told(by_block):
    return {block: one for block, one in by_block.items() if one.activities}


def test_the_day_before_told_from_the_present_is_that_day(province):
    lively(province)
    late = SubPlanFactory(submitted=True, unit=province.missing, submitted_at=AT)
    PlannedActivityFactory(sub_plan=late, plan_items=[province.uncovered])
    ActivityFactory(lead_unit=province.late, added_at=AT)
    reader = LeadershipFactory()

    for scope in (
        scope_of(province.campaign),
        scope_of(province.campaign, block=province.culture),
        scope_of(province.campaign, unit=province.extended),
    ):
        view = viewpoint(province.campaign, at=AT, scope=scope)
        before, then = five_before(view, reader), day_before(view)

        assert before == five(then, reader, totals_owed(then))
        assert before != five(view, reader, totals_owed(view)) or not scope.is_province


@pytest.mark.parametrize("day", [None, datetime(2024, 3, 25, tzinfo=UTC).date()])
def test_the_board_takes_as_many_queries_for_three_times_as_much(
    province, day, django_assert_num_queries, django_assert_max_num_queries
):
    reader = LeadershipFactory()

    def asked():
        return board(viewpoint(province.campaign, at=AT, day=day), reader)

    asked()
    with django_assert_max_num_queries(14) as before:
        asked()
    for n in range(12):
        unit = unit_in(province.others, f"Công ty {n}")
        sub_plan = SubPlanFactory(submitted=True, unit=unit)
        PlannedActivityFactory(sub_plan=sub_plan, plan_items=[province.covered])
        ActivityFactory(lead_unit=unit, plan_items=[province.covered])

    with django_assert_num_queries(len(before)):
        asked()
