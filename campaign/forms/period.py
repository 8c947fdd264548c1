"""What Ban Thi đua types about a reporting period, and about who owes it."""

from typing import Any

from django import forms

from campaign.datasets.periods import Proposal
from campaign.datasets.vocabulary import Vocabulary
from campaign.forms.fields import DayField, LineField, ParagraphsField
from campaign.models import Campaign, ReportingPeriod
from units.models import Block, Unit

NO_BLOCK = "chua-xep"
FIELDS = ("kind", "name", "data_from", "data_to", "opens_on", "due_date", "asks_figures", "basis")


def _longest(name: str) -> int:
    return int(ReportingPeriod._meta.get_field(name).max_length or 0)  # type: ignore[union-attr]


class PeriodForm(forms.Form):
    """A period in full, as the board sets it; the order of its days is checked here."""

    kind = forms.ChoiceField(label="Loại kỳ", choices=ReportingPeriod.Kind.choices)
    name = LineField(
        label="Tên kỳ", max_length=_longest("name"),
        help_text="Đọc liền sau chữ “Báo cáo”, ví dụ: tháng 4/2024.",
        error_messages={"required": "Hãy ghi tên kỳ báo cáo."},
    )  # fmt: skip
    data_from = DayField(
        label="Số liệu từ ngày", error_messages={"required": "Hãy ghi ngày đầu của số liệu."}
    )
    data_to = DayField(
        label="Đến hết ngày", error_messages={"required": "Hãy ghi ngày chốt số liệu."}
    )
    opens_on = DayField(
        label="Mở nhận báo cáo từ ngày",
        help_text="Đến ngày này Cổng tự mở kỳ; cũng có thể bấm mở sớm hơn.",
        error_messages={"required": "Hãy ghi ngày mở nhận báo cáo."},
    )
    due_date = DayField(label="Hạn gửi", error_messages={"required": "Hãy ghi hạn gửi báo cáo."})
    asks_figures = forms.BooleanField(
        label="Yêu cầu biểu số liệu", required=False,
        help_text="Cổng chỉ hỏi phần số liệu mà các kỳ mở trước chưa hỏi, nên không số nào bị tính hai lần.",
    )  # fmt: skip
    basis = LineField(
        label="Văn bản yêu cầu báo cáo", max_length=_longest("basis"), required=False,
        help_text="Ví dụ: Công văn số 35/BTĐKT ngày 02/4/2024. Để trống nếu theo lịch chung.",
    )  # fmt: skip

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campaign = campaign

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        self._in_order("data_from", "data_to", "Ngày chốt số liệu phải từ ngày đầu trở đi.")
        self._in_order("opens_on", "due_date", "Hạn gửi không thể ở trước ngày mở nhận báo cáo.")
        self._in_order("data_to", "due_date", "Hạn gửi không thể ở trước ngày chốt số liệu.")
        return typed

    def _in_order(self, earlier: str, later: str, sentence: str) -> None:
        one, other = self.cleaned_data.get(earlier), self.cleaned_data.get(later)
        if one and other and one > other:
            self.add_error(later, sentence)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}


def initial_of(period: ReportingPeriod) -> dict[str, Any]:
    return {name: getattr(period, name) for name in FIELDS}


def initial_of_proposal(proposal: Proposal) -> dict[str, Any]:
    return {
        "kind": proposal.kind,
        "name": proposal.name,
        "data_from": proposal.window.first,
        "data_to": proposal.window.last,
        "opens_on": proposal.opens_on,
        "due_date": proposal.due_date,
        "asks_figures": True,
    }


class OwingForm(forms.Form):
    """Who owes the report: blocks ticked, and units named one by one."""

    blocks = forms.MultipleChoiceField(
        label="Các khối phải báo cáo", required=False, widget=forms.CheckboxSelectMultiple
    )
    units = ParagraphsField(
        label="Thêm từng đơn vị", required=False, max_length=4000,
        help_text="Tên, tên viết tắt hoặc mã đơn vị, cách nhau bằng dấu chấm phẩy hoặc xuống dòng.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    prefix = "phai-bao-cao"

    def __init__(self, *args: Any, vocabulary: Vocabulary, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vocabulary = vocabulary
        field = self.fields["blocks"]
        if isinstance(field, forms.MultipleChoiceField):
            blocks = Block.objects.filter(tier=Block.Tier.PROVINCE).order_by("sort_order")
            field.choices = [
                *((block.code, str(block)) for block in blocks),
                (NO_BLOCK, "Đơn vị chưa xếp khối"),
            ]

    @staticmethod
    def every_block() -> dict[str, list[str]]:
        """What the form of a new period begins with."""
        codes = Block.objects.filter(tier=Block.Tier.PROVINCE).values_list("code", flat=True)
        return {"blocks": [*codes, NO_BLOCK]}

    def clean_units(self) -> tuple[Unit, ...]:
        found, unknown = self.vocabulary.split_units(self.cleaned_data["units"])
        if unknown:
            raise forms.ValidationError(
                f"Không có đơn vị tên “{unknown[:100]}”. Hãy ghi đúng tên, tên viết tắt hoặc mã."
            )
        return found

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and not typed.get("blocks") and not typed.get("units"):
            self.add_error("blocks", "Hãy chọn ít nhất một khối hoặc ghi tên đơn vị.")
        return typed


class ReopenForm(forms.Form):
    reason = LineField(
        label="Lý do mở lại", max_length=300,
        error_messages={"required": "Hãy ghi lý do mở lại kỳ đã khóa."},
    )  # fmt: skip
