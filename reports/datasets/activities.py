"""The activities behind a figure: those of the newest version each unit has sent, now or by a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from campaign.datasets.ledger import WITHOUT_BLOCK
from campaign.models import Campaign, PlanItem, PlannedActivity, SubPlan
from reports.datasets.registered import ActivityRow
from units.models import BlockMembership


@dataclass(frozen=True)
class Registered:
    """A list of activities not yet read."""

    queryset: QuerySet[PlannedActivity]

    def rows(self, part: Iterable[PlannedActivity] | None = None) -> list[ActivityRow]:
        """All of them, or the part a page shows."""
        return [_row(activity) for activity in (self.queryset if part is None else part)]


@dataclass(frozen=True)
class Asked:
    """Tied to a row of the plan or its parts, of a block, of a unit; empty asks for all."""

    under: str = ""
    block: str = ""
    unit: str = ""


def registered(campaign: Campaign, *, by: datetime | None = None) -> QuerySet[PlannedActivity]:
    """Activities of the newest version each unit has sent: what is counted, and what is listed."""
    counted = SubPlan.objects.filter(campaign=campaign).counted(by=by)
    return PlannedActivity.objects.filter(sub_plan__in=counted)


def registered_activities(
    campaign: Campaign, asked: Asked, *, by: datetime | None = None
) -> Registered:
    rows = registered(campaign, by=by)
    if asked.under:
        wanted = Q(code=asked.under) | Q(parent__code=asked.under)
        items = PlanItem.objects.filter(wanted, campaign=campaign)
        tied = PlannedActivity.plan_items.through._base_manager.filter(planitem__in=items)
        rows = rows.filter(pk__in=tied.values("plannedactivity"))
    if asked.unit:
        rows = rows.filter(sub_plan__unit__code=asked.unit)
    if asked.block == WITHOUT_BLOCK:
        placed = BlockMembership.objects.filter(year=campaign.year)
        rows = rows.exclude(sub_plan__unit__in=placed.values("unit"))
    elif asked.block:
        rows = rows.filter(
            sub_plan__unit__block_memberships__block__code=asked.block,
            sub_plan__unit__block_memberships__year=campaign.year,
        )
    return Registered(
        rows.select_related("sub_plan__unit", "lead_unit")
        .prefetch_related("plan_items", "participants")
        .order_by("sub_plan__unit__sort_order", "position", "pk")
    )


def _row(row: PlannedActivity) -> ActivityRow:
    items = sorted(row.plan_items.all(), key=lambda item: item.position)
    joined = sorted(row.participants.all(), key=lambda unit: unit.sort_order)
    names = [unit.name for unit in joined]
    return ActivityRow(
        unit_code=row.sub_plan.unit.code,
        unit=row.sub_plan.unit.name,
        block_code="",
        title=row.title,
        codes=tuple(item.code for item in items),
        lead=", ".join(filter(None, [row.lead_text, row.lead_unit.name if row.lead_unit else ""])),
        participants="; ".join(filter(None, [*names, row.participants_text])),
        place=row.place,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        quantity=row.quantity,
        quantity_unit=row.quantity_unit,
        cost=row.cost,
        cost_source=row.cost_source,
        product=row.product,
        person_responsible=row.person_responsible,
    )
