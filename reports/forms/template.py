"""The fixed texts of one kind of report, with placeholders of the closed list."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from campaign.forms.fields import LineField
from reports.datasets.fixed_texts import faults
from reports.forms.paper import text_field
from reports.kinds import Kind
from reports.models import Paper


class TemplateForm(forms.Form):
    """Unknown placeholders and lone braces are refused, each with its place."""

    NAMES = Paper.TEXT_FIELDS

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    note = LineField(
        label="Lý do sửa", required=False, max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )  # fmt: skip

    def __init__(self, kind: Kind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in self.NAMES:
            self.fields[name] = text_field(name)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for name in self.NAMES:
            wrong = list(faults(said.get(name, ""), self.kind))
            if wrong:
                self.add_error(name, ValidationError([*wrong]))
        return said

    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.NAMES}
