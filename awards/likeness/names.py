"""Whether two names may be one: titles, abbreviations, tone marks and slips of the hand apart.

A name is read into parts, a letter each, with the word where it was written out. “Phòng GDĐT”
and “Phòng Giáo dục và Đào tạo” have the same five letters, as “Ng. V. Hùng” and “Nguyễn Văn Hùng”
have the same three; so one comparison serves persons and collectives, without a list of what
each abbreviation stands for.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache

from rapidfuzz.distance import OSA

from lib.vietnamese import clean, fold, nfc

_TONES = "\u0300\u0309\u0303\u0301\u0323"
_VOWELS = frozenset("aeiouy")
_SYLLABLE = re.compile(
    "(?:ngh?|[ckgpt]h|gi|qu|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|nh|ng|[cmnpt])?"
)
# Sĩ and Sỹ, Lí and Lý are written either way; Thúy and Thúi are not.
_FINAL_Y = re.compile(r"(?<=[bcdghklmnpqrstvx])y$|(?<=qu)y$")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_JOINED = re.compile(r"(?<=\w)&(?=\w)")
_WORD = re.compile(r"[^\W_]+\.?")
# What stands after a person's name: an office, a year of birth, a workplace.
_AFTER_NAME = re.compile(r"[,;:]| [-–] ")
_LINKS = frozenset({"và", "&"})
_FEWEST_WORDS_OF_A_NAME = 2
_SHORTEST_TO_MISSPELL = 7
_LONGER_THAN_AN_ACRONYM = 4

_PERSONS_TITLES = """
    ông bà anh chị em cô chú bác thầy cụ đồng_chí đ/c
    gs pgs ts tskh ths cn ks bs bscki bsckii ckii cki ds đd ls nsnd nsưt ngnd ngưt ttnd ttưt
    giáo_sư phó_giáo_sư tiến_sĩ tiến_sỹ thạc_sĩ thạc_sỹ cử_nhân kỹ_sư kĩ_sư bác_sĩ bác_sỹ dược_sĩ
    dược_sỹ điều_dưỡng luật_sư nhà_giáo nhà_giáo_ưu_tú nhà_giáo_nhân_dân nghệ_sĩ nghệ_sĩ_ưu_tú
    nghệ_sĩ_nhân_dân thầy_thuốc thầy_thuốc_ưu_tú thầy_thuốc_nhân_dân bà_mẹ_việt_nam_anh_hùng
    binh_nhì binh_nhất hạ_sĩ hạ_sỹ trung_sĩ trung_sỹ thượng_sĩ thượng_sỹ thiếu_úy thiếu_uý trung_úy
    trung_uý thượng_úy thượng_uý đại_úy đại_uý thiếu_tá trung_tá thượng_tá đại_tá thiếu_tướng
    trung_tướng thượng_tướng đại_tướng hòa_thượng hoà_thượng thượng_tọa đại_đức linh_mục mục_sư
    hộ_ông hộ_bà hộ gia_đình gia_đình_ông gia_đình_bà hộ_gia_đình
"""
_COLLECTIVES_TITLES = """
    tập_thể đơn_vị cán_bộ_chiến_sĩ cán_bộ_chiến_sỹ cán_bộ_nhân_dân nhân_dân_cán_bộ cán_bộ_công_chức
    cán_bộ_viên_chức cán_bộ_công_chức_viên_chức cán_bộ_giáo_viên
