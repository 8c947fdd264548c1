"""How many activities, read from the tallies: the same numbers as the lists, in a fixed number of
queries whose cost does not grow with what was ever sent.

`registered` counts the newest version each unit has sent, for the unit that sent it. Everything
else counts the activities under way, for the unit that leads them, each real event once, as the
list of activities does. `overdue` asks about a day (`on`; 0 without one) and is counted from an
index of its own.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from campaign import tallied
from campaign.models import Activity, Campaign, ItemTally, PlanItem, UnitTally
from units.datasets import place_of
from units.models import Unit

# Units by their keys; None is everybody.
Among = Collection[int] | None
SEAT = "seat__block"
# Activities are tied to the parts of these, not to them.
HEADINGS = (PlanItem.Kind.SOLUTION_HEADING, PlanItem.Kind.ASSIGNMENT_HEADING)


@dataclass(frozen=True)
class Counts:
    """Activities of one scope. `units` are those that registered any."""

    registered: int = 0
    planned: int = 0
    running: int = 0
    done: int = 0
    postponed: int = 0
    cancelled: int = 0
    folded: int = 0
    overdue: int = 0
    units: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in _FIELDS})

    @property
    def total(self) -> int:
        """Every activity that counts, as the list of activities shows them all."""
        return self.alive + self.cancelled

    @property
    def alive(self) -> int:
        """“Không kể đã hủy”."""
        return self.under_way + self.done + self.postponed

    @property
    def under_way(self) -> int:
        """Neither done nor put off; the overdue are among them."""
        return self.planned + self.running


_FIELDS = fields(Counts)
NOTHING = Counts()


def by_block(
    campaign: Campaign, *, on: date | None = None, among: Among = None
) -> dict[int | None, Counts]:
    """By the block each unit belongs to in the campaign's year; None holds units without one.
    Their sum is the province's."""
    known = _by(_placed(_units(campaign, among), "unit", campaign), tallied.UNIT_COUNTS, SEAT)
    if on is None:
        return known
    late = _placed(_overdue(campaign, on, among), "lead_unit", campaign)
    return _with_overdue(known, late.values_list(SEAT))


def by_unit(
    campaign: Campaign, *, on: date | None = None, among: Among = None
) -> dict[int, Counts]:
    """Of every unit that has any."""
    known = _by(_units(campaign, among), tallied.UNIT_COUNTS, "unit_id")
    if on is None:
        return known
    return _with_overdue(known, _overdue(campaign, on, among).values_list("lead_unit"))


def of_all(campaign: Campaign, *, on: date | None = None, among: Among = None) -> Counts:
    """The province in one line, or the units named together."""
    found = _units(campaign, among).aggregate(**_sums(tallied.UNIT_COUNTS))
    return Counts(
        **{name: found[f"sum_{name}"] or 0 for name in tallied.UNIT_COUNTS},
        units=found["units"],
        overdue=_overdue(campaign, on, among).count() if on else 0,
    )


def by_item(campaign: Campaign, *kinds: str, among: Among = None) -> dict[int, Counts]:
    """By the rows of the plan of these kinds that have any; an activity tied to several parts of
    a heading stands once under it. Without the overdue: see `overdue_by_item`."""
    return _by(_under(campaign, kinds, among), tallied.STATES, "item_id")


def by_item_and_block(
    campaign: Campaign, items: Collection[PlanItem], *, among: Among = None
) -> dict[tuple[int, int | None], Counts]:
    """The same of each of these rows for each block: the cells of solutions × blocks."""
    rows = _of(ItemTally.objects.filter(item__in=items), among)
    return _by(_placed(rows, "unit", campaign), tallied.STATES, "item_id", SEAT)


def of_items(items: Collection[PlanItem]) -> dict[int, Counts]:
    """Of each of these rows that has any."""
    return _by(ItemTally.objects.filter(item__in=items), tallied.STATES, "item_id")


def by_item_of_unit(campaign: Campaign, unit: Unit) -> dict[int, Counts]:
    """What one unit does, by every row of the plan it has touched."""
    rows = ItemTally.objects.filter(campaign=campaign, unit=unit)
    return _by(rows, tallied.STATES, "item_id")


def by_unit_of_item(item: PlanItem) -> dict[int, Counts]:
    """Who does what under one row of the plan."""
    return _by(ItemTally.objects.filter(item=item), tallied.STATES, "unit_id")


def overdue_by_item(campaign: Campaign, *kinds: str, on: date) -> dict[int, int]:
    """How many of them are overdue, by row of the plan; all `kinds` headings, or none of them."""
    path = "plan_items__parent" if set(kinds) <= set(HEADINGS) else "plan_items"
    late = _overdue(campaign, on, None).filter(**{f"{path}__kind__in": kinds})
    return dict(late.values_list(path).annotate(Count("pk", distinct=True)).order_by())


def _of(rows: QuerySet[Any], among: Among, unit: str = "unit") -> QuerySet[Any]:
    return rows if among is None else rows.filter(**{f"{unit}__in": among})


def _units(campaign: Campaign, among: Among) -> QuerySet[UnitTally]:
    return _of(UnitTally.objects.filter(campaign=campaign), among)


def _overdue(campaign: Campaign, on: date, among: Among) -> QuerySet[Any, Any]:
    rows = Activity.objects.filter(campaign=campaign).counting().overdue(on=on)
    return _of(rows, among, "lead_unit")


def _under(campaign: Campaign, kinds: Iterable[str], among: Among) -> QuerySet[ItemTally]:
    # Asked for first: with the rows of the plan in hand PostgreSQL reads only their tallies.
    wanted = PlanItem.objects.filter(campaign=campaign, kind__in=kinds).values_list("pk", flat=True)
    return _of(ItemTally.objects.filter(item__in=list(wanted)), among)


def _placed(rows: QuerySet[Any, Any], unit: str, campaign: Campaign) -> QuerySet[Any, Any]:
    """With the block of the year, looked up when asked: memberships change, tallies need not."""
    placed: QuerySet[Any, Any] = rows.annotate(seat=place_of(unit, campaign.year))
    return placed


def _sums(names: Iterable[str]) -> dict[str, Any]:
    sums = {f"sum_{name}": Sum(name) for name in names}
    return {**sums, "units": Count("pk", filter=Q(registered__gt=0))}


def _by(rows: QuerySet[Any, Any], names: tuple[str, ...], *scope: str) -> dict[Any, Counts]:
    found = {}
    for row in rows.values_list(*scope).annotate(**_sums(names)).order_by():
        key = row[0] if len(scope) == 1 else row[: len(scope)]
        *figures, units = row[len(scope) :]
        counts = Counts(**dict(zip(names, figures, strict=True)), units=units)
        if counts != NOTHING:
            found[key] = counts
    return found


def _with_overdue(known: Mapping[Any, Counts], late: QuerySet[Any, Any]) -> dict[Any, Counts]:
    counts: dict[Any, Counts] = defaultdict(Counts, known)
    for key, number in late.annotate(Count("pk")).order_by():
        counts[key] += Counts(overdue=number)
    return dict(counts)


# --- are they true? ------------------------------------------------------------------------------


def tally_faults() -> list[str]:
    """What the tallies say otherwise than the rows they count; nothing unless somebody wrote past
    the triggers."""
    found = []
    with connection.cursor() as cursor:
        for table, query in tallied.faults():
            cursor.execute(query)
            (number,) = cursor.fetchone()
            if number:
                found.append(f"{table}: {number} dòng đếm khác số hoạt động thật")
    return found
