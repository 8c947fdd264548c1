"""What a person types to ask for a report, and how a list of its figures is narrowed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms

from campaign.datasets.ledger import LEVELS
from campaign.forms.fields import DayField
from campaign.forms.obligation import block_choices
from campaign.models import Campaign, ReportingPeriod
from lib import clock
from reports.datasets.consolidated import Consolidated
from reports.datasets.figures import WITHOUT_BLOCK, WITHOUT_BLOCK_NAME

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
    """The cut-off of a report, to the minute; the minute itself is counted in full. With a period
    the report also tells what units reported up to its end."""

    period = forms.ModelChoiceField(
        label="Số liệu của kỳ", queryset=ReportingPeriod.objects.none(), required=False,
        empty_label="Không, chỉ tình hình gửi kế hoạch",
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

    def __init__(self, *args: Any, campaign: Campaign, at: datetime) -> None:
        super().__init__(*args)
        local = at.astimezone(clock.LOCAL)
        begun = ReportingPeriod.objects.filter(campaign=campaign).begun().in_order()
        known = list(begun)
        newest = known[-1].pk if known else None
        self.initial.update(day=local.date(), hour=f"{local:%H:%M}", period=newest)
        self.at = at
        period = self.fields["period"]
        if isinstance(period, forms.ModelChoiceField):
            period.queryset = begun
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"
        period.widget.attrs["class"] = "form-select"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.errors:
            return said
        minute = datetime.combine(said["day"], said["hour"], clock.LOCAL)
        if minute > self.at:
            raise forms.ValidationError("Thời điểm chốt số liệu không thể ở sau lúc này.")
        return {**said, "as_of": min(minute + MINUTE - TICK, self.at)}


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

    def __init__(
        self,
        *args: Any,
        items: Iterable[tuple[str, str]],
        blocks: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["muc"], [("", "Tất cả các mục"), *items])
        _offer(self.fields["khoi"], [("", "Tất cả các khối"), *blocks])


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