"""
_TITLES = frozenset(_PERSONS_TITLES.split())
_CALLED_COLLECTIVE = frozenset(_COLLECTIVES_TITLES.split())
_LONGEST_TITLE = 6


class Alike(Enum):
    """How two names agree, the closest first."""

    SAME = "họ tên giống hệt nhau"
    MARKS = "họ tên giống nhau không kể dấu"
    SHORT = "họ tên khớp nhau khi viết đầy đủ chữ viết tắt"
    SLIP = "họ tên chỉ lệch một chữ cái"
    PARTIAL = "họ tên giống nhau nhưng một bên thiếu chữ"
    OTHER_MARKS = "họ tên giống nhau nhưng khác dấu"
    NOT = "họ tên khác nhau"


@dataclass(frozen=True)
class Part:
    """One word of a name, or one letter of an abbreviation.

    `word` is folded, and a beginning where `is_whole` is false; `marked` keeps the marks.
    """

    letter: str
    word: str = ""
    marked: str = ""
    is_whole: bool = False


@dataclass(frozen=True)
class Name:
    parts: tuple[Part, ...]
    is_marked: bool
    """Whether the writer used marks at all; who typed none says nothing about tones."""

    @cached_property
    def folded(self) -> str:
        return " ".join(part.word or part.letter for part in self.parts)

    @cached_property
    def letters(self) -> str:
        return "".join(part.letter for part in self.parts)

    @property
    def last(self) -> str:
        """A person's own name (tên)."""
        return self.parts[-1].word if self.parts else ""

    @cached_property
    def is_whole(self) -> bool:
        return all(part.is_whole for part in self.parts)


@lru_cache(maxsize=65_536)
def read_person(text: str) -> Name:
    """A person, or the householder of a household: without titles and what follows the name."""
    return _read(_AFTER_NAME.split(_ASIDE.sub(" ", nfc(text)).strip())[0], _TITLES)


@lru_cache(maxsize=65_536)
def read_collective(text: str) -> Name:
    return _read(_ASIDE.sub(" ", nfc(text)), _CALLED_COLLECTIVE)


def compare_persons(one: Name, other: Name) -> Alike:
    """An own name that is not written out says too little: “Nguyễn V. H.” is many people."""
    alike = _compare(one, other)
    if alike is Alike.SHORT and not (one.parts[-1].is_whole and other.parts[-1].is_whole):
        return Alike.NOT
    if alike is Alike.NOT and _leaves_middle_out(one, other):
        return Alike.PARTIAL
    return alike


def compare_collectives(one: Name, other: Name) -> Alike:
    """“Phòng GDĐT” is the beginning of “Phòng Giáo dục và Đào tạo huyện Gò Dầu”."""
    alike = _compare(one, other)
    if alike is Alike.NOT and _begins(one, other):
        return Alike.PARTIAL
    return alike


def _compare(one: Name, other: Name) -> Alike:
    if not one.parts or not other.parts:
        return Alike.NOT
    if one.folded == other.folded and one.is_whole and other.is_whole:
        return _by_marks(one, other)
    if _fits(one.parts, other.parts):
        return Alike.SHORT
    return Alike.SLIP if _is_slip(one, other) else Alike.NOT


def _by_marks(one: Name, other: Name) -> Alike:
    if all(a.marked == b.marked for a, b in zip(one.parts, other.parts, strict=True)):
        return Alike.SAME
    return Alike.OTHER_MARKS if one.is_marked and other.is_marked else Alike.MARKS


def _fits(one: tuple[Part, ...], other: tuple[Part, ...]) -> bool:
    return len(one) == len(other) and all(_part_fits(a, b) for a, b in zip(one, other, strict=True))


def _part_fits(one: Part, other: Part) -> bool:
    if one.is_whole and other.is_whole:
        return one.word == other.word
    if one.is_whole:
        return one.word.startswith(other.word or other.letter)
    if other.is_whole:
        return other.word.startswith(one.word or one.letter)
    return one.letter == other.letter


def _is_slip(one: Name, other: Name) -> bool:
    """One letter wrong, missing, doubled or changed places; a number is never a slip."""
    a, b = one.folded, other.folded
    if min(len(a), len(b)) < _SHORTEST_TO_MISSPELL or _digits(a) != _digits(b):
        return False
    return OSA.distance(a, b, score_cutoff=1) == 1 and len(one.parts) == len(other.parts)


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _leaves_middle_out(one: Name, other: Name) -> bool:
    """“Nguyễn Hùng” for “Nguyễn Văn Hùng”: family and own name stay, words between may not."""
    few, many = sorted((one.parts, other.parts), key=len)
    if not _FEWEST_WORDS_OF_A_NAME <= len(few) < len(many):
        return False
    ends = (few[0], few[-1], many[0], many[-1])
    if not all(part.is_whole for part in ends):
        return False
    rest = iter(many[1:-1])
    middle_kept = all(any(_part_fits(a, b) for b in rest) for a in few[1:-1])
    return few[0].word == many[0].word and few[-1].word == many[-1].word and middle_kept


