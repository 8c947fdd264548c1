"""The list's filters, and what people type about an activity that goes on."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from campaign.datasets.activity_list import FOLDED, PARTS, STATES, ActivityFilters
from campaign.datasets.ledger import WITHOUT_BLOCK, WITHOUT_BLOCK_NAME
from campaign.datasets.vocabulary import Vocabulary
from campaign.forms.activity import ActivityForm
from campaign.forms.as_of import AsOfField
from campaign.forms.fields import DayField, LineField, NumberField, ParagraphsField
from campaign.forms.obligation import LONGEST_SEARCH, block_choices
from campaign.models import Activity, Campaign, Participation
from lib.select import LongSelect
from lib.vietnamese import short_date
from units.models import Unit


def _longest(name: str) -> int:
    return int(Activity._meta.get_field(name).max_length or 0)  # type: ignore[union-attr]


class ActivityListForm(forms.Form):
    """Filters of the list as they stand in the address."""

    tim = LineField(
        label="Tìm hoạt động", required=False, max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    khoi = forms.ChoiceField(label="Khối của đơn vị chủ trì", required=False)
    don_vi = forms.ChoiceField(label="Đơn vị", required=False, widget=LongSelect)
    loai = forms.ChoiceField(
        label="Loại", required=False, choices=[("", "Tất cả các loại"), *Activity.Kind.choices]
    )
    muc = LineField(
        label="Mục Kế hoạch", required=False, max_length=20,
        widget=forms.TextInput(attrs={"list": "plan-codes", "autocomplete": "off"}),
    )  # fmt: skip
    # Chosen by the counts on top.
    trang_thai = forms.ChoiceField(
        label="Tình trạng", required=False, widget=forms.HiddenInput,
        choices=[("", ""), (FOLDED, ""), *((state.code, state.label) for state in STATES)],
    )  # fmt: skip
    phan = forms.ChoiceField(
        label="Phần của đơn vị",
        required=False,
        widget=forms.HiddenInput,
        choices=[("", ""), *PARTS],
    )
    chu_tri = LineField(required=False, max_length=20, widget=forms.HiddenInput)
    luc = AsOfField()
    xong_den = AsOfField()  # the day of a chart's mark by which it was done

    def __init__(self, data: Any, *, units: list[tuple[str, str]]) -> None:
        """`units` are those the reader may tell apart; who sees one unit's has no such filter."""
        super().__init__(data)
        if not units:
            del self.fields["khoi"], self.fields["don_vi"]
            return
        block, unit = self.fields["khoi"], self.fields["don_vi"]
        if isinstance(block, forms.ChoiceField) and isinstance(unit, forms.ChoiceField):
            block.choices = [*block_choices(), (WITHOUT_BLOCK, WITHOUT_BLOCK_NAME)]
            unit.choices = [("", "Tất cả"), *units]

    def filters(self) -> ActivityFilters:
        asked = self.cleaned_data
        return ActivityFilters(
            block=asked.get("khoi", ""), unit=asked.get("don_vi", ""),
            lead=asked.get("chu_tri", ""), kind=asked.get("loai", ""),
            state=asked.get("trang_thai", ""), part=asked.get("phan", ""),
            item=asked.get("muc", "").rstrip(".").upper(), search=asked.get("tim", ""),
            done_by=asked.get("xong_den"),
        )  # fmt: skip


