"""What a unit promises for each indicator."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from campaign.datasets.targets import TargetLine
from campaign.forms.fields import NumberField
from campaign.models import Indicator


class TargetField(NumberField):
    """A number with as many decimals as the indicator has."""

    def __init__(self, indicator: Indicator) -> None:
        label = f"{indicator.name} ({indicator.measure})"
        super().__init__(label=label, required=False)
        self.decimals = indicator.decimals

    def to_python(self, value: Any) -> Decimal | None:
        number = super().to_python(value)
        if number is not None and number != round(number, self.decimals):
            kind = (
                f"có tối đa {self.decimals} chữ số sau dấu phẩy"
                if self.decimals
                else "là số nguyên"
            )
            raise ValidationError(f"Chỉ tiêu này {kind}.")
        return number


class TargetsForm(forms.Form):
    """A field per indicator that is typed; an empty one registers nothing."""

    prefix = "chi-tieu"

    state = forms.CharField(max_length=16, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, lines: Iterable[TargetLine], state: str = "") -> None:
        self.lines = list(lines)
        typed = [line for line in self.lines if not line.is_counted]
        initial = {line.indicator.code: line.value for line in typed}
        super().__init__(data, initial={"state": state, **initial})
        for line in typed:
            self.fields[line.indicator.code] = TargetField(line.indicator)

    def rows(self) -> list[tuple[TargetLine, forms.BoundField | None]]:
        """What the page shows: each indicator and its field, none where the portal counts."""
        return [
            (line, None if line.is_counted else self[line.indicator.code]) for line in self.lines
        ]

    def values(self) -> dict[Indicator, Decimal | None]:
        return {
            line.indicator: self.cleaned_data[line.indicator.code]
            for line in self.lines
            if not line.is_counted
        }
