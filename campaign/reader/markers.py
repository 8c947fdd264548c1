"""How a paragraph begins: the numbers, letters and dashes an administrative document counts with.

Nghị định 30/2020/NĐ-CP orders them Phần, Chương, Mục (Roman), khoản (1.), điểm (a), and decisions
count in Điều; offices write each with a dot, a bracket, a slash or a dash, as their habit is.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """The rank of a marker: what has a smaller one contains what has a greater one."""

    ROOT = -1
    ANNEX = 0
    PART = 1
    CAPITAL = 2
    ROMAN = 3
    ARTICLE = 4
    NUMBER = 5
    SUBNUMBER = 6
    LETTER = 7
    BRACKET = 8
    DASH = 9
    PLUS = 10


@dataclass(frozen=True, slots=True)
class Marker:
    level: Level
    code: str
    """What it adds to the code of what contains it; empty for dashes, which are counted."""
    rest: str
    """The text behind it."""


_ROMAN = r"(?=[IVX])(?:X{0,2})(?:IX|IV|V?I{0,3})"
_END = r"(?:\s*[.)/:]|\s*[-–—](?=\s|[^\W\d]))"
_PART = re.compile(
    rf"(?P<kind>PHẦN|CHƯƠNG|MỤC|Phần|Chương|Mục)\s+(?:THỨ\s+|thứ\s+)?(?P<code>{_ROMAN}|\d{{1,2}}|[A-E])\b[.:)\-–]?\s*(?P<rest>.*)",
    re.DOTALL,
)  # fmt: skip
_PART_IN_WORDS = re.compile(
    r"ph[ầ]n\s+(?:thứ\s+)?(?P<code>một|nhất|hai|ba|tư|bốn|năm|sáu)\b[.:)\-–]?\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_WORDS = {
    "một": "I",
    "nhất": "I",
    "hai": "II",
    "ba": "III",
    "tư": "IV",
    "bốn": "IV",
    "năm": "V",
    "sáu": "VI",
}
_ANNEX = re.compile(
    r"ph[ụ]\s+l[ụ]c(?:\s+(?:số\s+)?(?P<code>[IVX]{1,4}|\d{1,2}|[A-E]))?\s*[.:–-]?(?:\s+(?P<rest>\S.*))?",
    re.IGNORECASE | re.DOTALL,
)
_ARTICLE = re.compile(r"(?:Điều|ĐIỀU)\s+(?P<code>\d{1,3})(?:\s*[.:–-]\s*(?P<rest>.*))?", re.DOTALL)
_ROMAN_NUMBER = re.compile(
    rf"(?P<roman>{_ROMAN})\.(?P<code>\d{{1,2}}(?:\.\d{{1,2}})*)\s*[.)/:]?\s+(?P<rest>.+)", re.DOTALL
)
_SIMPLE = (
    (Level.ROMAN, re.compile(rf"(?P<code>{_ROMAN}){_END}\s*(?P<rest>\D.*)", re.DOTALL)),
    (Level.CAPITAL, re.compile(r"(?P<code>[A-EĐ])\s*[.)/]\s*(?P<rest>[^\W\d].*)", re.DOTALL)),
    (
        Level.SUBNUMBER,
        re.compile(
            r"(?P<code>\d{1,2}(?:\.\d{1,2}){1,3})\s*(?:[.)/:–-]\s*(?=\D)|[.)]\s+|\s(?=[^\d\s%]))(?P<rest>\S.*)", re.DOTALL
        ),
    ),
    (
        Level.NUMBER,
        re.compile(
            r"(?:Khoản\s+)?(?P<code>\d{1,2})"
            r"(?:\s*(?:[.)/:]|[-–](?=\s|[^\W\d](?!\w*/)))\s*(?=[^\d\s.)/])|\s*[.)/:]\s+(?=\d))(?P<rest>.+)",
            re.DOTALL,
        ),
    ),
    (
        Level.LETTER,
        re.compile(r"(?:Điểm\s+)?(?P<code>[a-zđ])\s*(?:[).]|/(?=\s))\s*(?P<rest>[^\s).].*)", re.DOTALL),
    ),
    (
        Level.BRACKET,
        re.compile(r"\((?P<code>\d{1,2}|[a-zđ]|i{1,3}|iv|v)\)\s*(?P<rest>\S.*)", re.DOTALL),
    ),
    (Level.DASH, re.compile(r"(?P<code>)[-–—\u2010\u2212•●▪■◦*·✓➢❖]\s*(?P<rest>[^\s\-–—_*].*)", re.DOTALL)),
    (Level.PLUS, re.compile(r"(?P<code>)\+\s*(?P<rest>\S.*)", re.DOTALL)),
)  # fmt: skip


def marker(text: str) -> Marker | None:
    """How `text` is marked; `None` for a plain paragraph."""
    for named, made in _NAMED:
        if found := named.fullmatch(text):
            return made(found)
    for level, pattern in _SIMPLE:
        found = pattern.fullmatch(text)
        if found and not (level is Level.SUBNUMBER and found["rest"][0].islower()):  # 3.5 triệu
            return Marker(level, found["code"], found["rest"].strip())
    return None


def _annex(found: re.Match[str]) -> Marker | None:
    """“Phụ lục I” heads an annex; “Phụ lục kèm theo quy định …” is part of a sentence."""
    code, rest = found["code"] or "", found["rest"] or ""
    is_heading = not rest or rest.isupper() or rest.startswith("(")
    return (
        Marker(Level.ANNEX, code, rest) if is_heading or (code and found[0][:7].isupper()) else None
    )


def _part(found: re.Match[str]) -> Marker | None:
    kind, code, rest = found["kind"].capitalize(), found["code"], found["rest"]
    if kind != "Mục":
        return Marker(Level.PART, code, rest)
    # “Mục III của Kế hoạch này …” is running text.
    return Marker(Level.ROMAN, code, rest) if not rest or rest[0].isupper() else None


def _part_in_words(found: re.Match[str]) -> Marker:
    return Marker(Level.PART, _WORDS[found["code"].lower()], found["rest"])


def _article(found: re.Match[str]) -> Marker:
    return Marker(Level.ARTICLE, f"Điều {found['code']}", found["rest"] or "")


def _roman_number(found: re.Match[str]) -> Marker:
    level = Level.SUBNUMBER if "." in found["code"] else Level.NUMBER
    return Marker(level, f"{found['roman']}.{found['code']}", found["rest"])


_NAMED: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Marker | None]], ...] = (
    (_ANNEX, _annex),
    (_PART, _part),
    (_PART_IN_WORDS, _part_in_words),
    (_ARTICLE, _article),
    (_ROMAN_NUMBER, _roman_number),
)


def is_bullet(level: Level) -> bool:
    return level in {Level.DASH, Level.PLUS}
