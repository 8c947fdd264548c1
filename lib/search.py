"""What a person types to find something, as words; and where those words stand in a text.

Pure. The words of a search and those of what is searched are made the same way, so every
database compares letters and digits only, and nothing typed is ever a pattern or a query.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise, product
from typing import Final

from lib.vietnamese import fold

MOST_WORDS: Final = 8
LONGEST_QUERY: Final = 200
LONGEST_WORD: Final = 40
TOGETHER: Final = 2
# So short a word is looked for at the beginning of words only: inside them it means nothing, and
# an index of three letters each has nothing to go by.
SHORT: Final = 2
BEFORE, AFTER = 70, 150
LONGEST_TITLE: Final = 160

_WORD = re.compile(r"[^\W_]+")
# Numbers of persons (9 or 12 digits), accounts and telephones: nobody is looked up by them.
_LONG_NUMBER = re.compile(r"[0-9]{9,}")
# One sound, two spellings: sĩ and sỹ, kỉ and kỷ, quí and quý; not tai and tay.
_I_OR_Y = re.compile(r"(qu|[bcdghklmnpqrstvx]+)[iy]")
_APART = r"[\W_]+"
_LETTER = r"[^\W_]"


class Nearness(IntEnum):
    """How near a name is to what was typed; the smaller comes first."""

    EXACT = 0  # the code or the abbreviation itself
    BEGINS = 1
    WHOLE_WORDS = 2
    BEGUN = 3  # in a row, the last word only begun
    CONTAINS = 4
    INSIDE = 5  # not in the name, but in the document


@dataclass(frozen=True)
class Piece:
    """A part of a text; `is_hit` where it is what was looked for."""

    text: str
    is_hit: bool = False


# --- Words ------------------------------------------------------------------------------------


def words_of(text: str) -> tuple[str, ...]:
    """The words of a search, folded; what is beyond eight words or 200 characters is not read."""
    return tuple(word[:LONGEST_WORD] for word in _WORD.findall(fold(text[:LONGEST_QUERY])))[
        :MOST_WORDS
    ]


def spellings(word: str) -> tuple[str, ...]:
    """The word, and the other way to write it where there is one."""
    if not _I_OR_Y.fullmatch(word):
        return (word,)
    return (word, word[:-1] + ("y" if word.endswith("i") else "i"))


def abbreviations(words: Sequence[str]) -> list[str]:
    """What a unit's code may be when this was typed: “sở vhttdl” means SVHTTDL."""
    whole = "".join(words)
    begun = (
        "".join(word[0] for word in words[:place]) + "".join(words[place:])
        for place in range(1, len(words))
    )
    return [whole.upper(), *(one.upper() for one in begun)]


def needles(words: Sequence[str]) -> list[tuple[str, ...]]:
    """What must stand in a sentence, each in one of its spellings.

    Two syllables are one word of Vietnamese: “hòa thành” is not any sentence with “hòa” and
    “thành” in it. Three and more are told apart well enough by standing in one sentence.
    """
    each = [spellings(word) for word in words]
    if len(each) != TOGETHER:
        return each
    return [tuple(f"{one} {other}" for one, other in product(*each))]


def nearness(key: str, words: Sequence[str]) -> Nearness | None:
    """How near a folded sentence is, or None: what `rank` and `has_needles` ask of a database."""
    if not words or not all(any(_stands(one, key) for one in needle) for needle in needles(words)):
        return None
    phrase = " ".join(words)
    if key.startswith(phrase):
        return Nearness.BEGINS
    if f" {phrase} " in f" {key} ":
        return Nearness.WHOLE_WORDS
    return Nearness.BEGUN if f" {phrase}" in key else Nearness.CONTAINS


def _stands(needle: str, key: str) -> bool:
    return needle in key if len(needle) > SHORT else f" {needle}" in f" {key}"


# --- Inside a text ----------------------------------------------------------------------------


def pairs_of(text: str) -> str:
    """Each word of a text with the one after it, a line each: what is kept to find words in a row.

    Single syllables of Vietnamese stand in every document; two in a row are what people mean.
    """
    words = [_one_spelling(word) for word in _WORD.findall(fold(text)) if _is_kept(word)]
    return "\n".join(("", *dict.fromkeys(_in_pairs(words)), "")) if words else ""


def pairs_asked(words: Iterable[str]) -> list[str]:
    """The pairs that a text must have; the last of them may be only begun."""
    kept = [_one_spelling(word) for word in words if _is_kept(word)]
    return [f"{one} {other}" for one, other in pairwise(kept)] or kept


def _in_pairs(words: Sequence[str]) -> Iterable[str]:
    yield from (f"{one} {other}" for one, other in pairwise(words))
    yield words[-1]


def _is_kept(word: str) -> bool:
    return len(word) <= LONGEST_WORD and not _LONG_NUMBER.fullmatch(word)


def _one_spelling(word: str) -> str:
    return min(spellings(word))


# --- What is shown of it ----------------------------------------------------------------------


class _LetterByLetter(dict[int, str]):
    """Folds a text without moving a letter, so that a place in one is the place in the other."""

    def __missing__(self, code: int) -> str:
        self[code] = fold(chr(code))[:1] or chr(code)
        return self[code]


_LETTER_BY_LETTER = _LetterByLetter()


def marked(title: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """A name with the words marked: in a row where they stand so, else each of them."""
    if not words:
        return (Piece(title),)
    in_a_row = _in_a_row(words)
    if in_a_row.search(title.translate(_LETTER_BY_LETTER)):
        return _cut(title, in_a_row)
    longest_first = sorted(words, key=len, reverse=True)
    each = "|".join(_pattern(word) for word in longest_first)
    return _cut(title, re.compile(f"(?<!{_LETTER})(?:{each})"))


def shown(title: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """A name, marked; of a long one the part where the words stand, or its beginning."""
    if len(title) <= LONGEST_TITLE:
        return marked(title, words)
    return quoted(title, words) or marked(f"{title[:LONGEST_TITLE].rstrip()} …", words)


def quoted(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """The place in a text where the words stand, marked; nothing where they do not."""
    pattern = _in_a_row(words)
    found = pattern.search(text.translate(_LETTER_BY_LETTER)) if words else None
    if found is None:
        return ()
    start = max(found.start() - BEFORE, 0)
    end = found.end() + AFTER
    # Never half a word at either edge.
    start = 0 if start == 0 else text.find(" ", start, found.start()) + 1 or found.start()
    end = len(text) if end >= len(text) else max(text.rfind(" ", found.end(), end), found.end())
    shown = _LONG_NUMBER.sub("…", " ".join(text[start:end].split()))
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return _cut(f"{before}{shown}{after}", pattern)


def _cut(text: str, pattern: re.Pattern[str]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    place = 0
    for hit in pattern.finditer(text.translate(_LETTER_BY_LETTER)):
        pieces += [Piece(text[place : hit.start()]), Piece(text[hit.start() : hit.end()], True)]
        place = hit.end()
    return tuple(piece for piece in (*pieces, Piece(text[place:])) if piece.text)


def _in_a_row(words: Sequence[str]) -> re.Pattern[str]:
    """The words one after another; the last may be only begun, and is marked to its end."""
    return re.compile(
        rf"(?<!{_LETTER})" + _APART.join(_pattern(word) for word in words) + rf"{_LETTER}*"
    )


def _pattern(word: str) -> str:
    return f"(?:{'|'.join(re.escape(one) for one in spellings(word))})"
