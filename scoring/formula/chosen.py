"""Methods in which a person picks: enum (chọn mức), review (chấm trực tiếp)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from scoring.formula.answer import (
    ZERO,
    BadAnswer,
    Basis,
    Given,
    Outcome,
    Question,
    figure,
    rounded,
    scored,
    words,
)


@dataclass(frozen=True)
class Option:
    label: str
    points: Decimal


@dataclass(frozen=True)
class Choice:
    """One of several named levels, each with its points."""

    options: tuple[Option, ...]

    def questions(self) -> tuple[Question, ...]:
        return (Question("choice", "Mức đạt", tuple(option.label for option in self.options)),)

    def in_words(self, max_points: Decimal) -> str:
        return "; ".join(f"{one.label}: {words(one.points)}" for one in self.options) + "."

    def faults(self, max_points: Decimal) -> Iterator[str]:
        labels = [option.label for option in self.options]
        if len(labels) < 2:  # noqa: PLR2004  # one level is no choice
            yield "Hãy ghi ít nhất hai mức."
        if len(set(labels)) < len(labels) or not all(labels):
            yield "Mỗi mức cần một tên riêng."
        if any(option.points < 0 for option in self.options):
            yield "Điểm của mức không thể âm."
        if labels and max(option.points for option in self.options) != max_points:
            yield f"Mức cao nhất phải bằng điểm chuẩn {words(max_points)}."

    def score(self, given: Given, basis: Basis) -> Outcome:
        for option in self.options:
            if option.label == given.get("choice"):
                return scored(option.points, f"{option.label}: {words(option.points)} điểm.")
        raise BadAnswer({"choice": "Hãy chọn một mức."})


@dataclass(frozen=True)
class Review:
    """A person gives the points: any from 0 to the maximum, or one of the `levels`."""

    levels: tuple[Decimal, ...] = ()

    def questions(self) -> tuple[Question, ...]:
        if self.levels:
            return (Question("level", "Mức điểm", tuple(words(one) for one in self.levels)),)
        return (Question("points", "Điểm"),)

    def in_words(self, max_points: Decimal) -> str:
        if self.levels:
            return f"Người chấm cho một trong các mức {' / '.join(map(words, self.levels))}."
        return f"Người chấm cho từ 0 đến {words(max_points)} điểm."

    def faults(self, max_points: Decimal) -> Iterator[str]:
        if any(not ZERO <= level <= max_points for level in self.levels):
            yield f"Mỗi mức phải từ 0 đến điểm chuẩn {words(max_points)}."
        elif self.levels and max(self.levels) != max_points:
            yield f"Mức cao nhất phải bằng điểm chuẩn {words(max_points)}."

    def score(self, given: Given, basis: Basis) -> Outcome:
        if not self.levels:
            return self._free(figure(given, "points"), basis)
        for level in self.levels:
            if words(level) == given.get("level"):
                return scored(level, f"Người chấm cho {words(level)} điểm.")
        raise BadAnswer({"level": "Hãy chọn một mức điểm."})

    def _free(self, points: Decimal, basis: Basis) -> Outcome:
        if not ZERO <= points <= basis.max_points:
            raise BadAnswer({"points": f"Điểm phải từ 0 đến {words(basis.max_points)}."})
        if points != rounded(points):
            raise BadAnswer({"points": "Điểm có tối đa 2 chữ số sau dấu phẩy."})
        return scored(points, f"Người chấm cho {words(points)} điểm.")
