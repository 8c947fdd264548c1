"""Vietnamese as people type, search, sort and print it; plain values in, plain values out.

Dates follow Nghị định 30/2020/NĐ-CP (a zero before days below 10 and before the months 1 and 2
only), numbers the decimal comma. Alphabet and tone order are those of the Unicode locale data for
Vietnamese, so that a list has one order on every database.
"""

import re
import unicodedata
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from lib.clock import LOCAL

# --- Text -------------------------------------------------------------------------------------

_NEVER_SHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1 controls but tab and line feed
    "\u00ad\u200b\u2060\ufeff"  # invisible: soft hyphen, zero width space, joiner, byte order mark
    "\u202a-\u202e\u2066-\u2069"  # may show a text in another order than it is stored
    "\ud800-\udfff"  # half of a character; no file format can hold it
    "\ufdd0-\ufdef\ufff9-\ufffb"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_LINE_END = re.compile("\r\n?|[\u2028\u2029]")
# No Vietnamese letter carries more than two marks; a pile of hundreds covers the lines around it.
_PILED_MARKS = re.compile("([\u0300-\u036f]{3})[\u0300-\u036f]+")


def nfc(text: str) -> str:
    """One spelling for what looks the same: Macs and some keyboards send letters in pieces."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """Text that may be stored and that every document writer accepts: NFC, nothing unseen."""
    kept = _NEVER_SHOWN.sub("", _LINE_END.sub("\n", text))
    return nfc(_PILED_MARKS.sub(r"\1", kept))


class _WithoutMarks(dict[int, int | None]):
    """What `str.translate` makes of a character; it looks each up once."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_WITHOUT_MARKS = _WithoutMarks()


def fold(text: str) -> str:
    """The search key: without case, tones or marks, so that “Hoà”, “Hòa” and “hoa” are one."""
    # Ð (U+00D0) is an Icelandic letter that looks like Đ and is typed for it.
    lower = text.casefold().replace("đ", "d").replace("ð", "d")
    pieces = unicodedata.normalize("NFD", lower)
    return " ".join(clean(pieces.translate(_WITHOUT_MARKS)).split())


# --- Order ------------------------------------------------------------------------------------

_BEFORE_LETTERS = (
    "\t\n _-–—,;:!?.'‘’“”\"«»()[]{}§¶@*/\\&#%‰†•`^°©®←→⇒∑+±÷×<=>¬|~√∞≤≥"  # noqa: RUF001
    "¤¢$£¥₫€0123456789"
)
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng; no mark (ngang) is first

_END_OF_LEVEL = "\x01"
_COMMON, _CAPITAL = "\x05", "\x06"
_SECONDARY = {tone: chr(0x10 + place) for place, tone in enumerate(_TONES)}
_FIRST_CURRENCY = _BEFORE_LETTERS.index("¤")
_PRIMARY = {
    **{
        sign: chr((0x10 if place < _FIRST_CURRENCY else 0x100) + place)
        for place, sign in enumerate(_BEFORE_LETTERS)
    },
    **{letter: chr(0x200 + place) for place, letter in enumerate(_ALPHABET)},
}
_OTHER_SIGN, _OTHER_LETTER = "\u00ff", "\u02ff"  # before the currencies; after z
_CLUSTER = re.compile("(.)([\u0300-\u036f]*)", re.DOTALL)
_SHAPES = "\u0302\u0306\u031b"  # mũ, trăng, móc: with a, e, o, u they make another letter


def _letter(base: str, marks: str) -> tuple[str, str]:
    """Take from the marks the one that makes another letter: (a, ◌̂ ◌̣) is (â, ◌̣)."""
    for mark in marks:
        whole = nfc(base + mark)
        if mark in _SHAPES and whole in _PRIMARY:
            return whole, marks.replace(mark, "", 1)
    return base, marks


def _primary(letter: str) -> str:
    if letter in _PRIMARY:
        return _PRIMARY[letter]
    is_sign = unicodedata.category(letter)[0] in "PSZ"
    return (_OTHER_SIGN if is_sign else _OTHER_LETTER) + letter


@lru_cache(maxsize=16_384)
def sort_key(text: str) -> str:
    """A key whose plain order is the dictionary's: letters first, then tones, then capitals."""
    # Compatibility forms sort with what they stand for: “m²” beside “m2”.
    pieces = unicodedata.normalize("NFKD", clean(text).replace("Ð", "Đ").replace("ð", "đ"))
    primary, secondary, tertiary = [], [], []
    for base, marks in _CLUSTER.findall(pieces):
        letter, tones = _letter(base.lower(), marks)
        primary.append(_primary(letter))
        secondary.append(_COMMON + "".join(_SECONDARY.get(tone, tone) for tone in tones))
        tertiary.append(_COMMON if base == base.lower() else _CAPITAL)
    return _END_OF_LEVEL.join("".join(level) for level in (primary, secondary, tertiary))


def compare(one: str, other: str) -> int:
    """-1, 0 or 1: the collation an SQLite connection is given under the name `vi-x-icu`."""
    left, right = (sort_key(one), one), (sort_key(other), other)
    return (left > right) - (left < right)


def name_sort_key(full_name: str) -> str:
    """Persons go by their own name (tên, the last word), then family name, then middle name."""
    words = full_name.split() or [""]
    family, middle = (words[0], words[1:-1]) if len(words) > 1 else ("", [])
    return _END_OF_LEVEL.join(sort_key(part) for part in (words[-1], family, " ".join(middle)))


# --- Dates ------------------------------------------------------------------------------------

