"""What the people of a unit fill in for a report: its paper, its parts, its figures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from campaign.datasets.report_corrections import CorrectableRow
from campaign.datasets.report_table import TableRow
from campaign.forms.fields import DayField, LineField, NumberField, ParagraphsField
from campaign.models import Adjustment, Exemplar, Figure, FigureQuestion, ProgressReport
from campaign.models import ReportSection as Part
from campaign.sections import Section
from lib.vietnamese import Ambiguous, parse_number

LONGEST_TEXT = 20_000
Answer = Figure.Answer


def _label(name: str) -> str:
    return str(ProgressReport._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _longest(model: type[Any], name: str) -> int:
    return int(model._meta.get_field(name).max_length or 0)


class PaperForm(forms.Form):
    """Number, day and signer of the report as a paper; nothing is required of a draft."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    document_number = LineField(
        label=_label("document_number"), required=False, help_text="Ví dụ 45/BC-SNV.",
        max_length=_longest(ProgressReport, "document_number"),
    )  # fmt: skip
    document_date = DayField(label=_label("document_date"), required=False)
    signer_name = LineField(
        label=_label("signer_name"), required=False,
        max_length=_longest(ProgressReport, "signer_name"),
    )  # fmt: skip
    signer_position = LineField(
        label=_label("signer_position"), required=False,
        max_length=_longest(ProgressReport, "signer_position"),
    )  # fmt: skip


class FigureField(NumberField):
    """A figure of an indicator: where it has no decimals, “1.250” can only mean thousands."""

    def __init__(self, *, decimals: int, **more: Any) -> None:
        super().__init__(**more)
        self.decimals = decimals

    def to_python(self, value: Any) -> Decimal | None:
        text = str(value or "").strip()
        if self.decimals == 0:
            try:
                parse_number(text)
            except Ambiguous as either:
                text = str(either.readings[0])
            except ValueError:
                pass  # said by the field below
        figure = super().to_python(text)
        if figure is not None and figure != round(figure, self.decimals):
            wanted = f"tối đa {self.decimals} chữ số" if self.decimals else "không có số lẻ"
            raise ValidationError(f"“{text}”: chỉ tiêu này {wanted} sau dấu phẩy.")
        return figure


class FigureForm(forms.Form):
    """One figure: a number (0 is one), “không áp dụng”, or no answer yet."""

    note = LineField(label="Ghi chú", required=False, max_length=_longest(Figure, "note"))
    answer = forms.ChoiceField(label="Trả lời", choices=Answer.choices, required=False)

    def __init__(self, figure: Figure, data: Any = None) -> None:
        self.figure = figure
        initial = {"value": figure.value, "answer": figure.answer, "note": figure.note}
        super().__init__(data, prefix=f"f-{figure.pk}", initial=initial)
        self.fields["value"] = FigureField(
            label="Số liệu", required=False, decimals=figure.indicator.decimals
        )

    @property
    def called(self) -> str:
        """What a person hears this row is about."""
        about = self.figure.activity or self.figure.indicator.name
        return f"{self.figure.indicator.code} {about}"

    @property
    def shown_value(self) -> str:
        """As it would be typed, or as it was."""
        shown = self["value"].value()
        return "" if shown is None else str(shown)

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("value") is not None and typed.get("answer") == Answer.NOT_APPLICABLE:
            self.add_error("value", "Đã chọn “Không áp dụng” thì để trống ô số.")
        return typed

    def answered(self) -> tuple[str, Decimal | None, str]:
        """What was said: a number typed is an answer, an empty cell is none."""
        typed = self.cleaned_data
        if typed["value"] is not None:
            return Answer.VALUE, typed["value"], typed["note"]
        is_left_out = typed["answer"] == Answer.NOT_APPLICABLE
        said = Answer.NOT_APPLICABLE if is_left_out else Answer.UNANSWERED
        return said, None, typed["note"]


class PartForm(forms.Form):
    """One part of the text: words, or that nothing arose."""

    text = ParagraphsField(label="Nội dung", required=False, max_length=LONGEST_TEXT)
    nothing = forms.BooleanField(label="Không phát sinh", required=False)

    def __init__(self, part: Section, row: Part | None, data: Any = None) -> None:
        self.part = part
        nothing = row is not None and row.answer == Part.Answer.NOTHING
        initial = {"text": row.text if row else "", "nothing": nothing}
        super().__init__(data, prefix=f"s-{part.code}", initial=initial)

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("text") and typed.get("nothing"):
            self.add_error("text", "Đã ghi nội dung thì bỏ chọn “Không phát sinh”.")
        return typed

    def answered(self) -> tuple[str, str]:
        typed = self.cleaned_data
        if typed["text"]:
            return Part.Answer.TEXT, typed["text"]
        return (Part.Answer.NOTHING if typed["nothing"] else Part.Answer.UNANSWERED), ""


