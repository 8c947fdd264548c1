"""What a person does to a draft. Each answers with another draft; none is changed in place.

A change names the revision of the row it was made on: `Stale` where the row has moved on.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from campaign.proposal.draft import (
    CHOSEN,
    DROPPED,
    KEPT,
    OPEN,
    OUTSIDE,
    PROPOSED,
    Draft,
    Entry,
    Name,
)
from campaign.proposal.row import Row

# Not behind the mark of the row itself: “5. Đề nghị …”.
_SENTENCE = re.compile(
    r"(?<=[^\W\d]{2}[.;!?…])\s+|(?<=[”)\d][.;])\s+(?<!^\d\.\s)(?<!^\d\d\.\s)|\n+"
)


class Stale(Exception):
    """Somebody changed the row meanwhile; `entry` is how it stands, or nothing where it is gone."""

    def __init__(self, entry: Entry | None) -> None:
        super().__init__()
        self.entry = entry


class Impossible(Exception):
    """What was asked cannot be done to this row. `str()` says why, to the person."""


@dataclass(frozen=True)
class At:
    """A row as the person saw it."""

    number: int
    revision: int


def _find(draft: Draft, at: At) -> Entry:
    entry = draft.entry(at.number)
    if entry is None or entry.revision != at.revision:
        raise Stale(entry)
    return entry


def _put(draft: Draft, entry: Entry) -> Draft:
    touched = replace(entry, revision=entry.revision + 1)
    return replace(
        draft,
        entries=tuple(touched if one.number == entry.number else one for one in draft.entries),
    )


def keep(draft: Draft, at: At) -> Draft:
    return _put(draft, replace(_find(draft, at), state=KEPT))


def drop(draft: Draft, at: At) -> Draft:
    return _put(draft, replace(_find(draft, at), state=DROPPED))


def restore(draft: Draft, at: At) -> Draft:
    """Back among the proposals, not yet agreed with."""
    return _put(draft, replace(_find(draft, at), state=PROPOSED))


def keep_all(draft: Draft) -> Draft:
    """Agree with every row nobody has said anything about."""
    entries = tuple(
        replace(one, state=KEPT, revision=one.revision + 1) if one.state == PROPOSED else one
        for one in draft.entries
    )
    return replace(draft, entries=entries)


def change(draft: Draft, at: At, values: Mapping[str, Any]) -> Draft:
    """Say a row in other words; to change is to agree."""
    entry = _find(draft, at)
    row = replace(entry.row, **values)
    if any(one.row.code == row.code for one in draft.alive if one.number != entry.number):
        raise Impossible(f"Mã “{row.code}” đã có ở một mục khác.")
    changed = _put(draft, replace(entry, row=row, state=KEPT))
    return with_names(changed, row.names)


def with_names(draft: Draft, names: Iterable[str]) -> Draft:
    """Names a person typed that the document did not have: they too have to be told apart."""
    new = {name: Name(name) for name in names if name not in draft.names}
    return replace(draft, names={**draft.names, **new}) if new else draft


def merge(draft: Draft, at: At) -> Draft:
    """Put a row behind the one above it; that one's code and place stay."""
    entry = _find(draft, at)
    above = _above(draft, entry)
    one, two = above.row, entry.row
    if one.kind != two.kind:
        raise Impossible("Hai mục khác loại nên không gộp được. Hãy sửa loại trước.")
    row = replace(
        one,
        text=f"{one.text} {two.text}".strip(),
        first=min(one.first, two.first),
        last=max(one.last, two.last),
        dates=one.dates or two.dates,
        assignees=_both(one.assignees, two.assignees),
        leads=_both(one.leads, two.leads),
        coordinators=_both(one.coordinators, two.coordinators),
    )
    merged = _put(draft, replace(above, row=row, state=KEPT))
    rest = tuple(one for one in merged.entries if one.number != entry.number)
    return replace(merged, entries=_reparented(rest, two.code, one.code))


def _both(one: Sequence[str], two: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *two)))


def _reparented(entries: Iterable[Entry], old: str, new: str) -> tuple[Entry, ...]:
    return tuple(
        replace(one, row=replace(one.row, parent=new)) if one.row.parent == old else one
        for one in entries
    )


