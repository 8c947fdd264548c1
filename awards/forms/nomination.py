"""What a unit types about one nominee: who, for what, on what ground."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from awards.datasets.typed import CandidateFacts, NominationFacts
from awards.forms.guideline import small_number
from awards.models import AwardForm, Candidate, Ground, Nomination, Recipient
from campaign.forms.fields import DayField, LineField, ParagraphsField

ID_LENGTHS = {9, 12}
GROUNDS = [
    (ground.value, ground.label) for ground in (Ground.THEMATIC, Ground.REGULAR, Ground.AD_HOC)
]
CANDIDATE = (
    "recipient", "name", "gender", "position", "workplace", "rank", "is_enterprise",
    "member_count", "women_count", "joined_on", "birth_date", "id_number",
)  # fmt: skip


class NominationForm(forms.Form):
    """The parts only one kind of nominee has are asked for and checked by `recipient`."""

    recipient = forms.ChoiceField(
        label="Đối tượng", choices=Recipient.choices, initial=Recipient.INDIVIDUAL
    )
    name = LineField(
        label="Họ và tên, tên tập thể, hộ", max_length=200,
        error_messages={"required": "Hãy ghi họ và tên hoặc tên tập thể."},
    )  # fmt: skip
    position = LineField(label="Chức vụ, chức danh", max_length=150, required=False)
    workplace = LineField(label="Phòng, ban hoặc địa chỉ", max_length=200, required=False)
    gender = forms.ChoiceField(
        label="Giới tính (cá nhân)", choices=[("", "–"), *Candidate.Gender.choices], required=False
    )
    rank = forms.ChoiceField(
        label="Nhóm đối tượng (cá nhân)", choices=[("", "–"), *Candidate.Rank.choices],
        required=False, help_text="Theo biểu 0603; dùng tính tỷ lệ người trực tiếp lao động.",
    )  # fmt: skip
    birth_date = DayField(
        label="Ngày sinh (cá nhân)", required=False,
        help_text="Chỉ đơn vị và Ban Thi đua xem được; mỗi lần xem đều ghi nhật ký.",
    )  # fmt: skip
    id_number = LineField(
        label="Số căn cước (cá nhân)", max_length=12, required=False,
        help_text="Không bắt buộc. Để trống: giữ số đã ghi trước đây.",
    )  # fmt: skip
    joined_on = DayField(label="Thuộc đơn vị từ ngày", required=False)
    member_count = small_number("Số người (tập thể)")
    women_count = small_number("Trong đó nữ (tập thể)")
    is_enterprise = forms.BooleanField(label="Là doanh nghiệp", required=False)

    form = forms.ModelChoiceField(
        label="Hình thức đề nghị", queryset=AwardForm.objects.none(), empty_label="Hãy chọn",
        error_messages={"required": "Hãy chọn hình thức.", "invalid_choice": "Hãy chọn lại."},
    )  # fmt: skip
    ground = forms.ChoiceField(label="Loại hình", choices=GROUNDS)
    achieved_from = DayField(label="Thành tích từ ngày", required=False)
    achieved_to = DayField(label="Đến hết ngày", required=False)
    achievement = ParagraphsField(
        label="Báo cáo thành tích", max_length=20000, required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Để trống rồi chọn hoạt động, số liệu: Cổng soạn sẵn, ông/bà sửa lại.",
    )  # fmt: skip
    summary = LineField(label="Tóm tắt thành tích cho danh sách", max_length=500, required=False)
    initiative_name = LineField(label="Sáng kiến (nếu có)", max_length=300, required=False)
    initiative_number = LineField(
        label="Số quyết định công nhận sáng kiến", max_length=50, required=False
    )
    integrity = forms.ChoiceField(
        label="Kỷ luật, thanh tra, kiểm tra, đơn thư", choices=Nomination.Integrity.choices,
        required=False,
    )  # fmt: skip
    integrity_note = LineField(label="Nội dung cụ thể", max_length=300, required=False)
    discipline_ended_on = DayField(label="Chấp hành xong kỷ luật ngày", required=False)

    def __init__(self, *args: Any, offered: Sequence[AwardForm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["form"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = AwardForm.objects.filter(pk__in=[form.pk for form in offered])

    def part(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names]

    def who(self) -> list[forms.BoundField]:
        return self.part(*(name for name in CANDIDATE))

    def what(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in CANDIDATE]

    def clean_id_number(self) -> str:
        typed: str = self.cleaned_data["id_number"].replace(" ", "")
        if typed and (not typed.isdecimal() or len(typed) not in ID_LENGTHS):
            raise ValidationError("Số căn cước gồm 12 chữ số.")
        return typed

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        self._check_recipient(typed)
        self._check_days(typed)
        women, members = typed.get("women_count"), typed.get("member_count")
        if women is not None and (members is None or women > members):
            self.add_error("women_count", "Số nữ không quá số người của tập thể.")
        state = typed.get("integrity")
        if state == Nomination.Integrity.PENDING and not typed.get("integrity_note"):
            self.add_error("integrity_note", "Hãy ghi nội dung đang bị xem xét.")
        if state != Nomination.Integrity.SERVED:
            typed["discipline_ended_on"] = None
        return typed

    def _check_recipient(self, typed: dict[str, Any]) -> None:
        """What another kind of nominee does not have is dropped; the form must fit the kind."""
        kind = typed.get("recipient")
        if kind != Recipient.INDIVIDUAL:
            typed |= {"gender": "", "rank": "", "birth_date": None, "id_number": ""}
        if kind != Recipient.COLLECTIVE:
            typed |= {"is_enterprise": False, "member_count": None, "women_count": None}
        form = typed.get("form")
        if form and not form.recipients.filter(recipient=kind).exists():
            label = str(Recipient(kind).label).lower() if kind else ""
            self.add_error("form", f"{form.name} không dành cho {label}.")

    def _check_days(self, typed: dict[str, Any]) -> None:
        first: date | None = typed.get("achieved_from")
        last: date | None = typed.get("achieved_to")
        if first and last and last < first:
            self.add_error("achieved_to", "Ngày cuối ở trước ngày đầu.")

    def candidate(self) -> CandidateFacts:
        return CandidateFacts(**{name: self.cleaned_data[name] for name in CANDIDATE})

    def nomination(self) -> NominationFacts:
        return NominationFacts(
            **{name: self.cleaned_data[name] for name in NominationFacts.__annotations__}
        )


def typed_of(nomination: Nomination) -> dict[str, Any]:
    """What the form shows of a nomination; personal data are never among it."""
    candidate = nomination.candidate
    shown = {
        name: getattr(candidate, name)
        for name in CANDIDATE
        if name not in {"birth_date", "id_number"}
    }
    return shown | {name: getattr(nomination, name) for name in NominationFacts.__annotations__}


class SourcesForm(forms.Form):
    """Which activities and figures of the portal the achievement stands on."""

    activities = forms.TypedMultipleChoiceField(label="Hoạt động", required=False, coerce=int)
    figures = forms.TypedMultipleChoiceField(label="Số liệu", required=False, coerce=int)

    def __init__(
        self, *args: Any, activities: Sequence[Any], figures: Sequence[Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("activities", activities), ("figures", figures)):
            field = self.fields[name]
            if isinstance(field, forms.TypedMultipleChoiceField):
                field.choices = [(row.pk, str(row)) for row in rows]
