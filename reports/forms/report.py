"""What a person types to ask for a report, and how a list of its figures is narrowed."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from campaign.datasets.ledger import LEVELS, WITHOUT_BLOCK, WITHOUT_BLOCK_NAME
from campaign.forms.as_of import AsOfField
from campaign.forms.fields import DayField, LineField
from campaign.forms.obligation import block_choices
from campaign.models import Campaign, PlanItem, ReportingPeriod
from lib import clock
from reports.datasets.consolidated import Consolidated
from reports.datasets.scope import PROVINCE, Scope
from reports.kinds import BY_CODE, KINDS, PERIOD, PLANS, Level, Window
from reports.models import Paper

MINUTE = timedelta(minutes=1)
TICK = timedelta(microseconds=1)

SENT, ON_TIME, LATE, MISSING, EXEMPT = "da-gui", "dung-han", "tre-han", "chua-gui", "mien"
VERDICTS = (
    ("", "Tất cả"),
    (SENT, "Đã gửi"),
    (ON_TIME, "Đúng hạn"),
    (LATE, "Trễ hạn"),
    (MISSING, "Chưa gửi"),
    (EXEMPT, "Miễn"),
)


class ReportForm(forms.Form):
    """A kind of report, of whom, and its cut-off to the minute, which is counted in full.

    Only what the person may ask for is offered. Which of the choices a kind needs, `reports.kinds`
    says; one that it does not need is let go.
    """

    kind = forms.ChoiceField(
        label="Loại báo cáo", error_messages={"required": "Hãy chọn loại báo cáo."}
    )
    whose = forms.ChoiceField(
        label="Phạm vi", required=False,
        error_messages={"invalid_choice": "Phạm vi này không có trong danh sách của ông/bà."},
    )  # fmt: skip
    period = forms.ModelChoiceField(
        label="Kỳ báo cáo", queryset=ReportingPeriod.objects.none(), required=False,
        empty_label="(báo cáo kỳ thì chọn)",
    )  # fmt: skip
    item = forms.ModelChoiceField(
        label="Mục của Kế hoạch", queryset=PlanItem.objects.none(), required=False,
        empty_label="(biểu chuyên đề thì chọn)",
    )  # fmt: skip

    day = DayField(
        label="Chốt số liệu đến ngày",
        error_messages={"required": "Hãy ghi ngày chốt số liệu, ví dụ 22/3/2024."},
    )
    hour = forms.TimeField(
        label="Giờ chốt", input_formats=["%H:%M"],
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "maxlength": 5, "placeholder": "giờ:phút"}
        ),
        error_messages={
            "required": "Hãy ghi giờ chốt số liệu, ví dụ 23:59.",
            "invalid": "Giờ chưa đúng, ví dụ 23:59.",
        },
    )  # fmt: skip

    def __init__(
        self, *args: Any, campaign: Campaign, at: datetime, offered: Sequence[Scope]
    ) -> None:
        super().__init__(*args)
        local = at.astimezone(clock.LOCAL)
        begun = ReportingPeriod.objects.filter(campaign=campaign).begun().in_order()
        known = list(begun)
        self.scopes = {_key(scope): scope for scope in offered}
        self.initial.update(
            day=local.date(),
            hour=f"{local:%H:%M}",
            kind=PERIOD.code if known else PLANS.code,
            whose=next(iter(self.scopes), ""),
            period=known[-1].pk if known else None,
        )
        self.at = at
        levels = {scope.level for scope in offered}
        if Level.PROVINCE in levels:
            levels.add(Level.ITEM)
        _offer(
            self.fields["kind"],
            [(kind.code, kind.label) for kind in KINDS if levels & set(kind.levels)],
        )
        _offer(self.fields["whose"], [(key, scope.name) for key, scope in self.scopes.items()])
        _choose_from(self.fields["period"], begun)
        _choose_from(self.fields["item"], _items(campaign))
        for field in self.fields.values():
            is_choice = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "form-select" if is_choice else "form-control"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.errors:
            return said
        kind = BY_CODE[said["kind"]]
        scope = self.scopes.get(said["whose"]) or next(iter(self.scopes.values()))
        if kind.window is not Window.PERIOD:
            said["period"] = None
        elif said["period"] is None:
            raise forms.ValidationError({"period": "Báo cáo kỳ cần một kỳ báo cáo đã mở."})
        if Level.ITEM not in kind.levels:
            said["item"] = None
            if scope.level not in kind.levels:
                raise forms.ValidationError(
                    {"whose": f"“{kind.label}” không lập cho phạm vi “{scope.name}”."}
                )
        elif said["item"] is None:
            raise forms.ValidationError({"item": "Biểu chuyên đề cần một mục của Kế hoạch."})
        else:
            scope = PROVINCE
        said |= {"kind": kind, "scope": scope}
        minute = datetime.combine(said["day"], said["hour"], clock.LOCAL)
        if minute > self.at:
            raise forms.ValidationError("Thời điểm chốt số liệu không thể ở sau lúc này.")
        return {**said, "as_of": min(minute + MINUTE - TICK, self.at)}


def _key(scope: Scope) -> str:
    return f"{scope.level}:{scope.code}"


def _items(campaign: Campaign) -> QuerySet[PlanItem]:
    kinds = (
        PlanItem.Kind.CONTENT_ITEM,
        PlanItem.Kind.SOLUTION_HEADING,
        PlanItem.Kind.ASSIGNMENT_BULLET,
    )
    return PlanItem.objects.filter(campaign=campaign, kind__in=kinds).in_order()


def _choose_from(field: forms.Field, rows: QuerySet[Any]) -> None:
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows


class ReportsForm(forms.Form):
    """Which of the reports asked for are shown; what is not understood shows all."""

    loai = forms.ChoiceField(
        label="Chỉ hiện loại", required=False,
        choices=[("", "Tất cả các loại"), *((kind.code, kind.label) for kind in KINDS)],
    )  # fmt: skip
    muc = forms.ChoiceField(
        required=False, choices=[("", ""), *Paper.Status.choices], widget=forms.HiddenInput
    )


class UnitsForm(forms.Form):
    """Filters of a report's list of units, as they stand in the address."""

    khoi = forms.ChoiceField(label="Khối thi đua", required=False)
    tinh_trang = forms.ChoiceField(label="Tình trạng", required=False, choices=VERDICTS)
    muc_do = forms.ChoiceField(
        label="Mức độ", required=False, choices=[("", "Tất cả các mức"), *LEVELS]
    )

    def __init__(self, *args: Any, data_of: Consolidated, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(group.code, group.name) for group in data_of.groups]
        _offer(self.fields["khoi"], [("", "Tất cả các khối"), *groups])


