"""Lengths of the page and of text, for both writers: the rules under titles follow their text.

Page and margins: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục I (A4; top and bottom 20 to 25 mm, left
30 to 35 mm, right 15 to 20 mm). Widths of letters: Times New Roman Bold, thousandths of the size.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from lib.official.look import CELL_PADDING, LOOKS, Style
from lib.official.model import Column
from lib.official.wording import Line

POINTS_PER_MM = 72 / 25.4

A4_SHORT, A4_LONG = 210.0, 297.0
MARGIN_TOP, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT = 20.0, 20.0, 30.0, 15.0
PAGE_NUMBER_FROM_TOP = 10.0

_LETTERS_BY_WIDTH = {
    278: "ijlt/,.;: ",
    333: "fr()-",
    389: "Is",
    444: "ceéz",
    500: "agkovwxyJ0123456789",
    556: "bdđhnpqSu",
    611: "FP",
    667: "BELTZ",
    722: "ACDHKNORUVXY",
    778: "GOQ",
    833: "m",
    944: "M",
    1000: "W",
}
_WIDTHS = {letter: width for width, letters in _LETTERS_BY_WIDTH.items() for letter in letters}
_OTHER_WIDTH = 600
_BORDERS = 0.6  # of a cell, with a little air, in millimetres


@dataclass(frozen=True, slots=True)
class Page:
    """A page's size, in millimetres."""

    width: float
    height: float

    @property
    def text_width(self) -> float:
        return self.width - MARGIN_LEFT - MARGIN_RIGHT


PORTRAIT = Page(A4_SHORT, A4_LONG)
LANDSCAPE = Page(A4_LONG, A4_SHORT)


def text_width(text: str, size: float) -> float:
    """About how wide a bold line is, in millimetres."""
    letters = (unicodedata.normalize("NFD", letter)[:1] for letter in text.replace("Đ", "D"))
    thousandths = sum(_WIDTHS.get(letter, _OTHER_WIDTH) for letter in letters)
    return thousandths / 1000 * size / POINTS_PER_MM


def rule_width(line: Line, room: float) -> float:
    """How long the rule below a line is, in millimetres: a share of its text, at most its room."""
    look = LOOKS[line.style]
    visible = min(text_width(line.text, look.size), room - 2 * look.side_indent)
    return line.rule * visible


def column_widths(columns: Sequence[Column], room: float) -> list[float]:
    """The columns' widths in millimetres: as asked, but no word of a head is broken.

    What a narrow column lacks is taken from the others, in proportion to what they can spare.
    """
    whole = sum(column.width for column in columns)
    asked = [room * column.width / whole for column in columns]
    least = [_least_width(column) for column in columns]
    lacking = sum(max(need - width, 0) for width, need in zip(asked, least, strict=True))
    spare = sum(max(width - need, 0) for width, need in zip(asked, least, strict=True))
    if lacking > spare:
        return asked
    share = lacking / spare if spare else 0
    return [
        max(width, need) - share * max(width - need, 0)
        for width, need in zip(asked, least, strict=True)
    ]


def _least_width(column: Column) -> float:
    size = LOOKS[Style.CELL_HEAD].size
    longest = max((text_width(word, size) for word in column.header.split()), default=0)
    return longest + 2 * CELL_PADDING + _BORDERS
