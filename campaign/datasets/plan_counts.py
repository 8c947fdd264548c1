"""How many activities stand under the rows of the plan, and how they go."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import User
from campaign.datasets import tally
from campaign.datasets.tally import Counts
from campaign.models import Activity, Assignment, Campaign, ItemTally, PlanItem
from units.permissions import sees_province

FULL = 100


@dataclass(frozen=True)
class Going:
    """How the activities under a row go, of those the reader may open; cancelled ones aside."""

    alive: int
    done: int

    @property
    def percent(self) -> int:
        return FULL * self.done // self.alive


def registered_by_assignee(items: list[PlanItem]) -> dict[tuple[int, int], int]:
    """What those a duty falls on have registered under it."""
    assigned = Assignment.objects.filter(
        duty__item=OuterRef("item"), unit=OuterRef("unit"), role=Assignment.Role.ASSIGNEE
    )
    rows = ItemTally.objects.filter(Exists(assigned), item__in=items, registered__gt=0)
    return {
        (item, unit): count for item, unit, count in rows.values_list("item", "unit", "registered")
    }


def going_of(
    campaign: Campaign, items: list[PlanItem], reader: User, known: Mapping[int, Counts]
) -> dict[int, Going]:
    """By the rows activities are tied to themselves; for who sees the province, as its tallies
    (`known`) say. Each number opens a list of that length."""
    if sees_province(reader):
        tied = {item.pk for item in items if item.kind not in tally.HEADINGS}
        return {
            item: Going(one.alive, one.done)
            for item, one in known.items()
            if item in tied and one.alive
        }
    seen = Activity.objects.visible_to(reader).filter(campaign=campaign).counting().alive()
    rows = (
        Activity.plan_items.through._base_manager.filter(
            planitem__in=items, activity__in=seen.values("pk")
        )
        .values_list("planitem")
        .annotate(
            alive=Count("pk"),
            done=Count("pk", filter=Q(activity__status=Activity.Status.DONE)),
        )
        .order_by()
    )
    return {item: Going(alive, done) for item, alive, done in rows}
