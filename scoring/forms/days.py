"""The days of a block's year, one for each step."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from campaign.forms.fields import DayField
from campaign.models import BlockStep
from lib.vietnamese import short_date
from scoring.deadlines import usual_day


class DaysForm(forms.Form):
    """A step without a day yet offers the usual one; one that has a day keeps one."""

    def __init__(
        self, *args: Any, year: int, steps: Mapping[str, BlockStep], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        for kind in BlockStep.Kind:
            step, usual = steps.get(kind), usual_day(kind, year)
            self.fields[kind.value] = DayField(
                label=kind.label, required=step is not None,
                initial=step.due_date if step else usual,
                help_text=f"Thông lệ: {short_date(usual)}.",
                error_messages={"required": "Mốc đã giao thì dời được, không bỏ được."},
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = self.cleaned_data
        for name, day in typed.items():
            if day and not self.year <= day.year <= self.year + 1:
                self.add_error(name, f"Hãy ghi ngày trong năm {self.year} hoặc {self.year + 1}.")
        return typed

    def days(self) -> dict[str, date]:
        return {kind: day for kind, day in self.cleaned_data.items() if day}
