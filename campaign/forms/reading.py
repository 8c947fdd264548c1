"""What a person fills in on the way from a document to a campaign."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from campaign.forms.fields import DayField, LineField, ParagraphsField
from campaign.models import Campaign, Duty, PlanItem, PlanReading
from campaign.proposal.draft import Draft, Entry
from campaign.proposal.row import ROLES
from lib.vietnamese import fold

ACCEPT = ".docx,.pdf,.txt,.md"
OUTSIDE = "ngoài danh mục"
_SEPARATES = re.compile(r"\s*[;\n]\s*")
_CODE = re.compile(r"[0-9A-Za-zĐđ][0-9A-Za-zĐđ.\-]{0,19}")
LONGEST_TEXT = 20_000


def _longest(name: str) -> int | None:
    return Campaign._meta.get_field(name).max_length  # type: ignore[union-attr]


class DocumentForm(forms.Form):
    """The document of a plan, and what it is for."""

    purpose = forms.ChoiceField(
        label="Văn bản này",
        choices=[],
        widget=forms.RadioSelect,
        initial=PlanReading.Purpose.LAUNCH,
    )
    campaign = forms.ModelChoiceField(
        label="Thuộc đợt thi đua", queryset=Campaign.objects.none(), required=False,
        help_text="Chỉ cần chọn khi sửa đổi hoặc thêm vào một đợt đã có.",
    )  # fmt: skip

    def __init__(self, *args: Any, campaigns: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in PlanReading.Purpose if kind != PlanReading.Purpose.COPY]
        self.fields["purpose"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["campaign"].queryset = campaigns  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        is_launch = said.get("purpose") == PlanReading.Purpose.LAUNCH
        if is_launch:
            said["campaign"] = None
        elif not said.get("campaign"):
            self.add_error("campaign", "Hãy chọn đợt thi đua mà văn bản này sửa đổi hoặc bổ sung.")
        return said


class FactsForm(forms.Form):
    """The header of the campaign. A draft may be half empty; creating asks for the rest."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    name = LineField(label="Tên gọi đợt thi đua", max_length=_longest("name"), required=False)
    code = LineField(
        label="Mã đợt", max_length=_longest("code"), required=False,
        help_text="Ngắn, thường là năm, ví dụ 2025; đứng trong địa chỉ trang và không đổi về sau.",
    )  # fmt: skip
    document_type = LineField(
        label="Loại văn bản", max_length=_longest("document_type"), required=False
    )
    document_number = LineField(
        label="Số, ký hiệu", max_length=_longest("document_number"), required=False
    )
    issued_on = DayField(label="Ngày ban hành", required=False)
    place = LineField(label="Địa danh", max_length=_longest("place"), required=False)
    issuer = LineField(label="Cơ quan ban hành", max_length=_longest("issuer"), required=False)
    subject = ParagraphsField(label="Trích yếu", max_length=LONGEST_TEXT, required=False)
    theme = LineField(label="Chủ đề thi đua", max_length=_longest("theme"), required=False)
    guiding_thought = ParagraphsField(
        label="Tư tưởng chỉ đạo", max_length=LONGEST_TEXT, required=False
    )
    starts_on = DayField(label="Bắt đầu", required=False)
    ends_on = DayField(label="Kết thúc", required=False)
    sub_plan_due_date = DayField(label="Hạn gửi kế hoạch triển khai", required=False)
    receiver = LineField(
        label="Nơi nhận kế hoạch triển khai", max_length=_longest("receiver"), required=False
    )
    signer_position = LineField(
        label="Chức vụ người ký", max_length=_longest("signer_position"), required=False
    )
    signer_name = LineField(label="Người ký", max_length=_longest("signer_name"), required=False)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code and not _CODE.fullmatch(code):
            raise forms.ValidationError("Mã chỉ gồm chữ, số, dấu chấm và gạch nối.")
        return code

    def values(self) -> dict[str, str]:
        """Days as the draft keeps them."""
        return {
            name: value.isoformat() if isinstance(value, date) else value or ""
            for name, value in self.cleaned_data.items()
            if name != "revision"
        }


def facts_shown(draft: Draft) -> dict[str, Any]:
    """What the form shows first."""
    shown: dict[str, Any] = {"revision": draft.facts_revision, **draft.facts}
    for name, field in FactsForm.base_fields.items():
        if isinstance(field, DayField) and shown.get(name):
            shown[name] = date.fromisoformat(shown[name])
    return shown


