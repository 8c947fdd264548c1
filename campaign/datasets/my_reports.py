"""The periods a unit owes a report for, and where each stands."""

from dataclasses import dataclass

from campaign.models import Campaign, FigureQuestion, Obligation, ProgressReport, ReportingPeriod
from campaign.models.progress import ProgressReportQuerySet
from units.models import Unit

Status = ProgressReport.Status


@dataclass(frozen=True)
class PeriodRow:
    """One period of a unit. `report` is the newest version the reader may see, if any."""

    obligation: Obligation
    period: ReportingPeriod
    report: ProgressReport | None
    open_questions: int

    @property
    def is_open(self) -> bool:
        return self.period.status == ReportingPeriod.Status.OPEN

    @property
    def can_start(self) -> bool:
        """Nothing there yet, or what is there is over."""
        over = {Status.RETURNED, Status.WITHDRAWN, Status.SET_ASIDE}
        return self.is_open and (self.report is None or self.report.status in over)


def my_reports(
    campaign: Campaign, unit: Unit, *, reader_sees: ProgressReportQuerySet
) -> tuple[PeriodRow, ...]:
    """Newest period first, in a fixed number of queries."""
    owed = (
        Obligation.objects.of_kind(Obligation.Kind.PROGRESS_REPORT)
        .filter(campaign=campaign, unit=unit)
        .exclude(period__status=ReportingPeriod.Status.PLANNED)
        .select_related("period")
        .order_by("-period__data_to", "-period__data_from", "-pk")
    )
    seen = reader_sees.filter(unit=unit, period__campaign=campaign).order_by("version")
    newest = {report.period_id: report for report in seen}
    asked = FigureQuestion.objects.filter(report__in=newest.values(), answered_at=None)
    questions: dict[int, int] = {}
    for pk in asked.values_list("report", flat=True):
        questions[pk] = questions.get(pk, 0) + 1
    rows = []
    for obligation in owed:
        period = obligation.period
        if period is None:
            continue
        report = newest.get(period.pk)
        rows.append(
            PeriodRow(obligation, period, report, questions.get(report.pk, 0) if report else 0)
        )
    return tuple(rows)
