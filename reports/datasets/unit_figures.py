"""What each unit's part of every indicator was, frozen beside the totals.

Two versions of a report are compared by these (“Sở X: 12 → 15”). Units without a figure are left
out, so that a large province stays small.
"""

from decimal import Decimal

from campaign.datasets.totals import Totals
from campaign.totalling import NOTHING
from reports.datasets.scope import PROVINCE, Scope
from units.models import Unit

# By code of the indicator, then of the unit: result of the period, cumulative.
UnitFigures = dict[str, dict[str, list[str]]]


def unit_figures(seen: Totals, scope: Scope = PROVINCE) -> UnitFigures:
    """In one query beside those of the totals."""
    codes = dict(Unit.objects.filter(pk__in=seen.units.keys()).values_list("pk", "code"))
    figures: UnitFigures = {}
    for indicator in scope.indicators(seen):
        amounts = {
            codes[unit]: line[indicator.pk].amount
            for unit, line in seen.units.items()
            if indicator.pk in line and (scope.units is None or unit in scope.units)
        }
        figures[indicator.code] = {
            code: [_text(amount.in_period), _text(amount.cumulative)]
            for code, amount in sorted(amounts.items())
            if amount != NOTHING
        }
    return figures


def _text(value: Decimal) -> str:
    return str(round(value, 2))