class RowForm(forms.Form):
    """One row of the plan; names are one to a line, as they are to be read."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    code = LineField(label="Mã", max_length=20)
    kind = forms.ChoiceField(label="Loại", choices=PlanItem.Kind.choices)
    text = ParagraphsField(
        label="Nội dung", max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 7})
    )
    parent = LineField(
        label="Đứng dưới mục",
        max_length=20,
        required=False,
        help_text="Mã của mục cha; để trống nếu không có.",
    )
    verb = forms.ChoiceField(label="Vai trò", choices=Duty.Verb.choices, required=False)
    is_request = forms.BooleanField(label="Đề nghị (không phải giao)", required=False)
    assignees = ParagraphsField(label="Nơi được giao", max_length=2000, required=False)
    leads = ParagraphsField(label="Chủ trì", max_length=2000, required=False)
    coordinators = ParagraphsField(label="Phối hợp", max_length=4000, required=False)
    due = DayField(label="Hạn hoàn thành", required=False)
    date_note = LineField(label="Thời gian như văn bản ghi", max_length=200, required=False)

    def __init__(self, *args: Any, codes: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = codes
        for role in ROLES:
            self.fields[role].widget.attrs["rows"] = 2

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not _CODE.fullmatch(code):
            raise forms.ValidationError("Mã chỉ gồm chữ, số, dấu chấm và gạch nối.")
        return code

    def clean_parent(self) -> str:
        parent: str = self.cleaned_data["parent"]
        if parent and (parent not in self.codes or parent == self.cleaned_data.get("code")):
            raise forms.ValidationError(f"Không có mục nào mã “{parent}”.")
        return parent

    def values(self) -> dict[str, Any]:
        """What was typed, by field of the row."""
        said = dict(self.cleaned_data)
        is_duty = said["kind"] == PlanItem.Kind.ASSIGNMENT_BULLET
        names = {role: split_names(said[role]) if is_duty else () for role in ROLES}
        due = said["due"]
        return {
            **{name: said[name] for name in ("code", "kind", "text", "parent", "date_note")},
            **names,
            "verb": said["verb"] if is_duty else "",
            "is_request": said["is_request"] and is_duty,
            "basis": ("explicit" if names["leads"] else "not_stated") if is_duty else "",
            "dates": due.isoformat() if due else "",
        }


def split_names(text: str) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in _SEPARATES.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def row_shown(entry: Entry) -> dict[str, Any]:
    """What the form of a row shows first."""
    row = entry.row
    day = row.dates.split(";")[0].split("/")[-1]
    return {
        "revision": entry.revision, "code": row.code, "kind": row.kind, "text": row.text,
        "parent": row.parent, "verb": row.verb, "is_request": row.is_request,
        **{role: "\n".join(getattr(row, role)) for role in ROLES},
        "due": date.fromisoformat(day) if day else None, "date_note": row.date_note,
    }  # fmt: skip


class NamesForm:
    """Whom each printed name means: names of units or classes, or that it is nobody's we know.

    What was typed stays in `typed` where it was not understood.
    """

    def __init__(
        self, data: Mapping[str, str] | None, names: list[str], known: Mapping[str, str]
    ) -> None:
        self.known = {fold(label): code for label, code in known.items()}
        self.typed: dict[str, str] = {}
        self.errors: dict[str, str] = {}
        self.chosen: dict[str, tuple[str, ...] | None] = {}
        for place, name in enumerate(names):
            if data is not None and f"ten-{place}" in data:
                self._read(name, data[f"ten-{place}"])

    def _read(self, name: str, said: str) -> None:
        self.typed[name] = said
        words = split_names(said)
        if not words:
            self.chosen[name] = None
            return
        if [fold(word) for word in words] == [fold(OUTSIDE)]:
            self.chosen[name] = ()
            return
        unknown = [word for word in words if fold(word) not in self.known]
        if unknown:
            self.errors[name] = f"Không có đơn vị hoặc nhóm đơn vị “{'”, “'.join(unknown)}”."
        else:
            self.chosen[name] = tuple(dict.fromkeys(self.known[fold(word)] for word in words))
