"""What is typed about inspections: rounds, the units to visit, the team, the minutes, follow-ups."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.models import User
from campaign.datasets.minutes import TEXTS, Found, Member, Minutes, RoundFacts
from campaign.datasets.vocabulary import Vocabulary
from campaign.forms.fields import DayField, LineField, ParagraphsField, PlanCodesField
from campaign.forms.review import TimeField
from campaign.models import (
    Campaign,
    Finding,
    InspectionRound,
    PlanItem,
    Visit,
    VisitMember,
)
from lib import clock
from lib.vietnamese import short_date
from units.models import Block, Unit
from units.permissions import belongs_to

LONGEST_TEXT = 20_000
EMPTY_ROWS = 3
MOST_ROWS = 60
MOST_A_DAY = 20


def _longest(model: Any, name: str) -> int:
    return int(model._meta.get_field(name).max_length)


class RoundForm(forms.Form):
    """A round of inspection: its name, its document, its days."""

    name = LineField(
        label="Tên đợt kiểm tra", max_length=_longest(InspectionRound, "name"),
        help_text="Ví dụ: Kiểm tra giữa kỳ tháng 6/2024.",
        error_messages={"required": "Hãy ghi tên đợt kiểm tra."},
    )  # fmt: skip
    basis = LineField(
        label="Văn bản ban hành kế hoạch kiểm tra", required=False,
        max_length=_longest(InspectionRound, "basis"),
        help_text="Ví dụ: Kế hoạch số 35/KH-BCH ngày 20/5/2024. Được dẫn trong biên bản.",
    )  # fmt: skip
    starts_on = DayField(label="Từ ngày", error_messages={"required": "Hãy ghi ngày bắt đầu."})
    ends_on = DayField(label="Đến ngày", error_messages={"required": "Hãy ghi ngày kết thúc."})

    def __init__(
        self, *args: Any, campaign: Campaign, round_: InspectionRound | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.campaign, self.round = campaign, round_

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = InspectionRound.objects.filter(campaign=self.campaign, name=name)
        if self.round:
            others = others.exclude(pk=self.round.pk)
        if others.exists():
            raise ValidationError("Đã có đợt kiểm tra mang tên này. Hãy đặt tên khác.")
        return name

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        first, last = typed.get("starts_on"), typed.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "Ngày kết thúc ở trước ngày bắt đầu.")
        if first and first < self.campaign.issued_on:
            self.add_error("starts_on", "Ngày bắt đầu ở trước ngày ban hành Kế hoạch của tỉnh.")
        return typed

    def facts(self) -> RoundFacts:
        return RoundFacts(**self.cleaned_data)


def facts_of(round_: InspectionRound) -> dict[str, Any]:
    names = ("name", "basis", "starts_on", "ends_on")
    return {name: getattr(round_, name) for name in names}


class VisitsForm(forms.Form):
    """Which units a round visits, block by block or one by one, and from which day."""

    blocks = forms.TypedMultipleChoiceField(label="Cả khối", required=False, coerce=int)
    units = forms.TypedMultipleChoiceField(label="Đơn vị", required=False, coerce=int)
    day = DayField(label="Ngày kiểm tra đầu tiên", error_messages={"required": "Hãy ghi ngày."})
    per_day = forms.IntegerField(
        label="Số đơn vị mỗi ngày", required=False, min_value=1, max_value=MOST_A_DAY,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text="Chia đều sang các ngày làm việc tiếp theo. Để trống: tất cả cùng một ngày.",
        error_messages={
            "invalid": "Hãy ghi một số nguyên.",
            "min_value": "Hãy ghi số từ 1 trở lên.",
            "max_value": f"Mỗi ngày nhiều nhất {MOST_A_DAY} đơn vị.",
        },
    )  # fmt: skip
    team_of = forms.ModelChoiceField(
        label="Đoàn kiểm tra như cuộc", required=False, queryset=Visit.objects.none(),
        empty_label="Để trống, ghi sau", help_text="Chép thành phần đoàn của một cuộc đã có.",
        error_messages={"invalid_choice": "Hãy chọn trong danh sách."},
    )  # fmt: skip

    def __init__(
        self, *args: Any, round_: InspectionRound, groups: list[tuple[Block | None, list[Unit]]],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.round, self.groups = round_, groups
        self._choose("blocks", (block for block, _ in groups if block))
        self._choose("units", (unit for _, units in groups for unit in units))
        team = self.fields["team_of"]
        if isinstance(team, forms.ModelChoiceField):
            team.queryset = (
                round_.visits.filter(members__isnull=False).distinct().select_related("unit")
                .order_by("day", "pk")
            )  # fmt: skip

    def _choose(self, name: str, among: Iterable[Block | Unit]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.TypedMultipleChoiceField):
            field.choices = [(row.pk, str(row)) for row in among]

    def ticked(self) -> dict[str, set[str]]:
        """What stood ticked on the page, to show it again."""
        data: Any = self.data
        if not self.is_bound:
            return {"blocks": set(), "units": set()}
        return {name: set(data.getlist(name)) for name in ("blocks", "units")}

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not self.round.starts_on <= day <= self.round.ends_on:
            raise ValidationError(
                f"Ngày kiểm tra phải trong thời gian của đợt, {window(self.round)}."
            )
        return day

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if self.errors:
            return typed
        if not self.chosen():
            raise ValidationError("Chưa chọn đơn vị nào. Hãy đánh dấu cả khối hoặc từng đơn vị.")
        last = self.days()[-1][1]
        if last > self.round.ends_on:
            self.add_error(
                "per_day",
                f"Chia như vậy thì đơn vị cuối kiểm tra vào {short_date(last)}, sau khi đợt kết thúc.",
            )
        return typed

    def chosen(self) -> list[Unit]:
        """In the order of the page: block by block, by protocol."""
        blocks, units = set(self.cleaned_data["blocks"]), set(self.cleaned_data["units"])
        return [
            unit
            for block, members in self.groups
            for unit in members
            if unit.pk in units or (block and block.pk in blocks)
        ]

    def days(self) -> list[tuple[Unit, date]]:
        chosen, first = self.chosen(), self.cleaned_data["day"]
        per_day = self.cleaned_data.get("per_day") or len(chosen)
        return [
            (unit, clock.add_working_days(first, place // per_day))
            for place, unit in enumerate(chosen)
        ]


def window(round_: InspectionRound) -> str:
    return f"{short_date(round_.starts_on)} – {short_date(round_.ends_on)}"


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
    name = LineField(label="Họ và tên", required=False, max_length=_longest(VisitMember, "name"))
    position = LineField(
        label="Chức vụ, cơ quan", required=False, max_length=_longest(VisitMember, "position")
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
    place = LineField(label="Địa điểm", required=False, max_length=_longest(Visit, "place"))
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
        label="Người ký của đơn vị", required=False, max_length=_longest(Visit, "unit_signer"),
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
        label="Nội dung", required=False, max_length=_longest(Finding, "text"),
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
