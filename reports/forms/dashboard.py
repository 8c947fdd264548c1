"""What is asked of the dashboard and of its lists, in the address."""

from datetime import date, datetime
from typing import Any

from django import forms

from campaign.forms.fields import DayField
from lib import clock
from lib.vietnamese import short_date


class AsOfForm(forms.Form):
    """“Số liệu tính đến”: the day to whose end the whole page is moved back."""

    luc = DayField(
        label="Số liệu tính đến hết ngày", required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )  # fmt: skip

    def __init__(self, data: Any, *, at: datetime) -> None:
        super().__init__(data)
        self.at = at
        self.fields["luc"].widget.attrs["max"] = clock.local_day(at).isoformat()

    def clean_luc(self) -> date | None:
        day: date | None = self.cleaned_data["luc"]
        if day and day > clock.local_day(self.at):
            raise forms.ValidationError(f"Ngày {short_date(day)} chưa tới. Hãy chọn ngày đã qua.")
        return day

    @property
    def day(self) -> date | None:
        """Empty where what was typed is no day of the past."""
        return self.cleaned_data.get("luc") if self.is_bound and self.is_valid() else None
