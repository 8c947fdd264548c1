"""What Ban Thi đua types at reception and appraisal."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from awards.datasets.guideline import PaperLine
from awards.datasets.reception import SENT, SENT_LABEL, STAGES
from awards.datasets.typed import Mend
from awards.models import Nomination
from campaign.forms.as_of import AsOfField
from campaign.forms.fields import DayField, LineField, ParagraphsField


class StageForm(forms.Form):
    """Filters of the list of dossiers, in the address."""

    giai_doan = forms.ChoiceField(label="Giai đoạn", required=False)
    tim = LineField(label="Đơn vị", required=False, max_length=100)
    qua_han = forms.BooleanField(label="Quá thời hạn", required=False)
    luc = AsOfField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["giai_doan"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Tất cả"), (SENT, SENT_LABEL), *STAGES.items()]


class ReturnForm(forms.Form):
    """What to mend, a line for each paper and each nominee, and by when."""

    due = DayField(label="Hạn bổ sung", error_messages={"required": "Hãy ghi hạn bổ sung."})
    note = ParagraphsField(
        label="Ý kiến chung", max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(
        self, *args: Any, nominations: list[Nomination], papers: list[PaperLine], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.about: dict[str, tuple[str, Nomination | None]] = {}
        for line in papers:
            whose = f"_{line.nomination.pk}" if line.nomination else ""
            who = f" của {line.nomination.candidate}" if line.nomination else ""
            self._ask(f"giay_{line.kind}{whose}", f"{line.label}{who}", line.kind, line.nomination)
        for row in nominations:
            self._ask(f"nguoi_{row.pk}", f"{row}", "", row)

    def _ask(self, name: str, label: str, kind: str, nomination: Nomination | None) -> None:
        self.about[name] = (kind, nomination)
        self.fields[name] = LineField(label=label, required=False, max_length=500)

    def paper_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.about if name.startswith("giay_")]

    def nominee_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.about if name.startswith("nguoi_")]

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.mends():
            raise ValidationError("Hãy nêu ít nhất một nội dung cần bổ sung.")
        return self.cleaned_data

    def mends(self) -> list[Mend]:
        said = [
            Mend(self.cleaned_data[name], kind, nomination)
            for name, (kind, nomination) in self.about.items()
            if self.cleaned_data.get(name)
        ]
        general = self.cleaned_data.get("note", "")
        return said or ([Mend(general[:500])] if general else [])


class AppraisalForm(forms.Form):
    """The opinion of Ban Thi đua on one nomination."""

    opinion = forms.ChoiceField(
        label="Ý kiến thẩm định", choices=Nomination.Opinion.choices, widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn ý kiến.", "invalid_choice": "Hãy chọn lại."},
    )  # fmt: skip
    reason = ParagraphsField(
        label="Lý do, nhận xét", max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Bắt buộc khi không đủ điều kiện.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        turned_down = typed.get("opinion") == Nomination.Opinion.NOT_RECOMMENDED
        if turned_down and not typed.get("reason"):
            self.add_error("reason", "Hãy nêu lý do không đủ điều kiện.")
        return typed