class ActivitiesForm(forms.Form):
    """Filters of a list of activities, as they stand in the address."""

    muc = forms.ChoiceField(label="Mục của Kế hoạch", required=False)
    khoi = forms.ChoiceField(label="Khối thi đua", required=False)
    don_vi = LineField(required=False, max_length=20, widget=forms.HiddenInput)
    luc = AsOfField()

    def __init__(
        self,
        *args: Any,
        items: Iterable[tuple[str, str]],
        blocks: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["muc"], [("", "Tất cả các mục"), *items])
        _offer(
            self.fields["khoi"],
            [("", "Tất cả các khối"), *blocks, (WITHOUT_BLOCK, WITHOUT_BLOCK_NAME)],
        )


class FiguresForm(forms.Form):
    """The period and the scope of a table of figures, as they stand in the address."""

    ky = forms.ChoiceField(label="Kỳ báo cáo", required=False)
    khoi = forms.ChoiceField(label="Khối thi đua", required=False)
    don_vi = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: Any, periods: Iterable[ReportingPeriod]) -> None:
        super().__init__(*args)
        newest_first = [(str(period.pk), str(period)) for period in periods][::-1]
        _offer(self.fields["ky"], [("", "Kỳ mới nhất"), *newest_first])
        without = (WITHOUT_BLOCK, WITHOUT_BLOCK_NAME)
        _offer(self.fields["khoi"], [*block_choices(), without])


def _offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


class SupplementForm(forms.Form):
    """Bản bổ sung: the same cut-off, or a later one to the minute."""

    SAME, LATER = "giu", "moi"
    cut_off = forms.ChoiceField(
        label="Số liệu", choices=(
            (LATER, "Chốt lại, tính cả kế hoạch, báo cáo gửi sau"),
            (SAME, "Giữ nguyên số liệu, chỉ sửa lời văn"),
        ),
        widget=forms.RadioSelect, initial=LATER,
    )  # fmt: skip
    day = DayField(label="Chốt số liệu đến ngày", required=False)
    hour = forms.TimeField(
        label="Giờ chốt", input_formats=["%H:%M"], required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "maxlength": 5, "placeholder": "giờ:phút"}
        ),
        error_messages={"invalid": "Giờ chưa đúng, ví dụ 23:59."},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, before: datetime, at: datetime) -> None:
        local = at.astimezone(clock.LOCAL)
        super().__init__(data, initial={"day": local.date(), "hour": f"{local:%H:%M}"})
        self.before, self.at = before, at
        for name in ("day", "hour"):
            self.fields[name].widget.attrs["class"] = "form-control"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.errors or said["cut_off"] == self.SAME:
            return {**said, "as_of": self.before}
        if not said["day"] or not said["hour"]:
            raise forms.ValidationError("Hãy ghi ngày và giờ chốt số liệu mới.")
        minute = datetime.combine(said["day"], said["hour"], clock.LOCAL)
        if minute > self.at:
            raise forms.ValidationError("Thời điểm chốt số liệu không thể ở sau lúc này.")
        as_of = min(minute + MINUTE - TICK, self.at)
        if as_of <= self.before:
            raise forms.ValidationError("Thời điểm chốt mới phải sau thời điểm chốt của bản trước.")
        return {**said, "as_of": as_of}
