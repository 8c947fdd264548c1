"""Methods that read a figure: ratio (tỷ lệ), step (trừ dần), band (bậc), relative (so với đơn vị
cao nhất khối)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from lib.vietnamese import number, percent
from scoring.formula.answer import (
    ONE,
    ZERO,
    BadAnswer,
    Basis,
    Given,
    Outcome,
    Question,
    between,
    figure,
    not_applicable,
    not_scored,
    scored,
    words,
)

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Ratio:
    """Points in proportion: the maximum times done over total, never above the maximum.

    Without `total` the share itself is typed, in percent. Below `floor` (a share of one) nothing
    is given. Where the total is 0 the criterion does not apply, unless `zero_total_is_full`.
    """

    done: str
    total: str = ""
    floor: Decimal = ZERO
    zero_total_is_full: bool = False

    def questions(self) -> tuple[Question, ...]:
        if not self.total:
            return (Question("share", f"{self.done} (%)"),)
        return (Question("done", self.done), Question("total", self.total))

    def in_words(self, max_points: Decimal) -> str:
        share = f"({self.done} ÷ {self.total})" if self.total else f"{self.done} (%)"
        below = f" Dưới {percent(self.floor, 0)} thì được 0 điểm." if self.floor else ""
        return f"{words(max_points)} × {share}, cao nhất {words(max_points)} điểm.{below}"

    def faults(self, max_points: Decimal) -> Iterator[str]:
        if not self.done:
            yield "Hãy ghi tên số liệu được tính tỷ lệ."
        if not ZERO <= self.floor <= ONE:
            yield "Mức tối thiểu phải từ 0% đến 100%."

    def score(self, given: Given, basis: Basis) -> Outcome:
        if not self.total:
            share, shown = figure(given, "share") / HUNDRED, ""
        else:
            done, total = figure(given, "done"), figure(given, "total")
            if not total:
                return self._of_nothing(done, basis)
            share, shown = done / total, f"{number(done)} ÷ {number(total)} = "
        said = f"{shown}{words(share * HUNDRED)}%"
        if share < self.floor:
            return scored(ZERO, f"{said}, dưới mức tối thiểu {percent(self.floor, 0)} nên 0 điểm.")
        points = basis.max_points * min(share, ONE)
        capped = " (tính tối đa 100%)" if share > ONE else ""
        return scored(points, f"{said}{capped} × {words(basis.max_points)} = {words(points)} điểm.")

    def _of_nothing(self, done: Decimal, basis: Basis) -> Outcome:
        if done:
            raise BadAnswer({"total": f"{self.total} không thể là 0 khi đã có kết quả."})
        if self.zero_total_is_full:
            return scored(basis.max_points, f"{self.total} là 0: được tính trọn điểm.")
        return not_applicable(f"{self.total} là 0: không áp dụng tiêu chí này.")


@dataclass(frozen=True)
class Step:
    """The maximum, less something for each one missed; never below 0.

    `each` None: a missed one costs its equal part, the maximum over the `total`.
    """

    missed: str
    each: Decimal | None = None
    total: str = ""

    def questions(self) -> tuple[Question, ...]:
        asked = (Question("missed", self.missed, is_whole=True),)
        return (*asked, Question("total", self.total, is_whole=True)) if self.total else asked

    def in_words(self, max_points: Decimal) -> str:
        cost = f"{words(max_points)} ÷ ({self.total})" if self.each is None else words(self.each)
        return f"{words(max_points)} điểm, mỗi “{self.missed}” trừ {cost} điểm, thấp nhất 0."

    def faults(self, max_points: Decimal) -> Iterator[str]:
        if not self.missed:
            yield "Hãy ghi tên số liệu bị trừ điểm."
        if self.each is None and not self.total:
            yield "Hãy ghi số điểm trừ cho mỗi lần, hoặc tên tổng số để chia đều."
        if self.each is not None and self.each <= 0:
            yield "Số điểm trừ cho mỗi lần phải lớn hơn 0."

    def score(self, given: Given, basis: Basis) -> Outcome:
        missed = figure(given, "missed")
        total = figure(given, "total") if self.total else None
        if total is not None and missed > total:
            raise BadAnswer({"missed": f"Không thể lớn hơn {self.total} ({number(total)})."})
        if total == 0:
            return not_applicable(f"{self.total} là 0: không áp dụng tiêu chí này.")
        lost = missed * self.each if self.each is not None else self._part(missed, total, basis)
        points = between(basis.max_points - lost, ZERO, basis.max_points)
        return scored(
            points,
            f"{words(basis.max_points)} − {words(lost)} ({number(missed)} {self.missed})"
            f" = {words(points)} điểm.",
        )

    def _part(self, missed: Decimal, total: Decimal | None, basis: Basis) -> Decimal:
        # Multiplied first, so that missing all of three loses the whole and not 99,99.
        return basis.max_points * missed / (total or ONE)


@dataclass(frozen=True)
class StepPoints:
    """One rung of a band: from `bound` on, so many points."""

    bound: Decimal
    points: Decimal


@dataclass(frozen=True)
class Measure:
    """A figure and its rungs, best first; `otherwise` for what reaches none of them."""

    label: str
    rungs: tuple[StepPoints, ...]
    otherwise: Decimal = ZERO
    unit: str = ""
    lower_is_better: bool = False

    def points_of(self, value: Decimal) -> Decimal:
        for rung in self.rungs:
            if value <= rung.bound if self.lower_is_better else value >= rung.bound:
                return rung.points
        return self.otherwise

    def in_words(self) -> str:
        sign = "≤" if self.lower_is_better else "≥"
        rungs = [
            f"{sign} {number(rung.bound)}{self.unit}: {words(rung.points)}" for rung in self.rungs
        ]
        return f"{self.label}: {'; '.join([*rungs, f'còn lại: {words(self.otherwise)}'])}"

    def best(self) -> Decimal:
        return max([self.otherwise, *(rung.points for rung in self.rungs)])


@dataclass(frozen=True)
class Band:
    """Points by rungs (bậc); several measures add up."""

    measures: tuple[Measure, ...]

    def questions(self) -> tuple[Question, ...]:
        return tuple(
            Question(f"value{place}", f"{one.label}{f' ({one.unit})' if one.unit else ''}")
            for place, one in enumerate(self.measures)
        )

    def in_words(self, max_points: Decimal) -> str:
        return ". ".join(one.in_words() for one in self.measures) + "."

    def faults(self, max_points: Decimal) -> Iterator[str]:
        if not self.measures:
            yield "Hãy ghi ít nhất một thước đo."
        for one in self.measures:
            yield from self._faults_of(one)
        if self.measures and sum((one.best() for one in self.measures), ZERO) != max_points:
            yield f"Tổng các bậc cao nhất phải bằng điểm chuẩn {words(max_points)}."

    def _faults_of(self, one: Measure) -> Iterator[str]:
        if not one.label or not one.rungs:
            yield "Mỗi thước đo cần tên và ít nhất một bậc."
        for better, worse in pairwise(one.rungs):
            is_falling = better.bound > worse.bound
            if better.bound == worse.bound or is_falling == one.lower_is_better:
                yield f"{one.label}: các bậc phải xếp từ tốt nhất xuống."
        if any(rung.points < 0 for rung in one.rungs) or one.otherwise < 0:
            yield f"{one.label}: điểm của bậc không thể âm."

    def score(self, given: Given, basis: Basis) -> Outcome:
        parts = [
            (one, value := figure(given, f"value{place}"), one.points_of(value))
            for place, one in enumerate(self.measures)
        ]
        points = between(sum((got for _, _, got in parts), ZERO), ZERO, basis.max_points)
        said = "; ".join(
            f"{one.label} {number(value)}{one.unit}: {words(got)}" for one, value, got in parts
        )
        return scored(points, f"{said}. Được {words(points)} điểm.")


@dataclass(frozen=True)
class Relative:
    """Compared with the best of the block (so với đơn vị cao nhất khối): the best has the
    maximum, the others in proportion. With `lower_is_better` the lowest figure is the best."""

    label: str
    lower_is_better: bool = False

    def questions(self) -> tuple[Question, ...]:
        return (Question("value", self.label),)

    def in_words(self, max_points: Decimal) -> str:
        best, share = (
            ("thấp nhất", f"thấp nhất khối ÷ {self.label}")
            if self.lower_is_better
            else ("cao nhất", f"{self.label} ÷ cao nhất khối")
        )
        return f"Đơn vị có “{self.label}” {best} được {words(max_points)}; đơn vị khác: {words(max_points)} × ({share})."

    def faults(self, max_points: Decimal) -> Iterator[str]:
        if not self.label:
            yield "Hãy ghi tên số liệu đem so."

    def score(self, given: Given, basis: Basis) -> Outcome:
        value = figure(given, "value")
        if not basis.peers:
            return not_scored("Chưa có số liệu của các đơn vị trong khối để so.")
        best = (min if self.lower_is_better else max)(*basis.peers, value)
        points = basis.max_points * self._share(value, best)
        which = "thấp nhất" if self.lower_is_better else "cao nhất"
        return scored(
            points,
            f"{self.label}: {number(value)}, {which} khối: {number(best)}. "
            f"Được {words(points)} điểm.",
        )

    def _share(self, value: Decimal, best: Decimal) -> Decimal:
        """Of a best that is 0: who has it too is as good where less is better; where more is
        better nobody has done anything, and nobody gets anything."""
        if value == best:
            return ONE if self.lower_is_better or best else ZERO
        return best / value if self.lower_is_better else value / best
