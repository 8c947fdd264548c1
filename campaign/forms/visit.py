"""What is typed about one visit: its day, its team, its minutes, why it does not take place."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.models import User
from campaign.datasets.minutes import TEXTS, Found, Member, Minutes
from campaign.datasets.vocabulary import Vocabulary
from campaign.forms.fields import DayField, LineField, ParagraphsField, PlanCodesField
from campaign.forms.inspection import longest, window
from campaign.forms.review import TimeField
from campaign.models import (
    Finding,
    PlanItem,
    Visit,
    VisitMember,
)
from units.models import Unit
from units.permissions import belongs_to

LONGEST_TEXT = 20_000
EMPTY_ROWS = 3
MOST_ROWS = 60


class VisitForm(forms.Form):
    """When one visit takes place; its team comes beside it, a row each."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    day = DayField(label="Ngày kiểm tra", error_messages={"required": "Hãy ghi ngày kiểm tra."})

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visit = visit

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        round_ = self.visit.round
        if not round_.starts_on <= day <= round_.ends_on:
            raise ValidationError(f"Ngày kiểm tra phải trong thời gian của đợt, {window(round_)}.")
        return day


class MemberForm(forms.Form):
    """One of the team. An emptied row is left out."""

    role = forms.ChoiceField(
        label="Vai trò", required=False, choices=[("", "–"), *VisitMember.Role.choices]
    )
    name = LineField(label="Họ và tên", required=False, max_length=longest(VisitMember, "name"))
    position = LineField(
        label="Chức vụ, cơ quan", required=False, max_length=longest(VisitMember, "position")
    )
    account = LineField(
        label="Tài khoản trên Cổng", required=False, max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit

    def clean_account(self) -> User | None:
        typed = self.cleaned_data["account"]
        if not typed:
            return None
        known = User.objects.filter(Q(username__iexact=typed) | Q(email__iexact=typed))
        user = known.filter(is_active=True).first()
        if user is None:
            raise ValidationError("Không có tài khoản này. Ghi tên đăng nhập hoặc thư điện tử.")
        if belongs_to(user, self.unit):
            raise ValidationError("Người này thuộc đơn vị được kiểm tra.")
        return user

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("account") and not typed.get("name"):
            typed["name"] = str(typed["account"])
        if not typed.get("name") and (typed.get("role") or typed.get("position")):
            self.add_error("name", "Hãy ghi họ và tên, hoặc để trống cả dòng.")
        return typed

    def member(self) -> Member | None:
        typed = self.cleaned_data
        if not typed.get("name"):
            return None
        role = typed["role"] or VisitMember.Role.MEMBER
        return Member(role, typed["name"], typed["position"], typed["account"])


class BaseTeamRows(forms.BaseFormSet[MemberForm]):
    def clean(self) -> None:
        team = self.team()
        if sum(member.role == VisitMember.Role.HEAD for member in team) > 1:
            raise ValidationError("Đoàn kiểm tra chỉ có một trưởng đoàn.")
        accounts = [member.user for member in team if member.user]
        if len(set(accounts)) < len(accounts):
            raise ValidationError("Một tài khoản được ghi ở hai dòng.")

    def team(self) -> list[Member]:
        return [member for form in self.forms if (member := form.member())]


TeamRows = forms.formset_factory(
    MemberForm, formset=BaseTeamRows, extra=EMPTY_ROWS, max_num=MOST_ROWS,
    absolute_max=MOST_ROWS, validate_max=True,
)  # fmt: skip


def team_rows(visit: Visit, team: Iterable[Member], data: Any = None) -> Any:
    initial = [
        {
            "role": member.role,
            "name": member.name,
            "position": member.position,
            "account": member.user.username if member.user else "",
        }
        for member in team
    ]
    # What was sent speaks for itself: a row that was emptied must not come back.
    return TeamRows(
        data, prefix="doan", initial=None if data else initial, form_kwargs={"unit": visit.unit}
    )


class MinutesForm(forms.Form):
    """The texts of the minutes. Nothing is required: they are written while the visit goes on."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    place = LineField(label="Địa điểm", required=False, max_length=longest(Visit, "place"))
    begins = TimeField(
        label="Bắt đầu lúc", required=False, input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "8:00"}),
        error_messages={"invalid": "Giờ chưa đúng dạng, ví dụ 8:00."},
    )  # fmt: skip
    ends = TimeField(
        label="Kết thúc lúc", required=False, input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "11:00"}),
        error_messages={"invalid": "Giờ chưa đúng dạng, ví dụ 11:00."},
    )  # fmt: skip
    attendance = ParagraphsField(
        label="Thành phần của đơn vị được kiểm tra", required=False, max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}), help_text="Mỗi người một dòng: họ và tên, chức vụ.",
    )  # fmt: skip
    course = ParagraphsField(label="Nội dung, diễn biến", required=False, max_length=LONGEST_TEXT)
    conclusion = ParagraphsField(
        label="Kết luận, kiến nghị", required=False, max_length=LONGEST_TEXT,
        help_text="Phải có trước khi kết luận cuộc kiểm tra.",
    )  # fmt: skip
    unit_signer = LineField(
        label="Người ký của đơn vị", required=False, max_length=longest(Visit, "unit_signer"),
        help_text="Họ và tên người đại diện đơn vị ký biên bản.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("begins") and typed.get("ends") and typed["ends"] <= typed["begins"]:
            self.add_error("ends", "Giờ kết thúc phải sau giờ bắt đầu.")
        return typed

    def minutes(self, findings: Iterable[Found]) -> Minutes:
        return Minutes(
            **{name: self.cleaned_data[name] for name in TEXTS}, findings=tuple(findings)
        )


def texts_of(visit: Visit) -> dict[str, Any]:
    return {"revision": visit.revision, **{name: getattr(visit, name) for name in TEXTS}}


class FindingForm(forms.Form):
    """One thing that was found. An emptied row is left out."""

    kind = forms.ChoiceField(
        label="Loại", required=False, choices=[("", "–"), *Finding.Kind.choices]
    )
    text = LineField(
        label="Nội dung", required=False, max_length=longest(Finding, "text"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    plan_code = PlanCodesField(label="Mục của Kế hoạch", required=False, max_length=20)
    due_date = DayField(label="Hạn khắc phục", required=False)

    def __init__(self, *args: Any, vocabulary: Vocabulary, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        code = self.fields["plan_code"]
        if isinstance(code, PlanCodesField):
            code.vocabulary = vocabulary

    def clean_plan_code(self) -> PlanItem | None:
        items: tuple[PlanItem, ...] = self.cleaned_data["plan_code"]
        if len(items) > 1:
            raise ValidationError("Mỗi dòng chỉ ghi một mục của Kế hoạch.")
        return items[0] if items else None

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        due = typed.get("due_date")
        if not typed.get("text"):
            if typed.get("plan_code") or due:
                self.add_error("text", "Hãy ghi nội dung, hoặc để trống cả dòng.")
            return typed
        if not typed.get("kind"):
            self.add_error("kind", "Hãy chọn loại: ưu điểm, tồn tại hay kiến nghị.")
        if due and typed.get("kind") == Finding.Kind.STRENGTH:
            self.add_error("due_date", "Ưu điểm không có hạn khắc phục.")
        if due and due <= self.day:
            self.add_error("due_date", "Hạn khắc phục phải sau ngày kiểm tra.")
        return typed

    def found(self) -> Found | None:
        typed = self.cleaned_data
        if not typed.get("text"):
            return None
        return Found(typed["kind"], typed["text"], typed["plan_code"], typed["due_date"])


FindingRows = forms.formset_factory(
    FindingForm, extra=EMPTY_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
)


def finding_rows(
    visit: Visit, vocabulary: Vocabulary, findings: Iterable[Found], data: Any = None
) -> Any:
    initial = [
        {
            "kind": found.kind,
            "text": found.text,
            "plan_code": found.plan_item.code if found.plan_item else "",
            "due_date": found.due_date,
        }
        for found in findings
    ]
    return FindingRows(
        data, prefix="noi-dung", initial=None if data else initial,
        form_kwargs={"vocabulary": vocabulary, "day": visit.day},
    )  # fmt: skip


def with_more_rows(data: Any, prefix: str) -> Any:
    """What was typed, with three more empty rows below."""
    more = data.copy()
    total = data.get(f"{prefix}-TOTAL_FORMS", "")
    grown = (
        int(total) if total.isdecimal() and len(total) < len(str(MOST_ROWS)) + 1 else 0
    ) + EMPTY_ROWS
    more[f"{prefix}-TOTAL_FORMS"] = str(min(grown, MOST_ROWS))
    return more


class CancelForm(forms.Form):
    """Why a visit does not take place."""

    reason = LineField(
        label="Lý do hủy", max_length=300, error_messages={"required": "Hãy ghi lý do hủy."}
    )
