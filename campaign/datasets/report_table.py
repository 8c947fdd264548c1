"""The table of figures of a report (Phụ lục I): one row per indicator, as page and checks read it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from django.db.models import Sum

from campaign.catalogue import numbered
from campaign.consistency import OUTLIER_FACTOR
from campaign.datasets.evidence import evidence_of_report
from campaign.datasets.report_corrections import later_corrections
from campaign.datasets.report_totals import Reached, reached_before
from campaign.models import Adjustment, Evidence, Figure, FigureQuestion, Indicator, ProgressReport

Row = TypeVar("Row", Figure, Adjustment, FigureQuestion)

ZERO = Decimal(0)
VALUE = Figure.Answer.VALUE


@dataclass(frozen=True)
class TableRow:
    """One indicator: what the unit says itself, what the activities it leads say, and what that
    makes together with the periods before."""

    number: str
    indicator: Indicator
    own: Figure | None
    activities: tuple[Figure, ...]
    reached: Reached
    adjustments: tuple[Adjustment, ...]
    previous: Decimal | None
    questions: tuple[FigureQuestion, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    later: tuple[Adjustment, ...] = ()  # what reports of later periods correct of this one

    @property
    def parts(self) -> tuple[Figure, ...]:
        return (*((self.own,) if self.own else ()), *self.activities)

    @property
    def total(self) -> Decimal:
        return sum((row.value for row in self.parts if row.value is not None), ZERO)

    @property
    def answer(self) -> str:
        """What the row as a whole says; one figure not answered leaves it unanswered."""
        answers = {row.answer for row in self.parts}
        if Figure.Answer.UNANSWERED in answers:
            return Figure.Answer.UNANSWERED
        return Figure.Answer.NOT_APPLICABLE if answers == {"not_applicable"} else VALUE

    @property
    def correction(self) -> Decimal:
        return sum((row.difference for row in self.adjustments), ZERO)

    @property
    def cumulative(self) -> Decimal:
        return self.reached.before + self.correction + self.total

    @property
    def rate(self) -> Decimal | None:
        target = self.reached.registered
        return self.cumulative / target if target else None

    @property
    def notes(self) -> str:
        return "; ".join(row.note for row in self.parts if row.note)

    @property
    def is_outlier(self) -> bool:
        return bool(self.previous) and self.total > OUTLIER_FACTOR * (self.previous or ZERO)

    @property
    def open_questions(self) -> int:
        return sum(not asked.answer for asked in self.questions)


def table_of(report: ProgressReport) -> tuple[TableRow, ...]:
    """Every row in the order of the catalogue, in a fixed number of queries."""
    figures = report.figures.select_related("indicator__parent", "activity")
    rows = list(figures.order_by("indicator__position", "indicator__pk", "activity"))
    reached, proofs = reached_before(report), evidence_of_report(report).figures
    previous = previous_figures(report)
    adjustments = _by_indicator(
        report.adjustments.select_related("indicator", "period", "activity").order_by("pk")
    )
    questions = _by_indicator(
        report.questions.select_related("asked_by", "answered_by", "activity").order_by("pk")
    )
    by_indicator, later = _by_indicator(rows), _by_indicator(later_corrections(report))
    indicators = {one.pk: one for one in _counted_by_the_portal(report)}
    indicators |= {row.indicator_id: row.indicator for row in rows}
    for made in adjustments.values():
        indicators |= {row.indicator_id: row.indicator for row in made}
    in_order = sorted(indicators.values(), key=lambda one: (one.position, one.pk))
    return tuple(
        TableRow(
            number=number,
            indicator=one,
            own=next((row for row in by_indicator[one.pk] if row.activity_id is None), None),
            activities=tuple(row for row in by_indicator[one.pk] if row.activity_id is not None),
            reached=reached.get(one.pk, Reached()),
            adjustments=tuple(adjustments[one.pk]),
            previous=previous.get(one.pk),
            questions=tuple(questions[one.pk]),
            later=tuple(later[one.pk]),
            evidence=tuple(proofs.get(one.pk, ())),
        )
        for number, one in numbered(in_order)
    )


def _counted_by_the_portal(report: ProgressReport) -> Iterable[Indicator]:
    """Those nobody types: they stand in the table with 0 where there is nothing to count."""
    if not report.period.collects_figures or report.channel != report.Channel.PORTAL:
        return ()
    computed = [Indicator.Aggregate.DISTINCT, Indicator.Aggregate.WORKS]
    asked = Indicator.objects.filter(campaign=report.period.campaign).asked_of(report.unit)
    return asked.in_use().filter(aggregate__in=computed).select_related("parent")


def _by_indicator(rows: Iterable[Row]) -> defaultdict[int, list[Row]]:
    sorted_out: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        sorted_out[row.indicator_id].append(row)
    return sorted_out


def previous_figures(report: ProgressReport) -> dict[int, Decimal]:
    """What the unit reported in the last period that is as long as this one; else nothing."""
    before = ProgressReport.objects.filter(
        unit=report.unit,
        period__campaign=report.period.campaign,
        period__kind=report.period.kind,
        period__collects_from__isnull=False,
        period__data_to__lt=report.period.data_to,
    ).counted()
    last = before.order_by("-period__data_to").first()
    if last is None:
        return {}
    sums = last.figures.filter(answer=VALUE).order_by().values_list("indicator")
    return {pk: round(total, 2) for pk, total in sums.annotate(Sum("value")) if total is not None}
