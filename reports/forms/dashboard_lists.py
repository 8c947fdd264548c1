"""Filters of the lists the dashboard opens, as they stand in the address."""

from typing import Any

from django import forms

from campaign.datasets.ledger import WITHOUT_BLOCK, WITHOUT_BLOCK_NAME
from campaign.forms.as_of import AsOfField
from campaign.forms.obligation import block_choices
from reports.datasets.dashboard.changes import KINDS
from reports.datasets.dashboard.going import STATES


class DutiesForm(forms.Form):
    trang_thai = forms.ChoiceField(
        label="Tình trạng", required=False, choices=[("", "Tất cả"), *STATES.items()]
    )
    luc = AsOfField()


class ScoredForm(forms.Form):
    khoi = forms.ChoiceField(label="Khối thi đua", required=False)
    luc = AsOfField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        block = self.fields["khoi"]
        if isinstance(block, forms.ChoiceField):
            block.choices = [*block_choices(), (WITHOUT_BLOCK, WITHOUT_BLOCK_NAME)]


class ChangesForm(forms.Form):
    loai = forms.ChoiceField(
        label="Thay đổi",
        required=False,
        choices=[(kind.code, kind.label.capitalize()) for kind in KINDS],
    )
    luc = AsOfField()
