"""What came back against what left, cell by cell."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lib.roundtrip.model import Form, Line, alike, name_of, typed
from lib.roundtrip.reader import Reading, ReadLine


@dataclass(frozen=True)
class CellChange:
    """A cell that says otherwise; `old` or `new` is empty where there was or is nothing."""

    address: str
    header: str
    old: str
    new: str


@dataclass(frozen=True)
class LineChange:
    """A line that was added, changed or removed; `line` is what came back (none if removed)."""

    kind: Literal["added", "changed", "removed"]
    key: str
    title: str
    cells: tuple[CellChange, ...]
    line: ReadLine | None = None


@dataclass(frozen=True)
class PageChanges:
    """The changes of one page of the workbook."""

    title: str
    changes: tuple[LineChange, ...]


def differences(form: Form, reading: Reading) -> list[LineChange]:
    """What would become otherwise, line by line in the order of the page, removals last."""
    left = {line.key: line for line in form.lines}
    return [
        *(
            change
            for line in reading.lines
            if (change := _change(form, left.get(line.key), line)).cells
        ),
        *(_removal(form, line) for line in reading.removed),
    ]


def _change(form: Form, before: Line | None, after: ReadLine) -> LineChange:
    old = {name: typed(value) for name, value in (before.values if before else {}).items()}
    cells = tuple(
        CellChange(
            after.addresses[column.name], column.header, old.get(column.name, ""),
            after.cells[column.name],
        )
        for column in form.fields
        if column.name in after.cells
        and not alike(column.kind, old.get(column.name, ""), after.cells[column.name])
    )  # fmt: skip
    shown = before or Line(after.key, after.cells)
    return LineChange(
        "changed" if before else "added", after.key, name_of(form, shown), cells, after
    )  # fmt: skip


def _removal(form: Form, line: Line) -> LineChange:
    return LineChange("removed", line.key, name_of(form, line), tuple(_was(form, line)))


def _was(form: Form, line: Line) -> Iterator[CellChange]:
    for column in form.fields:
        old = typed(line.values.get(column.name))
        if line.takes(column) and old:
            yield CellChange("", column.header, old, "")
