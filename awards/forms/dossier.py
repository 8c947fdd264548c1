"""What a unit types about its dossier: the letter, the meeting of its council."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from awards.datasets.typed import LetterFacts
from awards.forms.guideline import small_number
from awards.models import Dossier, Nomination
from campaign.forms.fields import DayField, LineField, ParagraphsField
from lib.docnumber import parse


class LetterForm(forms.Form):
    """The letter and the minutes: what is empty may be filled in until the head signs."""

    letter_number = LineField(
        label="Số tờ trình", max_length=50, required=False, help_text="Ví dụ: 15/TTr-SYT."
    )
    letter_date = DayField(label="Ngày tờ trình", required=False)
    signer_name = LineField(label="Người ký", max_length=100, required=False)
    signer_position = LineField(label="Chức vụ người ký", max_length=150, required=False)
    reason = ParagraphsField(
        label="Lý do đề nghị", max_length=2000, required=False,
        help_text="Để trống: “Đã có thành tích xuất sắc trong Đợt Thi đua …”.",
    )  # fmt: skip
    council_met_on = DayField(label="Ngày họp hội đồng của đơn vị", required=False)
    council_members = small_number("Tổng số thành viên")
    council_present = small_number("Số có mặt")
    council_chair = LineField(label="Chủ trì", max_length=150, required=False)
    council_secretary = LineField(label="Thư ký", max_length=150, required=False)
    council_notes = ParagraphsField(label="Nội dung cuộc họp", max_length=5000, required=False)

    def clean_letter_number(self) -> str:
        typed: str = self.cleaned_data["letter_number"]
        if typed:
            try:
                parse(typed)
            except ValueError as error:
                raise ValidationError(str(error)) from error
        return typed

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        members, present = typed.get("council_members"), typed.get("council_present")
        if present is not None and (members is None or present > members):
            self.add_error("council_present", "Số có mặt không quá tổng số thành viên.")
        met, day = typed.get("council_met_on"), typed.get("letter_date")
        if met and day and met > day:
            self.add_error("council_met_on", "Hội đồng họp trước khi ký tờ trình.")
        return typed

    def facts(self) -> LetterFacts:
        return LetterFacts(**self.cleaned_data)


def letter_of(dossier: Dossier) -> dict[str, Any]:
    return {name: getattr(dossier, name) for name in LetterFacts.__annotations__}


class ReasonForm(forms.Form):
    """Why: one line or several, never empty."""

    reason = ParagraphsField(
        label="Lý do", max_length=500, error_messages={"required": "Hãy nêu lý do."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class BlockVoteForm(forms.Form):
    """The votes of the block, nomination by nomination."""

    voters = forms.IntegerField(
        label="Số đơn vị bỏ phiếu", min_value=1, max_value=200,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Hãy ghi số đơn vị bỏ phiếu.", "invalid": "Hãy ghi một số nguyên.",
            "min_value": "Hãy ghi số từ 1 trở lên.",
        },
    )  # fmt: skip

    def __init__(self, *args: Any, nominations: list[Nomination], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nominations = nominations
        for row in nominations:
            field = small_number(f"{row}")
            field.required = True
            field.error_messages["required"] = "Hãy ghi số phiếu."
            self.fields[f"phieu_{row.pk}"] = field

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        voters = typed.get("voters")
        for name, value in list(typed.items()):
            if name != "voters" and voters and value is not None and value > voters:
                self.add_error(name, "Số phiếu không quá số đơn vị bỏ phiếu.")
        return typed

    def votes(self) -> dict[int, int]:
        return {row.pk: self.cleaned_data[f"phieu_{row.pk}"] for row in self.nominations}
