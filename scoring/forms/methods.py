"""Each method as a form in words; what is typed becomes the frozen configuration.

A form per method: `values_of` turns a formula into what the fields show, `formula` the other way
round. Whether the result makes sense for the points of the criterion, the formula itself says.
"""

from abc import abstractmethod
from decimal import Decimal
from typing import Any

from django import forms

from campaign.forms.fields import LineField, NumberField
from campaign.models.obligation import CAMPAIGN_KINDS
from scoring.forms.fields import (
    BoundsLinesField,
    PointsField,
    PointsLinesField,
    PointsListField,
)
from scoring.formula import (
    Auto,
    Band,
    Bonus,
    Choice,
    Count,
    Counted,
    Deduction,
    Measure,
    MethodName,
    Option,
    Penalties,
    Ratio,
    Relative,
    Review,
    Step,
    StepPoints,
    Tier,
    Tiers,
)
from scoring.formula.counted import KNOWN_COUNTS
from scoring.formula.method import Formula

HUNDRED = Decimal(100)
ZERO = Decimal(0)
KINDS = [(kind.value, kind.label) for kind in CAMPAIGN_KINDS]
LONGEST = 150


def words(label: str, *, required: bool = True, help_text: str = "") -> LineField:
    return LineField(
        label=label, max_length=LONGEST, required=required, help_text=help_text,
        error_messages={"required": "Hãy ghi mục này."},
    )  # fmt: skip


def points(label: str, *, required: bool = True, help_text: str = "") -> PointsField:
    return PointsField(
        label=label, required=required, help_text=help_text,
        error_messages={"required": "Hãy ghi số điểm."},
    )  # fmt: skip


class MethodForm(forms.Form):
    """`max_points` is given once the criterion's own form knows it."""

    prefix = "cach"

    @staticmethod
    @abstractmethod
    def values_of(formula: Any) -> dict[str, Any]: ...

    @abstractmethod
    def formula(self) -> Formula: ...

    def check(self, max_points: Decimal) -> bool:
        """Valid, and of sense for these points; what is not is told above the fields."""
        if not self.is_valid():
            return False
        faults = list(self.formula().faults(max_points))
        for fault in faults:
            self.add_error(None, fault)
        return not faults


class RatioForm(MethodForm):
    done = words("Số liệu đạt được", help_text="Ví dụ: số nhiệm vụ hoàn thành đúng hạn.")
    total = words(
        "Tổng số để chia", required=False,
        help_text="Ví dụ: tổng số nhiệm vụ được giao. Để trống thì đơn vị ghi thẳng tỷ lệ phần trăm.",
    )  # fmt: skip
    floor = NumberField(
        label="Dưới mức này (%) thì 0 điểm", required=False, help_text="Để trống nếu không có."
    )
    zero_total_is_full = forms.BooleanField(
        label="Tổng số là 0 thì được trọn điểm (nếu không chọn: không áp dụng)", required=False
    )

    @staticmethod
    def values_of(formula: Ratio) -> dict[str, Any]:
        return {
            "done": formula.done, "total": formula.total,
            "floor": formula.floor * HUNDRED if formula.floor else None,
            "zero_total_is_full": formula.zero_total_is_full,
        }  # fmt: skip

    def formula(self) -> Formula:
        typed = self.cleaned_data
        floor = (typed["floor"] or ZERO) / HUNDRED
        return Ratio(typed["done"], typed["total"], floor, typed["zero_total_is_full"])


class StepForm(MethodForm):
    missed = words("Nội dung bị trừ điểm", help_text="Ví dụ: chỉ tiêu không đạt.")
    each = points(
        "Mỗi lần trừ", required=False, help_text="Để trống thì chia đều điểm chuẩn cho tổng số."
    )
    total = words("Tổng số để chia đều", required=False, help_text="Ví dụ: tổng số chỉ tiêu.")

    @staticmethod
    def values_of(formula: Step) -> dict[str, Any]:
        return {"missed": formula.missed, "each": formula.each, "total": formula.total}

    def formula(self) -> Formula:
        typed = self.cleaned_data
        return Step(typed["missed"], typed["each"], typed["total"])


