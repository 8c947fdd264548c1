"""“Số liệu tính đến” (`luc`): the day to whose end a list or the dashboard is moved back."""

from datetime import date
from typing import Any

from django import forms

from campaign.forms.fields import DayField


class AsOfField(DayField):
    """Carried along by the filters of a list; the notice above the list says the day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.HiddenInput, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value
