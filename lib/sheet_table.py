"""The rows of a table as they stand in the file of a spreadsheet (ECMA-376 part 1, 18.3.1).

XlsxWriter keeps an object for each cell, looks up its type and format, and writes it piece by piece:
ten microseconds, five seconds for half a million cells. A long table repeats itself, so here what
all cells of a column share is made once, a value that comes again is not written out again, and a
row is one string, in the file before the next is made. The rest of a page is XlsxWriter's.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final, Protocol
from xml.sax.saxutils import escape

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from lib.clock import LOCAL
from lib.vietnamese import clean

Value = str | int | Decimal | date | datetime | None

LONGEST_TEXT: Final = 32_000  # Excel holds 32.767, in halves of UTF-16
CUT: Final = "… (xem bản đầy đủ)"

_BEFORE_DAY_ONE = date(1899, 12, 30).toordinal()  # so that days count as in Excel from 1/3/1900 on
_SECONDS_IN_A_DAY = 86_400
_KEPT = 4096  # values of a page whose writing is remembered
_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9a-fA-F]{4}_)")


class Line(Protocol):
    """A row of the table; its kind says which looks it has."""

    @property
    def values(self) -> Sequence[Value]: ...
    @property
    def kind(self) -> str: ...


class TablePage(Worksheet):  # type: ignore[misc]  # XlsxWriter tells no types
    """A page with a long table below what XlsxWriter is told to write."""

    _first = 0
    _lines: Sequence[Line] = ()
    _looks: Mapping[str, Sequence[Format]] = {}

    def set_table(
        self, first: int, lines: Sequence[Line], looks: Mapping[str, Sequence[Format]]
    ) -> None:
        """`looks`: for each kind of line the format of each column."""
        self._first, self._lines, self._looks = first, lines, looks
        for line in lines[-1:]:
            self._check_dimensions(first + len(lines) - 1, len(line.values) - 1)

    def _write_rows(self) -> None:
        """What XlsxWriter calls for the cells of a page, once all formats are known to it."""
        super()._write_rows()
        try:
            self.fh.writelines(_rows(self._first, self._lines, self._looks))
        except Exception:
            self._xml_close()
            raise


def _rows(
    first: int, lines: Sequence[Line], looks: Mapping[str, Sequence[Format]]
) -> Iterator[str]:
    starts = {kind: [_start(*one) for one in enumerate(row)] for kind, row in looks.items()}
    content = lru_cache(_KEPT)(_content)
    for number, line in enumerate(lines, start=first + 1):
        cells = [
            f"{start}{number}{look}{content(value)}"
            for (start, look), value in zip(starts[line.kind], line.values, strict=True)
        ]
        yield f'<row r="{number}">{"".join(cells)}</row>'


def _start(place: int, look: Format) -> tuple[str, str]:
    """What stands before and behind the number of the row in the address of a cell."""
    style = look._get_xf_index()  # noqa: SLF001 - XlsxWriter's own cells ask the same
    return f'<c r="{xl_col_to_name(place)}', f'" s="{style}"'


def _content(value: Value) -> str:
    """The rest of a cell. Text is marked as text, so a formula is never made of it."""
    if value is None or value == "":
        return "/>"
    if isinstance(value, str):
        return f' t="inlineStr"><is>{_text(plain_text(value))}</is></c>'
    return f"><v>{_figure(value):.16G}</v></c>"


def _text(text: str) -> str:
    space = "" if text == text.strip() else ' xml:space="preserve"'
    return f"<t{space}>{escape(_LIKE_AN_ESCAPE.sub('_x005F_', text))}</t>"


def _figure(value: int | Decimal | date) -> int | float | Decimal:
    if isinstance(value, datetime):
        local = value.astimezone(LOCAL)
        passed = local.hour * 3600 + local.minute * 60 + local.second + local.microsecond / 1e6
        return local.toordinal() - _BEFORE_DAY_ONE + passed / _SECONDS_IN_A_DAY
    if isinstance(value, date):
        return value.toordinal() - _BEFORE_DAY_ONE
    if not math.isfinite(value):
        raise ValueError(f"No spreadsheet holds {value}.")
    return value


def plain_text(text: str) -> str:
    """What a cell can hold of a text."""
    kept = clean(text)
    if 2 * len(kept) <= LONGEST_TEXT:
        return kept
    whole = kept.encode("utf-16-le")
    if len(whole) <= 2 * LONGEST_TEXT:
        return kept
    return whole[: 2 * LONGEST_TEXT].decode("utf-16-le", "ignore") + CUT


def taken_as_text(text: str) -> str:
    """For a cell XlsxWriter writes itself: it takes what stands between <r> and </r> for markup of
    its own and writes it as it is, which would break the file. A space behind it, dropped again
    when the sheet is read, keeps it a text."""
    kept = plain_text(text)
    return f"{kept} " if kept.startswith("<r>") and kept.endswith("</r>") else kept