class FollowedForm(ActivityForm):
    """An activity that goes on: nothing that a report needs may be missing any more."""

    lead = None  # type: ignore[assignment]  # the lead is who writes here
    lead_text = LineField(
        label="Bộ phận chủ trì của đơn vị", max_length=_longest("lead_text"), required=False
    )

    def __init__(
        self, *args: Any, vocabulary: Vocabulary, campaign: Campaign, **kwargs: Any
    ) -> None:
        super().__init__(*args, vocabulary=vocabulary, **kwargs)
        self.campaign = campaign
        for name, missing in (
            ("plan_codes", "Hãy ghi ít nhất một mã mục của Kế hoạch."),
            ("starts_on", "Hãy ghi ngày bắt đầu."),
            ("ends_on", "Hãy ghi ngày kết thúc."),
        ):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = missing

    def clean_plan_codes(self) -> Any:
        if not (items := self.cleaned_data["plan_codes"]):
            raise ValidationError(self.fields["plan_codes"].error_messages["required"])
        return items

    def clean_starts_on(self) -> Any:
        return self._within("starts_on")

    def clean_ends_on(self) -> Any:
        return self._within("ends_on")

    def _within(self, name: str) -> Any:
        day, first, last = self.cleaned_data[name], self.campaign.starts_on, self.campaign.ends_on
        if not first <= day <= last:
            raise ValidationError(
                f"Thời gian phải trong khoảng {short_date(first)} – {short_date(last)}."
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_sponsorship = cleaned.get("kind") == Activity.Kind.SPONSORSHIP
        if is_sponsorship and not cleaned.get("beneficiary"):
            self.add_error("beneficiary", "Hoạt động đỡ đầu phải ghi nơi được đỡ đầu.")
        return cleaned


class AddActivityForm(FollowedForm):
    """One more than the sub-plan registered; units beside it are asked at once."""

    def plain_fields(self) -> dict[str, Any]:
        words = {"participants_text": self.cleaned_data["partners"][1]}
        own = [name for name in Activity.FACTS if name not in words]
        return {**{name: self.cleaned_data[name] for name in own}, **words}


class ChangeActivityForm(FollowedForm):
    """What it is about; units beside it are asked on its page."""

    partners = None  # type: ignore[assignment]
    participants_text = LineField(
        label="Nơi phối hợp khác", max_length=_longest("participants_text"), required=False,
        help_text="Nơi không có trong danh sách đơn vị của Cổng.",
    )  # fmt: skip

    def plain_fields(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in Activity.FACTS}


class CompleteSeveralForm(forms.Form):
    """What several activities have in common when they are done."""

    prefix = "xong"

    on = DayField(label="Ngày hoàn thành", error_messages={"required": "Hãy ghi ngày hoàn thành."})
    result = ParagraphsField(
        label="Kết quả", max_length=5000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy ghi ngắn gọn kết quả."},
    )  # fmt: skip


class CompleteForm(CompleteSeveralForm):
    """What came of one."""

    quantity_done = NumberField(label="Số lượng thực hiện", required=False)
    cost_spent = NumberField(label="Kinh phí thực hiện (triệu đồng)", required=False)


class StopForm(forms.Form):
    """Why an activity does not go on, or goes on again."""

    reason = LineField(
        label="Lý do", max_length=_longest("status_reason"),
        error_messages={"required": "Hãy ghi lý do."},
    )  # fmt: skip


class PostponeForm(StopForm):
    ends_on = DayField(
        label="Dự kiến kết thúc", required=False, help_text="Để trống nếu chưa biết ngày."
    )

    prefix = "hoan"


class CancelForm(StopForm):
    prefix = "huy"


class ReopenForm(StopForm):
    prefix = "mo-lai"


class RestoreForm(StopForm):
    prefix = "khoi-phuc"


class AskForm(forms.Form):
    """Units to be asked to take part, by name."""

    units = ParagraphsField(
        label="Mời đơn vị phối hợp", max_length=2000,
        help_text="Tên, tên viết tắt hoặc mã đơn vị; cách nhau bằng dấu chấm phẩy.",
        error_messages={"required": "Hãy ghi tên đơn vị."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    prefix = "moi"

    def __init__(self, data: Any = None, *, vocabulary: Vocabulary) -> None:
        super().__init__(data)
        self.vocabulary = vocabulary

    def clean_units(self) -> tuple[Unit, ...]:
        units, unknown = self.vocabulary.split_units(self.cleaned_data["units"])
        if unknown:
            raise ValidationError(f"Cổng không có đơn vị “{unknown[:80]}”.")
        return units


class ContestForm(forms.Form):
    """What a unit beside the lead says otherwise."""

    note = LineField(
        label="Ý kiến", max_length=Participation._meta.get_field("note").max_length,
        error_messages={"required": "Hãy ghi ý kiến để đơn vị chủ trì biết cần sửa gì."},
    )  # fmt: skip

    prefix = "y-kien"
