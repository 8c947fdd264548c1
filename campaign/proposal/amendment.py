"""A draft beside the campaign it amends: what is added, changed, removed. Codes stay.

A row of the draft is the campaign's row of the same code where the two speak alike, else the one
of the same kind that speaks most like it. What is left over on one side is new, on the other gone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from campaign.proposal import row as kinds
from campaign.proposal.draft import Draft, Entry
from campaign.proposal.row import Row
from lib.vietnamese import fold

# What frames a document differs in every document and amends nothing.
FRAME = frozenset({
    kinds.DOCUMENT, kinds.ANNIVERSARY, kinds.LEGAL_BASIS, kinds.PREAMBLE, kinds.RECIPIENT, kinds.SIGNATURE,
    kinds.WINDOW, kinds.CLOSING,
})  # fmt: skip
_SAME_CODE, _OTHER_CODE = 0.45, 0.7
# An amending document that leaves most of the plan unsaid says only what it changes.
_WHOLE_SHARE = 0.5


@dataclass(frozen=True)
class Standing:
    """A row of the campaign as it stands: its text, and the codes of units and classes it names."""

    code: str
    kind: str
    text: str
    parties: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Changed:
    standing: Standing
    entry: Entry
    parties: dict[str, tuple[str, ...]]

    @property
    def is_text(self) -> bool:
        return self.standing.text != self.entry.row.text

    @property
    def is_parties(self) -> bool:
        return self.standing.parties != self.parties


@dataclass(frozen=True)
class Comparison:
    added: tuple[Entry, ...]
    changed: tuple[Changed, ...]
    removed: tuple[Standing, ...]
    same: int

    @property
    def is_whole(self) -> bool:
        """The document says the plan anew, so that what it leaves out is meant to go."""
        found = len(self.changed) + self.same
        return found > _WHOLE_SHARE * (found + len(self.removed))


def compare(standing: Sequence[Standing], draft: Draft) -> Comparison:
    """Rows that were dropped, and the frame of the document, take no part."""
    entries = [one for one in draft.alive if one.row.kind not in FRAME]
    left = {one.code: one for one in standing if one.kind not in FRAME}
    pairs = _by_code(entries, left)
    pairs |= _by_likeness([one for one in entries if one.number not in pairs], left)
    changed = [
        Changed(pairs[one.number], one, parties_of(one.row, draft))
        for one in entries
        if one.number in pairs
    ]
    differing = tuple(one for one in changed if one.is_text or one.is_parties)
    return Comparison(
        added=tuple(one for one in entries if one.number not in pairs),
        changed=differing,
        removed=tuple(left.values()),
        same=len(changed) - len(differing),
    )


def parties_of(row: Row, draft: Draft) -> dict[str, tuple[str, ...]]:
    """Whom a row of the draft means, role by role."""
    if not row.is_duty:
        return {}
    return {
        role: tuple(
            dict.fromkeys(code for name in getattr(row, role) for code in draft.meant(name))
        )
        for role in kinds.ROLES
    }


def _by_code(entries: Iterable[Entry], left: dict[str, Standing]) -> dict[int, Standing]:
    pairs = {}
    for one in entries:
        known = left.get(one.row.code)
        if (
            known
            and known.kind == one.row.kind
            and likeness(known.text, one.row.text) >= _SAME_CODE
        ):
            pairs[one.number] = left.pop(known.code)
    return pairs


def _by_likeness(entries: Iterable[Entry], left: dict[str, Standing]) -> dict[int, Standing]:
    """The closest pairs first; each row is in one pair."""
    ranked = sorted(
        (
            (likeness(known.text, one.row.text), one.number, known.code)
            for one in entries
            for known in left.values()
            if known.kind == one.row.kind
        ),
        reverse=True,
    )
    pairs: dict[int, Standing] = {}
    for share, number, code in ranked:
        if share >= _OTHER_CODE and number not in pairs and code in left:
            pairs[number] = left.pop(code)
    return pairs


def likeness(one: str, other: str) -> float:
    """How much two texts share, word by word; cheap bounds first."""
    matcher = SequenceMatcher(None, fold(one).split(), fold(other).split(), autojunk=False)
    if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < _SAME_CODE:
        return 0.0
    return matcher.ratio()


def words_changed(before: str, after: str) -> list[tuple[str, str]]:
    """Runs of words: `same`, `gone` and `new`, in reading order."""
    one, other = before.split(), after.split()
    runs: list[tuple[str, str]] = []
    for change, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if change == "equal":
            runs.append(("same", " ".join(one[i:j])))
            continue
        runs += [("gone", " ".join(one[i:j]))] if j > i else []
        runs += [("new", " ".join(other[k:m]))] if m > k else []
    return runs
