"""What an earlier period says now, figure by figure, so that a later report can correct it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, QuerySet

from campaign.models import Adjustment, Figure, Indicator, ProgressReport, ReportingPeriod

ZERO = Decimal(0)
Key = tuple[int, int | None]


@dataclass(frozen=True)
class CorrectableRow:
    """A figure of the counted report of an earlier period; `now` with what was corrected since,
    `ours` the correction the open draft makes already."""

    figure: Figure
    now: Decimal
    ours: Adjustment | None

    @property
    def right(self) -> Decimal | None:
        """What the draft says it should have been."""
        return self.now + self.ours.difference if self.ours else None


def earlier_reports(report: ProgressReport) -> QuerySet[ProgressReport]:
    """Counted reports of the unit for periods that ended before, the newest period first."""
    return (
        ProgressReport.objects.filter(
            unit=report.unit,
            period__campaign=report.period.campaign,
            period__collects_from__isnull=False,
            period__data_to__lt=report.period.data_to,
        )
        .counted()
        .select_related("period")
        .order_by("-period__data_to", "-pk")
    )


def correctable_rows(report: ProgressReport, period: ReportingPeriod) -> tuple[CorrectableRow, ...]:
    """Every figure that was typed then; what the portal counts itself is not corrected by hand."""
    told = earlier_reports(report).filter(period=period).first()
    if told is None:
        return ()
    others, ours = _corrected_by_others(report, period), _corrected_by(report, period)
    rows = told.figures.select_related("indicator", "activity").exclude(
        indicator__aggregate__in=[Indicator.Aggregate.DISTINCT, Indicator.Aggregate.WORKS]
    )
    in_order = rows.order_by("indicator__position", F("activity").asc(nulls_first=True))
    return tuple(
        CorrectableRow(row, (row.value or ZERO) + others[_key(row)], ours.get(_key(row)))
        for row in in_order
    )


def _key(row: Figure | Adjustment) -> Key:
    return row.indicator_id, row.activity_id


def _corrected_by(report: ProgressReport, period: ReportingPeriod) -> Mapping[Key, Adjustment]:
    return {_key(row): row for row in report.adjustments.filter(period=period)}


def _corrected_by_others(
    report: ProgressReport, period: ReportingPeriod
) -> defaultdict[Key, Decimal]:
    """By reports of other periods that count; an older version of this one is replaced by it."""
    counted = ProgressReport.objects.filter(unit=report.unit).exclude(period=report.period)
    sums: defaultdict[Key, Decimal] = defaultdict(Decimal)
    rows = Adjustment.objects.filter(report__in=counted.counted().values("pk"), period=period)
    for row in rows:
        sums[_key(row)] += row.difference
    return sums


def later_corrections(report: ProgressReport) -> QuerySet[Adjustment]:
    """What counted reports of other periods of the unit correct of this one."""
    counted = ProgressReport.objects.filter(unit=report.unit).exclude(period=report.period)
    rows = Adjustment.objects.filter(
        report__in=counted.counted().values("pk"), period=report.period
    )
    return rows.select_related("report__period").order_by("report__period__data_to", "pk")