class BandForm(MethodForm):
    label1 = words("Thước đo", help_text="Ví dụ: Chỉ số cải cách hành chính.")
    unit1 = words("Đơn vị tính", required=False, help_text="Ví dụ: %.")
    rungs1 = BoundsLinesField(
        label="Các bậc", help_text="Mỗi dòng một bậc, từ tốt nhất xuống: mức: điểm. Ví dụ 90: 60.",
        error_messages={"required": "Hãy ghi ít nhất một bậc."},
    )  # fmt: skip
    otherwise1 = points("Không đạt bậc nào thì được", required=False)
    lower1 = forms.BooleanField(label="Số càng nhỏ càng tốt", required=False)
    label2 = words("Thước đo thứ hai, được cộng thêm", required=False)
    unit2 = words("Đơn vị tính (thước đo thứ hai)", required=False)
    rungs2 = BoundsLinesField(label="Các bậc (thước đo thứ hai)", required=False)
    otherwise2 = points("Không đạt bậc nào thì được (thước đo thứ hai)", required=False)
    lower2 = forms.BooleanField(label="Số càng nhỏ càng tốt (thước đo thứ hai)", required=False)

    @staticmethod
    def values_of(formula: Band) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for place, one in enumerate(formula.measures[:2], start=1):
            values |= {
                f"label{place}": one.label,
                f"unit{place}": one.unit.strip(),
                f"rungs{place}": tuple((rung.bound, rung.points) for rung in one.rungs),
                f"otherwise{place}": one.otherwise,
                f"lower{place}": one.lower_is_better,
            }
        return values

    def formula(self) -> Formula:
        places = [place for place in (1, 2) if self.cleaned_data[f"label{place}"]]
        return Band(tuple(self._measure(place) for place in places))

    def _measure(self, place: int) -> Measure:
        typed = self.cleaned_data
        unit = typed[f"unit{place}"]
        return Measure(
            typed[f"label{place}"],
            tuple(StepPoints(*rung) for rung in typed[f"rungs{place}"]),
            typed[f"otherwise{place}"] or ZERO,
            unit if unit in {"", "%"} else f" {unit}",
            typed[f"lower{place}"],
        )


class ChoiceForm(MethodForm):
    options = PointsLinesField(
        label="Các mức", help_text="Mỗi dòng một mức: tên mức: điểm. Ví dụ Đúng hạn: 15.",
        error_messages={"required": "Hãy ghi ít nhất hai mức."},
    )  # fmt: skip

    @staticmethod
    def values_of(formula: Choice) -> dict[str, Any]:
        return {"options": tuple((one.label, one.points) for one in formula.options)}

    def formula(self) -> Formula:
        return Choice(tuple(Option(*pair) for pair in self.cleaned_data["options"]))


class ReviewForm(MethodForm):
    levels = PointsListField(
        label="Chỉ cho các mức điểm", max_length=200, required=False,
        help_text="Cách nhau bằng dấu gạch chéo, ví dụ 0 / 25 / 50. Để trống thì cho điểm bất kỳ từ 0 đến điểm chuẩn.",
    )  # fmt: skip

    @staticmethod
    def values_of(formula: Review) -> dict[str, Any]:
        return {"levels": formula.levels}

    def formula(self) -> Formula:
        return Review(self.cleaned_data["levels"])


