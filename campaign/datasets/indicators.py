"""The catalogue of indicators as its page shows it."""

from dataclasses import dataclass

from campaign.catalogue import numbered
from campaign.models import Adjustment, Campaign, Figure, Indicator, RegisteredTarget


@dataclass(frozen=True)
class CatalogueRow:
    number: str
    indicator: Indicator
    plan_codes: tuple[str, ...]
    only_units: tuple[str, ...]


def catalogue(campaign: Campaign) -> list[CatalogueRow]:
    """Every indicator in order, retired ones in their place, in a fixed number of queries."""
    rows = Indicator.objects.filter(campaign=campaign).in_order().select_related("parent")
    return [
        CatalogueRow(
            number,
            row,
            tuple(item.code for item in row.plan_items.all()),
            tuple(unit.short_name for unit in row.only_units.all()),
        )
        for number, row in numbered(rows.prefetch_related("plan_items", "only_units"))
    ]


def is_counted_with(indicator: Indicator) -> bool:
    """Whether numbers were given for it: then what they mean may not change any more."""
    return (
        Figure.objects.filter(indicator=indicator, answer=Figure.Answer.VALUE).exists()
        or RegisteredTarget.objects.filter(indicator=indicator).exists()
        or Adjustment.objects.filter(indicator=indicator).exists()
    )
