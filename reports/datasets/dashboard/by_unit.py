"""A block, or a row of the plan, taken apart by its units: who has sent, whose activities go how."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from campaign.models import Activity, Obligation, PlannedActivity
from reports.datasets.dashboard.going import ROW, Going
from reports.datasets.dashboard.scored import sheets
from reports.datasets.dashboard.viewpoint import Viewpoint
from units.models import Unit

Status = Activity.Status
# What an activity that is not cancelled can be, in the order of its life.
ALIVE = (Status.PLANNED, Status.RUNNING, Status.DONE, Status.POSTPONED)


@dataclass(frozen=True)
class States:
    """Activities neither cancelled nor folded into another, by status."""

    counts: Mapping[str, int] = field(default_factory=dict)

    def of(self, status: str) -> int:
        return self.counts.get(status, 0)

    @property
    def going(self) -> Going:
        return Going(sum(self.counts.values()), self.of(Status.DONE))


@dataclass(frozen=True)
class UnitLine:
    """One unit. `owed` is its sub-plan, None where it owes none; `registered` is what the newest
    version it sent lists, `states` how the activities it leads go."""

    unit: Unit
    owed: Obligation | None
    registered: int
    states: States
    is_scored: bool = False


def members(view: Viewpoint) -> list[UnitLine]:
    """The units of the scope in protocol order, in five queries."""
    units = view.scope.of_units(Unit.objects.in_protocol_order(), "pk")
    scored = set(sheets(view).values_list("unit", flat=True))
    return list(_lines(view, units, scored))


def units_under(view: Viewpoint, also: Iterable[int]) -> list[UnitLine]:
    """Of a row of the plan: those that registered or lead something under it, and those that
    should (`also`)."""
    registered, states = _registered(view), _states(view)
    wanted = {*registered, *states, *also}
    units = Unit.objects.filter(pk__in=wanted).in_protocol_order()
    return [
        UnitLine(unit, None, registered.get(unit.pk, 0), states.get(unit.pk, States()))
        for unit in units
    ]


def _lines(view: Viewpoint, units: Iterable[Unit], scored: set[int]) -> Iterable[UnitLine]:
    owed = {row.unit_id: row for row in view.obligations()}
    registered, states = _registered(view), _states(view)
    for unit in units:
        mine = owed.get(unit.pk)
        if mine:
            view.past.set_back(mine)
        yield UnitLine(
            unit, mine, registered.get(unit.pk, 0), states.get(unit.pk, States()),
            unit.pk in scored,
        )  # fmt: skip


def _registered(view: Viewpoint) -> dict[int, int]:
    rows: Any = view.registered().order_by().values_list("sub_plan__unit")
    return dict(rows.annotate(Count("pk")))


def _states(view: Viewpoint) -> dict[int, States]:
    rows: Any = view.activities().order_by()
    rows = rows.values_list("lead_unit", "status_then")
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for unit, status, count in rows.annotate(Count("pk")):
        found[unit][status] = count
    return {unit: States(counts) for unit, counts in found.items()}


def registered_by_unit(view: Viewpoint) -> Mapping[int, Mapping[int, int]]:
    """Activities registered, by row of the plan and by unit; a solution has what its bullets
    have."""
    through: Any = PlannedActivity.plan_items.through
    tied = through._base_manager.filter(plannedactivity__in=view.registered().values("pk"))
    rows = (
        tied.annotate(row=ROW)
        .values_list("row", "plannedactivity__sub_plan__unit")
        .annotate(count=Count("plannedactivity", distinct=True))
    )
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for row, unit, count in rows:
        found[row][unit] = count
    return found


def states_by_row(view: Viewpoint) -> Mapping[int, States]:
    """How the activities under each row of the plan go; a solution has those of its bullets."""
    alive = view.activities()
    through: Any = Activity.plan_items.through
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for status in ALIVE:
        standing = alive.filter(Q(status_then=status))
        tied = through._base_manager.filter(activity__in=standing.values("pk"))
        rows = tied.annotate(row=ROW).values_list("row")
        for row, count in rows.annotate(count=Count("activity", distinct=True)):
            found[row][status] = count
    return {row: States(counts) for row, counts in found.items()}
