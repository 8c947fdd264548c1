"""What is typed about the year of a block: pledge, meetings, hand-over."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from campaign.forms.fields import DayField, LineField, NumberField, ParagraphsField
from scoring.datasets.block_facts import HandOver, Meeting, Pledge, Presence, Target, Token
from scoring.models import Attendance, BlockMeeting, BlockYear
from units.models import BlockMembership, Unit

WHOLE_BLOCK = "Cả khối"


class PastDayField(DayField):
    """A day on which something happened: not one that is still to come."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today: date | None = None

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day and self.today and day > self.today:
            raise ValidationError("Ngày này chưa đến; hãy ghi sau khi việc đã diễn ra.")
        return day


class _OfToday(forms.Form):
    """Knows what day it is, so that nothing is noted before it happened."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, PastDayField):
                field.today = today


class PledgeForm(_OfToday):
    number = LineField(
        label="Số văn bản", required=False, max_length=50, help_text="Ví dụ: 01/GƯ-KTĐ."
    )
    signed_on = PastDayField(label="Ngày ký", required=False)
    file = forms.FileField(
        label="Bản đã ký", required=False, help_text="PDF, ảnh chụp hoặc Word. Tệp mới thay tệp cũ."
    )

    def pledge(self, token: Token) -> Pledge:
        typed = self.cleaned_data
        return Pledge(typed["number"], typed["signed_on"], token)


def pledge_of(year: BlockYear) -> dict[str, Any]:
    return {"number": year.pledge_number, "signed_on": year.pledge_signed_on}


class _Members(forms.Form):
    """Forms that choose among the members of the block."""

    unit = forms.TypedChoiceField(label="Đơn vị", coerce=int)

    def __init__(self, *args: Any, members: Iterable[BlockMembership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {row.unit_id: row.unit for row in members}
        field = self.fields["unit"]
        if isinstance(field, forms.ChoiceField):
            empty = () if field.required else (("", WHOLE_BLOCK),)
            field.choices = [*empty, *((pk, str(unit)) for pk, unit in self.units.items())]

    def chosen(self) -> Unit | None:
        return self.units.get(self.cleaned_data["unit"] or 0)


class TargetForm(_Members):
    unit = forms.TypedChoiceField(
        label="Của", coerce=int, required=False, empty_value=None,
        error_messages={"invalid_choice": "Hãy chọn trong danh sách."},
    )  # fmt: skip
    text = LineField(
        label="Chỉ tiêu", max_length=500, error_messages={"required": "Hãy ghi chỉ tiêu."}
    )
    quantity = NumberField(label="Số lượng", required=False)
    quantity_unit = LineField(label="Đơn vị tính", max_length=40, required=False)

    def target(self) -> Target:
        typed = self.cleaned_data
        return Target(self.chosen(), typed["text"], typed["quantity"], typed["quantity_unit"])


class MeetingForm(_OfToday):
    """A meeting, and below it a line for each member of the block."""

    kind = forms.ChoiceField(label="Hội nghị", choices=BlockMeeting.Kind.choices)
    held_on = PastDayField(label="Ngày họp", error_messages={"required": "Hãy ghi ngày họp."})
    place = LineField(label="Địa điểm", max_length=200, required=False)
    chaired_by = LineField(label="Chủ trì", max_length=150, required=False)
    secretary = LineField(label="Thư ký", max_length=150, required=False)
    minutes = ParagraphsField(
        label="Nội dung, kết luận", required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Mỗi đoạn một dòng. Cổng lập biên bản đúng thể thức từ nội dung này.",
    )  # fmt: skip
    file = forms.FileField(
        label="Hoặc biên bản đã ký", required=False, help_text="Tệp mới thay tệp cũ."
    )

    def __init__(
        self, *args: Any, members: Sequence[BlockMembership],
        noted: Mapping[int, Attendance] | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.members = members
        for row in members:
            before = noted.get(row.unit_id) if noted else None
            self.fields[f"present-{row.unit_id}"] = forms.BooleanField(
                label=f"{row.unit} có mặt", required=False,
                initial=before.is_present if before else noted is None,
                widget=forms.CheckboxInput(
                    attrs={"class": "form-check-input", "aria-label": f"{row.unit} có mặt"}
                ),
            )  # fmt: skip
            self.fields[f"people-{row.unit_id}"] = LineField(
                label=f"Người dự của {row.unit}", max_length=300, required=False,
                initial=before.people if before else "",
                widget=forms.TextInput(
                    attrs={"class": "form-control", "aria-label": f"Người dự của {row.unit}"}
                ),
            )  # fmt: skip

    @property
    def head(self) -> list[forms.BoundField]:
        return [self[name] for name in self.base_fields]

    @property
    def rows(self) -> list[tuple[BlockMembership, forms.BoundField, forms.BoundField]]:
        return [
            (row, self[f"present-{row.unit_id}"], self[f"people-{row.unit_id}"])
            for row in self.members
        ]

    def meeting(self, token: Token) -> Meeting:
        typed = self.cleaned_data
        return Meeting(
            **{name: typed[name] for name in self.base_fields if name != "file"}, token=token
        )

    def presences(self) -> dict[int, Presence]:
        typed = self.cleaned_data
        return {
            row.unit_id: Presence(typed[f"present-{row.unit_id}"], typed[f"people-{row.unit_id}"])
            for row in self.members
        }


def meeting_of(meeting: BlockMeeting) -> dict[str, Any]:
    names = (name for name in MeetingForm.base_fields if name != "file")
    return {name: getattr(meeting, name) for name in names}


class HandOverForm(_OfToday, _Members):
    unit = forms.TypedChoiceField(
        label="Khối trưởng năm sau", coerce=int,
        error_messages={"required": "Hãy chọn đơn vị nhận bàn giao."},
    )  # fmt: skip
    on = PastDayField(label="Ngày bàn giao", error_messages={"required": "Hãy ghi ngày bàn giao."})
    note = ParagraphsField(
        label="Nội dung bàn giao, việc còn dở", required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def hand_over(self) -> HandOver:
        typed = self.cleaned_data
        return HandOver(self.units[typed["unit"]], typed["on"], typed["note"])
