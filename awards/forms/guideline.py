"""What Ban Thi đua types of a guideline: its document, and for each form what is allowed."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from awards.datasets.typed import (
    FormFacts,
    GuidelineContent,
    GuidelineFacts,
    PaperAsked,
    QuotaFacts,
)
from awards.models import (
    AwardForm,
    AwardGuideline,
    GuidelinePaper,
    GuidelineQuota,
    PaperKind,
    Recipient,
)
from campaign.forms.fields import DayField, LineField, NumberField, ParagraphsField
from units.models import Block, Unit

HUNDRED = Decimal(100)
MOST = 999
Scope, PaperScope = GuidelineQuota.Scope, GuidelinePaper.Scope
OF_DOSSIER = {PaperKind.LETTER, PaperKind.MINUTES, PaperKind.BALLOT}


def small_number(label: str, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=MOST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": "Hãy ghi một số nguyên.",
            "min_value": "Hãy ghi số từ 0 trở lên.",
            "max_value": f"Nhiều nhất {MOST}.",
        },
        **more,
    )  # fmt: skip


class GuidelineForm(forms.Form):
    """The document and the general settings. What is left empty is not enforced."""

    number = LineField(label="Số, ký hiệu", max_length=50, required=False)
    issued_on = DayField(label="Ngày ban hành", required=False)
    issuer = LineField(label="Cơ quan ban hành", max_length=200, required=False)
    valid_from = DayField(label="Áp dụng từ ngày", required=False)
    due_date = DayField(
        label="Hạn gửi hồ sơ", required=False,
        help_text="Để trống: không nhắc hạn, không ghi trễ.",
    )  # fmt: skip
    standards = ParagraphsField(label="Tiêu chuẩn chung", max_length=5000, required=False)
    minimum_direct_share = NumberField(
        label="Tỷ lệ người trực tiếp lao động tối thiểu (%)", required=False,
        help_text="Tính trên số cá nhân của từng hồ sơ. Để trống: không kiểm tra.",
    )  # fmt: skip
    max_per_year = small_number(
        "Số lần khen cấp tỉnh tối đa trong năm", help_text="Không tính khen đột xuất."
    )
    min_months_between = small_number("Số tháng tối thiểu giữa hai lần khen cấp tỉnh")
    needs_block_vote = forms.BooleanField(
        label="Khối thi đua bỏ phiếu suy tôn trước khi gửi Ban Thi đua", required=False
    )
    return_days = small_number("Số ngày làm việc kiểm tra hồ sơ")
    appraisal_days = small_number("Số ngày làm việc thẩm định")

    def clean_minimum_direct_share(self) -> Decimal | None:
        share: Decimal | None = self.cleaned_data["minimum_direct_share"]
        if share is not None and share > HUNDRED:
            raise ValidationError("Tỷ lệ không quá 100%.")
        return share

    def clean_return_days(self) -> int:
        return self.cleaned_data["return_days"] or 5

    def clean_appraisal_days(self) -> int:
        return self.cleaned_data["appraisal_days"] or 20

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        first, due = typed.get("valid_from"), typed.get("due_date")
        if first and due and due < first:
            self.add_error("due_date", "Hạn gửi hồ sơ ở trước ngày áp dụng.")
        return typed

    def facts(self) -> GuidelineFacts:
        typed = {name: self.cleaned_data[name] for name in GuidelineFacts.__annotations__}
        typed["max_per_year"] = typed["max_per_year"] or None
        typed["min_months_between"] = typed["min_months_between"] or None
        return GuidelineFacts(**typed)


def facts_of(guideline: AwardGuideline) -> dict[str, Any]:
    return {name: getattr(guideline, name) for name in GuidelineFacts.__annotations__}


class AllowedForm(forms.Form):
    """One form of the law: whether the guideline allows it, how many of it, its standards."""

    is_allowed = forms.BooleanField(label="Được đề nghị", required=False)
    standards = ParagraphsField(label="Tiêu chuẩn", max_length=2000, required=False)

    def __init__(self, *args: Any, form: AwardForm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form = form
        for recipient in form.recipients.all():
            label = Recipient(recipient.recipient).label
            for scope in (Scope.EACH_UNIT, Scope.EACH_BLOCK):
                whose = str(scope.label).lower()
                self.fields[f"{recipient.recipient}_{scope}"] = small_number(f"{label}, {whose}")

    def quota_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in {"is_allowed", "standards"}]

    def quotas(self) -> Iterator[QuotaFacts]:
        for recipient in Recipient.values:
            for scope in (Scope.EACH_UNIT, Scope.EACH_BLOCK):
                most = self.cleaned_data.get(f"{recipient}_{scope}")
                if most is not None:
                    yield QuotaFacts(self.form, recipient, scope, most)


class NamedQuotaForm(forms.Form):
    """A quota of one unit or block by name, which goes before the general one."""

    form = forms.ModelChoiceField(
        label="Hình thức", queryset=AwardForm.objects.none(), required=False, empty_label="–"
    )
    recipient = forms.ChoiceField(
        label="Đối tượng", choices=[("", "Mọi đối tượng"), *Recipient.choices], required=False
    )
    whose = forms.ChoiceField(label="Đơn vị, khối", required=False)
    most = small_number("Số lượng tối đa")

    def __init__(
        self, *args: Any, allowed: Any, units: Sequence[Unit], blocks: Sequence[Block],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.units = {f"u{unit.pk}": unit for unit in units}
        self.blocks = {f"b{block.pk}": block for block in blocks}
        form, whose = self.fields["form"], self.fields["whose"]
        if isinstance(form, forms.ModelChoiceField) and isinstance(whose, forms.ChoiceField):
            form.queryset = allowed
            whose.choices = [
                ("", "–"),
                ("Khối", [(key, str(block)) for key, block in self.blocks.items()]),
                ("Đơn vị", [(key, str(unit)) for key, unit in self.units.items()]),
            ]

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        said = [bool(typed.get("form")), bool(typed.get("whose")), typed.get("most") is not None]
        if any(said) and not all(said):
            raise ValidationError("Ghi đủ hình thức, đơn vị hoặc khối, và số lượng.")
        return typed

    def quota(self) -> QuotaFacts | None:
        typed = self.cleaned_data
        if not typed.get("form"):
            return None
        unit, block = self.units.get(typed["whose"]), self.blocks.get(typed["whose"])
        scope = Scope.UNIT if unit else Scope.BLOCK
        return QuotaFacts(typed["form"], typed["recipient"], scope, typed["most"], unit, block)


class PapersForm(forms.Form):
    """Which papers every dossier needs; those of the law stand ticked in a new draft."""

    kinds = forms.MultipleChoiceField(
        label="Thành phần hồ sơ", required=False, choices=PaperKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def papers(self) -> list[PaperAsked]:
        return [
            PaperAsked(kind, PaperScope.DOSSIER if kind in OF_DOSSIER else PaperScope.NOMINATION)
            for kind in PaperKind.values
            if kind in self.cleaned_data["kinds"]
        ]


class GuidelineForms:
    """All of a guideline's page as one: valid together, saved together."""

    def __init__(
        self,
        guideline: AwardGuideline,
        content: GuidelineContent,
        data: Any = None,
        *,
        on: date,
    ) -> None:
        offered = (
            AwardForm.objects.in_force(on=on)
            .filter(decider__in=[AwardForm.Decider.PROVINCE, AwardForm.Decider.UNIT_HEAD])
            .in_order()
        )
        self.general = GuidelineForm(data, initial=facts_of(guideline))
        self.allowed = [
            AllowedForm(data, form=form, prefix=f"f{form.pk}", initial=_allowed(form, content))
            for form in offered.prefetch_related("recipients")
        ]
        named = forms.formset_factory(NamedQuotaForm, extra=2)
        self.named = named(
            data,
            prefix="rieng",
            initial=_named(content),
            form_kwargs={
                "allowed": offered,
                "units": list(Unit.objects.in_force(on=on).in_protocol_order()),
                "blocks": list(Block.objects.order_by("sort_order")),
            },
        )
        kinds = [paper.kind for paper in content.papers]
        self.papers = PapersForm(data, initial={"kinds": kinds}, prefix="giay")

    def is_valid(self) -> bool:
        all_forms: list[Any] = [self.general, *self.allowed, self.named, self.papers]
        valid = [form.is_valid() for form in all_forms]  # each tells its own errors
        return all(valid)

    def content(self) -> GuidelineContent:
        chosen = [row for row in self.allowed if row.cleaned_data["is_allowed"]]
        named = [quota for row in self.named if (quota := row.quota())]
        return GuidelineContent(
            [FormFacts(row.form, row.cleaned_data["standards"]) for row in chosen],
            [*(quota for row in chosen for quota in row.quotas()), *named],
            self.papers.papers(),
        )


def _allowed(form: AwardForm, content: GuidelineContent) -> dict[str, Any]:
    known = next((one for one in content.forms if one.form.pk == form.pk), None)
    general = {
        f"{one.recipient}_{one.scope}": one.most
        for one in content.quotas
        if one.form.pk == form.pk and one.scope in {Scope.EACH_UNIT, Scope.EACH_BLOCK}
    }
    return {
        "is_allowed": known is not None,
        "standards": known.standards if known else "",
        **general,
    }


def _named(content: GuidelineContent) -> list[dict[str, Any]]:
    return [
        {
            "form": one.form.pk,
            "recipient": one.recipient,
            "whose": f"u{one.unit.pk}" if one.unit else f"b{one.block.pk}" if one.block else "",
            "most": one.most,
        }
        for one in content.quotas
        if one.scope in {Scope.UNIT, Scope.BLOCK}
    ]
