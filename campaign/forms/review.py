"""What a reviewer types: filters of the queue, the checklist with its decision, notes, receipts."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from accounts.models import User
from campaign.checklist import Line
from campaign.datasets.matter import Matter
from campaign.datasets.queue import ALL, MINE, NOBODY, QueueFilters, kind_by_code
from campaign.forms.fields import DayField, LineField, ParagraphsField
from campaign.forms.obligation import block_choices
from campaign.models import ChecklistMark, InternalNote, SubPlan
from lib import clock
from lib.vietnamese import short_date
from units.models import Block, Unit

GOOD, BAD = "dat", "chua-dat"
MARKS = [(GOOD, "Đạt"), (BAD, "Chưa đạt")]


class QueueForm(forms.Form):
    """Filters of the queue as they stand in the address."""

    khoi = forms.ChoiceField(label="Khối thi đua", required=False)
    phan_cong = forms.ChoiceField(label="Người được phân công", required=False)
    muc = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    loai = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, asked: QueryDict, *, reviewers: Iterable[User], has_blocks: bool) -> None:
        self.default = MINE if has_blocks else ALL
        shown = asked.copy()
        shown.setdefault("phan_cong", self.default)
        super().__init__(shown)
        choices = [
            (MINE, "Khối được phân công cho tôi"),
            (ALL, "Tất cả"),
            (NOBODY, "Chưa phân công"),
            *((str(person.pk), str(person)) for person in reviewers),
        ]
        for name, wanted in (("khoi", block_choices()), ("phan_cong", choices)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = wanted

    def filters(self) -> QueueFilters:
        self.is_valid()
        asked = self.cleaned_data
        return QueueFilters(
            tab=asked.get("muc") or "cho",
            block=asked.get("khoi", ""),
            assigned=asked.get("phan_cong") or self.default,
            kind=kind_by_code(asked.get("loai", "")),
        )


class LineForm(forms.Form):
    """One line of the checklist: good or not, and what a return would say of it."""

    mark = forms.ChoiceField(
        label="Kết quả", required=False, choices=MARKS,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )  # fmt: skip
    reason = ParagraphsField(
        label="Lý do chưa đạt", required=False,
        max_length=ChecklistMark._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, data: Any, *, line: Line, initial: dict[str, str]) -> None:
        super().__init__(data, prefix=line.code, initial=initial)
        self.line = line

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("reason") and not typed.get("mark"):
            self.add_error("mark", "Đã ghi lý do thì đánh dấu “Chưa đạt”.")
        return typed

    @property
    def is_bad(self) -> bool:
        return self.cleaned_data.get("mark") == BAD


def line_forms(sub_plan: SubPlan, data: Any = None) -> list[LineForm]:
    """The nine lines, with the marks already made."""
    marks = {mark.line: mark for mark in sub_plan.checklist_marks.all()}
    return [LineForm(data, line=line, initial=_initial(marks.get(line.code))) for line in Line]


def _initial(mark: ChecklistMark | None) -> dict[str, str]:
    if mark is None:
        return {}
    return {"mark": GOOD if mark.is_good else BAD, "reason": mark.reason}


class OutcomeForm(forms.Form):
    """The bottom of a review page. Which fields are asked for depends on the button."""

    KEEP, ACCEPT, RETURN, PUT_BACK = "luu", "tiep-nhan", "tra-lai", "dua-lai"
    DECISIONS = (KEEP, ACCEPT, RETURN, PUT_BACK)

    note = LineField(
        label="Ghi chú khi tiếp nhận", required=False, max_length=500,
        help_text="Không bắt buộc; đơn vị đọc được.",
    )  # fmt: skip
    due = DayField(label="Hạn bổ sung", required=False)
    is_void = forms.BooleanField(
        label="Lần gửi này không hợp lệ, không tính (tệp trống, nhầm văn bản)", required=False
    )
    void_reason = LineField(label="Lý do không tính", required=False, max_length=500)
    decision = forms.ChoiceField(
        choices=[(code, code) for code in DECISIONS], widget=forms.HiddenInput,
        error_messages={"required": "Hãy chọn một trong các nút quyết định."},
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def ask_for_what_a_return_says(self) -> None:
        self._ask_for_due_day()
        if self.cleaned_data.get("is_void") and not self.cleaned_data.get("void_reason"):
            self.add_error("void_reason", "Hãy ghi vì sao lần gửi này không tính.")

    def _ask_for_due_day(self) -> None:
        due = self.cleaned_data.get("due")
        if "due" in self.errors:
            return
        if due is None:
            self.add_error("due", "Hãy ghi hạn bổ sung.")
        elif due <= self.today:
            self.add_error("due", "Hạn bổ sung phải sau ngày hôm nay.")


class DecisionForm(OutcomeForm):
    """The decision on a sub-plan: the reasons stand at the lines of the checklist."""

    def __init__(self, *args: Any, lines: list[LineForm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines

    def clean(self) -> dict[str, Any]:
        decision = self.cleaned_data.get("decision")
        if not all(line.is_valid() for line in self.lines):
            raise ValidationError("Xem lại các mục kiểm tra bên trên.")
        if decision == self.ACCEPT:
            self._refuse_bad_lines()
        elif decision == self.RETURN:
            self._ask_for_reasons()
            self.ask_for_what_a_return_says()
        return self.cleaned_data

    def _refuse_bad_lines(self) -> None:
        if bad := [line.line.label for line in self.lines if line.is_bad]:
            raise ValidationError(
                f"Còn mục chưa đạt: {'; '.join(bad)}. Muốn tiếp nhận, hãy sửa lại đánh dấu."
            )

    def _ask_for_reasons(self) -> None:
        bad = [line for line in self.lines if line.is_bad]
        if not bad:
            raise ValidationError(
                "Trả lại phải có ít nhất một lý do: đánh dấu “Chưa đạt” ở mục tương ứng."
            )
        for line in bad:
            if not line.cleaned_data["reason"]:
                line.add_error("reason", "Hãy ghi lý do để đơn vị biết cần bổ sung gì.")
                self.add_error(None, f"Mục “{line.line.label}” chưa có lý do.")


class NoteForm(forms.Form):
    """A note among reviewers."""

    text = ParagraphsField(
        label="Ghi chú nội bộ", max_length=InternalNote._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Ghi chú đang để trống."},
    )  # fmt: skip


class AssignmentsForm(forms.Form):
    """Which reviewer looks after which block: one field per block."""

    def __init__(
        self, *args: Any, blocks: Iterable[Block], reviewers: Iterable[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.blocks = list(blocks)
        choices = [("", "Chưa phân công"), *((str(who.pk), str(who)) for who in reviewers)]
        for block in self.blocks:
            self.fields[f"khoi-{block.pk}"] = forms.ChoiceField(
                label=str(block), choices=choices, required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
            )  # fmt: skip

    def wanted(self) -> dict[Block, int | None]:
        return {
            block: int(chosen) if (chosen := self.cleaned_data[f"khoi-{block.pk}"]) else None
            for block in self.blocks
        }


class TimeField(forms.TimeField):
    """An hour of the day: 10:21, also typed 10h21."""

    def to_python(self, value: Any) -> time | None:
        text = str(value or "").strip().lower().replace("h", ":").replace(" ", "")
        return super().to_python(text + "00" if text.endswith(":") else text)


class RegisterForm(forms.Form):
    """A plan or a report that reached the board by another way than the portal (nhập thay)."""

    unit = forms.ModelChoiceField(
        label="Đơn vị gửi", queryset=Unit.objects.none(), empty_label="Chọn đơn vị",
        error_messages={"required": "Hãy chọn đơn vị.", "invalid_choice": "Hãy chọn đơn vị trong danh sách."},
    )  # fmt: skip
    channel = forms.ChoiceField(
        label="Nhận qua",
        choices=[
            choice for choice in SubPlan.Channel.choices if choice[0] != SubPlan.Channel.PORTAL
        ],
        error_messages={"required": "Hãy chọn cách nhận."},
    )  # fmt: skip
    received_date = DayField(
        label="Ngày nhận", help_text="Ngày văn bản đến Ban, không phải ngày nhập.",
        error_messages={"required": "Hãy ghi ngày nhận."},
    )  # fmt: skip
    received_time = TimeField(
        label="Giờ nhận", input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"placeholder": "10:21"}),
        error_messages={
            "required": "Hãy ghi giờ nhận.",
            "invalid": "Giờ chưa đúng dạng, ví dụ 10:21.",
        },
    )  # fmt: skip
    document_number = LineField(
        label="Số, ký hiệu", max_length=50,
        error_messages={"required": "Hãy ghi số, ký hiệu của văn bản."},
    )  # fmt: skip
    document_date = DayField(
        label="Ngày ban hành", error_messages={"required": "Hãy ghi ngày ban hành."}
    )
    signer_name = LineField(
        label="Người ký", max_length=100, error_messages={"required": "Hãy ghi người ký."}
    )
    signer_position = LineField(label="Chức vụ người ký", max_length=150, required=False)

    def __init__(self, *args: Any, units: Any, matter: Matter, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matter, self.at = matter, at
        kind = "BC" if matter.period else "KH"
        self.fields["document_number"].help_text = f"Ví dụ 15/{kind}-SNV."
        unit = self.fields["unit"]
        if isinstance(unit, forms.ModelChoiceField):
            unit.queryset = units

    def clean_unit(self) -> Unit:
        unit: Unit = self.cleaned_data["unit"]
        if self.matter.versions().filter(unit=unit).open().sent().exists():
            raise ValidationError(
                "Đơn vị đã gửi một bản trên Cổng, chưa xử lý xong. Hãy quyết định bản đó trước."
            )
        return unit

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        received, issued = typed.get("received_date"), typed.get("document_date")
        if received and issued and issued > received:
            self.add_error("document_date", "Ngày ban hành ở sau ngày nhận.")
        if received and (why := self._came_too_soon(received)):
            self.add_error("received_date", why)
        elif received and typed.get("received_time") and self.received_at() > self.at:
            self.add_error("received_date", "Thời điểm nhận không thể ở sau lúc này.")
        return typed

    def _came_too_soon(self, received: date) -> str:
        """Why nothing can have come on that day yet; empty where it can."""
        period = self.matter.period
        if period and received < period.data_from:
            return f"Ngày nhận trước ngày đầu của kỳ, {short_date(period.data_from)}."
        if received < self.matter.campaign.issued_on:
            return "Ngày nhận trước ngày ban hành Kế hoạch của tỉnh."
        return ""

    def paper(self) -> dict[str, Any]:
        """What the form says of the paper, as every receipt takes it."""
        same = ("channel", "document_number", "document_date", "signer_name", "signer_position")
        said = {name: self.cleaned_data[name] for name in same}
        return {"received_at": self.received_at(), **said}

    def received_at(self) -> datetime:
        """Typed as the clock in Tây Ninh shows it."""
        day, hour = self.cleaned_data["received_date"], self.cleaned_data["received_time"]
        return datetime.combine(day, hour, clock.LOCAL)
