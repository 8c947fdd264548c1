"""What is asked of the dashboard and of its lists, in the address."""

from datetime import date, datetime
from typing import Any

from django import forms

from campaign.forms.as_of import AsOfField
from campaign.forms.fields import DayField
from campaign.models import Campaign
from lib import clock
from lib.vietnamese import short_date
from reports.datasets.dashboard.compare import FIGURES, OF_BLOCKS


class DayForm(forms.Form):
    """“Số liệu tính đến”: the day to whose end the page is moved back."""

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
        return self.cleaned_data.get("luc") if self.is_valid() else None


class AsOfForm(DayForm):
    """The same, and the campaign to stand beside this one."""

    def __init__(self, data: Any, *, at: datetime, campaign: Campaign) -> None:
        super().__init__(data, at=at)
        others = Campaign.objects.exclude(pk=campaign.pk).order_by("-starts_on", "-pk")
        self.others = {other.code: other for other in others}
        if self.others:
            choices = [(code, str(other)) for code, other in self.others.items()]
            self.fields["so-voi"] = forms.ChoiceField(
                label="So với", required=False, choices=[("", "không so sánh"), *choices]
            )

    @property
    def other(self) -> Campaign | None:
        """The campaign to stand beside this one, where one was asked for."""
        return self.others.get(self.cleaned_data.get("so-voi", "")) if self.is_valid() else None


class ComparedForm(forms.Form):
    """Which figure of which other campaign, on which day of it."""

    dot = forms.ModelChoiceField(
        Campaign.objects.all(), to_field_name="code", widget=forms.HiddenInput
    )
    so = forms.ChoiceField(label="Số liệu", choices=list(FIGURES.items()), required=True)
    khoi = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    ngay = AsOfField()

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("khoi") and said.get("so") not in OF_BLOCKS:
            raise forms.ValidationError("Số liệu này không tách theo khối.")
        return said
