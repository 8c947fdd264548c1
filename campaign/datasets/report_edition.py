"""A version of a report as labelled text, for reading side by side."""

from dataclasses import dataclass

from campaign.datasets.edition import shown
from campaign.datasets.report_words import about_in_words
from campaign.difference import FieldChange, changed_fields
from campaign.models import Figure, ProgressReport, ReportSection
from lib.vietnamese import number

NOT_SAID = "chưa trả lời"


@dataclass(frozen=True)
class ReportDifference:
    texts: tuple[FieldChange, ...]
    figures: tuple[FieldChange, ...]
    corrections: tuple[FieldChange, ...]
    exemplars: tuple[FieldChange, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.texts or self.figures or self.corrections or self.exemplars)

    @property
    def changed_labels(self) -> frozenset[str]:
        return frozenset(change.label for change in (*self.texts, *self.figures))


def changes_between(old: ProgressReport, new: ProgressReport) -> ReportDifference:
    return ReportDifference(
        texts=changed_fields(_texts(old), _texts(new)),
        figures=changed_fields(_figures(old), _figures(new)),
        corrections=changed_fields(_corrections(old), _corrections(new)),
        exemplars=changed_fields(_exemplars(old), _exemplars(new)),
    )


def changes_since_previous(report: ProgressReport) -> ReportDifference | None:
    """What the unit changed since the version it sent before; None for a first version."""
    earlier = ProgressReport.objects.filter(
        **report.series(), version__lt=report.version, submitted_at__isnull=False
    )
    previous = earlier.order_by("-version").first()
    return changes_between(previous, report) if previous else None


def _texts(report: ProgressReport) -> dict[str, str]:
    said = {
        str(ProgressReport._meta.get_field(name).verbose_name): shown(getattr(report, name))  # type: ignore[union-attr]
        for name in ProgressReport.TEXT_FIELDS
    }
    for row in report.sections.order_by("pk"):
        nothing = row.answer == ReportSection.Answer.NOTHING
        said[about_in_words(row.code)] = row.get_answer_display() if nothing else row.text
    return said


def figure_label(row: Figure) -> str:
    label = f"{row.indicator.code} {row.indicator.name}"
    return f"{label}: {row.activity}" if row.activity else label


def figure_in_words(row: Figure) -> str:
    """1.234,5 (note); the three kinds of nothing each by its own word."""
    if row.answer == Figure.Answer.VALUE and row.value is not None:
        said = number(row.value)
    elif row.answer == Figure.Answer.NOT_APPLICABLE:
        said = row.get_answer_display()
    else:
        said = NOT_SAID
    return f"{said} ({row.note})" if row.note else said


def _figures(report: ProgressReport) -> dict[str, str]:
    rows = report.figures.select_related("indicator", "activity")
    in_order = rows.order_by("indicator__position", "indicator", "activity")
    return {figure_label(row): figure_in_words(row) for row in in_order}


def _corrections(report: ProgressReport) -> dict[str, str]:
    rows = report.adjustments.select_related("indicator", "activity", "period").order_by("pk")
    return {
        f"{row.period}, {row.indicator.code}{f' {row.activity}' if row.activity else ''}": (
            f"{'+' if row.difference > 0 else ''}{number(row.difference)} ({row.reason})"
        )
        for row in rows
    }


def _exemplars(report: ProgressReport) -> dict[str, str]:
    return {row.name: row.achievement for row in report.exemplars.order_by("pk")}
