"""One criterion of a draft: what it is called, where it stands, what it is worth."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from campaign.forms.fields import LineField
from campaign.models import PlanItem
from scoring.datasets.content import CriterionContent, ScaleContent
from scoring.datasets.editing import descendants, group_codes
from scoring.forms.fields import CodeField, PlanRowsField, PointsField
from scoring.formula import MethodName, Section

CONTENT_METHODS = [
    choice
    for choice in MethodName.choices()
    if choice[0] not in {MethodName.BONUS, MethodName.DEDUCTION}
]


def known_plan_codes(year: int) -> frozenset[str]:
    rows = PlanItem.objects.filter(campaign__starts_on__year=year)
    return frozenset(rows.values_list("code", flat=True))


class CriterionForm(forms.Form):
    code = CodeField(
        label="Mã", max_length=20, error_messages={"required": "Hãy ghi mã tiêu chí."},
        help_text="Ví dụ A.1.",
    )  # fmt: skip
    name = LineField(
        label="Nội dung", max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Hãy ghi nội dung tiêu chí."},
    )  # fmt: skip
    parent = forms.ChoiceField(label="Thuộc nhóm", required=False)
    section = forms.ChoiceField(
        label="Phần", choices=Section.choices(),
        help_text="Tiêu chí nằm trong một nhóm thì theo phần của nhóm.",
    )  # fmt: skip
    after = forms.ChoiceField(label="Đứng sau", required=False)
    max_points = PointsField(
        label="Điểm chuẩn",
        error_messages={"required": "Hãy ghi điểm chuẩn; điểm trừ không giới hạn thì ghi 0."},
    )
    evidence_note = LineField(label="Minh chứng", max_length=300, required=False)
    evidence_required = forms.BooleanField(
        label="Bắt buộc có minh chứng", required=False,
        help_text="Không có minh chứng thì cấp khối thẩm định 0 điểm.",
    )  # fmt: skip
    verifier = LineField(label="Nơi thẩm định", max_length=100, required=False)
    plan_codes = PlanRowsField(
        label="Mục của Kế hoạch", max_length=200, required=False,
        help_text="Mã mục, cách nhau bằng dấu phẩy, ví dụ II.2, III.1.1.",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        content: ScaleContent,
        year: int,
        editing: CriterionContent | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.content, self.editing = content, editing
        below = descendants(content, editing.code) if editing else set()
        groups = [choice for choice in group_codes(content) if choice[0] not in below]
        self._offer("parent", [("", "(đứng riêng, không thuộc nhóm)"), *groups])
        others = [(one.code, f"{one.code} {one.name}") for one in content.criteria]
        self._offer(
            "after",
            [("", "(giữ nguyên, hoặc cuối nhóm)"), *(one for one in others if one[0] not in below)],
        )
        rows = self.fields["plan_codes"]
        if isinstance(rows, PlanRowsField):
            rows.known = known_plan_codes(year)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        own = self.editing.code if self.editing else ""
        if code != own and code in self.content.by_code():
            raise ValidationError("Thang điểm đã có tiêu chí mang mã này.")
        return code

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = self.cleaned_data
        parent, after = typed.get("parent", ""), typed.get("after", "")
        known = self.content.by_code()
        if parent:
            typed["section"] = known[parent].section
        if after and (known[after].parent or "") != parent:
            self.add_error("after", "Hãy chọn một tiêu chí trong cùng nhóm.")
        return typed

    def criterion(self, method: str, config: Any) -> CriterionContent:
        typed = self.cleaned_data
        return CriterionContent(
            code=typed["code"],
            name=typed["name"],
            max_points=typed["max_points"],
            method=method,
            parent=typed["parent"] or None,
            section=typed["section"],
            config=config,
            wording=self.editing.wording if self.editing else "",
            evidence_required=typed["evidence_required"],
            evidence_note=typed["evidence_note"],
            verifier=typed["verifier"],
            plan_codes=typed["plan_codes"],
            package_code=self.editing.package_code if self.editing else "",
        )


def initial_of(criterion: CriterionContent) -> dict[str, Any]:
    return {
        "code": criterion.code,
        "name": criterion.name,
        "parent": criterion.parent or "",
        "section": criterion.section,
        "max_points": criterion.max_points,
        "evidence_note": criterion.evidence_note,
        "evidence_required": criterion.evidence_required,
        "verifier": criterion.verifier,
        "plan_codes": criterion.plan_codes,
    }


def methods_for(section: str) -> list[tuple[str, str]]:
    """Bonuses and deductions have a method of their own; a group may stand anywhere."""
    if section == Section.CONTENT:
        return CONTENT_METHODS
    own = MethodName.BONUS if section == Section.BONUS else MethodName.DEDUCTION
    first = [(own.value, own.label)]
    group = (MethodName.GROUP.value, MethodName.GROUP.label)
    # What the campaign's package brings as bonus points keeps the method it came with.
    others = [one for one in CONTENT_METHODS if one != group] if section == Section.BONUS else []
    return [*first, group, *others]
