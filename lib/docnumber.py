"""The number and symbol of an administrative document (số, ký hiệu văn bản).

Abbreviations of document types: Nghị định 30/2020/NĐ-CP, Phụ lục III; legal normative documents
add the year (98/2023/NĐ-CP), the Party writes its own order (135-HD/BTGTW). What is typed is
always kept beside what was understood.
"""

import re
from dataclasses import dataclass
from enum import Enum

from lib.vietnamese import clean


class Style(Enum):
    TYPED = "văn bản có tên loại"
    LETTER = "công văn"
    LEGAL = "văn bản quy phạm pháp luật"
    PARTY = "văn bản của Đảng"


TYPES = (
    *("NQ", "QĐ", "CT", "QC", "QyĐ", "TC", "TB", "HD", "CTr", "KH", "PA", "ĐA", "DA", "BC", "BB"),
    *("TTr", "HĐ", "CĐ", "BGN", "BTT", "GUQ", "GM", "GGT", "GNP", "PG", "PC", "PB"),
)
LEGAL_TYPES = ("NĐ", "TT", "TTLT", "NQLT", "PL", "L", "LCT")
PARTY_TYPES = ("CV", "KL", "QĐi", "ĐL", "TTh")

_WHOLE = re.compile(
    r"(?:Số\s*:?\s*)?([0-9]{1,5})(?:\s*/\s*([0-9]{4}))?\s*([-/])\s*(.+)", re.IGNORECASE
)
_AROUND = re.compile(r"\s*([-/])\s*")
_SYMBOL = re.compile(r"\w[\w.&/ -]*")
_CANONICAL = {kind.casefold(): kind for kind in (*TYPES, *LEGAL_TYPES, *PARTY_TYPES)}
_TYPES = frozenset(TYPES)
_LONGEST = 60


@dataclass(frozen=True)
class DocNumber:
    number: int
    year: int | None
    kind: str
    """The type's abbreviation as the decree spells it; empty for a công văn."""
    issuer: str
    style: Style
    raw: str

    def __str__(self) -> str:
        """As it is printed after “Số:”."""
        first = format_number(self.number)
        if self.style is Style.PARTY:
            return f"{first}-{self.kind}/{self.issuer}"
        symbol = f"{self.kind}-{self.issuer}" if self.kind else self.issuer
        return f"{first}/{self.year}/{symbol}" if self.year else f"{first}/{symbol}"


def format_number(number: int) -> str:
    """Numbers below 10 are written with a zero before them."""
    return f"{number:02d}"


def parse(text: str) -> DocNumber:
    """Understand a number as typed; `ValueError` carries a sentence for the person."""
    # A dash of another length and the Icelandic Ð are what Word and old keyboards make of it.
    typed = clean(text).replace("–", "-").replace("Ð", "Đ").strip()
    found = _WHOLE.fullmatch(typed)
    if found is None or len(typed) > _LONGEST or int(found[1]) == 0:
        raise _unclear(text)
    number, year, separator, rest = found.groups()
    symbol = _AROUND.sub(r"\1", rest)
    if not _SYMBOL.fullmatch(symbol):
        raise _unclear(text)
    if separator == "-":
        kind, issuer = _party(text, year, symbol)
        return DocNumber(int(number), None, kind, issuer, Style.PARTY, text)
    kind, issuer, style = _state(year, symbol)
    return DocNumber(int(number), int(year) if year else None, kind, issuer, style, text)


def _unclear(text: str) -> ValueError:
    return ValueError(
        f"Số, ký hiệu “{clean(text).strip()[:_LONGEST]}” chưa đúng dạng, ví dụ 15/KH-SNV."
    )


def _spelled(kind: str) -> str:
    return _CANONICAL.get(kind.casefold(), kind)


def _party(text: str, year: str | None, symbol: str) -> tuple[str, str]:
    kind, slash, issuer = symbol.partition("/")
    if year or not slash or not issuer:
        raise _unclear(text)
    return _spelled(kind), issuer


def _state(year: str | None, symbol: str) -> tuple[str, str, Style]:
    kind, dash, issuer = symbol.partition("-")
    if year:
        # The assembly's own (06/2022/QH15) name no type.
        return (_spelled(kind), issuer, Style.LEGAL) if dash else ("", symbol, Style.LEGAL)
    if dash and issuer and _spelled(kind) in _TYPES:
        return _spelled(kind), issuer, Style.TYPED
    return "", symbol, Style.LETTER
