"""Spreadsheets, out and in: every table the portal gives to Excel or takes from it.

Out: what is text stays text, whatever sign it begins with, and the same rows give the same bytes.
In: values with their addresses, read by a confined child (`lib/sheet_reader.py`).
"""

import csv
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from tempfile import TemporaryDirectory
from typing import Any, Final, Literal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lib import sheet_table
from lib.clock import LOCAL
from lib.confined import Failed, run
from lib.sheet_table import TablePage, plain_text, taken_as_text
from lib.vietnamese import clean, number

CellKind = Literal["text", "integer", "decimal", "date", "percent"]
RowKind = Literal["plain", "group", "total"]
Value = sheet_table.Value


@dataclass(frozen=True)
class Column:
    header: str
    width: int = 16
    kind: CellKind = "text"
    picks: str = ""
    """A range of another page to pick from (“='Mã mục'!$A$2:$A$60”); other text is allowed too."""


@dataclass(frozen=True)
class Row:
    """One line of a table; a group's heading and a total stand out."""

    values: Sequence[Value]
    kind: RowKind = "plain"


@dataclass(frozen=True)
class Sheet:
    """One page of a workbook: lines of title, a header that stays in sight, rows."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Row]
    notes: Sequence[str] = ()
    """Lines above the table; the first is its title."""


# --- Out --------------------------------------------------------------------------------------

PICKED_ROWS: Final = 500  # how far down a sheet to fill in offers its lists
ALWAYS_CREATED: Final = datetime(2024, 1, 1)  # noqa: DTZ001  # the format knows no zones
_A4: Final = 9
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE = 31
NUMBER_FORMATS: dict[CellKind, str] = {
    "text": "@",
    "integer": "#,##0",
    "decimal": "#,##0.00",
    "date": "dd/mm/yyyy",
    "percent": "0.0%",
}
_ROW_LOOKS: dict[RowKind, dict[str, Any]] = {
    "plain": {},
    "group": {"bold": True, "bg_color": "#EEF2F7"},
    "total": {"bold": True, "top": 2},
}
FONT = {"font_name": "Times New Roman", "font_size": 12}
CELL = {**FONT, "border": 1, "valign": "top"}
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    content = BytesIO()
    # Long pages wait on the disk to be packed, in a folder that goes even when a row fails.
    with TemporaryDirectory() as folder:
        workbook = xlsxwriter.Workbook(
            content, {"tmpdir": folder, "default_format_properties": FONT}
        )  # fmt: skip
        workbook.set_properties({"created": ALWAYS_CREATED})
        looks = _Looks(workbook)
        taken: set[str] = set()
        for sheet in sheets:
            page = workbook.add_worksheet(_tab(sheet.title, taken), TablePage)
            _write_sheet(page, sheet, looks)
        workbook.close()
    return content.getvalue()


def write_sheet(workbook: xlsxwriter.Workbook, sheet: Sheet) -> Worksheet:
    """Add one page to a workbook that somebody else puts together."""
    page = workbook.add_worksheet(_tab(sheet.title, set()), TablePage)
    _write_sheet(page, sheet, _Looks(workbook))
    return page


def write_csv(columns: Sequence[Column], rows: Iterable[Row]) -> bytes:
    """For other programs: points in numbers, dates as 2024-03-22, a mark before formulas."""
    table = StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow([_harmless(column.header) for column in columns])
    writer.writerows([_harmless(value) for value in row.values] for row in rows)
    return table.getvalue().encode("utf-8-sig")


class _Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        centred = {"align": "center", "valign": "vcenter", "text_wrap": True}
        self.header: Format = workbook.add_format(
            {**CELL, **centred, "bold": True, "bg_color": "#D9E2EC"}
        )
        self.title: Format = workbook.add_format({**FONT, "font_size": 14, "bold": True})
        self.note: Format = workbook.add_format({**FONT, "italic": True})
        self._cells: dict[tuple[RowKind, CellKind], Format] = {
            (row, cell): workbook.add_format(
                {**CELL, **look, "num_format": shape, "text_wrap": cell == "text"}
            )
            for row, look in _ROW_LOOKS.items()
            for cell, shape in NUMBER_FORMATS.items()
        }

    def of(self, columns: Sequence[Column]) -> dict[str, list[Format]]:
        return {row: [self._cells[row, column.kind] for column in columns] for row in _ROW_LOOKS}


def _tab(title: str, taken: set[str]) -> str:
    """A name Excel allows, and not twice without regard to case."""
    plain = _NOT_IN_TITLES.sub("-", plain_text(title)).replace("\n", " ").strip("' ") or "Trang"
    tab, count = plain[:_LONGEST_TITLE], 1
    while tab.casefold() in taken or tab.casefold() == "history":
        count += 1
        tab = f"{plain[: _LONGEST_TITLE - len(str(count)) - 1]} {count}"
    taken.add(tab.casefold())
    return tab


def _write_sheet(page: TablePage, sheet: Sheet, looks: _Looks) -> None:
    set_up_print(page)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
    for place, note in enumerate(sheet.notes):
        page.write_string(place, 0, taken_as_text(note), looks.note if place else looks.title)
    top = len(sheet.notes) + bool(sheet.notes)
    for place, column in enumerate(sheet.columns):
        page.write_string(top, place, taken_as_text(column.header), looks.header)
        _offer_picks(page, top + 1, place, column.picks)
    rows = tuple(sheet.rows)
    page.set_table(top + 1, rows, looks.of(sheet.columns))
    page.freeze_panes(top + 1, 0)
    page.repeat_rows(top)
    page.autofilter(top, 0, top + len(rows), len(sheet.columns) - 1)


def _offer_picks(page: Worksheet, first: int, place: int, picks: str) -> None:
    if picks:
        offer = {"validate": "list", "source": picks, "show_error": False}
        page.data_validation(first, place, first + PICKED_ROWS, place, offer)


def set_up_print(page: Worksheet) -> None:
    page.set_paper(_A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    page.set_footer("&C&P/&N")


def _harmless(value: Value) -> str:
    match value:
        case None:
            return ""
        case str():
            printed = _marked(value)
        case datetime():
            printed = value.astimezone(LOCAL).isoformat(timespec="seconds")
        case date():
            printed = value.isoformat()
        case _:
            printed = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return printed


def _marked(text: str) -> str:
    """A spreadsheet computes what begins like a formula; an apostrophe says it is text."""
    kept = clean(text)
    is_like_formula = text.startswith(_FORMULA_SIGNS) or kept.startswith(_FORMULA_SIGNS)
    return f"'{kept}" if is_like_formula else kept


# --- In ---------------------------------------------------------------------------------------

MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 60
LONGEST_PASTE: Final = 1_000_000

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_QUOTED = re.compile(r'"((?:[^"]|"")*+)"(?=[\t\n]|\Z)')
_PLAIN = re.compile(r"[^\t\n]*")


class BadSheet(Exception):
    """This table cannot be read. `str()` is the sentence for the person who sent it."""


@dataclass(frozen=True)
class Cell:
    """One value and where it stands; `problem` says why the value is not to be used."""

    address: str
    value: str | Decimal | date | None
    problem: str = ""
    is_percent: bool = False


@dataclass(frozen=True)
class SheetRows:
    title: str
    is_hidden: bool
    rows: list[list[Cell]]
    """From the first line of the page; empty lines between are there, empty ones after are not."""


def read_xlsx(
    content: bytes, *, max_rows: int = MOST_ROWS, max_columns: int = MOST_COLUMNS
) -> list[SheetRows]:
    if content.startswith(_OLD_OFFICE):
        raise BadSheet(
            "Bảng tính có mật khẩu hoặc thuộc dạng .xls cũ. "
            "Hãy bỏ mật khẩu, lưu lại dạng .xlsx rồi gửi lại."
        )
    try:
        answer = json.loads(
            run("lib.sheet_reader", str(max_rows), str(max_columns), content=content)
        )
    except (Failed, ValueError):
        raise BadSheet(
            "Không đọc được bảng tính: tệp hỏng hoặc quá lớn. Hãy mở thử bằng Excel rồi lưu lại."
        ) from None
    if answer["problem"]:
        raise BadSheet(answer["problem"])
    return [
        SheetRows(
            sheet["title"],
            sheet["is_hidden"],
            [[_cell(*cell) for cell in row] for row in sheet["rows"]],
        )
        for sheet in answer["sheets"]
    ]


def read_tsv(
    text: str, *, max_rows: int = MOST_ROWS, max_columns: int = MOST_COLUMNS
) -> list[list[str]]:
    """Cells pasted from Excel: between tabs, in quotes where a cell has several lines."""
    if len(text) > LONGEST_PASTE:
        raise BadSheet("Đoạn dán quá dài. Hãy dán thành nhiều lần hoặc gửi tệp .xlsx.")
    rows = _pasted_rows(text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n"))
    widest = max((len(row) for row in rows), default=0)
    if len(rows) > max_rows or widest > max_columns:
        raise BadSheet(
            f"Đoạn dán có {number(len(rows))} dòng, {widest} cột; "
            f"tối đa {number(max_rows)} dòng, {max_columns} cột."
        )
    return rows


def _cell(address: str, kind: str, value: Any, problem: str, is_percent: bool) -> Cell:
    if kind == "number":
        value = Decimal(value)
    elif kind == "date":
        value = date.fromisoformat(value)
    return Cell(address, value, problem, is_percent)


def _pasted_rows(text: str) -> list[list[str]]:
    if not text:
        return []
    rows: list[list[str]] = [[]]
    place = 0
    while place <= len(text):
        value, place = _pasted_cell(text, place)
        rows[-1].append(clean(value).strip())
        if text[place : place + 1] == "\n":
            rows.append([])
        place += 1
    return rows


def _pasted_cell(text: str, place: int) -> tuple[str, int]:
    """Excel puts quotes around a cell for its line ends; all other quotes are the person's."""
    quoted = _QUOTED.match(text, place)
    if quoted and re.search(r"[\t\n]", quoted[1]):
        return quoted[1].replace('""', '"'), quoted.end()
    plain = _PLAIN.match(text, place)
    end = plain.end() if plain else len(text)
    return text[place:end], end
