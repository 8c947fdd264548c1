"""Activities: what is registered under each row of the plan, and how far it is done.

What is registered is read from the newest version each unit had sent (as reports count it); how
it goes, from the activities themselves, each real event once (as their list counts it).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, When

from campaign.datasets import tally
from campaign.models import Activity, Assignment, PlanItem, PlannedActivity
from campaign.models.plan import PlanItemQuerySet
from reports.datasets.dashboard.viewpoint import Viewpoint
from reports.datasets.snapshot import NUMBER_OF_ITEM
from reports.kinds import Level

Kind = PlanItem.Kind
STATES = {"chua-co": "Chưa có hoạt động", "dang": "Đang thực hiện", "xong": "Hoàn thành"}
# Of a tally: neither cancelled nor folded into another.
ALIVE = F("planned") + F("running") + F("done") + F("postponed")
DONE = Q(status_then=Activity.Status.DONE)


@dataclass(frozen=True)
class Going:
    """Activities neither cancelled nor folded into another, and those of them that are done."""

    alive: int = 0
    done: int = 0

    @property
    def rate(self) -> Decimal | None:
        return Decimal(self.done) / self.alive if self.alive else None

    def __add__(self, other: "Going") -> "Going":
        return Going(self.alive + other.alive, self.done + other.done)


def going_by_block(view: Viewpoint) -> Mapping[int | None, Going]:
    """The present from the tallies, a day before from the activities themselves."""
    if not view.is_tallied:
        return counted_by_block(view)
    found = tally.by_block(view.campaign, among=view.scope.units)
    return {block: Going(counts.alive, counts.done) for block, counts in found.items()}


def counted_by_block(view: Viewpoint) -> Mapping[int | None, Going]:
    rows = (
        view.placed(view.activities(), "lead_unit")
        .order_by()
        .values_list("block_id")
        .annotate(alive=Count("pk"), done=Count("pk", filter=DONE))
    )
    return {block: Going(alive, done) for block, alive, done in rows}


@dataclass(frozen=True)
class Registered:
    """What stands under one row of the plan, in one block."""

    units: int = 0
    activities: int = 0

    def __add__(self, other: "Registered") -> "Registered":
        return Registered(self.units + other.units, self.activities + other.activities)


@dataclass(frozen=True)
class ItemLine:
    """A solution or a duty. `assigned` counts the units a duty is given to."""

    item: PlanItem
    by_block: Mapping[int | None, Registered]
    going: Going
    assigned: int

    @property
    def title(self) -> str:
        return NUMBER_OF_ITEM.sub("", self.item.text)

    @property
    def registered(self) -> Registered:
        return sum(self.by_block.values(), Registered())

    @property
    def units(self) -> int:
        return self.registered.units

    @property
    def activities(self) -> int:
        return self.registered.activities

    @property
    def state(self) -> str:
        """A duty's: nothing registered, something, all of it done."""
        if not self.activities:
            return "chua-co"
        return "xong" if self.going.alive and self.going.done == self.going.alive else "dang"


@dataclass(frozen=True)
class Items:
    solutions: tuple[ItemLine, ...]
    duties: tuple[ItemLine, ...]

    @property
    def uncovered(self) -> list[ItemLine]:
        return [line for line in self.duties if not line.activities]


def items(view: Viewpoint) -> Items:
    """Solutions III with all their bullets, and duties IV."""
    rows = _rows(view)
    known = tallied(view, rows) if view.is_tallied else counted(view)
    lines = [
        ItemLine(
            item, known.registered.get(item.pk, {}), known.going.get(item.pk, Going()), assigned
        )
        for item, assigned in rows
    ]
    return Items(
        tuple(line for line in lines if line.item.kind == Kind.SOLUTION_HEADING),
        tuple(line for line in lines if line.item.kind == Kind.ASSIGNMENT_BULLET),
    )