class CountForm(MethodForm):
    label1 = words("Nội dung được đếm", help_text="Ví dụ: điển hình được cấp tỉnh công nhận.")
    points1 = points("Điểm cho mỗi nội dung")
    most1 = points("Tối đa", required=False)
    needed1 = NumberField(
        label="Chỉ cho điểm một lần, khi có từ", required=False,
        help_text="Để trống thì mỗi nội dung đều được điểm.",
    )  # fmt: skip
    out_of1 = words(
        "Chia cho tổng số", required=False,
        help_text="Nếu ghi, điểm ở trên là cho tất cả và được chia theo tỷ lệ.",
    )  # fmt: skip
    label2 = words("Nội dung thứ hai, được cộng thêm", required=False)
    points2 = points("Điểm cho mỗi nội dung (thứ hai)", required=False)
    most2 = points("Tối đa (thứ hai)", required=False)
    needed2 = NumberField(label="Chỉ cho điểm một lần, khi có từ (thứ hai)", required=False)
    out_of2 = words("Chia cho tổng số (thứ hai)", required=False)

    @staticmethod
    def values_of(formula: Count) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for place, one in enumerate(formula.things[:2], start=1):
            values |= {
                f"label{place}": one.label, f"points{place}": one.points,
                f"most{place}": one.most, f"needed{place}": one.needed,
                f"out_of{place}": one.out_of,
            }  # fmt: skip
        return values

    def formula(self) -> Formula:
        typed = self.cleaned_data
        return Count(
            tuple(
                Counted(
                    typed[f"label{place}"], typed[f"points{place}"] or ZERO,
                    typed[f"needed{place}"], typed[f"out_of{place}"], typed[f"most{place}"],
                )
                for place in (1, 2)
                if typed[f"label{place}"]
            )
        )  # fmt: skip


class RelativeForm(MethodForm):
    label = words("Số liệu đem so trong khối", help_text="Ví dụ: số ngày công giúp dân.")
    lower_is_better = forms.BooleanField(label="Số càng nhỏ càng tốt", required=False)

    @staticmethod
    def values_of(formula: Relative) -> dict[str, Any]:
        return {"label": formula.label, "lower_is_better": formula.lower_is_better}

    def formula(self) -> Formula:
        return Relative(self.cleaned_data["label"], self.cleaned_data["lower_is_better"])


class BonusForm(MethodForm):
    counted = words("Nội dung được thưởng")
    each = points("Mỗi nội dung thưởng", help_text="Điểm chuẩn ở trên là mức thưởng tối đa.")

    @staticmethod
    def values_of(formula: Bonus) -> dict[str, Any]:
        return {"counted": formula.counted, "each": formula.each}

    def formula(self) -> Formula:
        return Bonus(self.cleaned_data["counted"], self.cleaned_data["each"])


BY_PERSON, BY_LEDGER = "", "ledger"


