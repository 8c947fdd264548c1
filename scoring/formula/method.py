"""The methods by name, and how a criterion's configuration becomes one."""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from scoring.formula.answer import Basis, Given, Outcome, Question
from scoring.formula.chosen import Choice, Review
from scoring.formula.counted import Bonus, Count, Deduction
from scoring.formula.data import load
from scoring.formula.known import Auto
from scoring.formula.measured import Band, Ratio, Relative, Step


class Formula(Protocol):
    """What every method can do."""

    def questions(self) -> tuple[Question, ...]:
        """What has to be answered; nothing where the portal knows by itself."""
        ...

    def in_words(self, max_points: Decimal) -> str: ...

    def faults(self, max_points: Decimal) -> Iterator[str]:
        """What is wrong with the configuration, for the person who edits the scale."""
        ...

    def score(self, given: Given, basis: Basis) -> Outcome:
        """Points and why; `BadAnswer` where the answer cannot be."""
        ...


class MethodName(StrEnum):
    """Phương pháp chấm; `GROUP` is a heading whose points are the sum below it."""

    GROUP = "group"
    AUTO = "auto"
    RATIO = "ratio"
    BAND = "band"
    STEP = "step"
    CHOICE = "enum"
    COUNT = "count"
    REVIEW = "review"
    RELATIVE = "relative"
    BONUS = "bonus"
    DEDUCTION = "deduction"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(name.value, name.label) for name in cls]


_LABELS = {
    MethodName.GROUP: "Nhóm tiêu chí",
    MethodName.AUTO: "Cổng tự chấm",
    MethodName.RATIO: "Theo tỷ lệ",
    MethodName.BAND: "Theo bậc",
    MethodName.STEP: "Trừ dần",
    MethodName.CHOICE: "Chọn mức",
    MethodName.COUNT: "Theo số lượng",
    MethodName.REVIEW: "Chấm trực tiếp",
    MethodName.RELATIVE: "So với đơn vị dẫn đầu khối",
    MethodName.BONUS: "Điểm thưởng",
    MethodName.DEDUCTION: "Điểm trừ",
}

METHODS: dict[MethodName, type[Formula]] = {
    MethodName.AUTO: Auto,
    MethodName.RATIO: Ratio,
    MethodName.BAND: Band,
    MethodName.STEP: Step,
    MethodName.CHOICE: Choice,
    MethodName.COUNT: Count,
    MethodName.REVIEW: Review,
    MethodName.RELATIVE: Relative,
    MethodName.BONUS: Bonus,
    MethodName.DEDUCTION: Deduction,
}


def method_from(name: str, config: Any) -> Formula:
    """The formula of a criterion; `BadConfig` where the data is none."""
    return load(METHODS[MethodName(name)], config)


def method_of(formula: Formula) -> MethodName:
    return next(name for name, shape in METHODS.items() if isinstance(formula, shape))


def describe(name: str, config: Any, max_points: Decimal) -> str:
    """The sentence that explains a criterion on screen; a group explains itself by its children."""
    if name == MethodName.GROUP:
        return "Bằng tổng các tiêu chí bên trong."
    return method_from(name, config).in_words(max_points)
