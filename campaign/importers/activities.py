"""Rows of activities from Excel: pasted as text, or read from a sheet, into named cells.

Both ways become the same text with tabs, row for row, so that a row keeps the number a person
sees in Excel and what could not be understood can be mended in place.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from campaign.datasets.activity_table import COLUMNS, typed_date, typed_number
from lib.sheet import BadSheet, Cell, SheetRows, read_tsv, read_xlsx
from lib.vietnamese import clean, fold

MOST_ROWS = 500
_HEADINGS_THAT_MAKE_A_HEADER = 2
_NOISE = Decimal("1e-9")
_ORDINALS = frozenset({"stt", "tt", "so tt", "so thu tu"})
_ORDINAL = re.compile(r"[0-9]{1,4}\.?")
_NAMES = {
    **{fold(column.header): column.name for column in COLUMNS},
    **{name: column.name for column in COLUMNS for name in column.also},
}


class BadTable(ValueError):
    """The table as a whole cannot be read; the message is shown to the person."""


@dataclass(frozen=True)
class TableRow:
    """One row with something in it: its number in the sheet, its cells by column name."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class ActivityTable:
    """What was read. `ignored` are headings of columns the portal has no place for."""

    rows: tuple[TableRow, ...]
    ignored: tuple[str, ...]


def text_grid(text: str) -> list[list[str]]:
    """Cells of rows copied in Excel."""
    try:
        return read_tsv(text)
    except BadSheet as bad:
        raise BadTable(str(bad)) from bad


def sheet_text(content: bytes) -> str:
    """The page of a workbook that holds the table, as if it had been copied whole."""
    pages = [page for page in read_xlsx(content) if page.rows and not page.is_hidden]
    if not pages:
        raise BadSheet("Tệp không có trang nào có nội dung.")
    grids = [[_typed(page, row) for row in page.rows] for page in pages]
    chosen = next((grid for grid in grids if _header(grid)[0]), grids[0])
    return "\n".join("\t".join(_copied(cell) for cell in cells) for cells in chosen)


def _typed(page: SheetRows, row: Sequence[Cell]) -> list[str]:
    for cell in row:
        if cell.problem:
            raise BadSheet(f"Trang “{page.title}”, ô {cell.address}: {cell.problem}")
    return [_typed_value(cell) for cell in row]


def _typed_value(cell: Cell) -> str:
    if isinstance(cell.value, Decimal):
        # Excel counts in binary: 0,1 + 0,2 arrives as 0,30000000000000004.
        near = round(cell.value, 2)
        return typed_number(near if abs(near - cell.value) < _NOISE else cell.value)
    if isinstance(cell.value, date):
        return typed_date(cell.value)
    return cell.value or ""


def _copied(cell: str) -> str:
    """As Excel puts a cell on the clipboard: in quotes where it has several lines."""
    if "\t" in cell or "\n" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def read_grid(grid: Sequence[Sequence[str]]) -> ActivityTable:
    """Find the heading row, or take the columns in our order; then every row with a cell."""
    header, names, ignored = _header(grid)
    body = list(enumerate(grid, start=1))[header:]
    rows = tuple(
        TableRow(number, _named(cells, names)) for number, cells in body if _has_text(cells)
    )
    if not rows:
        raise BadTable("Không thấy dòng hoạt động nào. Hãy chép cả các dòng có nội dung.")
    if len(rows) > MOST_ROWS:
        raise BadTable(
            f"Có {len(rows)} dòng, mỗi lần nhận tối đa {MOST_ROWS} dòng; hãy chia thành nhiều lần."
        )
    return ActivityTable(rows, ignored)


def _header(grid: Sequence[Sequence[str]]) -> tuple[int, list[str], tuple[str, ...]]:
    """How many rows to pass over, the column name at each place ("" for none), and headings
    that mean nothing to us. Title lines may stand above the heading row."""
    for place, cells in enumerate(grid[:30]):
        folded = [fold(cell) for cell in cells]
        known = [_NAMES.get(cell, "") for cell in folded]
        if sum(bool(name) for name in known) >= _HEADINGS_THAT_MAKE_A_HEADER:
            ignored = tuple(
                clean(cell).strip()
                for cell, name, key in zip(cells, known, folded, strict=True)
                if key and not name and key not in _ORDINALS
            )
            return place + 1, _each_once(known), ignored
    return 0, _in_our_order(grid), ()


def _each_once(names: list[str]) -> list[str]:
    twice = {name for name in names if name and names.count(name) > 1}
    if twice:
        headers = ", ".join(f"“{column.header}”" for column in COLUMNS if column.name in twice)
        raise BadTable(f"Có hai cột cùng nghĩa {headers}; hãy bỏ bớt một cột.")
    return names


def _in_our_order(grid: Sequence[Sequence[str]]) -> list[str]:
    """No heading row: our columns from the left, after a column of ordinals where there is one."""
    filled = [cells for cells in grid if _has_text(cells)]
    has_ordinals = bool(filled) and all(
        len(cells) > 1 and _ORDINAL.fullmatch(cells[0].strip()) for cells in filled
    )
    names = [""] * has_ordinals + [column.name for column in COLUMNS]
    widest = max((_width(cells) for cells in filled), default=0)
    if widest > len(names):
        raise BadTable(
            f"Có {widest} cột, nhiều hơn {len(names)} cột của bảng. "
            "Hãy chép kèm dòng tiêu đề để Cổng nhận đúng cột."
        )
    return names


def _width(cells: Sequence[str]) -> int:
    return max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)


def _has_text(cells: Sequence[str]) -> bool:
    return any(cell.strip() for cell in cells)


def _named(cells: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    return {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name}
