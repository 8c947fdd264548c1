"""What the unit answers to a finding, and what Ban Thi đua says to the answer."""

from datetime import date
from typing import Any

from django import forms

from campaign.forms.fields import DayField, LineField, ParagraphsField
from campaign.models import Extension, Obligation
from lib.vietnamese import short_date

LONGEST_ANSWER = 10_000


class FollowUpsForm(forms.Form):
    """Which of the heaps is shown; what is not understood shows all."""

    muc = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """What was done about it; files come beside it."""

    text = ParagraphsField(
        label="Kết quả khắc phục", max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Đã làm gì, đến đâu, ai chịu trách nhiệm, việc còn lại.",
        error_messages={"required": "Hãy ghi kết quả khắc phục."},
    )  # fmt: skip


class VerdictForm(forms.Form):
    """Accepted, or asked again with a reason and, where the day is over, a later day."""

    ACCEPT, ASK_AGAIN = "chap-nhan", "lam-tiep"

    note = LineField(
        label="Ý kiến", required=False,
        max_length=Extension._meta.get_field("reason").max_length,
        help_text="Bắt buộc khi yêu cầu làm tiếp; đơn vị đọc được.",
    )  # fmt: skip
    due = DayField(label="Hạn mới", required=False)
    decision = forms.ChoiceField(
        choices=[(ACCEPT, ACCEPT), (ASK_AGAIN, ASK_AGAIN)], widget=forms.HiddenInput,
        error_messages={"required": "Hãy chọn một trong hai nút."},
    )  # fmt: skip

    def __init__(self, *args: Any, obligation: Obligation, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.due_date, self.today = obligation.effective_due_date, today
        is_over = self.due_date <= today
        self.fields["due"].help_text = f"Hạn hiện tại {short_date(self.due_date)}" + (
            " đã qua; bắt buộc khi yêu cầu làm tiếp." if is_over else "; để trống thì giữ hạn này."
        )

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("decision") != self.ASK_AGAIN:
            return typed
        due = typed.get("due")
        if "note" not in self.errors and not typed.get("note"):
            self.add_error("note", "Hãy ghi đơn vị cần làm tiếp việc gì.")
        if "due" in self.errors:
            return typed
        if due is None and self.due_date <= self.today:
            self.add_error("due", "Hạn hiện tại đã qua. Hãy ghi hạn mới.")
        elif due and due <= max(self.due_date, self.today):
            latest = short_date(max(self.due_date, self.today))
            self.add_error("due", f"Hạn mới phải sau {latest}.")
        return typed
