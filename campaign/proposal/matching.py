"""Names as a plan prints them, matched to the units in force on its day. Nothing is guessed.

A name is a unit's where they are the same words, an abbreviation standing for the words it begins
(“Sở GD&ĐT”). Said of a unit that has ended, it means those that followed it; said of several at
once (“MTTQ và Ban Dân vận”), each of them; said of a class, the class. All else is for a person.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from campaign.proposal.classes import classes_in
from lib.vietnamese import fold

_WORD = re.compile(r"[^\W_]+")
_FILLING = frozenset({"va", "cac", "cua"})
_OFFICE = re.compile(
    r"^(?:đồng chí\s+)?(?:(?:phó\s+)?giám đốc|thủ trưởng|lãnh đạo|(?:phó\s+)?chánh|(?:phó\s+)?trưởng(?= ban\b)"
    r"|chủ tịch(?=\s+(?:ubnd|ủy ban|liên|hội|uỷ))|cơ quan(?=\s+(?:ủy ban|uỷ ban|ubmttq))|ban thường trực)\s+",
    re.IGNORECASE,
)
_REQUEST = re.compile(r"^(?:kính\s+)?(?:đề nghị|giao|mời)\s+", re.IGNORECASE)
# “Huyện Tân Biên” is its UBND, “Mặt trận Tổ quốc” its Ủy ban.
_SAID_WITHOUT = ("UBND ", "Ủy ban ")
_LOCALITY = frozenset({"pho", "xa", "huyen", "phuong", "tran", "tp", "tx"})
_DIVIDES = re.compile(r"\s*[,;]\s*(?:và\s+)?|\s+(?:và|cùng|cùng với|với)\s+")
_LEAST_WORDS = 2
_MOST_NEAR = 3
_MOST_DIVIDED = 14
_ALIKE = 0.5


@dataclass(frozen=True)
class Known:
    """A unit as the matching needs it. `followed_by` are the codes of those that took its place,
    `followed_as` their names where the directory has no such unit yet."""

    code: str
    name: str
    short_name: str
    valid_from: date | None = None
    valid_to: date | None = None
    followed_by: tuple[str, ...] = ()
    followed_as: tuple[str, ...] = ()

    def is_in_force(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )

    @cached_property
    def names(self) -> tuple["Words", ...]:
        """What it is called: its name, the part in brackets, its short name, a district alone."""
        said = [self.name, re.sub(r"\(.*?\)", " ", self.name), self.short_name]
        said += re.findall(r"\((.*?)\)", self.name)
        said += [self.name.removeprefix(one) for one in _SAID_WITHOUT if self.name.startswith(one)]
        return tuple(dict.fromkeys(words(one) for one in said if one.strip()))


@dataclass(frozen=True)
class Match:
    """Codes of units or classes a name means; `note` says what a person should know of it."""

    meant: tuple[str, ...] = ()
    note: str = ""
    near: tuple[str, ...] = ()


Words = tuple[tuple[str, bool], ...]


def words(text: str) -> Words:
    """Folded words without the filling, each with whether it is written as an abbreviation."""
    return tuple(
        (folded, len(word) > 1 and word.isupper())
        for word in _WORD.findall(text)
        if (folded := fold(word)) not in _FILLING
    )


def bare(said: Words, province: Sequence[str]) -> Words:
    """Without the tier and the province: “Sở Nội vụ tỉnh Tây Ninh” is “Sở Nội vụ”."""
    kept: list[tuple[str, bool]] = []
    place = 0
    while place < len(said):
        rest = [word for word, _ in said[place:]]
        skipped = _aside(rest, province, kept[-1][0] if kept else "")
        if not skipped:
            kept.append(said[place])
        place += skipped or 1
    return tuple(kept)


def _aside(rest: Sequence[str], province: Sequence[str], before: str) -> int:
    """How many words here only say where a body is."""
    asides: tuple[Sequence[str], ...] = (
        ("viet", "nam"),
        ("tinh", "uy"),
        ("cap", "tinh"),
        ("tinh",),
    )
    if not before:
        return 0
    if before not in _LOCALITY:
        asides = (*asides, province)
    return next((len(one) for one in asides if one and list(rest[: len(one)]) == list(one)), 0)


def are_same(one: Words, other: Words) -> bool:
    """The same words, or an abbreviation on one side for the words it begins on the other."""
    if not one or not other:
        return not one and not other
    if one[0][0] == other[0][0] and are_same(one[1:], other[1:]):
        return True
    return _abbreviates(one, other) or _abbreviates(other, one)


def _abbreviates(one: Words, other: Words) -> bool:
    (short, is_short), rest = one[0], one[1:]
    count = len(short)
    if not is_short or count > len(other):
        return False
    begun = "".join(word[0] for word, _ in other[:count])
    return begun == short and are_same(rest, other[count:])


class Directory:
    """The units of the province as of a day."""

    def __init__(self, known: Iterable[Known], *, on: date, province: str) -> None:
        self.on = on
        self.province = [word for word, _ in words(province)]
        self.known = {one.code: one for one in known}

    def match(self, name: str) -> Match:
        """Whom a printed name means on the day."""
        plain = _OFFICE.sub("", _REQUEST.sub("", name.strip()))
        if found := self._one(plain):
            return found
        if classes := classes_in(plain):
            return Match(classes)
        if joined := self._joined(plain):
            return joined
        return Match(near=self._near(plain))

    def _one(self, name: str) -> Match | None:
        """The unit of this name: in force, else those that follow it."""
        for said in dict.fromkeys((name, re.sub(r"\(.*?\)", " ", name))):
            named = self._named(words(said))
            current = [one for one in named if one.is_in_force(self.on)]
            if len(current) == 1:
                return Match((current[0].code,))
            if len(current) > 1:
                return Match(note="Nhiều đơn vị cùng tên.", near=tuple(one.code for one in current))
            if named:
                return self._followed(named)
        return None

    def _named(self, said: Words) -> list[Known]:
        exact = [one for one in self.known.values() if said in one.names]
        if exact or (len(said) < _LEAST_WORDS and not _is_abbreviation(said)):
            return exact
        shorter = bare(said, self.province)
        return [
            one
            for one in self.known.values()
            if any(self._agree(shorter, bare(name, self.province)) for name in one.names)
        ]

    def _agree(self, one: Words, other: Words) -> bool:
        if min(len(one), len(other)) < _LEAST_WORDS and not (
            _is_abbreviation(one) or _is_abbreviation(other)
        ):
            return False
        return are_same(one, other)

    def _followed(self, named: Sequence[Known]) -> Match:
        """Units that have ended, or not begun, on the day."""
        ended = [one for one in named if one.valid_to is not None and one.valid_to < self.on]
        if not ended:
            return Match(note="Đơn vị này chưa hoạt động vào ngày của văn bản.")
        meant = tuple(dict.fromkeys(code for one in ended for code in self._successors(one)))
        names = "; ".join(dict.fromkeys(said for one in ended for said in one.followed_as))
        if meant:
            return Match(meant, note=f"{ended[0].name} đã kết thúc; lấy đơn vị kế tục.")
        told = f" Kế tục: {names}." if names else ""
        return Match(note=f"Đã kết thúc hoạt động; danh mục chưa có đơn vị kế tục.{told}")

    def _successors(self, one: Known, depth: int = 0) -> Iterator[str]:
        for code in one.followed_by if depth < len(self.known) else ():
            after = self.known.get(code)
            if after is None:
                continue
            if after.is_in_force(self.on):
                yield code
            else:
                yield from self._successors(after, depth + 1)

    def _joined(self, name: str) -> Match | None:
        """Several names in one, each of which means somebody; the longest that does is taken."""
        cuts = [(found.start(), found.end()) for found in _DIVIDES.finditer(name)]
        if not cuts or len(cuts) > _MOST_DIVIDED:
            return None
        for end, start in reversed(cuts):
            first = self._one(name[:end]) or _class(name[:end])
            if not first or not first.meant:
                continue
            after = name[start:]
            rest = self._one(after) or _class(after) or self._joined(after)
            if rest and rest.meant:
                meant = tuple(dict.fromkeys((*first.meant, *rest.meant)))
                return Match(meant, note=" ".join(filter(None, (first.note, rest.note))))
        return None

    def _near(self, name: str) -> tuple[str, ...]:
        """Units whose names share most words, for a person to choose from."""
        said = {word for word, _ in bare(words(name), self.province)}
        shares = {
            one.code: len(said & its) / max(len(said | its), 1)
            for one in self.known.values()
            if one.is_in_force(self.on)
            for its in [{word for word, _ in bare(one.names[0], self.province)}]
        }
        likely = [code for code, share in shares.items() if share >= _ALIKE]
        return tuple(sorted(likely, key=lambda code: -shares[code])[:_MOST_NEAR])


def _is_abbreviation(said: Words) -> bool:
    return len(said) == 1 and said[0][1]


def _class(name: str) -> Match | None:
    classes = classes_in(name)
    return Match(classes) if classes else None


def match_all(names: Iterable[str], directory: Directory) -> Mapping[str, Match]:
    """Each name of a document once."""
    return {name: directory.match(name) for name in dict.fromkeys(names)}
