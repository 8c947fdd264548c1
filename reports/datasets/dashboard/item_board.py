"""Tổng quan of one row of the plan: who has to do it, who does what, how far."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count

from accounts.models import User
from campaign.catalogue import numbered
from campaign.datasets.plan import DutyFacts, duty_of
from campaign.datasets.totals import EMPTY, totals_of_indicators
from campaign.models import Indicator, PlanItem, ReportingPeriod
from reports.datasets.dashboard.by_unit import UnitLine, units_under
from reports.datasets.dashboard.going import DONE, Going
from reports.datasets.dashboard.unit_board import last_period
from reports.datasets.dashboard.viewpoint import Viewpoint
from reports.datasets.figures import row_of
from reports.datasets.progress import IndicatorRow


@dataclass(frozen=True)
class DoneBy:
    """How many activities had been done by the end of a day."""

    day: date
    done: int


@dataclass(frozen=True)
class ItemBoard:
    duty: DutyFacts | None
    units: tuple[UnitLine, ...]
    assigned: frozenset[int]
    days: tuple[DoneBy, ...]
    period: ReportingPeriod | None
    figures: tuple[IndicatorRow, ...]

    @property
    def registered(self) -> int:
        return sum(line.registered for line in self.units)

    @property
    def going(self) -> Going:
        return sum((line.states.going for line in self.units), Going())

    @property
    def covered(self) -> int:
        return sum(1 for line in self.units if line.registered and line.unit.pk in self.assigned)

    @property
    def without(self) -> list[UnitLine]:
        """Units the duty is given to that have registered nothing under it."""
        return [
            line for line in self.units if line.unit.pk in self.assigned and not line.registered
        ]


def item_board(view: Viewpoint, item: PlanItem, reader: User) -> ItemBoard:
    """In a fixed number of queries."""
    duty = duty_of(item, reader=reader)
    assigned = frozenset(row.unit.pk for row in duty.assigned) if duty else frozenset()
    period = last_period(view)
    return ItemBoard(
        duty=duty,
        units=tuple(units_under(view, assigned)),
        assigned=assigned,
        days=tuple(_days(view)),
        period=period,
        figures=tuple(_figures(view, period)) if period else (),
    )


def _days(view: Viewpoint) -> Iterable[DoneBy]:
    """Every day from the first on which something was done to the day that is looked at."""
    rows: Any = view.activities().filter(DONE).order_by().exclude(done_on=None)
    known = dict(rows.values_list("done_on").annotate(Count("pk")))
    if not known:
        return
    day, so_far = min(known), 0
    last = max(min(view.day, view.campaign.ends_on), *known)
    while day <= last:
        so_far += known.get(day, 0)
        yield DoneBy(day, so_far)
        day += timedelta(days=1)


def _figures(view: Viewpoint, period: ReportingPeriod) -> list[IndicatorRow]:
    """The indicators tied to the row or to its parts, of the whole province."""
    tied = Indicator.objects.filter(campaign=view.campaign, plan_items__in=view.scope.items())
    pks = set(tied.values_list("pk", flat=True))
    if not pks:
        return []
    seen = totals_of_indicators(pks, view.campaign, period, by=view.by)
    return [
        row_of(number, row, seen.province.get(row.pk, EMPTY))
        for number, row in numbered(list(seen.indicators))
        if row.is_active
    ]