def _begins(one: Name, other: Name) -> bool:
    few, many = sorted((one.parts, other.parts), key=len)
    return len(few) >= _FEWEST_WORDS_OF_A_NAME and _fits(few, many[: len(few)])


# --- Reading ----------------------------------------------------------------------------------


def _read(text: str, titles: frozenset[str]) -> Name:
    plain = _JOINED.sub("", clean(text).replace("Ð", "Đ").replace("ð", "đ"))
    words = _without_titles(_words(plain), titles)
    is_marked = any(word.lower() != fold(word) for word in words)
    # In a name all in capitals every word looks like an abbreviation.
    shouted = not any(c.islower() for c in "".join(words))
    parts: list[Part] = []
    for place, word in enumerate(words):
        parts.extend(_parts(word, is_last=place == len(words) - 1, shouted=shouted))
    return Name(tuple(parts), is_marked)


def _words(text: str) -> list[str]:
    kept = re.sub(r"\b[đĐ]/[cC]\b", "đồng chí", text)
    # “GD-ĐT” and “GD&ĐT” are one abbreviation, “Lò Gò - Xa Mát” is four words.
    whole = re.sub(r"(?<=[A-ZĐ])[-–](?=[A-ZĐ])", "", kept)
    return [word for word in _WORD.findall(whole) if word.lower() not in _LINKS]


def _without_titles(words: list[str], titles: frozenset[str]) -> list[str]:
    """Titles in front, as long as a name of two words is left; “Anh Thơ” keeps both."""
    is_marked = any(word.lower() != fold(word) for word in words)
    known = titles if is_marked else _bare(titles)
    rest = words
    while found := _title_length(rest, known):
        rest = rest[found:]
    return rest


@lru_cache(maxsize=4)
def _bare(titles: frozenset[str]) -> frozenset[str]:
    return frozenset(fold(title) for title in titles)


def _title_length(words: list[str], titles: frozenset[str]) -> int:
    most = min(_LONGEST_TITLE, len(words) - _FEWEST_WORDS_OF_A_NAME)
    for count in range(most, 0, -1):
        if "_".join(word.lower().rstrip(".") for word in words[:count]) in titles:
            return count
    return 0


def _parts(word: str, *, is_last: bool, shouted: bool) -> Iterator[Part]:
    bare = word.rstrip(".")
    folded = fold(bare)
    is_short = word.endswith(".") or (len(folded) == 1 and not is_last)
    if folded.isdigit():
        yield Part(folded, folded, folded, is_whole=True)
    elif _is_acronym(bare, folded, shouted=shouted):
        yield from (Part(letter) for letter in folded)
    elif is_short or not _VOWELS & set(folded):
        yield Part(folded[0], folded)
    else:
        spelled = _FINAL_Y.sub("i", folded)
        yield Part(spelled[0], spelled, _marked(bare), is_whole=True)


def _is_acronym(word: str, folded: str, *, shouted: bool) -> bool:
    if len(folded) == 1 or not word.isupper() or not folded.isalpha() or _tones(word):
        return False
    is_word = shouted or len(folded) >= _LONGER_THAN_AN_ACRONYM
    return not (is_word and _SYLLABLE.fullmatch(folded))


def _marked(word: str) -> str:
    """The word with its tone apart, so that Hoà and Hòa, Mỹ and Mĩ are spelled one way."""
    pieces = unicodedata.normalize("NFD", word.lower())
    letters = nfc("".join(c for c in pieces if c not in _TONES))
    return _FINAL_Y.sub("i", letters) + _tones(word)


def _tones(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if c in _TONES)
