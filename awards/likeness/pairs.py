"""Which of many candidates are worth comparing, and the pairs that come of it.

Comparing everybody with everybody grows with the square. Candidates are put into buckets by what
a duplicate would share (a name; initials within one line of units; a few rare words; a file), and
only who meets in a bucket is compared. A bucket with too many in it says nothing of its own: it is
divided by unit, and what is still too many is left to the other buckets.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from itertools import combinations

from awards.likeness.evidence import (
    DEFAULT_RULES,
    Candidate,
    Context,
    Kind,
    Pair,
    Rules,
    compare,
)
from awards.likeness.texts import Texts
from lib.vietnamese import fold

FULL_BUCKET = 40
RARE_PIECES_TO_MEET = 2
_WORDS_OF_A_TELLING_NAME = 4

Places = tuple[int, int]


def find_pairs(candidates: Sequence[Candidate], rules: Rules = DEFAULT_RULES) -> list[Pair]:
    """Every pair that reaches the threshold, the likeliest first."""
    return _Comparison(candidates, rules).pairs(None)


def pairs_of(
    keys: Collection[str], candidates: Sequence[Candidate], rules: Rules = DEFAULT_RULES
) -> list[Pair]:
    """The pairs of some of the candidates with any other, as `find_pairs` would find them."""
    wanted = frozenset(keys)
    places = {place for place, candidate in enumerate(candidates) if candidate.key in wanted}
    return _Comparison(candidates, rules).pairs(places)


class _Comparison:
    def __init__(self, candidates: Sequence[Candidate], rules: Rules) -> None:
        self._candidates = candidates
        self._rules = rules
        self._texts = Texts([candidate.account for candidate in candidates])
        units: defaultdict[str, set[str]] = defaultdict(set)
        for candidate in candidates:
            units[candidate.read_name.folded].add(candidate.unit)
        self._units_of_name = units

    def pairs(self, wanted: Collection[int] | None) -> list[Pair]:
        found = [self._compare(one, other) for one, other in self._meetings(wanted)]
        enough = [pair for pair in found if pair.score >= self._rules.threshold]
        return sorted(enough, key=lambda pair: (-pair.score, pair.one, pair.other))

    def _compare(self, one: int, other: int) -> Pair:
        a, b = self._candidates[one], self._candidates[other]
        context = Context(self._texts.share(one, other), self._units_elsewhere(a, b))
        return compare(a, b, context, self._rules)

    def _units_elsewhere(self, one: Candidate, other: Candidate) -> int:
        theirs = {one.unit, other.unit} | one.line | other.line
        return len(self._units_of_name[one.read_name.folded] - theirs)

    def _meetings(self, wanted: Collection[int] | None) -> set[Places]:
        buckets: defaultdict[Hashable, list[int]] = defaultdict(list)
        for place, candidate in enumerate(self._candidates):
            for key in _keys(candidate):
                buckets[key].append(place)
        meetings: set[Places] = set()
        for places in buckets.values():
            for part in self._not_too_full(places):
                meetings.update(_meetings_in(part, wanted))
        return meetings | self._meetings_by_text(wanted)

    def _not_too_full(self, places: list[int]) -> Iterator[list[int]]:
        if len(places) <= FULL_BUCKET:
            yield places
            return
        by_unit: defaultdict[str, list[int]] = defaultdict(list)
        for place in places:
            for unit in self._candidates[place].line | {self._candidates[place].unit}:
                by_unit[unit].append(place)
        yield from (part for part in by_unit.values() if len(part) <= FULL_BUCKET)

    def _meetings_by_text(self, wanted: Collection[int] | None) -> set[Places]:
        holders: defaultdict[int, list[int]] = defaultdict(list)
        for place in range(len(self._candidates)):
            for piece in self._texts.rare_pieces(place):
                holders[piece].append(place)
        met: Counter[Places] = Counter()
        for places in holders.values():
            met.update(_meetings_in(places, wanted))
        return {meeting for meeting, times in met.items() if times >= RARE_PIECES_TO_MEET}


def _meetings_in(places: Sequence[int], wanted: Collection[int] | None) -> Iterable[Places]:
    """Places come in rising order, so that two who meet twice are one meeting."""
    every = combinations(places, 2)
    if wanted is None:
        return every
    if not any(place in wanted for place in places):
        return ()
    return (two for two in every if two[0] in wanted or two[1] in wanted)


def _keys(candidate: Candidate) -> Iterator[Hashable]:
    yield from (("file", digest) for digest in candidate.files)
    if candidate.identity:
        yield "identity", candidate.identity
    if candidate.initiative.strip():
        yield "initiative", fold(candidate.initiative)
    units = sorted(candidate.line | {candidate.unit})
    if candidate.kind is Kind.COLLECTIVE:
        yield from _keys_of_collective(candidate, units)
    else:
        yield from _keys_of_person(candidate, units)


def _keys_of_person(candidate: Candidate, units: Iterable[str]) -> Iterator[Hashable]:
    name = candidate.read_name
    if not name.parts:
        return
    yield "name", name.folded
    words = name.folded.split()
    for unit in units:
        yield "initials", name.letters, name.last, unit
        yield "ends", name.parts[0].word, name.last, unit
        # All words but one: where a letter slipped, the others still agree.
        for place in range(len(words)):
            yield "but one", *words[:place], "", *words[place + 1 :], unit


def _keys_of_collective(candidate: Candidate, units: Iterable[str]) -> Iterator[Hashable]:
    letters = candidate.read_name.letters
    if len(letters) >= _WORDS_OF_A_TELLING_NAME:
        yield "letters", letters
    for unit in units:
        yield "letters in unit", letters, unit
        yield "beginning", letters[:_WORDS_OF_A_TELLING_NAME], unit
