"""Fields of the scoring: pairs on lines, codes of criteria and of the plan."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from campaign.forms.fields import LineField, NumberField, ParagraphsField
from lib.vietnamese import clean, number, parse_number
from scoring.datasets.content import CODE

_BETWEEN = re.compile(r"[,;\s]+")


class CodeField(LineField):
    """The code of a criterion: A, A.1, C.2.3."""

    def clean(self, value: Any) -> str:
        code: str = super().clean(value)
        if code and not CODE.fullmatch(code):
            raise ValidationError("Mã chỉ gồm chữ hoa, số và dấu chấm ở giữa, ví dụ A, A.1, C.2.3.")
        return code


class PlanRowsField(LineField):
    """Codes of rows of the plan, whatever kind of row; `known` are the codes of the year."""

    known: frozenset[str] = frozenset()

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> tuple[str, ...]:
        codes = [one.rstrip(".") for one in _BETWEEN.split(self.to_python(value)) if one]
        for code in codes:
            if code not in self.known:
                raise ValidationError(
                    f"Kế hoạch không có mục “{code[:20]}”; ví dụ mã đúng: II.2, III.1.1, KL.2."
                )
        return tuple(dict.fromkeys(codes))


class PointsLinesField(ParagraphsField):
    """One pair a line, “Hoàn thành tốt: 40”: a name and its points."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.Textarea(attrs={"rows": 4}), **kwargs})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return "\n".join(f"{name}: {number(points)}" for name, points in value)
        return value

    def clean(self, value: Any) -> tuple[tuple[str, Decimal], ...]:
        lines = str(super().clean(value)).splitlines()
        return tuple(
            self._pair(place, line) for place, line in enumerate(lines, start=1) if line.strip()
        )

    def _pair(self, place: int, line: str) -> tuple[str, Decimal]:
        name, colon, points = line.rpartition(":")
        if not colon or not name.strip():
            raise ValidationError(
                f"Dòng {place}: hãy ghi tên, dấu hai chấm rồi số điểm, ví dụ “Đúng hạn: 15”."
            )
        try:
            return " ".join(name.split()), parse_number(points)
        except ValueError as problem:
            raise ValidationError(f"Dòng {place}: {problem}") from problem


class BoundsLinesField(PointsLinesField):
    """One rung a line, “90: 60”: a bound and the points from there on."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return "\n".join(f"{number(bound)}: {number(points)}" for bound, points in value)
        return value

    def _pair(self, place: int, line: str) -> Any:
        bound, points = super()._pair(place, line)
        try:
            return parse_number(bound.rstrip("% ")), points
        except ValueError as problem:
            raise ValidationError(f"Dòng {place}: {problem}") from problem


class PointsListField(LineField):
    """Several points in a line, “0 / 25 / 50”."""

    def prepare_value(self, value: Any) -> Any:
        return " / ".join(number(one) for one in value) if isinstance(value, tuple) else value

    def clean(self, value: Any) -> tuple[Decimal, ...]:
        parts = [clean(one).strip() for one in str(super().clean(value)).split("/")]
        try:
            return tuple(parse_number(one) for one in parts if one)
        except ValueError as problem:
            raise ValidationError(str(problem)) from problem


class PointsField(NumberField):
    """Points: 0 or more, two decimals at most, as they are printed."""

    def prepare_value(self, value: Any) -> Any:
        return number(value).replace(".", "") if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        points: Decimal | None = super().to_python(value)
        if points is not None and points > Decimal("99999.99"):
            raise ValidationError("Số điểm quá lớn, xin kiểm tra lại.")
        return points


def initial_of(config: Any, names: Mapping[str, str]) -> dict[str, Any]:
    """Values of a configuration by the names of the form's fields."""
    return {field: getattr(config, name) for field, name in names.items()}