class DeductionForm(MethodForm):
    counted = words("Nội dung bị trừ")
    each = points(
        "Mỗi lần trừ", help_text="Điểm chuẩn ở trên là mức trừ tối đa; 0 là không giới hạn."
    )
    source = forms.ChoiceField(
        label="Ai đếm", required=False,
        choices=[
            (BY_PERSON, "Người chấm ghi số lần"),
            (BY_LEDGER, "Cổng đếm nội dung gửi trễ hoặc không gửi"),
            *((name, f"Cổng đếm: {label}") for name, label in KNOWN_COUNTS.items()),
        ],
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label="Cổng đếm ở loại", required=False, choices=KINDS,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    beyond_days = forms.IntegerField(
        label="Chỉ tính khi trễ quá số ngày làm việc", required=False, min_value=0, max_value=365
    )

    @staticmethod
    def values_of(formula: Deduction) -> dict[str, Any]:
        return {
            "counted": formula.counted, "each": formula.each,
            "source": formula.fact or (BY_LEDGER if formula.kinds else BY_PERSON),
            "kinds": formula.kinds, "beyond_days": formula.beyond_days,
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = self.cleaned_data
        if typed.get("source") == BY_LEDGER and not typed.get("kinds"):
            self.add_error("kinds", "Hãy chọn ít nhất một loại để Cổng đếm.")
        return typed

    def formula(self) -> Formula:
        typed = self.cleaned_data
        is_ledger = typed["source"] == BY_LEDGER
        return Deduction(
            typed["counted"], typed["each"],
            "" if is_ledger else typed["source"],
            tuple(typed["kinds"]) if is_ledger else (),
            (typed["beyond_days"] or 0) if is_ledger else 0,
        )  # fmt: skip


TIERS, PENALTIES = "tiers", "penalties"


class AutoForm(MethodForm):
    subject = words("Nội dung Cổng tự chấm", help_text="Ví dụ: Gửi Kế hoạch triển khai.")
    kinds = forms.MultipleChoiceField(
        label="Lấy từ sổ nghĩa vụ, loại", required=False, choices=KINDS,
        widget=forms.CheckboxSelectMultiple, help_text="Không chọn loại nào thì tính tất cả.",
    )  # fmt: skip
    besides = forms.MultipleChoiceField(
        label="Trừ ra loại", required=False, choices=KINDS,
        widget=forms.CheckboxSelectMultiple, help_text="Chỉ dùng khi tính tất cả các loại.",
    )  # fmt: skip
    rule = forms.ChoiceField(
        label="Cách tính", widget=forms.RadioSelect,
        choices=[(TIERS, "Theo số ngày làm việc bị trễ"), (PENALTIES, "Trừ theo số lần")],
    )  # fmt: skip
    late_tiers = BoundsLinesField(
        label="Các bậc khi trễ", required=False,
        help_text="Mỗi dòng: trễ đến số ngày làm việc: điểm. Ví dụ 5: 5. Đúng hạn được điểm chuẩn.",
    )  # fmt: skip
    otherwise = points("Trễ hơn hoặc không gửi được", required=False)
    late = points("Mỗi lần trễ trừ", required=False)
    missing = points("Mỗi lần không gửi trừ", required=False)

    @staticmethod
    def values_of(formula: Auto) -> dict[str, Any]:
        tiers, lost = formula.tiers or Tiers(), formula.penalties or Penalties(ZERO, ZERO)
        return {
            "subject": formula.subject, "kinds": formula.kinds, "besides": formula.besides,
            "rule": PENALTIES if formula.penalties else TIERS,
            "late_tiers": tuple((Decimal(one.days), one.points) for one in tiers.late),
            "otherwise": tiers.otherwise, "late": lost.late, "missing": lost.missing,
        }  # fmt: skip

    def formula(self) -> Formula:
        typed = self.cleaned_data
        kinds = tuple(typed["kinds"])
        besides = () if kinds else tuple(typed["besides"])
        if typed["rule"] == TIERS:
            late = tuple(Tier(int(days), got) for days, got in typed["late_tiers"])
            tiers = Tiers(late, typed["otherwise"] or ZERO)
            return Auto(typed["subject"], kinds, besides, tiers=tiers)
        lost = Penalties(typed["late"] or ZERO, typed["missing"] or ZERO)
        return Auto(typed["subject"], kinds, besides, penalties=lost)


FORMS: dict[MethodName, type[MethodForm]] = {
    MethodName.AUTO: AutoForm,
    MethodName.RATIO: RatioForm,
    MethodName.BAND: BandForm,
    MethodName.STEP: StepForm,
    MethodName.CHOICE: ChoiceForm,
    MethodName.COUNT: CountForm,
    MethodName.REVIEW: ReviewForm,
    MethodName.RELATIVE: RelativeForm,
    MethodName.BONUS: BonusForm,
    MethodName.DEDUCTION: DeductionForm,
}


def method_form(name: str, data: Any = None, formula: Formula | None = None) -> MethodForm | None:
    """The form of a method, filled from a formula of the same kind; None for a group."""
    if name == MethodName.GROUP:
        return None
    shape = FORMS[MethodName(name)]
    return shape(data, initial=shape.values_of(formula) if formula else None)
