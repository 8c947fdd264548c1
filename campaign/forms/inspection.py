"""What is typed about rounds of inspection, and about the units they visit."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from campaign.datasets.minutes import RoundFacts
from campaign.forms.fields import DayField, LineField
from campaign.models import (
    Campaign,
    InspectionRound,
    Visit,
)
from lib import clock
from lib.vietnamese import short_date
from units.models import Block, Unit

MOST_A_DAY = 20


def longest(model: Any, name: str) -> int:
    return int(model._meta.get_field(name).max_length)


class RoundForm(forms.Form):
    """A round of inspection: its name, its document, its days."""

    name = LineField(
        label="Tên đợt kiểm tra", max_length=longest(InspectionRound, "name"),
        help_text="Ví dụ: Kiểm tra giữa kỳ tháng 6/2024.",
        error_messages={"required": "Hãy ghi tên đợt kiểm tra."},
    )  # fmt: skip
    basis = LineField(
        label="Văn bản ban hành kế hoạch kiểm tra", required=False,
        max_length=longest(InspectionRound, "basis"),
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
