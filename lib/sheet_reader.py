"""`python -m lib.sheet_reader ROWS COLUMNS`: a workbook on standard input to JSON on the output.

Runs confined. The size a sheet announces is not believed: rows and cells are counted as they
come, and what stands beyond the limits ends the reading.
"""

import json
import sys
import warnings
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from lib.confined import confine
from lib.vietnamese import clean, number

MOST_CELLS: Final = 200_000
MOST_TEXT: Final = 10_000_000
MOST_UNFOLDED: Final = 100 * 1024 * 1024

_CHUNK = 64 * 1024
_LAST_ROW = 1_048_576
_EMPTY = ["none", None, "", False]
_NO_RESULT = "công thức chưa có kết quả, hãy mở bằng Excel rồi lưu lại"


class TooLarge(Exception):
    """The sentence for the person who sent the workbook."""


class Reader:
    def __init__(self, max_rows: int, max_columns: int) -> None:
        self._max_rows = max_rows
        self._max_columns = max_columns
        self._cells = 0
        self._text = 0

    def sheets(self, content: bytes) -> list[dict[str, Any]]:
        values = load_workbook(BytesIO(content), read_only=True, data_only=True)
        formulas = load_workbook(BytesIO(content), read_only=True)
        return [
            {
                "title": clean(page.title),
                "is_hidden": page.sheet_state != "visible",
                "rows": self._rows(page, written),
            }
            for page, written in zip(values.worksheets, formulas.worksheets, strict=True)
        ]

    def _rows(self, page: Any, written: Any) -> list[list[Any]]:
        page.reset_dimensions()
        written.reset_dimensions()
        rows: list[list[Any]] = []
        lines = zip(page.iter_rows(), written.iter_rows(), strict=True)
        for line, (cells, sources) in enumerate(lines, start=1):
            found = [_read(cell, source) for cell, source in zip(cells, sources, strict=True)]
            while found and found[-1] == _EMPTY:
                found.pop()
            if line > _LAST_ROW:
                raise TooLarge(f"Trang “{clean(page.title)}” có số dòng không hợp lệ.")
            if found:
                self._count(page.title, line, found)
                rows.extend([] for _ in range(line - 1 - len(rows)))
                rows.append(list(_addressed(line, found)))
        return rows

    def _count(self, title: str, line: int, found: list[list[Any]]) -> None:
        if line > self._max_rows or len(found) > self._max_columns:
            raise TooLarge(
                f"Trang “{clean(title)}” quá lớn: có dữ liệu ở ô "
                f"{get_column_letter(len(found))}{line}; tối đa {number(self._max_rows)} dòng, "
                f"{self._max_columns} cột."
            )
        self._cells += len(found)
        self._text += sum(len(cell[1]) for cell in found if cell[1] is not None)
        if self._cells > MOST_CELLS or self._text > MOST_TEXT:
            raise TooLarge(
                f"Bảng tính có quá nhiều nội dung: tối đa {number(MOST_CELLS)} ô. "
                "Hãy chia thành nhiều tệp."
            )


def check_unfolded(content: bytes) -> None:
    """Count what the archive really unfolds to, before a parser is given any of it."""
    unfolded = 0
    with ZipFile(BytesIO(content)) as archive:
        for entry in archive.infolist():
            with archive.open(entry) as part:
                while chunk := part.read(_CHUNK):
                    unfolded += len(chunk)
                    if unfolded > MOST_UNFOLDED:
                        raise TooLarge("Bảng tính sau khi giải nén quá lớn nên không đọc được.")


def _addressed(line: int, found: list[list[Any]]) -> Iterator[list[Any]]:
    for column, cell in enumerate(found, start=1):
        yield [f"{get_column_letter(column)}{line}", *cell]


def _read(cell: Any, source: Any) -> list[Any]:
    """Kind, value as text, problem, is it a percentage."""
    if cell.value is None:
        return ["none", None, _NO_RESULT, False] if source.data_type == "f" else _EMPTY
    if cell.data_type == "e":
        return ["none", None, f"ô đang báo lỗi {clean(str(cell.value))}", False]
    if isinstance(cell.value, str | bool):
        text = clean(str(cell.value)).strip()
        return ["text", text, "", False] if text else _EMPTY
    return _read_number(cell.value, str(cell.number_format))


def _read_number(value: Any, shape: str) -> list[Any]:
    if isinstance(value, date):  # a datetime is one too
        return ["date", f"{value:%Y-%m-%d}", "", False]
    if isinstance(value, int | float):
        # Excel itself shows 15 digits; what lies behind them is noise of binary fractions.
        return ["number", str(Decimal(f"{value:.15g}")), "", "%" in shape]
    return ["none", None, "ô ghi giờ, không phải ngày hay số", False]


def main(max_rows: int, max_columns: int) -> None:
    answer: dict[str, Any] = {"problem": "", "sheets": []}
    content = sys.stdin.buffer.read()
    try:
        check_unfolded(content)
        answer["sheets"] = Reader(max_rows, max_columns).sheets(content)
    except TooLarge as too_large:
        answer["problem"] = str(too_large)
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    confine()
    warnings.simplefilter("ignore")  # about styles and extensions, which we do not read
    main(int(sys.argv[1]), int(sys.argv[2]))
