"""What is typed for a secret vote. Fields that carry votes begin with `secret-`: not even their
digest is kept (`accounts.once.UNKEPT`)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from awards.datasets.facts import BallotFacts
from awards.forms.fields import NominationsField, offer
from awards.models import Attendance, AwardForm, BallotChoice, Nomination, PaperSlips
from awards.models.nomination import NominationQuerySet
from awards.voting import meets_law
from campaign.forms.fields import LineField, NumberField
from lib.vietnamese import number

SLIP = [("1", "Đồng ý"), ("0", "Không đồng ý")]


class OpenBallotForm(forms.Form):
    """A vote over nominations of one form; the law says how low the threshold may be."""

    threshold = NumberField(
        label="Tỷ lệ phiếu phải đạt (%)", error_messages={"required": "Hãy ghi tỷ lệ phải đạt."}
    )
    counters = LineField(
        label="Ban kiểm phiếu", required=False, max_length=300,
        help_text="Họ tên các thành viên, cách nhau bằng dấu phẩy; in vào biên bản kiểm phiếu.",
    )  # fmt: skip
    nominations = NominationsField()

    def __init__(
        self, *args: Any, form: AwardForm, offered: NominationQuerySet, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.form = form
        offer(self, "nominations", offered)
        if form.ballot_threshold is None:
            self.fields[
                "threshold"
            ].help_text = "Cả nước không quy định cho hình thức này; ghi theo quy định của tỉnh."
        else:
            low = number(form.ballot_threshold)
            self.fields["threshold"].help_text = f"Không thấp hơn {low}%. {form.ballot_basis}"

    def clean_threshold(self) -> Decimal:
        value: Decimal = self.cleaned_data["threshold"]
        if not 0 < value <= 100:  # noqa: PLR2004 - percent
            raise ValidationError("Tỷ lệ từ trên 0 đến 100.")
        if not meets_law(value, self.form.ballot_threshold):
            low = number(self.form.ballot_threshold or 0)
            raise ValidationError(f"Không thấp hơn {low}% theo quy định.")
        return value

    def facts(self) -> BallotFacts:
        return BallotFacts(self.form, self.cleaned_data["threshold"], self.cleaned_data["counters"])

    def chosen(self) -> list[Nomination]:
        return list(self.cleaned_data["nominations"])


class SlipForm(forms.Form):
    """The slip of a member: yes or no to each, and nothing ticked beforehand."""

    def __init__(self, *args: Any, choices: Sequence[BallotChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices
        for one in choices:
            self.fields[f"secret-{one.nomination_id}"] = forms.ChoiceField(
                label=one.nomination.candidate.name, choices=SLIP, widget=forms.RadioSelect,
                error_messages={"required": "Hãy chọn đồng ý hoặc không đồng ý."},
            )  # fmt: skip

    def rows(self) -> list[tuple[BallotChoice, BoundField]]:
        return [(one, self[f"secret-{one.nomination_id}"]) for one in self.choices]

    def slip(self) -> list[str]:
        return [
            str(one.nomination_id)
            for one in self.choices
            if self.cleaned_data[f"secret-{one.nomination_id}"] == "1"
        ]


class PaperForm(forms.Form):
    """Who gave a slip of paper, and how often each nomination was agreed to on them."""

    def __init__(
        self, *args: Any, waiting: Sequence[Attendance], choices: Sequence[BallotChoice],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.waiting, self.choices = waiting, choices
        for row in waiting:
            self.fields[f"giay-{row.pk}"] = forms.BooleanField(
                label=str(row.member), required=False
            )
        for one in choices:
            self.fields[f"secret-{one.nomination_id}"] = forms.IntegerField(
                label=f"Phiếu giấy đồng ý: {one.nomination.candidate}", required=False, min_value=0,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
                error_messages={"invalid": "Hãy ghi số nguyên.", "min_value": "Từ 0 trở lên."},
            )  # fmt: skip

    def voters(self) -> list[tuple[Attendance, BoundField]]:
        return [(row, self[f"giay-{row.pk}"]) for row in self.waiting]

    def counts(self) -> list[tuple[BallotChoice, BoundField]]:
        return [(one, self[f"secret-{one.nomination_id}"]) for one in self.choices]

    def clean(self) -> dict[str, Any]:
        slips = len(self._gave())
        for one in self.choices:
            name = f"secret-{one.nomination_id}"
            if (self.cleaned_data.get(name) or 0) > slips:
                self.add_error(name, f"Nhiều hơn {slips} phiếu giấy đã đánh dấu ở trên.")
        return self.cleaned_data

    def _gave(self) -> list[Attendance]:
        return [row for row in self.waiting if self.cleaned_data.get(f"giay-{row.pk}")]

    def paper(self) -> PaperSlips:
        return PaperSlips(
            self._gave(),
            {
                str(one.nomination_id): self.cleaned_data[f"secret-{one.nomination_id}"] or 0
                for one in self.choices
            },
        )
