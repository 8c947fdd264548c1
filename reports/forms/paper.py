"""What the board types into the paper of a report: fixed texts, a section, number and day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from campaign.forms.fields import DayField, LineField, ParagraphsField
from lib import clock
from reports.models import Paper, PaperSection, Passage
from reports.models.paper import PassageData

LONGEST_TEXT = 20_000
LARGEST_PLACE = 99_999
LINES = {"authority": 2, "addressees": 2, "bases": 4, "recipients": 4, "subject": 2}
HELP = {
    "addressees": "Mỗi nơi một dòng.",
    "bases": "Mỗi căn cứ một dòng; để trống nếu không dùng.",
    "recipients": "Mỗi nơi một dòng, dòng cuối là “Lưu: …”.",
    "authority": "Ví dụ: KT. GIÁM ĐỐC. Để trống nếu ký đúng chức vụ.",
}
ONE_LINE = ("authority", "position", "signer")


def text_field(name: str) -> forms.Field:
    """One of the fixed texts, as a paper has it and a template words it."""
    label = str(Paper._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    longest = getattr(Paper._meta.get_field(name), "max_length", None) or LONGEST_TEXT
    is_needed = name == "subject"
    message = {"required": "Hãy ghi trích yếu của báo cáo."}
    if name in ONE_LINE:
        field: forms.Field = LineField(label=label, required=False, max_length=longest)
        field.widget.attrs["class"] = "form-control"
    else:
        field = ParagraphsField(
            label=label, required=is_needed, max_length=longest, error_messages=message
        )
        field.widget.attrs.update({"rows": LINES.get(name, 4), "class": "form-control"})
    field.help_text = HELP.get(name, "")
    return field


class PaperTextsForm(forms.Form):
    """Lời văn chung of one paper."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in Paper.TEXT_FIELDS:
            self.fields[name] = text_field(name)

    def values(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in Paper.TEXT_FIELDS}


@dataclass(frozen=True)
class PassageRow:
    """One unit's paragraph with its three fields."""

    passage: Passage
    text: forms.BoundField
    used: forms.BoundField
    place: forms.BoundField


class SectionForm(forms.Form):
    """One section: the board's words, and each unit's paragraph used or not, in which place."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    own = ParagraphsField(
        label="Lời của Ban", required=False, max_length=LONGEST_TEXT,
        help_text="In trước các đoạn của đơn vị. Dòng bắt đầu bằng dấu “-” thành gạch đầu dòng.",
    )  # fmt: skip

    def __init__(
        self, section: PaperSection, passages: Iterable[Passage], data: Any = None
    ) -> None:
        initial: dict[str, Any] = {"revision": section.revision, "own": section.text}
        super().__init__(data, initial=initial)
        self.known = list(passages)
        self.fields["own"].widget.attrs.update({"rows": 3, "class": "form-control"})
        for row in self.known:
            self._add(row)

    def _add(self, row: Passage) -> None:
        text = ParagraphsField(
            label=f"Đoạn của {row.unit}", required=False, max_length=LONGEST_TEXT, initial=row.text
        )
        text.widget.attrs.update({"rows": 3, "class": "form-control"})
        used = forms.BooleanField(label="Đưa vào", required=False, initial=row.is_used)
        used.widget.attrs.update(
            {"class": "form-check-input", "aria-label": f"Đưa vào: {row.unit}"}
        )
        place = forms.IntegerField(
            label="Thứ tự", min_value=0, max_value=LARGEST_PLACE, initial=row.position,
            error_messages={"required": "Hãy ghi thứ tự.", "invalid": "Thứ tự là một số."},
        )  # fmt: skip
        place.widget.attrs.update(
            {"class": "form-control place", "aria-label": f"Thứ tự: {row.unit}"}
        )
        self.fields |= {
            f"doan-{row.pk}": text,
            f"dung-{row.pk}": used,
            f"thu-tu-{row.pk}": place,
        }

    def rows(self) -> Iterator[PassageRow]:
        for row in self.known:
            names = (f"doan-{row.pk}", f"dung-{row.pk}", f"thu-tu-{row.pk}")
            yield PassageRow(row, *(self[name] for name in names))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for row in self.known:
            if said.get(f"dung-{row.pk}") and not said.get(f"doan-{row.pk}", "-"):
                self.add_error(
                    f"doan-{row.pk}",
                    "Đoạn này đang trống; nếu không dùng, mời bỏ chọn “Đưa vào”.",
                )
        return said

    def passages(self) -> dict[int, PassageData]:
        said = self.cleaned_data
        return {
            row.pk: PassageData(
                said[f"doan-{row.pk}"], said[f"dung-{row.pk}"], said[f"thu-tu-{row.pk}"]
            )
            for row in self.known
        }

    def shown(self) -> dict[str, str]:
        """What the fields hold, as a script compares them."""
        values = {"own": str(self["own"].value() or "")}
        for row in self.rows():
            values[row.text.html_name] = str(row.text.value() or "")
            values[row.used.html_name] = "on" if row.used.value() else ""
            values[row.place.html_name] = str(row.place.value())
        return values

    def texts(self) -> list[forms.BoundField]:
        return [self["own"], *(row.text for row in self.rows())]


class NumberForm(forms.Form):
    """Số và ngày ban hành."""

    number = forms.IntegerField(
        label="Số", min_value=1, max_value=99_999,
        error_messages={"required": "Hãy ghi số của báo cáo.", "invalid": "Số chỉ gồm chữ số."},
    )  # fmt: skip
    day = DayField(
        label="Ngày ban hành",
        error_messages={"required": "Hãy ghi ngày ban hành, ví dụ 22/3/2024."},
    )

    def __init__(self, data: Any = None, *, next_number: int, at: datetime) -> None:
        self.today = clock.local_day(at)
        initial = {"number": next_number, "day": self.today}
        super().__init__(data, initial=initial, prefix="cap-so")
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day and day > self.today:
            raise forms.ValidationError("Ngày ban hành không thể ở sau hôm nay.")
        return day


class ReasonForm(forms.Form):
    """Why a paper is handed back, or its number taken back."""

    reason = LineField(
        max_length=500, error_messages={"required": "Hãy ghi lý do."},
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, label: str, prefix: str) -> None:
        super().__init__(data, prefix=prefix)
        self.fields["reason"].label = label


def hand_back_form(data: Any = None) -> ReasonForm:
    return ReasonForm(data, label="Lý do chuyển lại", prefix="chuyen-lai")


def number_back_form(data: Any = None) -> ReasonForm:
    return ReasonForm(data, label="Lý do thu hồi số", prefix="thu-so")