_FIRST_MONTH_WITHOUT_ZERO = 3
_EARLIEST, _LATEST = 1900, 2199
_DAY_FIRST = re.compile(r"([0-9]{1,2})\s*([/.-])\s*([0-9]{1,2})\s*\2\s*([0-9]{4})")
_IN_WORDS = re.compile(
    r"(?:ngày\s+)?([0-9]{1,2})(\s+)tháng\s+([0-9]{1,2})\s+năm\s+([0-9]{4})", re.IGNORECASE
)
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_LAST_MONTH = 12


def _day_and_month(day: date) -> tuple[str, str]:
    month = f"{day.month:02d}" if day.month < _FIRST_MONTH_WITHOUT_ZERO else f"{day.month}"
    return f"{day.day:02d}", month


def short_date(day: date) -> str:
    """07/3/2024"""
    first, month = _day_and_month(day)
    return f"{first}/{month}/{day.year}"


def long_date(day: date) -> str:
    """Ngày in the words of a document: ngày 07 tháng 3 năm 2024."""
    first, month = _day_and_month(day)
    return f"ngày {first} tháng {month} năm {day.year}"


def moment(at: datetime) -> str:
    """10:21 ngày 22/3/2024, by the clock in Tây Ninh."""
    if at.tzinfo is None:
        raise ValueError("A moment without its time zone cannot be told in local time.")
    local = at.astimezone(LOCAL)
    return f"{local:%H:%M} ngày {short_date(local)}"


def parse_date(text: str) -> date:
    """Read a day as Vietnamese write it, day first; or year first with dashes, as machines do."""
    typed = clean(text).strip()
    if found := _DAY_FIRST.fullmatch(typed) or _IN_WORDS.fullmatch(typed):
        day, _, month, year = found.groups()
    elif found := _YEAR_FIRST.fullmatch(typed):
        year, month, day = found.groups()
    else:
        raise ValueError(f"“{typed[:40]}” chưa đúng dạng ngày/tháng/năm, ví dụ 07/3/2024.")
    return _real_date(typed, int(day), int(month), int(year))


def _real_date(typed: str, day: int, month: int, year: int) -> date:
    if month > _LAST_MONTH >= day:
        raise ValueError(f"“{typed}” có tháng lớn hơn 12. Hãy viết ngày trước, tháng sau.")
    if not _EARLIEST <= year <= _LATEST:
        raise ValueError(f"Năm trong “{typed}” nằm ngoài khoảng {_EARLIEST}–{_LATEST}.")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"“{typed}” không phải là một ngày có trong lịch.") from None


# --- Numbers ----------------------------------------------------------------------------------

_SWAP = str.maketrans(",.", ".,")
_LONGEST_NUMBER = 40
_SPACES = re.compile(r"(?<=[0-9])[ \u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))")
_PLAIN = re.compile(r"[0-9]+")
_ONE_SEPARATOR = re.compile(r"([0-9]+)[.,]([0-9]+)")
_COULD_BE_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_THOUSANDS = re.compile(r"[0-9]{1,3}([.,])[0-9]{3}(?:\1[0-9]{3})+")
_BOTH = re.compile(r"([0-9]{1,3}(?:([.,])[0-9]{3})(?:\2[0-9]{3})*)(?!\2)[.,]([0-9]+)")


class Ambiguous(ValueError):
    """A number that two people would read differently; `readings` are what it may mean."""

    def __init__(self, typed: str) -> None:
        digits = typed.replace(",", ".")
        self.readings = (Decimal(digits.replace(".", "")), Decimal(digits))
        thousands, decimal = (number(reading) for reading in self.readings)
        # Three digits after the comma would be asked about again.
        plainer = decimal + "0" if _COULD_BE_THOUSANDS.search(decimal) else decimal
        super().__init__(
            f"“{typed}” có thể là {thousands} hoặc {decimal}. "
            f"Hãy viết {self.readings[0]} hoặc {plainer} để rõ nghĩa."
        )


def number(value: Decimal | int, places: int | None = None) -> str:
    """1.234,5; rounded half up to `places` when they are given."""
    exact = Decimal(value)
    if not exact.is_finite():
        raise ValueError("Only a finite number can be printed.")
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    printed = f"{exact + 0 if exact else abs(exact):,f}"
    if places is None and "." in printed:
        printed = printed.rstrip("0").rstrip(".")
    return printed.translate(_SWAP)


def percent(share: Decimal | int, places: int = 1) -> str:
    """A share of one as a percentage: 0,9685 is “96,9%”."""
    return f"{number(Decimal(share) * 100, places)}%"


def parse_number(text: str) -> Decimal:
    """Read a number from a person or a sheet, where “,” and “.” may each be either separator.

    One separator with 1 or 2 digits after it is the decimal one; groups of exactly three digits
    are thousands; “1.250” could be either, so the person is asked (`Ambiguous`).
    """
    typed = clean(text).strip()
    unsigned = _SPACES.sub("", typed.removeprefix("-").removeprefix("+"))
    sign = -1 if typed.startswith("-") else 1
    if len(typed) > _LONGEST_NUMBER:
        raise ValueError("Số quá dài, xin kiểm tra lại.")
    if _COULD_BE_THOUSANDS.fullmatch(unsigned):
        raise Ambiguous(typed)
    return sign * Decimal(_plain_digits(typed, unsigned))


def _plain_digits(typed: str, unsigned: str) -> str:
    if _PLAIN.fullmatch(unsigned):
        return unsigned
    if found := _ONE_SEPARATOR.fullmatch(unsigned):
        return f"{found[1]}.{found[2]}"
    if found := _THOUSANDS.fullmatch(unsigned):
        return unsigned.replace(found[1], "")
    if found := _BOTH.fullmatch(unsigned):
        return f"{found[1].replace(found[2], '')}.{found[3]}"
    raise ValueError(f"“{typed}” không phải là số. Ví dụ số đúng: 1250 hoặc 96,85.")
