"""A campaign in the making: its facts, its rows, and whom the names in it mean.

Kept as JSON in one field. Each row has a number that stays its own and a revision of its own, so
that two people who work on different rows do not clash.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from campaign.proposal.matching import Match
from campaign.proposal.row import Row, from_json, to_json

PROPOSED, KEPT, DROPPED = "proposed", "kept", "dropped"
OPEN, MATCHED, CHOSEN, OUTSIDE = "open", "matched", "chosen", "outside"


@dataclass(frozen=True, slots=True)
class Entry:
    """One proposed row, and whether a person has agreed."""

    number: int
    row: Row
    state: str = PROPOSED
    revision: int = 0

    @property
    def is_dropped(self) -> bool:
        return self.state == DROPPED

    @property
    def is_kept(self) -> bool:
        return self.state == KEPT


@dataclass(frozen=True, slots=True)
class Name:
    """A name as printed and whom it means; `outside` means nobody the directory knows."""

    name: str
    meant: tuple[str, ...] = ()
    state: str = OPEN
    note: str = ""
    near: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.state == OPEN


@dataclass(frozen=True, slots=True)
class Draft:
    facts: dict[str, str] = field(default_factory=dict)
    facts_revision: int = 0
    entries: tuple[Entry, ...] = ()
    names: dict[str, Name] = field(default_factory=dict)

    def entry(self, number: int) -> Entry | None:
        return next((one for one in self.entries if one.number == number), None)

    @property
    def alive(self) -> Iterator[Entry]:
        return (one for one in self.entries if not one.is_dropped)

    @property
    def used_names(self) -> dict[str, Name]:
        """The names that stand in a row nobody has dropped, as they come."""
        used = dict.fromkeys(name for one in self.alive for name in one.row.names)
        return {name: self.names.get(name, Name(name)) for name in used}

    @property
    def open_names(self) -> list[Name]:
        return [one for one in self.used_names.values() if one.is_open]

    def meant(self, name: str) -> tuple[str, ...]:
        return self.names[name].meant if name in self.names else ()


def begin(facts: Mapping[str, str], rows: list[Row], matches: Mapping[str, Match]) -> Draft:
    return Draft(
        facts=dict(facts),
        entries=tuple(Entry(number, row) for number, row in enumerate(rows, start=1)),
        names={name: named(name, match) for name, match in matches.items()},
    )


def named(name: str, match: Match) -> Name:
    state = MATCHED if match.meant else OPEN
    return Name(name, match.meant, state, match.note, match.near)


def rematched(draft: Draft, matches: Mapping[str, Match]) -> Draft:
    """The same draft on another day; what a person chose stays."""
    names = {
        name: draft.names[name] if _is_chosen(draft, name) else named(name, match)
        for name, match in matches.items()
    }
    return replace(draft, names={**draft.names, **names})


def _is_chosen(draft: Draft, name: str) -> bool:
    return name in draft.names and draft.names[name].state in {CHOSEN, OUTSIDE}


def as_json(draft: Draft) -> dict[str, Any]:
    return {
        "facts": draft.facts,
        "facts_revision": draft.facts_revision,
        "entries": [
            [one.number, one.state, one.revision, to_json(one.row)] for one in draft.entries
        ],
        "names": [asdict(one) for one in draft.names.values()],
    }


def from_kept(kept: Mapping[str, Any]) -> Draft:
    return Draft(
        facts=dict(kept.get("facts", {})),
        facts_revision=kept.get("facts_revision", 0),
        entries=tuple(
            Entry(number, from_json(row), state, revision)
            for number, state, revision, row in kept.get("entries", ())
        ),
        names={one["name"]: _name(one) for one in kept.get("names", ())},
    )


def _name(kept: Mapping[str, Any]) -> Name:
    return Name(**{**kept, "meant": tuple(kept["meant"]), "near": tuple(kept["near"])})
