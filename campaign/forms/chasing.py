"""The filters of chasing, the day a letter asks for, its number, and the days of reminders."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from accounts.job import Job
from campaign.datasets.chasing import NO_BLOCK, OVERDUE, STATES, ChasingFilters, Matter
from campaign.forms.fields import DayField, LineField
from campaign.forms.obligation import LONGEST_SEARCH, block_choices
from campaign.models import ChasingLetter
from campaign.reminders import DEFAULT_STEPS, Step
from lib.vietnamese import short_date

LONGEST_OFFSET = 60
_BETWEEN = re.compile(r"[,;\s]+")


class ChasingForm(forms.Form):
    """Filters of the list as they stand in the address."""

    tim = LineField(
        label="Tìm đơn vị", required=False, max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    viec = forms.ChoiceField(label="Nội dung", required=False)
    khoi = forms.ChoiceField(label="Khối thi đua", required=False)
    tinh_trang = forms.ChoiceField(
        label="Tình trạng", required=False, widget=forms.HiddenInput,  # chosen by the counts on top
        choices=[(state.code, state.label) for state in STATES],
    )  # fmt: skip

    def __init__(self, data: Any, *, matters: Sequence[Matter]) -> None:
        super().__init__(data)
        known = [("", "Tất cả nội dung"), *((matter.code, matter.label) for matter in matters)]
        blocks = [*block_choices(), (NO_BLOCK, "Chưa xếp khối")]
        for name, choices in (("viec", known), ("khoi", blocks)):
            chosen = self.fields[name]
            if isinstance(chosen, forms.ChoiceField):
                chosen.choices = choices

    def filters(self) -> ChasingFilters:
        asked = self.cleaned_data
        return ChasingFilters(
            matter=asked.get("viec", ""),
            block=asked.get("khoi", ""),
            state=asked.get("tinh_trang") or OVERDUE.code,
            search=asked.get("tim", ""),
        )


class LetterForm(forms.Form):
    """By which day the letter asks for what is missing."""

    new_due_date = DayField(
        label="Đề nghị gửi trước ngày",
        help_text="Ngày ghi trong công văn; hạn trong sổ nghĩa vụ không đổi.",
        error_messages={"required": "Hãy ghi ngày đề nghị đơn vị gửi."},
    )

    def __init__(self, data: Any = None, *, on: date) -> None:
        super().__init__(data)
        self.on = on

    def clean_new_due_date(self) -> Any:
        day = self.cleaned_data["new_due_date"]
        if day and day <= self.on:
            raise forms.ValidationError(f"Hãy ghi một ngày sau hôm nay, {short_date(self.on)}.")
        return day


class NumberForm(forms.Form):
    """What the registry gave an issued letter."""

    number = LineField(
        label="Số, ký hiệu", max_length=ChasingLetter._meta.get_field("number").max_length,
        error_messages={"required": "Hãy ghi số, ký hiệu của công văn."},
    )  # fmt: skip
    issued_on = DayField(
        label="Ngày ban hành", error_messages={"required": "Hãy ghi ngày ban hành."}
    )

    def __init__(self, data: Any = None, *, letter: ChasingLetter, on: date) -> None:
        super().__init__(
            data,
            prefix=f"so-{letter.pk}",
            initial={"number": letter.number, "issued_on": letter.issued_on},
        )
        self.on = on

    def clean_issued_on(self) -> Any:
        day = self.cleaned_data["issued_on"]
        if day and day > self.on:
            raise forms.ValidationError("Ngày ban hành không thể ở sau hôm nay.")
        return day


class ScheduleForm(forms.Form):
    """The days of one kind of obligation, as people say them: 7, 3, 1 days before; 1, 3 after."""

    before = LineField(label="Trước hạn (ngày)", required=False, max_length=60)
    on_the_day = forms.BooleanField(label="Nhắc vào ngày hạn", required=False)
    after = LineField(label="Quá hạn (ngày)", required=False, max_length=60)
    weekly = forms.BooleanField(
        label="Sau mốc cuối, nhắc lại hằng tuần đến khi gửi", required=False
    )

    def __init__(
        self, data: Any = None, *, kind: str, label: str, steps: Sequence[Step] = DEFAULT_STEPS
    ) -> None:
        offsets = sorted(step.offset for step in steps)
        initial = {
            "before": ", ".join(str(-offset) for offset in offsets if offset < 0),
            "on_the_day": 0 in offsets,
            "after": ", ".join(str(offset) for offset in offsets if offset > 0),
            "weekly": any(step.is_weekly for step in steps),
        }
        super().__init__(data, prefix=kind.replace("_", "-"), initial=initial)
        self.kind, self.label = kind, label

    def clean_before(self) -> list[int]:
        return _days(self.cleaned_data["before"])

    def clean_after(self) -> list[int]:
        return _days(self.cleaned_data["after"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        if cleaned["weekly"] and not cleaned["after"]:
            self.add_error("after", "Nhắc hằng tuần cần ít nhất một mốc sau hạn để bắt đầu.")
        elif not (cleaned["before"] or cleaned["on_the_day"] or cleaned["after"]):
            self.add_error("before", "Hãy giữ ít nhất một mốc nhắc.")
        return cleaned

    def steps(self) -> tuple[Step, ...]:
        asked = self.cleaned_data
        after = sorted(asked["after"])
        return (
            *(Step(-days) for days in sorted(asked["before"], reverse=True)),
            *((Step(0),) if asked["on_the_day"] else ()),
            *(Step(days, is_weekly=asked["weekly"] and days == after[-1]) for days in after),
        )


def _days(typed: str) -> list[int]:
    """“7, 3, 1” → [7, 3, 1]; each once."""
    words = [word for word in _BETWEEN.split(typed) if word]
    for word in words:
        if not word.isascii() or not word.isdecimal() or not 1 <= int(word) <= LONGEST_OFFSET:
            raise forms.ValidationError(
                f"“{word}” không phải số ngày từ 1 đến {LONGEST_OFFSET}; ví dụ: 7, 3, 1."
            )
    return list(dict.fromkeys(int(word) for word in words))


MAIL_STATES = (
    ("cho-gui", "Chờ gửi", (Job.State.QUEUED, Job.State.RUNNING)),
    ("da-gui", "Đã gửi", (Job.State.DONE,)),
    ("khong-gui-duoc", "Không gửi được", (Job.State.FAILED,)),
    ("da-huy", "Đã hủy", (Job.State.CANCELLED,)),
)


class OutboxForm(forms.Form):
    """Filters of the outbox as they stand in the address."""

    tim = LineField(
        label="Tìm người nhận, tiêu đề", required=False, max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    tu_ngay = DayField(label="Từ ngày", required=False)
    den_ngay = DayField(label="Đến hết ngày", required=False)
    tinh_trang = forms.ChoiceField(
        label="Tình trạng", required=False, widget=forms.HiddenInput,  # chosen by the counts on top
        choices=[(code, label) for code, label, _ in MAIL_STATES],
    )  # fmt: skip
