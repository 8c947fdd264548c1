"""What two accounts have in common, to be marked where they stand side by side."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lib.vietnamese import fold

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_FEWEST = 4
"""Words in a row from which on a passage is told; three in a row are found anywhere."""


@dataclass(frozen=True)
class Passage:
    text: str
    is_shared: bool


def marked(one: str, other: str) -> list[Passage]:
    """`one` cut into passages that stand in `other` as well, and such that do not.

    Marks, capitals and signs between words make no difference.
    """
    words = list(_WORD.finditer(one))
    folded = [fold(word[0]) for word in words]
    theirs = set(_runs([fold(word[0]) for word in _WORD.finditer(other)]))
    shared: set[int] = set()
    for place, run in enumerate(_runs(folded)):
        if run in theirs:
            shared.update(range(place, place + _FEWEST))
    return list(_passages(one, words, shared))


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(_FEWEST)), strict=False)


def _passages(text: str, words: list[re.Match[str]], shared: set[int]) -> Iterator[Passage]:
    place = start = 0
    while place < len(words):
        if place not in shared:
            place += 1
            continue
        last = place
        while last + 1 in shared:
            last += 1
        if words[place].start() > start:
            yield Passage(text[start : words[place].start()], is_shared=False)
        yield Passage(text[words[place].start() : words[last].end()], is_shared=True)
        start, place = words[last].end(), last + 1
    if start < len(text):
        yield Passage(text[start:], is_shared=False)
