"""What the head of the board types of an indicator."""

import re
from typing import Any

from django import forms

from campaign.datasets.vocabulary import Vocabulary
from campaign.forms.fields import LineField
from campaign.models import Campaign, Indicator, PlanItem
from units.models import Unit

CODE = re.compile(r"[A-Z0-9]+(\.[0-9]+)?")
BETWEEN_CODES = re.compile(r"[,;\s]+")
DECIMALS = [("0", "Số nguyên"), ("1", "1 chữ số"), ("2", "2 chữ số")]
FACTS = ("name", "measure", "aggregate", "parent", "relation", "decimals")


class IndicatorForm(forms.Form):
    """One row of the catalogue; what may not change any more is shown and not editable."""

    code = LineField(
        label="Mã", max_length=12,
        help_text="Ví dụ CT24; phần của CT09 ghi CT09.7 thì đứng ngay dưới CT09.",
        error_messages={"required": "Hãy ghi mã chỉ tiêu, ví dụ CT24."},
    )  # fmt: skip
    name = LineField(
        label="Chỉ tiêu", max_length=300,
        error_messages={"required": "Hãy ghi tên chỉ tiêu."},
    )  # fmt: skip
    measure = LineField(
        label="Đơn vị tính", max_length=40,
        error_messages={"required": "Hãy ghi đơn vị tính, ví dụ cuộc, triệu đồng."},
    )  # fmt: skip
    decimals = forms.TypedChoiceField(label="Chữ số thập phân", choices=DECIMALS, coerce=int)
    aggregate = forms.ChoiceField(label="Cách tổng hợp", choices=Indicator.Aggregate.choices)
    parent = forms.ModelChoiceField(
        label="Chỉ tiêu chính", queryset=Indicator.objects.none(), required=False,
        empty_label="Không có, là chỉ tiêu chính",
    )  # fmt: skip
    relation = forms.ChoiceField(
        label="Quan hệ với chỉ tiêu chính", required=False,
        choices=[("", "Không có"), *Indicator.Relation.choices],
    )  # fmt: skip
    plan_codes = LineField(
        label="Mục của Kế hoạch", required=False,
        help_text="Mã các mục, cách nhau bằng dấu phẩy: III.1.1, III.1.3.",
    )  # fmt: skip
    only_units = LineField(
        label="Chỉ hỏi các đơn vị", required=False,
        help_text="Tên hoặc mã đơn vị, cách nhau bằng dấu chấm phẩy. Để trống là hỏi mọi đơn vị.",
    )  # fmt: skip

    def __init__(
        self,
        data: Any = None,
        *,
        campaign: Campaign,
        vocabulary: Vocabulary,
        indicator: Indicator | None = None,
        is_frozen: bool = False,
    ) -> None:
        super().__init__(data, initial=_initial(indicator) if indicator else {})
        self.campaign, self.vocabulary, self.indicator = campaign, vocabulary, indicator
        self.is_frozen = is_frozen
        parent = self.fields["parent"]
        if isinstance(parent, forms.ModelChoiceField):
            mains = Indicator.objects.filter(campaign=campaign, parent=None).in_order()
            parent.queryset = mains.exclude(pk=indicator.pk) if indicator else mains
        if indicator:
            self.fields["code"].disabled = True
        if is_frozen:
            for name in ("measure", "aggregate", "parent", "relation"):
                self.fields[name].disabled = True
        for field in self.fields.values():
            is_choice = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "form-select" if is_choice else "form-control"

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].upper()
        if self.indicator:
            return code
        if not CODE.fullmatch(code):
            raise forms.ValidationError("Mã chỉ gồm chữ không dấu và số, ví dụ CT24 hoặc CT09.7.")
        if Indicator.objects.filter(campaign=self.campaign, code=code).exists():
            raise forms.ValidationError(f"Danh mục đã có chỉ tiêu mã “{code}”.")
        return code

    def clean_decimals(self) -> int:
        decimals: int = self.cleaned_data["decimals"]
        if self.is_frozen and self.indicator and decimals < self.indicator.decimals:
            raise forms.ValidationError("Đã có số liệu nên không bớt được chữ số thập phân.")
        return decimals

    def clean_plan_codes(self) -> list[PlanItem]:
        typed = BETWEEN_CODES.split(self.cleaned_data["plan_codes"].upper())
        codes = dict.fromkeys(code.rstrip(".") for code in typed if code)
        found = {item.code: item for item in self.campaign.items.filter(code__in=codes)}
        unknown = [code for code in codes if code not in found]
        if unknown:
            raise forms.ValidationError(f"Kế hoạch không có mục “{unknown[0][:20]}”.")
        return [found[code] for code in codes]

    def clean_only_units(self) -> tuple[Unit, ...]:
        units, unknown = self.vocabulary.split_units(self.cleaned_data["only_units"])
        if unknown:
            raise forms.ValidationError(f"Không có đơn vị “{unknown[:60]}”.")
        return units

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        parent, relation = said.get("parent"), said.get("relation")
        if parent and not relation:
            self.add_error("relation", "Hãy chọn quan hệ với chỉ tiêu chính.")
        if relation and not parent:
            self.add_error("parent", "Hãy chọn chỉ tiêu chính, hoặc để quan hệ là “Không có”.")
        if parent and self.indicator and self.indicator.children.exists():
            self.add_error("parent", "Chỉ tiêu này có chỉ tiêu thành phần nên phải là chính.")
        return said


def _initial(indicator: Indicator) -> dict[str, Any]:
    facts = {name: getattr(indicator, name) for name in ("code", *FACTS)}
    codes = indicator.plan_items.in_order().values_list("code", flat=True)
    units = indicator.only_units.in_protocol_order().values_list("short_name", flat=True)
    return facts | {"plan_codes": ", ".join(codes), "only_units": "; ".join(units)}
