"""Data files of the project: CSV in UTF-8 with named columns, read with line numbers.

Written by us and kept with the code, so a fault in one is told to whoever edits it: file, line
and column, in a sentence.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lib.vietnamese import clean

SEPARATOR = "|"


class BadDataFile(ValueError):
    """What is wrong and where; the message is shown to the operator."""


@dataclass(frozen=True)
class Row:
    """One line of a file. The getters refuse what they cannot read, naming the line."""

    path: Path
    line: int
    cells: dict[str, str]

    def fault(self, what: str) -> BadDataFile:
        return BadDataFile(f"{self.path.name}, dòng {self.line}: {what}")

    def text(self, column: str) -> str:
        return self.cells[column]

    def needed(self, column: str) -> str:
        if not self.cells[column]:
            raise self.fault(f"thiếu “{column}”.")
        return self.cells[column]

    def choice(self, column: str, allowed: Iterable[str]) -> str:
        value = self.cells[column]
        known = list(allowed)
        if value not in known:
            raise self.fault(f"“{column}” là “{value}”, chỉ nhận {', '.join(known)}.")
        return value

    def flag(self, column: str) -> bool:
        return self.choice(column, ("0", "1")) == "1"

    def whole(self, column: str) -> int:
        if not self.cells[column].isdecimal():
            raise self.fault(f"“{column}” phải là số nguyên, đang là “{self.cells[column]}”.")
        return int(self.cells[column])

    def day(self, column: str) -> date | None:
        value = self.cells[column]
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            raise self.fault(f"“{column}” phải ở dạng năm-tháng-ngày, đang là “{value}”.") from None

    def parts(self, column: str, separator: str = SEPARATOR) -> list[str]:
        """The values of a cell that holds several."""
        return [part.strip() for part in self.cells[column].split(separator) if part.strip()]


def read_rows(path: Path, columns: tuple[str, ...]) -> list[Row]:
    """Every line of a file that has exactly these columns, in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, restkey="", restval=None)
        if tuple(reader.fieldnames or ()) != columns:
            raise BadDataFile(f"{path.name}, dòng 1: phải có đúng các cột {', '.join(columns)}.")
        return [_row(path, reader.line_num, cells) for cells in reader]


def _row(path: Path, line: int, cells: dict[str, str | None]) -> Row:
    if "" in cells or None in cells.values():
        raise BadDataFile(f"{path.name}, dòng {line}: số ô không khớp với số cột.")
    return Row(path, line, {name: clean(value or "").strip() for name, value in cells.items()})
