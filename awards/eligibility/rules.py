"""Holding a nomination against the rules that are in force on a day."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from awards.eligibility import ballots, conduct, record
from awards.eligibility.facts import Facts

Check = Callable[[Facts, Mapping[str, Any]], Iterator[str]]


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"
    OFF = "off"


@dataclass(frozen=True)
class Rule:
    """One rule as it holds between two days."""

    code: str
    sentence: str
    severity: str
    legal_basis: str
    valid_from: date | None = None
    valid_to: date | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)

    def is_in_force(self, on: date) -> bool:
        started = self.valid_from is None or self.valid_from <= on
        return started and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class Finding:
    """What a rule has against a nomination; `reason` is the unit's word on a warning."""

    rule: Rule
    text: str
    reason: str = ""

    @property
    def is_error(self) -> bool:
        return self.rule.severity == Severity.ERROR

    @property
    def is_hint(self) -> bool:
        return self.rule.severity == Severity.HINT

    @property
    def needs_reason(self) -> bool:
        return self.rule.severity == Severity.WARNING and not self.reason

    @property
    def blocks(self) -> bool:
        return self.is_error or self.needs_reason


def _nothing(facts: Facts, settings: Mapping[str, Any]) -> Iterator[str]:
    """A rule that says what must not be asked for (R5, R11): there is nothing to look at."""
    yield from ()


CHECKS: Mapping[str, Check] = {
    "R1": conduct.one_achievement_once,
    "R2": conduct.initiative_once,
    "R3": conduct.thematic_supports_no_merit,
    "R4": conduct.clean_record,
    "R5": _nothing,
    "R6": conduct.women_first,
    "R7": conduct.direct_workers,
    "R8": ballots.ballot_held,
    "R9": ballots.threshold_reached,
    "R10": ballots.quorum_present,
    "R11": _nothing,
    "R12": record.titles_before,
    "R13": record.merit_before,
    "R14": record.excellent_collective,
    "R15": record.share_of_fighters,
    "R16": conduct.signed_with_authority,
    "R17": conduct.belongs_to_unit,
    "R18": conduct.enterprise_confirmed,
    "R19": record.often_and_soon,
}


def check(
    facts: Facts, rules: Sequence[Rule], *, reasons: Mapping[str, str] | None = None
) -> list[Finding]:
    """What the rules in force on the day of the facts have against them, in the rules' order."""
    given = reasons or {}
    return [
        Finding(rule, text, given.get(rule.code, ""))
        for rule in rules
        if rule.severity != Severity.OFF and rule.is_in_force(facts.on)
        for text in CHECKS[rule.code](facts, rule.settings)
    ]
