"""Methods that count: count (đếm), bonus (thưởng), deduction (trừ)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lib.vietnamese import number
from scoring.formula.answer import (
    ZERO,
    BadAnswer,
    Basis,
    Given,
    Outcome,
    Question,
    SubmissionState,
    between,
    figure,
    not_applicable,
    not_scored,
    scored,
    words,
)


@dataclass(frozen=True)
class Counted:
    """One thing that is counted.

    Plain: `points` for each, up to `most`. With `needed`: the points are given once, when there
    are at least so many. With `out_of`: the points are for all of them, and shared out.
    """

    label: str
    points: Decimal
    needed: Decimal | None = None
    out_of: str = ""
    most: Decimal | None = None

    def questions(self, place: int) -> tuple[Question, ...]:
        asked = (Question(f"count{place}", self.label, is_whole=True),)
        total = Question(f"total{place}", self.out_of, is_whole=True)
        return (*asked, total) if self.out_of else asked

    def in_words(self) -> str:
        if self.out_of:
            return f"{words(self.points)} × ({self.label} ÷ {self.out_of})"
        if self.needed is not None:
            return f"{words(self.points)} điểm khi có từ {number(self.needed)} {self.label}"
        most = f", tối đa {words(self.most)}" if self.most is not None else ""
        return f"{words(self.points)} điểm cho mỗi {self.label}{most}"

    def score(self, given: Given, place: int) -> tuple[Decimal, str] | None:
        """Points and how they came about; None where there was nothing to do."""
        count = figure(given, f"count{place}")
        said = f"{number(count)} {self.label}"
        if self.out_of:
            return self._shared(count, figure(given, f"total{place}"), place)
        if self.needed is not None:
            return (self.points if count >= self.needed else ZERO), said
        points = count * self.points
        return (points if self.most is None else min(points, self.most)), said

    def _shared(self, count: Decimal, total: Decimal, place: int) -> tuple[Decimal, str] | None:
        if count > total:
            raise BadAnswer(
                {f"count{place}": f"Không thể lớn hơn {self.out_of} ({number(total)})."}
            )
        if not total:
            return None
        return self.points * count / total, f"{number(count)}/{number(total)} {self.label}"


@dataclass(frozen=True)
class Count:
    """Points for what can be counted; several things add up, never above the maximum."""

    things: tuple[Counted, ...]

    def questions(self) -> tuple[Question, ...]:
        return tuple(
            asked for place, one in enumerate(self.things) for asked in one.questions(place)
        )

    def in_words(self, max_points: Decimal) -> str:
        said = "; cộng ".join(one.in_words() for one in self.things)
        return f"{said}; cao nhất {words(max_points)} điểm."

    def faults(self, max_points: Decimal) -> Iterator[str]:
        if not self.things:
            yield "Hãy ghi ít nhất một nội dung được đếm."
        for one in self.things:
            if not one.label:
                yield "Mỗi nội dung được đếm cần một tên."
            if not ZERO < one.points <= max_points:
                yield f"{one.label}: điểm phải lớn hơn 0 và không quá {words(max_points)}."

    def score(self, given: Given, basis: Basis) -> Outcome:
        parts = [one.score(given, place) for place, one in enumerate(self.things)]
        counted = [part for part in parts if part]
        if not counted:
            return not_applicable("Không có nội dung nào để đếm: không áp dụng tiêu chí này.")
        points = between(sum((got for got, _ in counted), ZERO), ZERO, basis.max_points)
        said = "; ".join(f"{told}: {words(got)}" for got, told in counted)
        return scored(points, f"{said}. Được {words(points)} điểm.")


@dataclass(frozen=True)
class Bonus:
    """Điểm thưởng: so much for each, up to the maximum of the criterion. The scale caps the sum."""

    counted: str
    each: Decimal

    def questions(self) -> tuple[Question, ...]:
        return (Question("count", self.counted, is_whole=True),)

    def in_words(self, max_points: Decimal) -> str:
        return (
            f"Thưởng {words(self.each)} điểm cho mỗi “{self.counted}”, tối đa {words(max_points)}."
        )

    def faults(self, max_points: Decimal) -> Iterator[str]:
        if not self.counted:
            yield "Hãy ghi nội dung được thưởng."
        if not ZERO < self.each <= max_points:
            yield f"Điểm thưởng mỗi lần phải lớn hơn 0 và không quá mức tối đa {words(max_points)}."

    def score(self, given: Given, basis: Basis) -> Outcome:
        count = figure(given, "count")
        points = between(count * self.each, ZERO, basis.max_points)
        return scored(points, f"{number(count)} × {words(self.each)}, thưởng {words(points)} điểm.")


# What a deduction may count by itself, and what it is called.
KNOWN_COUNTS = {
    "honesty": "tự chấm chênh so với thẩm định quá mức cho phép",
    "cross_missed": "lần không chấm chéo theo phân công",
}


@dataclass(frozen=True)
class Deduction:
    """Điểm trừ: so much for each; with a maximum of 0 there is no upper limit.

    Normally a person counts. With `fact` the portal does: a name of `KNOWN_COUNTS`, or the
    submissions of `kinds` that are missing or more than `beyond_days` working days late.
    """

    counted: str
    each: Decimal
    fact: str = ""
    kinds: tuple[str, ...] = ()
    beyond_days: int = 0

    def questions(self) -> tuple[Question, ...]:
        if self.fact or self.kinds:
            return ()
        return (Question("count", self.counted, is_whole=True),)

    def in_words(self, max_points: Decimal) -> str:
        most = f", tối đa {words(max_points)}" if max_points else ""
        by = " Cổng tự đếm." if not self.questions() else ""
        return f"Trừ {words(self.each)} điểm cho mỗi “{self.counted}”{most}.{by}"

    def faults(self, max_points: Decimal) -> Iterator[str]:
        if not self.counted:
            yield "Hãy ghi nội dung bị trừ."
        if self.each <= 0:
            yield "Điểm trừ mỗi lần phải lớn hơn 0."
        if self.fact and self.fact not in KNOWN_COUNTS:
            yield "Cổng không tự đếm được nội dung này."

    def score(self, given: Given, basis: Basis) -> Outcome:
        count = self._count(given, basis)
        if count is None:
            return not_scored("Cổng chưa đủ dữ liệu để đếm.")
        lost = count * self.each
        points = min(lost, basis.max_points) if basis.max_points else lost
        return scored(points, f"{number(count)} × {words(self.each)}, trừ {words(points)} điểm.")

    def _count(self, given: Given, basis: Basis) -> Decimal | None:
        if self.fact:
            known = basis.facts.counts.get(self.fact)
            return None if known is None else Decimal(known)
        if not self.kinds:
            return figure(given, "count")
        owed = basis.facts.owed(self.kinds, ())
        is_counted = [
            one.state == SubmissionState.MISSING or one.days_late > self.beyond_days for one in owed
        ]
        return Decimal(sum(is_counted))
