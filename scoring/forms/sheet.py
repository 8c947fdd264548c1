"""One cell of a sheet as it was typed, a move with its reason, a piece of evidence."""

from collections.abc import Mapping
from typing import Any

from django import forms

from campaign.forms.fields import LineField, ParagraphsField
from scoring.formula import AnswerKind, Question
from scoring.models import Level


class CellForm(forms.Form):
    """What belongs to every cell; its questions are read by the formula itself."""

    level = forms.ChoiceField(choices=Level.choices)
    not_applicable = forms.BooleanField(required=False)
    reason = LineField(max_length=500, required=False)
    replaces = forms.IntegerField(required=False)
    place = forms.ChoiceField(choices=[("grid", "Lưới của khối")], required=False)

    def kind(self, typed: Mapping[str, str], questions: tuple[Question, ...]) -> AnswerKind:
        """Everything left blank is not yet scored, which is not 0."""
        if self.cleaned_data["not_applicable"]:
            return AnswerKind.NOT_APPLICABLE
        is_blank = not any(typed.get(one.name, "").strip() for one in questions)
        return AnswerKind.NOT_SCORED if is_blank else AnswerKind.SCORED


class LevelForm(forms.Form):
    """How far up the grid of a block is read; as far as it goes unless somebody asks."""

    cap = forms.ChoiceField(
        label="Điểm đến cấp", required=False, choices=[("", "Cao nhất hiện có"), *Level.choices]
    )

    def level(self) -> str:
        asked: str = self.cleaned_data["cap"] if self.is_valid() else ""
        return asked or Level.COUNCIL.value

    @property
    def is_whole(self) -> bool:
        """Whether every level is shown, so that what is marked here is seen here."""
        return self.level() == Level.COUNCIL


class ReasonForm(forms.Form):
    reason = ParagraphsField(
        label="Lý do", max_length=1000, error_messages={"required": "Hãy ghi lý do."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class EvidenceForm(forms.Form):
    file = forms.FileField(label="Tệp minh chứng", required=False)
    link = forms.URLField(
        label="Hoặc đường dẫn", required=False, max_length=500, assume_scheme="https",
        error_messages={"invalid": "Hãy ghi đường dẫn đầy đủ, ví dụ https://tayninh.gov.vn/…"},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = self.cleaned_data
        if not typed.get("file") and not typed.get("link") and not self.errors:
            self.add_error("file", "Hãy chọn một tệp hoặc ghi một đường dẫn.")
        return typed
