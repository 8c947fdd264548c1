"""Tổng quan: how the campaign stands now, in a fixed number of queries.

The figures of who sent are the ledger's own (`campaign.datasets.ledger`), so a number here and
the list it opens cannot differ; those of activities count the newest version each unit has sent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, QuerySet, Subquery

from campaign.datasets.ledger import LedgerTotals, totals_by_block, totals_of
from campaign.datasets.matter import Matter
from campaign.models import Campaign, Obligation, PlanItem, PlannedActivity, SubPlan
from reports.datasets.snapshot import NUMBER_OF_ITEM
from units.models import Block, BlockMembership

Kind = PlanItem.Kind
SHOWN = 8


@dataclass(frozen=True)
class BlockLine:
    """One block beside the others; `block` is None for units without one."""

    block: Block | None
    totals: LedgerTotals
    activities: int


@dataclass(frozen=True)
class ItemLine:
    item: PlanItem
    units: int
    activities: int

    @property
    def title(self) -> str:
        return NUMBER_OF_ITEM.sub("", self.item.text)


@dataclass(frozen=True)
class Overview:
    """Five figures and what is behind them."""

    totals: LedgerTotals
    blocks: tuple[BlockLine, ...]
    late: tuple[Obligation, ...]
    overdue: tuple[Obligation, ...]
    duties: tuple[ItemLine, ...]
    solutions: tuple[ItemLine, ...]
    activities: int

    @property
    def uncovered(self) -> list[ItemLine]:
        return [duty for duty in self.duties if not duty.activities]


def overview_of(campaign: Campaign, *, at: datetime) -> Overview:
    owed = Obligation.objects.filter(campaign=campaign).of_kind(Obligation.Kind.SUB_PLAN)
    by_block = _activities_by_block(campaign)
    items = _items(campaign)
    return Overview(
        totals=totals_of(owed, at=at),
        blocks=tuple(_blocks(totals_by_block(Matter(campaign), at=at), by_block)),
        late=tuple(
            owed.owed()
            .met_late()
            .select_related("unit")
            .order_by("-met_at", "unit__sort_order")[:SHOWN]
        ),
        overdue=tuple(
            owed.overdue(at=at)
            .select_related("unit")
            .order_by("closes_at", "unit__sort_order")[:SHOWN]
        ),
        duties=tuple(_counted(campaign, items, Kind.ASSIGNMENT_BULLET, "planitem")),
        solutions=tuple(_counted(campaign, items, Kind.SOLUTION_HEADING, "planitem__parent")),
        activities=sum(by_block.values()),
    )


def registered(campaign: Campaign) -> QuerySet[PlannedActivity]:
    """Activities of the newest version each unit has sent: what is counted, and what is listed."""
    counted = SubPlan.objects.filter(campaign=campaign).counted()
    return PlannedActivity.objects.filter(sub_plan__in=counted)


def _activities_by_block(campaign: Campaign) -> dict[int | None, int]:
    place = BlockMembership.objects.filter(unit=OuterRef("sub_plan__unit"), year=campaign.year)
    rows = (
        registered(campaign)
        .annotate(in_block=Subquery(place.values("block")[:1]))
        .values_list("in_block")
        .annotate(Count("pk"))
        .order_by()
    )
    return dict(rows)


def _blocks(
    totals: Mapping[int | None, LedgerTotals], activities: Mapping[int | None, int]
) -> Iterable[BlockLine]:
    """Blocks in protocol order; units without one come last."""
    for block in Block.objects.filter(pk__in=[pk for pk in totals if pk]).order_by("sort_order"):
        yield BlockLine(block, totals[block.pk], activities.get(block.pk, 0))
    if None in totals:
        yield BlockLine(None, totals[None], activities.get(None, 0))


def _items(campaign: Campaign) -> list[PlanItem]:
    kinds = [Kind.ASSIGNMENT_BULLET, Kind.SOLUTION_HEADING]
    return list(PlanItem.objects.filter(campaign=campaign, kind__in=kinds).in_order())


def _counted(campaign: Campaign, items: list[PlanItem], kind: str, row: str) -> Iterable[ItemLine]:
    """Units and activities under each row of a kind; an activity counts once under each."""
    wanted = [item for item in items if item.kind == kind]
    rows = (
        PlannedActivity.plan_items.through._base_manager.filter(
            plannedactivity__in=registered(campaign), **{f"{row}__in": wanted}
        )
        .values_list(row)
        .annotate(
            Count("plannedactivity__sub_plan__unit", distinct=True),
            Count("plannedactivity", distinct=True),
        )
        .order_by()
    )
    known = {pk: (units, activities) for pk, units, activities in rows}
    for item in wanted:
        yield ItemLine(item, *known.get(item.pk, (0, 0)))
