"""What a reviewer types about a report: reasons by what they are about, a question, a decision."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from campaign.datasets.report_words import WHOLE, about_in_words
from campaign.forms.fields import ParagraphsField
from campaign.forms.review import OutcomeForm
from campaign.models import FigureQuestion, Indicator, ReportReturnReason
from campaign.sections import Section

REASON_ROWS = 4
Choices = list[tuple[str, Any]]


def _longest(model: type[Any], name: str) -> int:
    return int(model._meta.get_field(name).max_length or 0)


def about_choices(parts: tuple[Section, ...], indicators: list[Indicator]) -> Choices:
    """What a reason may be about: all of it, a part of the text, an indicator."""
    return [
        ("", "Về nội dung nào?"),
        (WHOLE, about_in_words(WHOLE)),
        ("Lời văn", [(part.code, f"{part.code} {part.title}") for part in parts]),
        ("Chỉ tiêu", [(one.code, f"{one.code} {one.name}") for one in indicators]),
    ]


class ReportReasonForm(forms.Form):
    """One reason for a return; a row left empty says nothing."""

    about = forms.ChoiceField(label="Về", required=False)
    text = ParagraphsField(
        label="Lý do (đơn vị sẽ đọc)", required=False,
        max_length=_longest(ReportReturnReason, "text"), widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, number: int, choices: Choices, data: Any = None) -> None:
        super().__init__(data, prefix=f"ly-do-{number}")
        about = self.fields["about"]
        if isinstance(about, forms.ChoiceField):
            about.choices = choices

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("about") and not typed.get("text"):
            self.add_error("text", "Hãy ghi lý do để đơn vị biết cần bổ sung gì.")
        if typed.get("text") and not typed.get("about"):
            self.add_error("about", "Hãy chọn lý do này về nội dung nào.")
        return typed


class ReportDecisionForm(OutcomeForm):
    """The decision on a report: the reasons stand in rows, each about a part or an indicator."""

    def __init__(self, data: Any = None, *, choices: Choices, **more: Any) -> None:
        super().__init__(data, **more)
        self.rows = [ReportReasonForm(n, choices, data) for n in range(1, REASON_ROWS + 1)]

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("decision") != self.RETURN:
            return self.cleaned_data
        if not all(row.is_valid() for row in self.rows):
            raise ValidationError("Xem lại các lý do trả lại.")
        told = [row.cleaned_data["about"] for row in self.rows if row.cleaned_data["about"]]
        if not told:
            raise ValidationError("Trả lại phải có ít nhất một lý do.")
        if len(told) != len(set(told)):
            raise ValidationError("Mỗi nội dung ghi một lý do; hãy gộp các lý do về cùng một chỗ.")
        self.ask_for_what_a_return_says()
        return self.cleaned_data

    def reasons(self) -> dict[str, str]:
        return {
            row.cleaned_data["about"]: row.cleaned_data["text"]
            for row in self.rows
            if row.cleaned_data["about"]
        }


class QuestionForm(forms.Form):
    """A question about one figure of a report."""

    figure = forms.IntegerField(widget=forms.HiddenInput)
    text = ParagraphsField(
        label="Câu hỏi", max_length=_longest(FigureQuestion, "text"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Hãy ghi câu hỏi."},
    )  # fmt: skip
