"""Starting a scale, its head and points, what members say, and the day it takes effect."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from campaign.forms.fields import DayField, LineField, NumberField, ParagraphsField
from scoring.datasets.content import ScaleContent
from scoring.datasets.scale import Consents, Said
from scoring.forms.fields import PointsField
from scoring.models import ScoringScale

EMPTY, SAMPLE = "trong", "mau"


class StartForm(forms.Form):
    """From what a scale begins."""

    source = forms.ChoiceField(
        label="Bắt đầu từ", error_messages={"required": "Hãy chọn nơi bắt đầu."}
    )

    def __init__(
        self, data: Any = None, *, scales: Iterable[ScoringScale], has_sample: bool
    ) -> None:
        super().__init__(data)
        self.scales = {str(scale.pk): scale for scale in scales}
        choices = [(pk, f"Chép {scale}") for pk, scale in self.scales.items()]
        if has_sample:
            choices.append((SAMPLE, "Thang mẫu 1.000 điểm, có sẵn nội dung Đợt thi đua"))
        choices.append((EMPTY, "Thang trống"))
        source = self.fields["source"]
        if isinstance(source, forms.ChoiceField):
            source.choices = choices


class HeadForm(forms.Form):
    """What holds for the whole scale."""

    total = PointsField(label="Tổng điểm", error_messages={"required": "Hãy ghi tổng điểm."})
    bonus_cap = PointsField(
        label="Điểm thưởng tối đa", error_messages={"required": "Hãy ghi số; không thưởng ghi 0."}
    )
    honesty_percent = NumberField(
        label="Tự chấm được chênh tối đa (% tổng điểm)",
        error_messages={"required": "Hãy ghi tỷ lệ phần trăm."},
    )

    def clean_total(self) -> Decimal:
        total: Decimal = self.cleaned_data["total"]
        if not total:
            raise ValidationError("Tổng điểm phải lớn hơn 0.")
        return total

    def clean_honesty_percent(self) -> Decimal:
        share: Decimal = self.cleaned_data["honesty_percent"]
        if share > 100:  # noqa: PLR2004  # percent
            raise ValidationError("Tỷ lệ không quá 100%.")
        return share


def _points_input(label: str) -> forms.TextInput:
    return forms.TextInput(
        attrs={"inputmode": "decimal", "autocomplete": "off", "aria-label": label}
    )


class LinesForm(forms.Form):
    """Name and points of every criterion, as the table of the editor has them."""

    def __init__(self, data: Any = None, *, content: ScaleContent) -> None:
        super().__init__(data)
        self.content = content
        for place, one in enumerate(content.criteria):
            self.fields[f"name-{place}"] = LineField(
                label=f"Nội dung {one.code}", max_length=500, initial=one.name,
                widget=forms.Textarea(attrs={"rows": 1, "aria-label": f"Nội dung {one.code}"}),
                error_messages={"required": "Hãy ghi nội dung."},
            )  # fmt: skip
            self.fields[f"points-{place}"] = PointsField(
                label=f"Điểm chuẩn {one.code}", initial=one.max_points,
                widget=_points_input(f"Điểm chuẩn {one.code}"),
                error_messages={"required": "Hãy ghi điểm; không có thì ghi 0."},
            )  # fmt: skip

    def cells(self) -> dict[str, tuple[Any, Any]]:
        """The two fields of each criterion, by its code."""
        return {
            one.code: (self[f"name-{place}"], self[f"points-{place}"])
            for place, one in enumerate(self.content.criteria)
        }

    def typed(self) -> dict[str, tuple[str, Decimal]]:
        return {
            one.code: (self.cleaned_data[f"name-{place}"], self.cleaned_data[f"points-{place}"])
            for place, one in enumerate(self.content.criteria)
        }


class NoteForm(forms.Form):
    note = ParagraphsField(
        label="Lý do sửa đổi", max_length=2000,
        error_messages={"required": "Hãy ghi lý do sửa đổi để các thành viên xem xét."},
    )  # fmt: skip


class EnforceForm(forms.Form):
    effective_date = DayField(
        label="Áp dụng từ ngày", error_messages={"required": "Hãy ghi ngày bắt đầu áp dụng."}
    )

    prefix = "ap-dung"


AGREES, DISAGREES, SILENT = "dong-y", "khong", "chua"
ANSWERS = [(AGREES, "Đồng ý"), (DISAGREES, "Không đồng ý"), (SILENT, "Chưa có ý kiến")]


class ConsentForm(forms.Form):
    """One member's answer in writing."""

    answer = forms.ChoiceField(
        label="Ý kiến của đơn vị", choices=ANSWERS[:2], widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn đồng ý hoặc không đồng ý."},
    )  # fmt: skip
    note = LineField(
        label="Nội dung góp ý", max_length=300, required=False,
        help_text="Bắt buộc khi không đồng ý.",
    )  # fmt: skip

    prefix = "y-kien"

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = self.cleaned_data
        if typed.get("answer") == DISAGREES and not typed.get("note"):
            self.add_error("note", "Hãy ghi lý do không đồng ý.")
        return typed

    def agrees(self) -> bool:
        return bool(self.cleaned_data["answer"] == AGREES)


class ConsentsForm(forms.Form):
    """What every member said at the meeting; one line each."""

    prefix = "hoi-nghi"

    def __init__(self, data: Any = None, *, consents: Consents) -> None:
        super().__init__(data)
        self.consents = consents
        for row in consents.rows:
            said = row.consent
            answer = SILENT if said is None else (AGREES if said.agrees else DISAGREES)
            unit = row.membership.unit
            self.fields[f"answer-{unit.pk}"] = forms.ChoiceField(
                label=f"Ý kiến của {unit}", choices=ANSWERS, initial=answer,
                widget=forms.Select(attrs={"aria-label": f"Ý kiến của {unit}"}),
            )  # fmt: skip
            self.fields[f"note-{unit.pk}"] = LineField(
                label=f"Góp ý của {unit}", max_length=300, required=False,
                initial=said.note if said else "",
                widget=forms.TextInput(attrs={"aria-label": f"Góp ý của {unit}"}),
            )  # fmt: skip

    def rows(self) -> list[tuple[Any, Any, Any]]:
        return [
            (row, self[f"answer-{row.membership.unit_id}"], self[f"note-{row.membership.unit_id}"])
            for row in self.consents.rows
        ]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = self.cleaned_data
        for row in self.consents.rows:
            pk = row.membership.unit_id
            if typed.get(f"answer-{pk}") == DISAGREES and not typed.get(f"note-{pk}"):
                self.add_error(f"note-{pk}", "Hãy ghi lý do không đồng ý.")
        return typed

    def said(self) -> list[Said]:
        typed = self.cleaned_data
        return [
            Said(
                row.membership.unit,
                typed[f"answer-{row.membership.unit_id}"] == AGREES,
                typed[f"note-{row.membership.unit_id}"],
            )
            for row in self.consents.rows
            if typed[f"answer-{row.membership.unit_id}"] != SILENT
        ]
