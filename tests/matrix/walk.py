"""Every cell of the matrix: an address, its state, a method, a person, a scope; and what is due.

The cells come from the addresses of the portal, what is expected of them from `expected.csv`,
which people wrote. Nothing here asks the code who may do what.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from itertools import product
from pathlib import Path

from config.addresses import declared_methods, patterns
from tests.matrix.samples import SAMPLES, Sample, is_about_a_unit, sample_of
from tests.matrix.world import PRINCIPALS, SCOPES

EXPECTED = Path(__file__).with_name("expected.csv")
# Django's own: each changelist redirects its old addresses, and what fits nothing is refused.
NAMELESS_OF_DJANGO = "admin:"
ANY = "*"


@dataclass(frozen=True)
class Rule:
    line: int
    url_name: str
    state: str
    method: str
    principal: str
    scope: str
    status: int

    def holds(self, cell: "Cell") -> bool:
        return (
            _names(self.state, cell.state)
            and _names(self.method, cell.method_as_declared)
            and _names(self.principal, cell.principal)
            and _names(self.scope, cell.scope)
        )

    @property
    def weight(self) -> tuple[bool, int, bool, bool, bool]:
        """How much a rule says: of whom, of which address, of which unit, when, and how."""
        exact = 2 if ANY not in self.url_name else int(self.url_name != ANY)
        return (
            self.principal != ANY, exact, self.scope != ANY, self.state != ANY, self.method != ANY,
        )  # fmt: skip


def _names(column: str, value: str) -> bool:
    return column == ANY or value in column.split()


@dataclass(frozen=True)
class Cell:
    url_name: str
    state: str
    method: str
    is_declared: bool
    principal: str
    scope: str

    @property
    def method_as_declared(self) -> str:
        return self.method if self.is_declared else f"no-{self.method}"

    @property
    def sample(self) -> Sample:
        return sample_of(self.url_name)

    def __str__(self) -> str:
        state = f"[{self.state}]" if self.state else ""
        return f"{self.method} {self.url_name}{state} by {self.principal} for {self.scope}"


@cache
def rules() -> list[Rule]:
    with EXPECTED.open(encoding="utf-8", newline="") as lines:
        return [
            Rule(line, **{**row, "status": int(row["status"])})
            for line, row in enumerate(csv.DictReader(lines), start=2)
        ]


@cache
def rules_about(url_name: str) -> list[Rule]:
    return [
        rule for rule in rules() if any(fnmatchcase(url_name, one) for one in rule.url_name.split())
    ]


def heaviest(cell: Cell) -> list[Rule]:
    """The rules that say most about a cell; more than one only where they say the same."""
    fitting = [rule for rule in rules_about(cell.url_name) if rule.holds(cell)]
    most = max((rule.weight for rule in fitting), default=None)
    return [rule for rule in fitting if rule.weight == most]


def rule_for(cell: Cell) -> Rule | None:
    return next(iter(heaviest(cell)), None)


def is_ambiguous(cell: Cell) -> bool:
    return len({rule.status for rule in heaviest(cell)}) > 1


@cache
def views() -> dict[str, set[str] | None]:
    """Every address by name, with the methods its view declares (None: Django's admin)."""
    return {
        name: declared_methods(view)
        for name, _, view in patterns()
        if name != NAMELESS_OF_DJANGO
    }  # fmt: skip


def cells() -> Iterator[Cell]:
    """An address that is about no unit is asked once for all scopes; so is a method it has not."""
    for name, declared in views().items():
        states, scopes = sample_of(name).states, SCOPES if is_about_a_unit(name) else SCOPES[:1]
        for method in ("GET", "POST"):
            is_declared = declared is None or method in declared
            asked = product(states, scopes) if is_declared else [(states[0], SCOPES[0])]
            for (state, scope), principal in product(asked, PRINCIPALS):
                yield Cell(name, state, method, is_declared, principal, scope)


def nameless() -> list[str]:
    return [
        route
        for name, route, _ in patterns()
        if name.endswith(":") and not route.startswith("quan-tri/")
    ]


def stale_samples() -> set[str]:
    return {name for name in SAMPLES if name not in views()}


def stale_rules() -> list[str]:
    return [
        f"{rule.line}: {one}"
        for rule in rules()
        for one in rule.url_name.split()
        if not any(fnmatchcase(name, one) for name in views())
    ]
