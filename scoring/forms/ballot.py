"""A peer vote as it is opened, and one slip of it.

The names of what a slip says begin with `secret-`, so that not even a digest of it is kept with
the key of the form (ADR 0016).
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.once import UNKEPT
from campaign.forms.fields import LineField
from scoring.datasets.block_facts import Vote
from scoring.models import Ballot
from units.models import BlockMembership, Unit

FEWEST = 2
CHOSEN, BLANK = f"{UNKEPT}chosen", f"{UNKEPT}blank"


class OpenForm(forms.Form):
    title = LineField(
        label="Nội dung suy tôn", max_length=200,
        initial="Suy tôn đơn vị đề nghị tặng Cờ thi đua của UBND tỉnh",
        error_messages={"required": "Hãy ghi nội dung suy tôn."},
    )  # fmt: skip
    choices = forms.IntegerField(
        label="Mỗi phiếu chọn tối đa", min_value=1, initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}), help_text="Số đơn vị.",
        error_messages={
            "required": "Hãy ghi số đơn vị.", "invalid": "Hãy ghi một số nguyên.",
            "min_value": "Mỗi phiếu chọn ít nhất 1 đơn vị.",
        },
    )  # fmt: skip
    allows_own = forms.BooleanField(
        label="Được chọn chính đơn vị mình",
        required=False,
        help_text="Để trống theo thông lệ: không tự bỏ phiếu cho mình.",
    )
    nominees = forms.TypedMultipleChoiceField(
        label="Đơn vị được đưa ra suy tôn", coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Hãy chọn ít nhất hai đơn vị.",
            "invalid_choice": "Hãy chọn trong danh sách.",
        },
    )  # fmt: skip

    def __init__(self, *args: Any, members: Sequence[BlockMembership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {row.unit_id: row.unit for row in members}
        field = self.fields["nominees"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(pk, str(unit)) for pk, unit in self.units.items()]
            field.initial = list(self.units)

    def clean_nominees(self) -> list[int]:
        chosen: list[int] = self.cleaned_data["nominees"]
        if len(chosen) < FEWEST:
            raise ValidationError("Hãy chọn ít nhất hai đơn vị.")
        return chosen

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = self.cleaned_data
        most, among = typed.get("choices"), typed.get("nominees")
        if most and among and most >= len(among):
            self.add_error("choices", "Phải ít hơn số đơn vị được đưa ra suy tôn.")
        return typed

    def vote(self) -> Vote:
        typed = self.cleaned_data
        nominees = [self.units[pk] for pk in typed["nominees"]]
        return Vote(typed["title"], nominees, typed["choices"], typed["allows_own"])


class SlipForm(forms.Form):
    """One slip: the units it names, or that it is left blank on purpose."""

    def __init__(
        self, *args: Any, ballot: Ballot, nominees: Sequence[Unit], unit: Unit, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ballot = ballot
        among = [one for one in nominees if ballot.allows_own or one.pk != unit.pk]
        self.fields[CHOSEN] = forms.TypedMultipleChoiceField(
            label=f"Chọn tối đa {ballot.choices} đơn vị", coerce=int, required=False,
            choices=[(one.pk, str(one)) for one in among],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "Hãy chọn trong danh sách."},
        )  # fmt: skip
        self.fields[BLANK] = forms.BooleanField(
            label="Phiếu trắng, không chọn đơn vị nào", required=False
        )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = self.cleaned_data
        chosen = typed.get(CHOSEN, [])
        if len(chosen) > self.ballot.choices:
            self.add_error(CHOSEN, f"Chỉ được chọn tối đa {self.ballot.choices} đơn vị.")
        elif chosen and typed.get(BLANK):
            self.add_error(BLANK, "Phiếu trắng thì không chọn đơn vị nào.")
        elif not chosen and not typed.get(BLANK) and not self.errors:
            self.add_error(CHOSEN, "Hãy chọn đơn vị, hoặc đánh dấu phiếu trắng.")
        return typed

    def chosen(self) -> list[int]:
        chosen: list[int] = self.cleaned_data[CHOSEN]
        return chosen
