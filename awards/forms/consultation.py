"""What is typed about a question to another body, and about its answer."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from awards.datasets.facts import Question, Reply
from awards.forms.fields import NominationsField, not_before, offer
from awards.models import Consultation, ConsultationOpinion
from awards.models.nomination import NominationQuerySet
from campaign.forms.fields import DayField, LineField
from files.models import StagedFile

Answer = ConsultationOpinion.Answer
BODIES = (
    "Công an tỉnh",
    "Thanh tra tỉnh",
    "Ủy ban Kiểm tra Tỉnh ủy",
    "Cục Thuế tỉnh",
    "Bảo hiểm xã hội tỉnh",
    "Sở Tài nguyên và Môi trường",
    "Sở Lao động - Thương binh và Xã hội",
    "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
)
SAID = [
    (Answer.AGREES, "Thống nhất"),
    (Answer.OBJECTS, "Không thống nhất"),
    (Answer.NO_OPINION, "Không có ý kiến"),
]


class HeapForm(forms.Form):
    """Which letters of the list are shown; what is not understood shows all."""

    muc = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)


class AskForm(forms.Form):
    """A letter to one body about the nominations that are ticked."""

    body = LineField(
        label="Cơ quan được hỏi", max_length=200,
        widget=forms.TextInput(attrs={"list": "co-quan", "autocomplete": "off"}),
        error_messages={"required": "Hãy ghi cơ quan được hỏi."},
    )  # fmt: skip
    asked_on = DayField(label="Ngày hỏi", error_messages={"required": "Hãy ghi ngày hỏi."})
    due_date = DayField(label="Hạn trả lời", error_messages={"required": "Hãy ghi hạn trả lời."})
    number = LineField(
        label="Số công văn", required=False, max_length=50,
        help_text="Để trống nếu văn thư chưa cấp số.",
    )  # fmt: skip
    nominations = NominationsField()

    def __init__(self, *args: Any, offered: NominationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "nominations", offered)

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        asked_on = typed.get("asked_on")
        if early := not_before(typed.get("due_date"), asked_on, "ngày hỏi"):
            self.add_error("due_date", early)
        return typed

    def question(self) -> Question:
        typed = self.cleaned_data
        return Question(typed["body"], typed["asked_on"], typed["due_date"], typed["number"])


class AnswerForm(forms.Form):
    """What came back, line by line; nothing is ticked for the body."""

    answered_on = DayField(
        label="Ngày văn bản trả lời", error_messages={"required": "Hãy ghi ngày trả lời."}
    )
    number = LineField(label="Số văn bản trả lời", required=False, max_length=50)

    def __init__(
        self, *args: Any, asked: Consultation, opinions: Sequence[ConsultationOpinion], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.asked, self.opinions = asked, opinions
        for one in opinions:
            answered = one.answer != Answer.WAITING
            self.fields[f"y-kien-{one.pk}"] = forms.ChoiceField(
                label=f"Ý kiến về {one.nomination.candidate}", choices=SAID,
                widget=forms.RadioSelect, initial=one.answer if answered else None,
                error_messages={"required": "Hãy chọn ý kiến cho dòng này."},
            )  # fmt: skip
            self.fields[f"noi-dung-{one.pk}"] = LineField(
                label=f"Nội dung về {one.nomination.candidate}", required=False, max_length=500,
                initial=one.text,
            )  # fmt: skip

    def rows(self) -> list[tuple[ConsultationOpinion, BoundField, BoundField]]:
        return [
            (one, self[f"y-kien-{one.pk}"], self[f"noi-dung-{one.pk}"]) for one in self.opinions
        ]

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if early := not_before(typed.get("answered_on"), self.asked.asked_on, "ngày hỏi"):
            self.add_error("answered_on", early)
        for one in self.opinions:
            objects = typed.get(f"y-kien-{one.pk}") == Answer.OBJECTS
            if objects and not typed.get(f"noi-dung-{one.pk}"):
                self.add_error(f"noi-dung-{one.pk}", "Hãy ghi lý do không thống nhất.")
        return typed

    def reply(self, file: StagedFile | None) -> Reply:
        typed = self.cleaned_data
        return Reply(
            answered_on=typed["answered_on"],
            number=typed["number"],
            file=file,
            answers={
                one.pk: (typed[f"y-kien-{one.pk}"], typed[f"noi-dung-{one.pk}"])
                for one in self.opinions
            },
        )
