"""What the list of look-alikes is narrowed by, and what a person decides on a pair."""

from django import forms

from awards.datasets.lookalike import TABS, WAITING, LookalikeFilter
from awards.models import DuplicateVerdict
from campaign.models import Campaign

LONGEST_REASON = 500


class LookalikeFilterForm(forms.Form):
    tim = forms.CharField(label="Tìm theo tên", required=False, max_length=100)
    dot = forms.ModelChoiceField(
        Campaign.objects.order_by("-starts_on", "name"), label="Đợt thi đua", required=False,
        to_field_name="code", empty_label="Tất cả",
    )  # fmt: skip
    muc = forms.ChoiceField(choices=TABS, required=False, widget=forms.HiddenInput, initial=WAITING)

    def wanted(self) -> LookalikeFilter:
        said = self.cleaned_data
        return LookalikeFilter(said["muc"] or WAITING, said["dot"], said["tim"])


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(
        label="Kết luận", choices=DuplicateVerdict.Verdict.choices, widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn một kết luận."},
    )  # fmt: skip
    reason = forms.CharField(
        label="Lý do", max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"}),
        help_text="Dựa vào đâu: đã đối chiếu giấy tờ nào, hỏi ai, quyết định nào.",
        error_messages={"required": "Hãy ghi lý do, để người xem sau hiểu vì sao kết luận như vậy."},
    )  # fmt: skip
    digest = forms.CharField(widget=forms.HiddenInput)
