"""The method in which nobody types: auto (Cổng tự chấm), from the ledger of what was owed."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lib.vietnamese import number
from scoring.formula.answer import (
    ZERO,
    Basis,
    Given,
    Outcome,
    Question,
    Submission,
    SubmissionState,
    between,
    not_applicable,
    not_scored,
    scored,
    words,
)

State = SubmissionState


@dataclass(frozen=True)
class Tier:
    """Late by at most so many working days: so many points."""

    days: int
    points: Decimal


@dataclass(frozen=True)
class Tiers:
    """On time gives the maximum; late, less; later or never, `otherwise`."""

    late: tuple[Tier, ...] = ()
    otherwise: Decimal = ZERO

    def points_of(self, one: Submission, most: Decimal) -> Decimal:
        if one.state == State.ON_TIME:
            return most
        if one.state == State.LATE:
            for tier in self.late:
                if one.days_late <= tier.days:
                    return tier.points
        return self.otherwise


@dataclass(frozen=True)
class Penalties:
    """The maximum, less something for each late one and each missing one; never below 0."""

    late: Decimal
    missing: Decimal

    def lost(self, owed: list[Submission]) -> Decimal:
        states = [one.state for one in owed]
        return states.count(State.LATE) * self.late + states.count(State.MISSING) * self.missing


@dataclass(frozen=True)
class Auto:
    """Scored by the portal from the submissions of `kinds`, or of all kinds but `besides`.

    Exactly one of `tiers` (of several submissions the worst counts) and `penalties` is given.
    """

    subject: str
    kinds: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()
    tiers: Tiers | None = None
    penalties: Penalties | None = None

    def questions(self) -> tuple[Question, ...]:
        return ()

    def in_words(self, max_points: Decimal) -> str:
        return f"Cổng tự chấm. {self._rule(max_points)}"

    def _rule(self, most: Decimal) -> str:
        if self.penalties:
            late, missing = words(self.penalties.late), words(self.penalties.missing)
            return (
                f"{self.subject}: {words(most)} điểm; mỗi lần trễ trừ {late}, "
                f"không gửi trừ {missing}; thấp nhất 0."
            )
        tiers = self.tiers or Tiers()
        late = "".join(
            f"trễ đến {tier.days} ngày làm việc: {words(tier.points)}; " for tier in tiers.late
        )
        return (
            f"{self.subject}: đúng hạn: {words(most)}; {late}"
            f"trễ hơn hoặc không gửi: {words(tiers.otherwise)}."
        )

    def faults(self, max_points: Decimal) -> Iterator[str]:
        if not self.subject:
            yield "Hãy ghi nội dung Cổng tự chấm."
        if (self.tiers is None) == (self.penalties is None):
            yield "Hãy chọn một cách: theo bậc ngày trễ, hoặc trừ theo số lần."
        if self.tiers:
            yield from self._faults_of(self.tiers, max_points)
        if self.penalties and min(self.penalties.late, self.penalties.missing) < 0:
            yield "Số điểm trừ không thể âm."

    def _faults_of(self, tiers: Tiers, most: Decimal) -> Iterator[str]:
        days = [tier.days for tier in tiers.late]
        if days != sorted(set(days)) or any(day < 1 for day in days):
            yield "Số ngày trễ của các bậc phải tăng dần."
        if any(not ZERO <= points <= most for points in self._points(tiers)):
            yield f"Điểm của các bậc phải từ 0 đến {words(most)}."

    def _points(self, tiers: Tiers) -> list[Decimal]:
        return [tiers.otherwise, *(tier.points for tier in tiers.late)]

    def score(self, given: Given, basis: Basis) -> Outcome:
        owed = basis.facts.owed(self.kinds, self.besides)
        if not owed:
            return not_applicable(f"{self.subject}: sổ nghĩa vụ của đơn vị không có nội dung này.")
        asked = [one for one in owed if one.state != State.EXEMPT]
        if not asked:
            return not_applicable(f"{self.subject}: đơn vị được miễn.")
        done = [one for one in asked if one.state != State.PENDING]
        if not done:
            return not_scored(f"{self.subject}: chưa đến hạn.")
        points = between(self._points_of(done, basis.max_points), ZERO, basis.max_points)
        return scored(points, f"{_told(done)}. Được {words(points)} điểm.")

    def _points_of(self, done: list[Submission], most: Decimal) -> Decimal:
        if self.penalties:
            return most - self.penalties.lost(done)
        tiers = self.tiers or Tiers()
        return min(tiers.points_of(one, most) for one in done)


_FEW = 4


def _told(done: list[Submission]) -> str:
    """Each by its name while they are few, counts where they are many."""
    if len(done) <= _FEW:
        return "; ".join(f"{one.label}: {_state(one)}" for one in done)
    states = [one.state for one in done]
    late, missing = states.count(State.LATE), states.count(State.MISSING)
    return f"{number(len(done))} nội dung đến hạn, trễ {late}, không gửi {missing}"


def _state(one: Submission) -> str:
    match one.state:
        case State.LATE:
            return f"trễ {one.days_late} ngày làm việc"
        case State.MISSING:
            return "quá hạn, chưa gửi"
        case _:
            return "đúng hạn"
