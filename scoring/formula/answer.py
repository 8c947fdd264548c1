"""What a formula is asked, what it is given, and what comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from lib.vietnamese import clean, number, parse_number

CENT = Decimal("0.01")
ZERO = Decimal(0)
ONE = Decimal(1)

# What was answered, by the name of the question: a number, or one of the choices.
Given = Mapping[str, Decimal | str]


def rounded(points: Decimal) -> Decimal:
    """Points have two decimals at most, and halves go up: 0,125 is 0,13."""
    return points.quantize(CENT, ROUND_HALF_UP)


def words(points: Decimal) -> str:
    return number(rounded(points))


class AnswerKind(StrEnum):
    """Three kinds of nothing: 0 is `SCORED`, the other two are not points at all."""

    SCORED = "scored"
    NOT_APPLICABLE = "not_applicable"
    NOT_SCORED = "not_scored"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in cls]


_KIND_LABELS = {
    AnswerKind.SCORED: "Đã chấm",
    AnswerKind.NOT_APPLICABLE: "Không áp dụng",
    AnswerKind.NOT_SCORED: "Chưa chấm",
}


class BadAnswer(ValueError):
    """What was answered cannot be scored; a sentence for each question, by its name."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = dict(errors)


@dataclass(frozen=True)
class Question:
    """One field of an answer. With `choices` one of them is picked; else a number is typed."""

    name: str
    label: str
    choices: tuple[str, ...] = ()
    is_whole: bool = False


class SubmissionState(StrEnum):
    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    PENDING = "pending"  # not sent, and the day is not over
    EXEMPT = "exempt"


@dataclass(frozen=True)
class Submission:
    """One thing the ledger says a unit owes: how it was met, and how many working days late."""

    kind: str
    label: str
    state: SubmissionState
    days_late: int = 0


@dataclass(frozen=True)
class Facts:
    """What the portal knows by itself of a unit: the ledger, and what it has counted."""

    submissions: tuple[Submission, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    def owed(self, kinds: tuple[str, ...], besides: tuple[str, ...]) -> tuple[Submission, ...]:
        """Of the kinds named, or of every kind but those set apart: a new kind joins by itself."""
        return tuple(
            one
            for one in self.submissions
            if (one.kind in kinds if kinds else one.kind not in besides)
        )


@dataclass(frozen=True)
class Basis:
    """What a formula looks at beside the answer. `peers`: the same figure of every unit of the
    block that has given one, the unit's own among them."""

    max_points: Decimal
    facts: Facts = field(default_factory=Facts)
    peers: tuple[Decimal, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """The points of one criterion and why they are what they are."""

    kind: AnswerKind
    points: Decimal | None
    because: str

    def __post_init__(self) -> None:
        if (self.kind == AnswerKind.SCORED) != (self.points is not None):
            raise ValueError("Only what has been scored has points.")


def scored(points: Decimal, because: str) -> Outcome:
    return Outcome(AnswerKind.SCORED, rounded(points), because)


def not_applicable(because: str) -> Outcome:
    return Outcome(AnswerKind.NOT_APPLICABLE, None, because)


def not_scored(because: str = "Chưa chấm.") -> Outcome:
    return Outcome(AnswerKind.NOT_SCORED, None, because)


def between(points: Decimal, least: Decimal, most: Decimal) -> Decimal:
    return max(least, min(points, most))


def figure(given: Given, name: str) -> Decimal:
    value = given.get(name)
    if not isinstance(value, Decimal):
        raise BadAnswer({name: "Hãy ghi số."})
    return value


def read_answer(
    questions: tuple[Question, ...], typed: Mapping[str, str]
) -> dict[str, Decimal | str]:
    """What was typed, as numbers and choices; `BadAnswer` names every field that is not good."""
    given: dict[str, Decimal | str] = {}
    errors: dict[str, str] = {}
    for question in questions:
        try:
            given[question.name] = _one(question, clean(typed.get(question.name, "")).strip())
        except ValueError as problem:
            errors[question.name] = str(problem)
    if errors:
        raise BadAnswer(errors)
    return given


def _one(question: Question, typed: str) -> Decimal | str:
    if question.choices:
        if typed not in question.choices:
            raise ValueError(f"{question.label}: hãy chọn một mức.")
        return typed
    if not typed:
        raise ValueError(f"{question.label}: hãy ghi số.")
    value = parse_number(typed)
    if value < 0:
        raise ValueError(f"{question.label}: hãy ghi số từ 0 trở lên.")
    if question.is_whole and value != int(value):
        raise ValueError(f"{question.label}: hãy ghi số nguyên.")
    return value