@dataclass(frozen=True)
class TypedRow:
    """A row of the table with its cells; a computed indicator has none."""

    row: TableRow
    own: FigureForm | None
    activities: tuple[FigureForm, ...]

    @property
    def cells(self) -> tuple[FigureForm, ...]:
        return (*((self.own,) if self.own else ()), *self.activities)


class DraftForms:
    """The whole draft: one form on the page, one answer of right or wrong."""

    def __init__(
        self,
        report: ProgressReport,
        parts: Iterable[Section],
        table: Iterable[TableRow],
        data: Any = None,
    ) -> None:
        paper = {name: getattr(report, name) for name in ProgressReport.TEXT_FIELDS}
        self.paper = PaperForm(data, initial={"revision": report.revision, **paper})
        rows = {row.code: row for row in report.sections.all()}
        self.parts = [PartForm(part, rows.get(part.code), data) for part in parts]
        self.rows = [self._row(row, data) for row in table]

    @staticmethod
    def _row(row: TableRow, data: Any) -> TypedRow:
        if row.indicator.is_computed:
            return TypedRow(row, None, ())
        own = FigureForm(row.own, data) if row.own else None
        return TypedRow(row, own, tuple(FigureForm(figure, data) for figure in row.activities))

    def _all(self) -> Iterator[forms.Form]:
        yield self.paper
        yield from self.parts
        for row in self.rows:
            yield from row.cells

    def is_valid(self) -> bool:
        return not self.errors

    @property
    def errors(self) -> dict[str, list[str]]:
        """Sentences by the name of the field as it stands on the page."""
        return {
            form[name].html_name: [str(sentence) for sentence in sentences]
            for form in self._all()
            for name, sentences in form.errors.items()
        }

    @property
    def faults(self) -> list[tuple[str, str, str]]:
        """For the summary on top: where, what it is called, what is wrong."""
        return [
            (form[name].id_for_label, self._called(form, name), str(sentence))
            for form in self._all()
            for name, sentences in form.errors.items()
            for sentence in sentences
        ]

    @staticmethod
    def _called(form: forms.Form, name: str) -> str:
        if isinstance(form, FigureForm):
            return form.called
        if isinstance(form, PartForm):
            return f"Mục {form.part.code}"
        return str(form[name].label)

    def values(self) -> dict[str, str]:
        """Every cell as the page shows it; a box that is not ticked is empty."""
        shown = {}
        for form in self._all():
            for bound in form:
                value = bound.value()
                if isinstance(bound.field, forms.BooleanField):
                    value = "on" if value else ""
                shown[bound.html_name] = "" if value is None else str(value)
        return shown


class ExemplarForm(forms.Form):
    """A role model to name in the report."""

    kind = forms.ChoiceField(label="Loại", choices=Exemplar.Kind.choices)
    name = LineField(
        label="Tên tập thể hoặc họ và tên", max_length=_longest(Exemplar, "name"),
        error_messages={"required": "Hãy ghi tên tập thể hoặc họ và tên."},
    )  # fmt: skip
    position = LineField(
        label="Chức vụ, nơi công tác", max_length=_longest(Exemplar, "position"), required=False
    )
    achievement = LineField(
        label="Thành tích tiêu biểu", max_length=_longest(Exemplar, "achievement"),
        error_messages={"required": "Hãy ghi thành tích tiêu biểu."},
    )  # fmt: skip


class CorrectionForm(forms.Form):
    """What one figure of an earlier period should have been."""

    reason = LineField(label="Lý do", required=False, max_length=_longest(Adjustment, "reason"))

    def __init__(self, row: CorrectableRow, data: Any = None) -> None:
        self.row = row
        initial = {"right": row.right, "reason": row.ours.reason if row.ours else ""}
        super().__init__(data, prefix=f"c-{row.figure.pk}", initial=initial)
        decimals = row.figure.indicator.decimals
        self.fields["right"] = FigureField(label="Đúng ra là", required=False, decimals=decimals)
        name = row.figure.indicator.name
        self.fields["right"].widget.attrs["aria-label"] = f"Đúng ra là: {name}"
        self.fields["reason"].widget.attrs["aria-label"] = f"Lý do: {name}"

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        right = typed.get("right")
        if right is not None and right != self.row.now and not typed.get("reason"):
            self.add_error("reason", "Hãy ghi lý do đính chính.")
        return typed


class AnswerForm(forms.Form):
    """The unit's answer to a question about one figure."""

    answer = ParagraphsField(
        label="Trả lời", max_length=_longest(FigureQuestion, "answer"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy ghi câu trả lời."},
    )  # fmt: skip
