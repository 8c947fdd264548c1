"""“Số liệu tính đến” (`luc`): the day to whose end a list or the dashboard is moved back."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from campaign.forms.fields import DayField
from lib import clock


class AsOfField(DayField):
    """Carried along by the filters of a list; the notice above the list says the day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.HiddenInput, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


def moment_of(day: date | None, *, at: datetime) -> datetime | None:
    """The last moment of a day that is over; None for today, for no day and for days to come."""
    if day is None or day >= clock.local_day(at):
        return None
    return clock.closes_at(day) - timedelta(microseconds=1)
