"""What is typed about letters to the chairman, decisions, handing over and revoking."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from awards.authority import SUBMITTERS, may_sign
from awards.datasets.facts import LetterFacts, Revocation, Signed
from awards.forms.fields import NominationsField, not_before, offer
from awards.models import Decision, Grant, Nomination, Proposal
from awards.models.decision import DecisionQuerySet
from awards.models.nomination import NominationQuerySet
from campaign.forms.fields import DayField, LineField
from files.models import StagedFile

SIGNERS = (
    "CHỦ TỊCH",
    "KT. CHỦ TỊCH, PHÓ CHỦ TỊCH",
)


class ProposalForm(forms.Form):
    """Which of those the council agreed on go into this letter."""

    nominations = NominationsField()

    def __init__(self, *args: Any, offered: NominationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "nominations", offered)


class LetterForm(forms.Form):
    """What the registry gave the letter, and who signed."""

    number = LineField(
        label="Số tờ trình", max_length=50, help_text="Ví dụ: 817/TTr-SNV.",
        error_messages={"required": "Hãy ghi số tờ trình."},
    )  # fmt: skip
    dated_on = DayField(label="Ngày", error_messages={"required": "Hãy ghi ngày tờ trình."})
    signer_name = LineField(
        label="Người ký", max_length=100, error_messages={"required": "Hãy ghi người ký."}
    )
    signer_position = LineField(
        label="Chức vụ người ký", max_length=150, help_text="GIÁM ĐỐC; KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC.",
        error_messages={"required": "Hãy ghi chức vụ."},
    )  # fmt: skip

    def clean_signer_position(self) -> str:
        position: str = self.cleaned_data["signer_position"]
        if not may_sign(position, SUBMITTERS):
            raise ValidationError("Tờ trình do Giám đốc ký, hoặc Phó Giám đốc ký thay (KT.).")
        return position

    def facts(self) -> LetterFacts:
        return LetterFacts(**self.cleaned_data)


def typed_letter(proposal: Proposal) -> dict[str, Any]:
    names = ("number", "dated_on", "signer_name", "signer_position")
    return {name: getattr(proposal, name) for name in names}


class SubjectForm(forms.Form):
    subject = LineField(
        label="Trích yếu quyết định", max_length=300,
        error_messages={"required": "Hãy ghi trích yếu."},
    )  # fmt: skip


class SignForm(forms.Form):
    """The signed paper: number, day, signer; and of each nomination whether it was granted."""

    number = LineField(
        label="Số quyết định", max_length=50, help_text="Ví dụ: 3336/QĐ-UBND.",
        error_messages={"required": "Hãy ghi số quyết định."},
    )  # fmt: skip
    decided_on = DayField(
        label="Ngày quyết định", error_messages={"required": "Hãy ghi ngày quyết định."}
    )
    signer_name = LineField(
        label="Người ký", max_length=100, error_messages={"required": "Hãy ghi người ký."}
    )
    signer_position = LineField(
        label="Chức vụ người ký", max_length=150,
        widget=forms.TextInput(attrs={"list": "chuc-vu", "autocomplete": "off"}),
        error_messages={"required": "Hãy ghi chức vụ."},
    )  # fmt: skip

    def __init__(
        self, *args: Any, decision: Decision, nominations: Sequence[Nomination],
        known: DecisionQuerySet, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.decision, self.nominations, self.known = decision, nominations, known
        for row in nominations:
            self.fields[f"khong-{row.pk}"] = forms.BooleanField(
                label=f"Không khen thưởng {row.candidate}", required=False
            )
            self.fields[f"ly-do-{row.pk}"] = LineField(
                label=f"Lý do không khen thưởng {row.candidate}", required=False, max_length=300
            )

    def rows(self) -> list[tuple[Nomination, BoundField, BoundField]]:
        return [(row, self[f"khong-{row.pk}"], self[f"ly-do-{row.pk}"]) for row in self.nominations]

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        number, day = typed.get("number"), typed.get("decided_on")
        if number and day and self.known.filter(number=number, decided_on=day).exists():
            self.add_error("number", "Đã có quyết định mang số này cùng ngày.")
        letter = self.decision.proposal and self.decision.proposal.dated_on
        if early := not_before(day, letter, "ngày tờ trình"):
            self.add_error("decided_on", early)
        for row in self.nominations:
            if typed.get(f"khong-{row.pk}") and not typed.get(f"ly-do-{row.pk}"):
                self.add_error(f"ly-do-{row.pk}", "Hãy ghi lý do không khen thưởng.")
        return typed

    def signed(self, file: StagedFile | None) -> Signed:
        typed = self.cleaned_data
        return Signed(
            number=typed["number"],
            decided_on=typed["decided_on"],
            signer_name=typed["signer_name"],
            signer_position=typed["signer_position"],
            refused={
                row.pk: typed[f"ly-do-{row.pk}"]
                for row in self.nominations
                if typed[f"khong-{row.pk}"]
            },
            file=file,
        )


class HandOverForm(forms.Form):
    """When and where the awards that are ticked were handed over."""

    on = DayField(label="Ngày trao tặng", error_messages={"required": "Hãy ghi ngày trao tặng."})
    note = LineField(
        label="Nơi trao, người trao", required=False, max_length=200,
        help_text="Ví dụ: Hội nghị tổng kết; Chủ tịch UBND tỉnh trao.",
    )  # fmt: skip
    grants = forms.ModelMultipleChoiceField(
        label="Dòng quyết định", queryset=Grant.objects.none(),
        error_messages={
            "required": "Chưa chọn dòng nào. Mời đánh dấu ở đầu dòng.",
            "invalid_choice": "Có dòng không còn trao được. Mời tải lại trang.",
            "invalid_pk_value": "Có dòng không còn trao được. Mời tải lại trang.",
        },
    )  # fmt: skip

    def __init__(self, *args: Any, decision: Decision, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decision = decision
        offer(self, "grants", offered)

    def clean(self) -> dict[str, Any]:
        early = not_before(self.cleaned_data.get("on"), self.decision.decided_on, "ngày quyết định")
        if early:
            self.add_error("on", early)
        return self.cleaned_data


class RevokeForm(forms.Form):
    """Hủy bỏ quyết định (Điều 93): on which day, under which decision, why."""

    on = DayField(label="Ngày hủy bỏ", error_messages={"required": "Hãy ghi ngày hủy bỏ."})
    under = LineField(
        label="Quyết định hủy bỏ", max_length=50, help_text="Số, ký hiệu quyết định hủy bỏ.",
        error_messages={"required": "Hãy ghi số quyết định hủy bỏ."},
    )  # fmt: skip
    reason = LineField(
        label="Lý do", max_length=500, error_messages={"required": "Hãy ghi lý do hủy bỏ."}
    )

    def __init__(self, *args: Any, grant: Grant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grant = grant

    def clean(self) -> dict[str, Any]:
        decided_on = self.grant.decision.decided_on
        if early := not_before(self.cleaned_data.get("on"), decided_on, "ngày quyết định"):
            self.add_error("on", early)
        return self.cleaned_data

    def revocation(self) -> Revocation:
        return Revocation(**self.cleaned_data)