def _above(draft: Draft, entry: Entry) -> Entry:
    before = None
    for one in draft.alive:
        if one.number == entry.number:
            break
        before = one
    if before is None or entry.is_dropped:
        raise Impossible("Không có mục nào ở trên để gộp vào.")
    return before


def sentences(text: str) -> list[tuple[int, str]]:
    """Where in a text each of its sentences begins."""
    starts = [0, *(found.end() for found in _SENTENCE.finditer(text))]
    ends = [*starts[1:], len(text)]
    return [
        (start, said)
        for start, end in zip(starts, ends, strict=True)
        if (said := text[start:end].strip())
    ]


def split(draft: Draft, at: At, place: int) -> Draft:
    """Two rows where one was: the second begins at `place`, names and lines are both's."""
    entry = _find(draft, at)
    first, second = entry.row.text[:place].strip(), entry.row.text[place:].strip()
    if not first or not second:
        raise Impossible("Chỗ tách phải nằm giữa nội dung của mục.")
    code = free_code(entry.row.code, {one.row.code for one in draft.entries})
    kept = _put(draft, replace(entry, row=replace(entry.row, text=first), state=KEPT))
    new = Entry(
        max(one.number for one in draft.entries) + 1,
        replace(entry.row, text=second, code=code),
        state=KEPT,
    )
    where = next(i for i, one in enumerate(kept.entries) if one.number == entry.number)
    return replace(kept, entries=(*kept.entries[: where + 1], new, *kept.entries[where + 1 :]))


def free_code(code: str, taken: set[str]) -> str:
    """The code with a letter behind it, or a number once the letters are used up."""
    letters = (f"{code}{letter}" for letter in "bcdeghiklmnopqrstuvxy")
    return next(
        one
        for one in (*letters, *(f"{code}-{n}" for n in range(2, len(taken) + 3)))
        if one not in taken
    )


def move(draft: Draft, at: At, *, by: int) -> Draft:
    """One place up (-1) or down (1) among the rows that are not dropped."""
    entry = _find(draft, at)
    order = [one.number for one in draft.alive]
    place = order.index(entry.number) if entry.number in order else -1
    if place < 0 or not 0 <= place + by < len(order):
        raise Impossible("Mục này đã ở đầu hoặc cuối danh sách.")
    other = order[place + by]
    touched = _put(draft, entry)
    swapped = {entry.number: other, other: entry.number}
    by_number = {one.number: one for one in touched.entries}
    return replace(
        touched,
        entries=tuple(by_number[swapped.get(one.number, one.number)] for one in touched.entries),
    )


def add(draft: Draft, row: Row, *, after: int) -> Draft:
    """A row the document has and the reader did not see."""
    code = row.code
    if any(one.row.code == code for one in draft.entries):
        raise Impossible(f"Mã “{code}” đã có ở một mục khác.")
    new = Entry(max((one.number for one in draft.entries), default=0) + 1, row, state=KEPT)
    where = next(
        (i + 1 for i, one in enumerate(draft.entries) if one.number == after), len(draft.entries)
    )
    grown = replace(draft, entries=(*draft.entries[:where], new, *draft.entries[where:]))
    return with_names(grown, row.names)


def say_facts(draft: Draft, revision: int, facts: Mapping[str, str]) -> Draft:
    if revision != draft.facts_revision:
        raise Stale(None)
    return replace(draft, facts={**draft.facts, **facts}, facts_revision=draft.facts_revision + 1)


def choose(draft: Draft, chosen: Mapping[str, tuple[str, ...] | None]) -> Draft:
    """Whom names mean: codes, nobody of the directory (an empty tuple), or open again (None)."""
    names = dict(draft.names)
    for name, meant in chosen.items():
        before = names.get(name, Name(name))
        state = OPEN if meant is None else CHOSEN if meant else OUTSIDE
        names[name] = replace(before, meant=meant or (), state=state)
    return replace(draft, names=names)


def outside_the_rest(draft: Draft) -> Draft:
    """Every name still open stays words: it is given to no unit."""
    return choose(draft, {one.name: () for one in draft.open_names})


def codes_in_use(draft: Draft) -> set[str]:
    return {one.row.code for one in draft.entries}


def next_code(stem: str, taken: set[str]) -> str:
    """The first free number under a heading."""
    return next(code for n in count(1) if (code := f"{stem}.{n}") not in taken)
