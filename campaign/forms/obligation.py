"""The ledger's filters, and what the head of Ban Thi đua types to change an obligation."""

from datetime import date
from typing import Any

from django import forms

from campaign.datasets.ledger import (
    LEVELS,
    WITHOUT_BLOCK,
    WITHOUT_BLOCK_NAME,
    LedgerFilters,
)
from campaign.datasets.ledger_states import STATES
from campaign.forms.as_of import AsOfField
from campaign.forms.fields import DayField, LineField
from campaign.models import Extension, Obligation
from lib.vietnamese import short_date
from units.models import Block, Unit

LONGEST_SEARCH = 100


def block_choices() -> list[tuple[str, str]]:
    blocks = Block.objects.order_by("sort_order")
    return [("", "Tất cả các khối"), *((block.code, str(block)) for block in blocks)]


class LedgerForm(forms.Form):
    """Filters of the ledger as they stand in the address. What is not understood asks nothing."""

    tim = LineField(
        label="Tìm đơn vị", required=False, max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    khoi = forms.ChoiceField(label="Khối thi đua", required=False)
    nhom = forms.ChoiceField(
        label="Nhóm đơn vị", required=False, choices=[("", "Tất cả các nhóm"), *Unit.Group.choices]
    )
    muc_do = forms.ChoiceField(
        label="Mức độ", required=False, choices=[("", "Tất cả các mức"), *LEVELS]
    )
    trang_thai = forms.ChoiceField(
        label="Tình trạng", required=False, widget=forms.HiddenInput,  # chosen by the counts on top
        choices=[("", "Tất cả"), *((state.code, state.label) for state in STATES)],
    )  # fmt: skip
    luc = AsOfField()
    gui_tu, gui_den = AsOfField(), AsOfField()  # the days of sending a mark of a chart stands for

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        block = self.fields["khoi"]
        if isinstance(block, forms.ChoiceField):
            block.choices = [*block_choices(), (WITHOUT_BLOCK, WITHOUT_BLOCK_NAME)]

    def filters(self) -> LedgerFilters:
        self.is_valid()
        asked = self.cleaned_data
        return LedgerFilters(
            block=asked.get("khoi", ""),
            group=asked.get("nhom", ""),
            level=asked.get("muc_do", ""),
            state=asked.get("trang_thai", ""),
            search=asked.get("tim", ""),
            sent_from=asked.get("gui_tu"),
            sent_to=asked.get("gui_den"),
        )


class ExtendSeveralForm(forms.Form):
    """Gia hạn: a new day, why, and under which document; after the latest day of those it moves."""

    due = DayField(
        label="Hạn mới",
        error_messages={"required": "Hãy ghi ngày gia hạn đến."},
    )
    reason = LineField(
        label="Lý do", max_length=Extension._meta.get_field("reason").max_length,
        error_messages={"required": "Hãy ghi lý do gia hạn."},
    )  # fmt: skip
    document_number = LineField(
        label="Số văn bản cho gia hạn",
        max_length=Extension._meta.get_field("document_number").max_length,
        help_text="Ví dụ 21/BTĐKT.",
        error_messages={"required": "Hãy ghi số văn bản cho gia hạn."},
    )  # fmt: skip

    prefix = "gia-han"

    def __init__(self, data: Any = None, *, now_due: date | None) -> None:
        super().__init__(data)
        self.now_due = now_due

    def clean_due(self) -> Any:
        due = self.cleaned_data["due"]
        if due and self.now_due and due <= self.now_due:
            said = short_date(self.now_due)
            raise forms.ValidationError(f"Hạn mới phải sau hạn hiện tại, {said}.")
        return due


class ExtendForm(ExtendSeveralForm):
    """The same of one unit."""

    def __init__(self, data: Any = None, *, obligation: Obligation) -> None:
        super().__init__(data, now_due=obligation.effective_due_date)


class ExemptSeveralForm(forms.Form):
    """Miễn: one reason for all."""

    reason = LineField(
        label="Lý do", max_length=Obligation._meta.get_field("level_reason").max_length,
        error_messages={"required": "Hãy ghi lý do miễn."},
    )  # fmt: skip

    prefix = "mien"


class LevelForm(forms.Form):
    """Whether the unit must send, is encouraged to, or is exempt; and why that changes."""

    level = forms.ChoiceField(
        label="Mức độ", choices=Obligation.Level.choices,
        error_messages={"required": "Hãy chọn mức độ."},
    )  # fmt: skip
    reason = LineField(
        label="Lý do", max_length=Obligation._meta.get_field("level_reason").max_length,
        error_messages={"required": "Hãy ghi lý do thay đổi."},
    )  # fmt: skip

    prefix = "muc-do"

    def __init__(self, data: Any = None, *, obligation: Obligation) -> None:
        super().__init__(data, initial={"level": obligation.level})
        self.obligation = obligation

    def clean_level(self) -> str:
        level: str = self.cleaned_data["level"]
        if level == self.obligation.level:
            raise forms.ValidationError("Đơn vị đang ở mức này; hãy chọn mức khác.")
        return level
