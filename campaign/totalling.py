"""How what units report adds up (tổng hợp số liệu), on plain values.

A unit has its own figures and those of the activities it leads or has confirmed. A group of units
(a block, the province) has the own figures of its members, and each activity once however many
members take part: that is what keeps one art programme from being counted three times (domain
guide §3.3). An activity folded into another is no event here and counts nowhere.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

ZERO = Decimal(0)
ONE = Decimal(1)

G = TypeVar("G", bound=Hashable)


@dataclass(frozen=True)
class Amount:
    """One indicator seen from one period.

    `brought` are corrections that reports of the period make of what lies before or after it:
    they count here. `taken` are corrections of this period that other reports make: they count
    there. `registered` is None where nobody promised anything, which is not a promise of 0.
    """

    in_period: Decimal = ZERO
    cumulative: Decimal = ZERO
    brought: Decimal = ZERO
    taken: Decimal = ZERO
    registered: Decimal | None = None

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(
            self.in_period + other.in_period,
            self.cumulative + other.cumulative,
            self.brought + other.brought,
            self.taken + other.taken,
            _sum(self.registered, other.registered),
        )

    @property
    def rate(self) -> Decimal | None:
        """Tỷ lệ: what was reached so far of what was registered."""
        return self.cumulative / self.registered if self.registered else None


NOTHING = Amount()


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    if one is None or other is None:
        return other if one is None else one
    return one + other


@dataclass(frozen=True)
class Event:
    """An activity that counts: the lead and those who confirmed, and the place it was for."""

    units: frozenset[int]
    beneficiary: str = ""


@dataclass(frozen=True)
class Reported:
    """Amounts by (indicator, unit) and by (indicator, activity), and what is known of these."""

    own: Mapping[tuple[int, int], Amount]
    joint: Mapping[tuple[int, int], Amount]
    events: Mapping[int, Event]
    distinct: frozenset[int] = frozenset()


def add_up(reported: Reported, group_of: Callable[[int], G]) -> dict[tuple[G, int], Amount]:
    """The amount of every indicator in every group that has any."""
    sums: dict[tuple[G, int], Amount] = defaultdict(Amount)
    places: dict[tuple[G, int], dict[str, Amount]] = defaultdict(dict)
    for (indicator, unit), amount in reported.own.items():
        sums[group_of(unit), indicator] += amount
    for (indicator, activity), amount in reported.joint.items():
        event = reported.events.get(activity)
        if event is None:
            continue
        for group in {group_of(unit) for unit in event.units}:
            if indicator in reported.distinct:
                place = event.beneficiary or f"#{activity}"
                known = places[group, indicator]
                known[place] = known.get(place, NOTHING) + amount
            else:
                sums[group, indicator] += amount
    for key, amounts in places.items():
        sums[key] += _each_once(amounts.values())
    return dict(sums)


def _each_once(amounts: Iterable[Amount]) -> Amount:
    """Places, not visits: a place counts 1 where anything is left of it."""
    total = NOTHING
    for amount in amounts:
        total += replace(
            amount,
            in_period=ONE if amount.in_period > 0 else ZERO,
            cumulative=ONE if amount.cumulative > 0 else ZERO,
        )
    return total


class Answer(StrEnum):
    """What a unit says of one indicator over a period; the three kinds of nothing stay apart."""

    ANSWERED = "answered"
    NOT_APPLICABLE = "not_applicable"
    UNANSWERED = "unanswered"
    NOT_SENT = "not_sent"


@dataclass(frozen=True)
class Answers:
    """How many units have said what."""

    answered: int = 0
    not_applicable: int = 0
    unanswered: int = 0
    not_sent: int = 0

    @property
    def asked(self) -> int:
        return self.answered + self.not_applicable + self.without_figures

    @property
    def without_figures(self) -> int:
        """Chưa có số liệu: asked, and neither a number nor “không áp dụng” is known."""
        return self.unanswered + self.not_sent

    @property
    def only(self) -> Answer | None:
        """What all of them say, where they all say the same."""
        said = [answer for answer in Answer if getattr(self, answer.value)]
        return said[0] if len(said) == 1 else None


def answer_of(*, sent: int, missing: int, said: int, valued: int) -> Answer:
    """Of a unit that sent so many reports and owes so many more; `said` of them answer, and
    `valued` of these with a number. A gap anywhere in the period comes before what is known."""
    if missing or not sent:
        return Answer.NOT_SENT
    if said < sent:
        return Answer.UNANSWERED
    return Answer.ANSWERED if valued else Answer.NOT_APPLICABLE
