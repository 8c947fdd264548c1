"""A report that came back as a workbook, through the forms of the page: one way to check."""

from collections.abc import Mapping, Sequence

from django import forms

from campaign.datasets.report_table import TableRow
from campaign.datasets.report_workbook import (
    EXEMPLARS,
    FIGURES,
    NOT_APPLICABLE,
    NOTHING,
    figure_key,
    section_key,
)
from campaign.forms.report import ExemplarForm, FigureForm, PartForm
from campaign.models import Exemplar, Figure, ProgressReport
from campaign.sections import Section
from lib.roundtrip.difference import LineChange, PageChanges

_KINDS = {str(label): value for value, label in Exemplar.Kind.choices}


class ReturnedReport:
    """The forms of the lines that changed, by what they are about."""

    def __init__(
        self,
        report: ProgressReport,
        table: Sequence[TableRow],
        parts: Sequence[Section],
        pages: Sequence[PageChanges],
    ) -> None:
        self._figures = {figure_key(figure): figure for row in table for figure in row.parts}
        self._parts = {section_key(part): part for part in parts}
        self._rows = {row.code: row for row in report.sections.all()}
        self.figures: list[FigureForm] = []
        self.parts: list[PartForm] = []
        self.exemplars: list[tuple[LineChange, ExemplarForm]] = []
        self.problems = [
            f"Trang “{page.title}”, ô {change.line.addresses.get(name, '')}: {error}"
            for page in pages
            for change in page.changes
            if change.line is not None
            for name, errors in self._bind(page.title, change).errors.items()
            for error in errors
        ]

    def _bind(self, page: str, change: LineChange) -> forms.Form:
        cells = change.line.cells if change.line else {}
        if page == FIGURES:
            return self._bind_figure(change.key, cells)
        if page == EXEMPLARS:
            kind = _KINDS.get(cells["kind"], cells["kind"])
            exemplar = ExemplarForm({**cells, "kind": kind})
            self.exemplars.append((change, exemplar))
            return exemplar
        return self._bind_part(change.key, cells)

    def _bind_figure(self, key: str, cells: Mapping[str, str]) -> FigureForm:
        figure, answer = self._figures[key], cells["answer"]
        said = Figure.Answer.NOT_APPLICABLE if answer == NOT_APPLICABLE else answer
        prefix = f"f-{figure.pk}"
        typed = {"value": cells["value"], "answer": said, "note": cells["note"]}
        form = FigureForm(figure, {f"{prefix}-{name}": text for name, text in typed.items()})
        self.figures.append(form)
        return form

    def _bind_part(self, key: str, cells: Mapping[str, str]) -> PartForm:
        part = self._parts[key]
        nothing = "on" if cells["nothing"] == NOTHING else ""
        typed = {f"s-{part.code}-text": cells["text"], f"s-{part.code}-nothing": nothing}
        form = PartForm(part, self._rows.get(part.code), typed)
        if cells["nothing"] not in {"", NOTHING}:
            form.add_error("nothing", f"Chỉ chọn “{NOTHING}” hoặc để trống.")
        self.parts.append(form)
        return form
