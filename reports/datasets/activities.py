"""The activities behind a figure, as they are registered now."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from campaign.models import Campaign, PlanItem, PlannedActivity
from reports.datasets.overview import registered
from reports.datasets.registered import ActivityRow


@dataclass(frozen=True)
class Registered:
    """A list of activities not yet read."""

    queryset: QuerySet[PlannedActivity]

    def rows(self, part: Iterable[PlannedActivity] | None = None) -> list[ActivityRow]:
        """All of them, or the part a page shows."""
        return [_row(activity) for activity in (self.queryset if part is None else part)]


def registered_activities(campaign: Campaign, *, under: str = "", block: str = "") -> Registered:
    """Those tied to a row of the plan or its parts, of the units of a block; empty asks for all."""
    rows = registered(campaign)
    if under:
        items = PlanItem.objects.filter(Q(code=under) | Q(parent__code=under), campaign=campaign)
        tied = PlannedActivity.plan_items.through._base_manager.filter(planitem__in=items)
        rows = rows.filter(pk__in=tied.values("plannedactivity"))
    if block:
        rows = rows.filter(
            sub_plan__unit__block_memberships__block__code=block,
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
