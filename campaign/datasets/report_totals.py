"""What a unit had reached before a period, and what it registered: beside the figures of a report."""

from dataclasses import dataclass
from decimal import Decimal

from campaign.datasets.totals import totals_of_units
from campaign.models import ProgressReport, ReportingPeriod

ZERO = Decimal(0)


@dataclass(frozen=True)
class Reached:
    """One indicator of one unit: the cumulative before the period, and what was registered."""

    before: Decimal = ZERO
    registered: Decimal | None = None


def reached_before(report: ProgressReport) -> dict[int, Reached]:
    """By indicator, in a fixed number of queries; as of the last period that ended before."""
    period = report.period
    earlier = (
        ReportingPeriod.objects.filter(campaign=period.campaign, data_to__lt=period.data_to)
        .begun()
        .in_order()
        .last()
    )
    seen = totals_of_units([report.unit], period.campaign, earlier or period)
    return {
        indicator: Reached(cell.amount.cumulative if earlier else ZERO, cell.amount.registered)
        for indicator, cell in seen.units.get(report.unit_id, {}).items()
    }
