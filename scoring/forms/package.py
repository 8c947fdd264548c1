"""Which of the three ways a block takes the campaign's package in, and what that way needs."""

from decimal import Decimal
from typing import Any

from django import forms

from campaign.forms.fields import DayField
from scoring.datasets.content import CriterionContent, ScaleContent
from scoring.datasets.editing import group_codes
from scoring.forms.criterion import known_plan_codes
from scoring.forms.fields import PlanRowsField, PointsField
from scoring.formula import Section
from scoring.models import PackageUse

Way = PackageUse.Way


class PackageForm(forms.Form):
    """`revision` is that of the draft the page was shown with."""

    way = forms.ChoiceField(
        label="Cách đưa vào", choices=Way.choices, widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn một trong ba cách."},
    )  # fmt: skip
    parent = forms.ChoiceField(label="Thêm vào nhóm", required=False)
    cap = PointsField(
        label="Nâng mức thưởng tối đa của thang lên", required=False,
        help_text="Để trống thì giữ mức thưởng tối đa hiện có.",
    )  # fmt: skip

    def __init__(self, *args: Any, content: ScaleContent, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.content = content
        known = content.by_code()
        groups = [one for one in group_codes(content) if known[one[0]].section == Section.CONTENT]
        parent = self.fields["parent"]
        if isinstance(parent, forms.ChoiceField):
            parent.choices = [("", "(thành nhóm riêng)"), *groups]
        rows = known_plan_codes(year)
        for place, one in enumerate(self.referable()):
            field = PlanRowsField(
                label=f"Mục của Kế hoạch cho {one.code}", required=False, max_length=200,
                initial=one.plan_codes,
                widget=forms.TextInput(attrs={"aria-label": f"Mục của Kế hoạch cho {one.code}"}),
            )  # fmt: skip
            field.known = rows
            self.fields[f"ties-{place}"] = field

    def referable(self) -> list[CriterionContent]:
        """Criteria a row of the plan can be tied to."""
        return [
            one
            for one in self.content.criteria
            if not one.is_group and not one.package_code and one.section != Section.DEDUCTION
        ]

    def tie_rows(self) -> list[tuple[CriterionContent, Any]]:
        return [(one, self[f"ties-{place}"]) for place, one in enumerate(self.referable())]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = self.cleaned_data
        if typed.get("way") == Way.REFERENCE and not self.errors and not any(self.ties().values()):
            self.add_error("way", "Hãy gắn ít nhất một mục của Kế hoạch vào một tiêu chí.")
        return typed

    def ties(self) -> dict[str, tuple[str, ...]]:
        return {
            one.code: self.cleaned_data[f"ties-{place}"]
            for place, one in enumerate(self.referable())
        }

    def cap_or_zero(self) -> Decimal:
        return self.cleaned_data["cap"] or Decimal(0)


class DayForm(forms.Form):
    day = DayField(label="Hạn đưa vào thang điểm", error_messages={"required": "Hãy ghi ngày."})

    prefix = "han"
