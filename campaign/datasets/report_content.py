"""A report's rows as the plain values the checks read."""

from collections.abc import Iterable

from campaign import consistency
from campaign.datasets.report_prefill import parts_of
from campaign.datasets.report_table import TableRow, table_of
from campaign.models import ProgressReport, ReportSection


def content_of(
    report: ProgressReport, rows: Iterable[TableRow] | None = None
) -> consistency.Content:
    """`rows` where the table has been read already."""
    texts = {row.code: row for row in report.sections.all()}
    return consistency.Content(
        sections=tuple(
            _section(part.code, part.title, texts.get(part.code), is_required=part.is_required)
            for part in parts_of(report)
        ),
        indicators=tuple(_indicator(row) for row in (table_of(report) if rows is None else rows)),
        document_number=report.document_number,
        has_document_date=report.document_date is not None,
        signer_name=report.signer_name,
    )


def _section(
    code: str, title: str, row: ReportSection | None, *, is_required: bool
) -> consistency.SectionContent:
    is_answered = row is not None and row.answer != ReportSection.Answer.UNANSWERED
    text = row.text if row else ""
    return consistency.SectionContent(code, title, is_answered, is_required, text)


def _indicator(row: TableRow) -> consistency.IndicatorContent:
    one, own = row.indicator, row.own
    return consistency.IndicatorContent(
        code=one.code,
        name=one.name,
        measure=one.measure,
        answer=own.answer if own else "",
        value=own.value if own else None,
        note=row.notes,
        relation=one.relation,
        parent=one.parent.code if one.parent else "",
        activities=tuple(
            consistency.ActivityFigure(str(figure.activity), figure.answer, figure.value)
            for figure in row.activities
        ),
        before=row.reached.before,
        correction=row.correction,
        previous=row.previous,
        target=row.reached.registered,
    )
