"""Units and blocks as the pages and the sheets show them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import FilteredRelation, Max, OuterRef, Prefetch, Q, QuerySet, Subquery

from lib.vietnamese import fold
from units.models import Block, BlockMembership, Membership, Succession, Unit


@dataclass(frozen=True)
class UnitFilter:
    """What a list of units is narrowed to; empty means all."""

    year: int
    search: str = ""
    group: str = ""
    block: str = ""


@dataclass(frozen=True)
class UnitRow:
    """A unit with its place in a block of the year, where it has one."""

    unit: Unit
    place: BlockMembership | None


@dataclass(frozen=True)
class BlockRow:
    block: Block
    members: tuple[BlockMembership, ...]

    @property
    def lead(self) -> BlockMembership | None:
        leads = [row for row in self.members if row.role == BlockMembership.Role.LEAD]
        return leads[0] if leads else None

    @property
    def illustrative_count(self) -> int:
        return sum(row.is_illustrative for row in self.members)


def years() -> list[int]:
    """The years there are blocks for, newest first."""
    rows = BlockMembership.objects.values_list("year", flat=True).distinct()
    return sorted(rows, reverse=True)


def latest_year() -> int | None:
    latest: int | None = BlockMembership.objects.aggregate(Max("year"))["year__max"]
    return latest


def place_of(unit: str, year: int) -> FilteredRelation:
    """The membership of a year of the unit at that path, none where it is in no block: to be
    annotated, so that `…__block` is the block."""
    path = f"{unit}__block_memberships"
    return FilteredRelation(path, condition=Q(**{f"{path}__year": year}))


def units_matching(wanted: UnitFilter) -> QuerySet[Unit]:
    units = Unit.objects.all()
    if wanted.group:
        units = units.filter(group=wanted.group)
    if wanted.block:
        units = units.filter(
            block_memberships__block__code=wanted.block, block_memberships__year=wanted.year
        )
    if wanted.search:
        units = units.filter(search_key__contains=fold(wanted.search))
    placed = BlockMembership.objects.filter(unit=OuterRef("pk"), year=wanted.year)
    units = units.annotate(block_order=Subquery(placed.values("block__sort_order")[:1]))
    return units.in_protocol_order().prefetch_related(
        Prefetch(
            "block_memberships",
            BlockMembership.objects.filter(year=wanted.year).select_related("block"),
            to_attr="places",
        )
    )


def unit_rows(units: Sequence[Unit]) -> list[UnitRow]:
    """Rows of units that `units_matching` fetched."""
    return [UnitRow(unit, next(iter(unit.places), None)) for unit in units]  # type: ignore[attr-defined]


def unit_lines() -> dict[int, frozenset[int]]:
    """Every unit that has one, with its line: itself, what it was before and what became of it.

    Two units that were merged into a third are not of one line; each is of one with the third.
    """
    pairs = Succession.objects.exclude(to_unit=None).values_list("from_unit_id", "to_unit_id")
    after: defaultdict[int, set[int]] = defaultdict(set)
    before: defaultdict[int, set[int]] = defaultdict(set)
    for old, new in pairs:
        if new is not None:
            after[old].add(new)
            before[new].add(old)
    return {
        unit: frozenset({unit} | _reached(unit, after) | _reached(unit, before))
        for unit in {*after, *before}
    }


def line_of(unit: int, lines: Mapping[int, frozenset[int]]) -> frozenset[int]:
    return lines.get(unit, frozenset({unit}))


def _reached(start: int, steps: Mapping[int, set[int]]) -> set[int]:
    found: set[int] = set()
    ahead = [start]
    while ahead:
        for unit in steps.get(ahead.pop(), set()) - found:
            found.add(unit)
            ahead.append(unit)
    return found


def block_rows(year: int) -> list[BlockRow]:
    members = BlockMembership.objects.filter(year=year).select_related("unit")
    blocks = (
        Block.objects.filter(memberships__year=year)
        .distinct()
        .order_by("sort_order")
        .prefetch_related(
            Prefetch("memberships", members.order_by("unit__sort_order"), to_attr="members")
        )
    )
    return [BlockRow(block, tuple(block.members)) for block in blocks]


@dataclass(frozen=True)
class UnitPage:
    """Everything this floor knows of a unit."""

    unit: Unit
    people: list[Membership]
    places: list[BlockMembership]
    successions: list[Succession]
    predecessions: list[Succession]
