"""One row of the activity table, typed by hand, pasted or read from a sheet: one way to check."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from campaign.datasets.activity_table import HEADERS, UNIT_AND_PART
from campaign.datasets.vocabulary import Vocabulary
from campaign.forms.fields import (
    DayField,
    KindField,
    LineField,
    NumberField,
    ParagraphsField,
    PlanCodesField,
)
from campaign.models import PlanItem, PlannedActivity
from units.models import Unit


def _longest(name: str) -> int:
    return int(PlannedActivity._meta.get_field(name).max_length or 0)  # type: ignore[union-attr]


class ActivityForm(forms.Form):
    """Only the title is asked for: a draft may be incomplete, but a cell never says nonsense."""

    title = LineField(
        label="Nội dung hoạt động", max_length=_longest("title"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Hãy ghi nội dung hoạt động."},
    )  # fmt: skip
    plan_codes = PlanCodesField(
        label="Mục của Kế hoạch", max_length=300, required=False,
        help_text="Mã mục, cách nhau bằng dấu phẩy. Ví dụ III.1.1, IV.3.2.",
        widget=forms.TextInput(attrs={"list": "plan-codes", "autocomplete": "off"}),
    )  # fmt: skip
    lead = LineField(
        label="Chủ trì", max_length=400, required=False,
        help_text="Tên, tên viết tắt hoặc mã đơn vị; hoặc một bộ phận của đơn vị.",
        widget=forms.TextInput(attrs={"list": "unit-names", "autocomplete": "off"}),
    )  # fmt: skip
    partners = ParagraphsField(
        label="Phối hợp", max_length=2000, required=False,
        help_text="Cách nhau bằng dấu chấm phẩy.", widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    place = LineField(label="Địa điểm", max_length=_longest("place"), required=False)
    starts_on = DayField(label="Bắt đầu", required=False)
    ends_on = DayField(label="Kết thúc", required=False)
    quantity = NumberField(label="Số lượng", required=False)
    quantity_unit = LineField(
        label="Đơn vị tính", max_length=_longest("quantity_unit"), required=False
    )
    cost = NumberField(label="Kinh phí (triệu đồng)", required=False)
    cost_source = LineField(
        label="Nguồn kinh phí", max_length=_longest("cost_source"), required=False
    )
    product = LineField(label="Sản phẩm, kết quả", max_length=_longest("product"), required=False)
    person_responsible = LineField(
        label="Người phụ trách", max_length=_longest("person_responsible"), required=False
    )
    kind = KindField(label="Loại", required=False)
    beneficiary = LineField(
        label="Nơi được đỡ đầu, hỗ trợ", max_length=_longest("beneficiary"), required=False,
        help_text="Ví dụ Đồn Biên phòng, xã biên giới.",
    )  # fmt: skip

    def __init__(self, *args: Any, vocabulary: Vocabulary, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vocabulary = vocabulary
        codes = self.fields["plan_codes"]
        if isinstance(codes, PlanCodesField):
            codes.vocabulary = vocabulary

    def clean_lead(self) -> tuple[Unit | None, str]:
        """A unit we know, a department of it, or words."""
        text = self.cleaned_data["lead"]
        unit, part = self.vocabulary.unit(text), ""
        if unit is None:
            name, _, part = text.partition(UNIT_AND_PART)
            unit = self.vocabulary.unit(name)
        words = part.strip() if unit else text
        _refuse_long(words, "lead_text")
        return unit, words

    def clean_partners(self) -> tuple[tuple[Unit, ...], str]:
        units, words = self.vocabulary.split_units(self.cleaned_data["partners"])
        _refuse_long(words, "participants_text")
        return units, words

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and start > end:
            self.add_error("ends_on", "Ngày kết thúc trước ngày bắt đầu.")
        return cleaned

    def plain_fields(self) -> dict[str, Any]:
        """The columns of the row in the database, apart from what it is tied to."""
        own = (
            "title", "place", "starts_on", "ends_on", "quantity", "quantity_unit", "cost",
            "cost_source", "product", "person_responsible", "kind", "beneficiary",
        )  # fmt: skip
        lead_unit, lead_text = self.cleaned_data["lead"]
        return {
            **{name: self.cleaned_data[name] for name in own},
            "lead_unit": lead_unit,
            "lead_text": lead_text,
            "participants_text": self.cleaned_data["partners"][1],
        }

    def plan_items(self) -> tuple[PlanItem, ...]:
        return tuple(self.cleaned_data["plan_codes"])

    def participants(self) -> tuple[Unit, ...]:
        return tuple(self.cleaned_data["partners"][0])


def _refuse_long(words: str, column: str) -> None:
    longest = _longest(column)
    if len(words) > longest:
        raise ValidationError(f"Dài quá {longest} ký tự (đang có {len(words)}).")


class RowsForm(forms.Form):
    """Rows copied in Excel, as text with tabs."""

    LONGEST = 200_000

    rows = forms.CharField(
        label="Các dòng đã chép", strip=False, max_length=LONGEST,
        error_messages={
            "required": "Chưa có dòng nào. Hãy chép các dòng trong Excel rồi dán vào đây.",
            "max_length": "Đoạn dán quá dài; hãy chia thành nhiều lần.",
        },
        widget=forms.Textarea(attrs={"rows": 6, "data-paste-plain": True, "wrap": "off"}),
    )  # fmt: skip


class SheetForm(forms.Form):
    """A sheet to read rows from."""

    file = forms.FileField(
        label="Tệp Excel (.xlsx)", error_messages={"required": "Hãy chọn một tệp .xlsx."},
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )  # fmt: skip


@dataclass(frozen=True)
class CheckedRow:
    """A row of a table and the form that checked it."""

    number: int
    form: ActivityForm

    @property
    def problems(self) -> list[str]:
        """A sentence for every cell that is not understood, with row and column."""
        return [
            f"Dòng {self.number}, cột “{HEADERS[name]}”: {error}"
            for name, errors in self.form.errors.items()
            for error in errors
        ]


def check_rows(
    rows: Iterable[tuple[int, Mapping[str, str]]], vocabulary: Vocabulary
) -> list[CheckedRow]:
    return [
        CheckedRow(number, ActivityForm(dict(cells), vocabulary=vocabulary))
        for number, cells in rows
    ]
