"""What the people of a unit fill in for their sub-plan, apart from the table of activities."""

import re
from typing import Any

from django import forms

from campaign.forms.fields import DayField, LineField, ParagraphsField
from campaign.models import Exclusion, SubPlan, SubPlanFile
from units.models import Unit

REASON_LENGTH = 500
# What people write for the hyphen of a code read from paper or heard on the telephone.
_HYPHENS = re.compile(r"[\s\u2010-\u2015._-]+")
_CODE_RUN_TOGETHER = re.compile(r"\A(?:(BC)-?)?([0-9]{4})-?([0-9A-F]{10})\Z")


def _label(name: str) -> str:
    return str(SubPlan._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _longest(name: str) -> int:
    return int(SubPlan._meta.get_field(name).max_length or 0)  # type: ignore[union-attr]


class TextsForm(forms.Form):
    """The document's data and text parts. Nothing is required: a draft may be half empty, and
    only sending asks for the rest."""

    LONGEST = 20_000

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    document_number = LineField(
        label=_label("document_number"), max_length=_longest("document_number"), required=False,
        help_text="Ví dụ 15/KH-SNV.",
    )  # fmt: skip
    document_date = DayField(label=_label("document_date"), required=False)
    signer_name = LineField(
        label=_label("signer_name"), max_length=_longest("signer_name"), required=False
    )
    signer_position = LineField(
        label=_label("signer_position"), max_length=_longest("signer_position"), required=False
    )
    legal_basis = ParagraphsField(
        label=_label("legal_basis"), max_length=LONGEST, required=False,
        help_text="Phải dẫn Kế hoạch của UBND tỉnh mà đơn vị triển khai.",
    )  # fmt: skip
    purpose = ParagraphsField(label=_label("purpose"), max_length=LONGEST, required=False)
    theme = ParagraphsField(label=_label("theme"), max_length=LONGEST, required=False)
    organisation = ParagraphsField(label=_label("organisation"), max_length=LONGEST, required=False)
    commendation = ParagraphsField(label=_label("commendation"), max_length=LONGEST, required=False)
    ho_chi_minh_link = ParagraphsField(
        label=_label("ho_chi_minh_link"), max_length=LONGEST, required=False
    )

    def values(self) -> dict[str, Any]:
        """What was typed, by field of the sub-plan."""
        return {name: self.cleaned_data[name] for name in SubPlan.TEXT_FIELDS}


def texts_of(sub_plan: SubPlan) -> dict[str, Any]:
    """What the form shows first."""
    fields = {name: getattr(sub_plan, name) for name in SubPlan.TEXT_FIELDS}
    return {"revision": sub_plan.revision, **fields}


class FilesForm(forms.Form):
    """Which kind the files are that were just sent up; the tokens come beside it."""

    kind = forms.ChoiceField(
        label="Loại tệp", choices=SubPlanFile.Kind.choices, initial=SubPlanFile.Kind.SIGNED
    )


class ExclusionForm(forms.Form):
    """Why a duty or a solution does not apply; empty takes it back."""

    reason = LineField(
        label="Lý do không áp dụng", required=False,
        max_length=Exclusion._meta.get_field("reason").max_length,
    )  # fmt: skip


class ReasonForm(forms.Form):
    """A reason that must be given: handing back, withdrawing."""

    reason = ParagraphsField(
        label="Lý do", max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy ghi lý do để người nhận biết cần làm gì."},
    )  # fmt: skip


class CodeForm(forms.Form):
    """The code of a receipt or of an issued report, as read from paper."""

    code = LineField(
        label="Mã tiếp nhận hoặc mã kiểm tra", max_length=20,
        error_messages={"required": "Hãy nhập mã in trên phiếu tiếp nhận hoặc trên báo cáo."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "2024-…"}),
    )  # fmt: skip

    def clean_code(self) -> str:
        code = _HYPHENS.sub("-", self.cleaned_data["code"].strip()).upper()
        found = _CODE_RUN_TOGETHER.match(code)
        return "-".join(part for part in found.groups() if part) if found else code


class StartForm(forms.Form):
    """In whose name to start, for a person who writes for several units."""

    unit = forms.ModelChoiceField(queryset=Unit.objects.none(), required=False)

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = forms.ModelChoiceField(
            queryset=Unit.objects.filter(pk__in=[unit.pk for unit in units]), required=False
        )