def rows_of_the_plan(view: Viewpoint, *kinds: str) -> PlanItemQuerySet:
    """Of a block or a unit: the solutions are everybody's, the duties those given to it."""
    rows = PlanItem.objects.filter(campaign=view.campaign, kind__in=kinds)
    if view.scope.level is Level.ITEM:
        return rows.filter(pk__in=view.scope.items().values("pk"))
    if view.scope.units is None:
        return rows
    mine = Assignment.objects.filter(
        unit__in=view.scope.units, role=Assignment.Role.ASSIGNEE
    ).values("duty__item")
    return rows.filter(Q(kind=Kind.SOLUTION_HEADING) | Q(pk__in=mine))


def uncovered(view: Viewpoint) -> PlanItemQuerySet:
    """Duties under which nothing is registered."""
    if view.is_tallied:
        covered = view.item_tallies().filter(item=OuterRef("pk"), registered__gt=0)
        return rows_of_the_plan(view, Kind.ASSIGNMENT_BULLET).filter(~Exists(covered))
    tied = PlannedActivity.plan_items.through._base_manager.filter(
        plannedactivity__in=view.registered().values("pk")
    )
    duties = rows_of_the_plan(view, Kind.ASSIGNMENT_BULLET)
    return duties.exclude(pk__in=tied.values("planitem"))


@dataclass(frozen=True)
class Known:
    """By row of the plan: what is registered in each block, and how it goes."""

    registered: Mapping[int, Mapping[int | None, Registered]]
    going: Mapping[int, Going]


def counted(view: Viewpoint) -> Known:
    """From what was sent and what goes on, at any moment; in two queries."""
    return Known(_registered(view), _going(view))


def tallied(view: Viewpoint, rows: Iterable[tuple[PlanItem, int]]) -> Known:
    """The present, from the tallies; in one query."""
    wanted = [item for item, _ in rows]
    found = tally.by_item_and_block(view.campaign, wanted, among=view.scope.units)
    registered: dict[int, dict[int | None, Registered]] = defaultdict(dict)
    going: dict[int, Going] = defaultdict(Going)
    for (item, block), counts in found.items():
        registered[item][block] = Registered(counts.units, counts.registered)
        going[item] += Going(counts.alive, counts.done)
    return Known(registered, going)


def _rows(view: Viewpoint) -> list[tuple[PlanItem, int]]:
    given = Q(duty__assignments__role=Assignment.Role.ASSIGNEE)
    if view.scope.units is not None:
        given &= Q(duty__assignments__unit__in=view.scope.units)
    rows = rows_of_the_plan(view, Kind.SOLUTION_HEADING, Kind.ASSIGNMENT_BULLET).in_order()
    assigned = Count("duty__assignments__unit", filter=given, distinct=True)
    counted: Any = rows.annotate(assigned=assigned)
    return [(item, item.assigned) for item in counted]


# The row an activity counts under: a solution for what is tied to one of its bullets.
ROW = Case(
    When(planitem__kind=Kind.SOLUTION_BULLET, then=F("planitem__parent")), default=F("planitem")
)


def _registered(view: Viewpoint) -> Mapping[int, Mapping[int | None, Registered]]:
    """By row and block. A unit is in one block and an activity in one unit's plan, so both may be
    added up over the blocks."""
    tied = PlannedActivity.plan_items.through._base_manager.filter(
        plannedactivity__in=view.registered().values("pk")
    )
    rows = (
        view.placed(tied, "plannedactivity__sub_plan__unit")
        .annotate(row=ROW)
        .values_list("row", "block_id")
        .annotate(
            units=Count("plannedactivity__sub_plan__unit", distinct=True),
            activities=Count("plannedactivity", distinct=True),
        )
    )
    found: dict[int, dict[int | None, Registered]] = defaultdict(dict)
    for row, block, units, activities in rows:
        found[row][block] = Registered(units, activities)
    return found


def _going(view: Viewpoint) -> Mapping[int, Going]:
    """By duty. The status an activity had is asked of the activities, so they are the subquery."""
    through: Any = Activity.plan_items.through
    alive = view.activities()
    is_done = Q(activity__in=alive.filter(DONE).values("pk"))
    rows = (
        through._base_manager.filter(activity__in=alive.values("pk"))
        .annotate(row=ROW)
        .values_list("row")
        .annotate(
            alive=Count("activity", distinct=True),
            done=Count("activity", filter=is_done, distinct=True),
        )
    )
    return {row: Going(alive, done) for row, alive, done in rows}
