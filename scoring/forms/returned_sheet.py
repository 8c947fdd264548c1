"""A score sheet that came back as a workbook: which criteria are answered otherwise, and how."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lib.roundtrip.difference import LineChange
from lib.roundtrip.reader import ReadLine
from scoring.datasets.sheet import Grid, SheetRow
from scoring.datasets.sheet_workbook import (
    CHOICE,
    EXCEPT,
    NOT_APPLICABLE,
    PAGE,
    REASON,
    VALUE,
    split_key,
)
from scoring.forms.sheet import CellForm
from scoring.formula import AnswerKind


@dataclass(frozen=True)
class ReturnedRow:
    """A criterion of the grid as the workbook answers it."""

    row: SheetRow
    lines: Mapping[str, ReadLine]
    """By the question they answer; the first says whether the criterion applies, and why."""
    typed: Mapping[str, str]
    reason: str
    kind: AnswerKind

    def address(self, name: str) -> str:
        """Where on the page the question is answered, or the reason given."""
        first = next(iter(self.lines.values()))
        if name == REASON:
            return first.addresses[REASON]
        line = self.lines.get(name, first)
        return line.addresses.get(VALUE) or line.addresses.get(CHOICE, "")

    def problem(self, name: str, sentence: str) -> str:
        return f"Trang “{PAGE}”, ô {self.address(name)}: {sentence}"


class ReturnedSheet:
    """The criteria that changed, through the form of a cell: one way to check."""

    def __init__(
        self, grid: Grid, level: str, lines: Iterable[ReadLine], changes: Sequence[LineChange]
    ) -> None:
        self.problems: list[str] = []
        by_code: dict[str, dict[str, ReadLine]] = {}
        for line in lines:
            code, question = split_key(line.key)
            by_code.setdefault(code, {})[question] = line
        changed = dict.fromkeys(split_key(change.key)[0] for change in changes)
        rows = ((grid.row(code), by_code[code]) for code in changed)
        self.rows = [self._read(row, found, level) for row, found in rows if row and row.questions]

    def _read(self, row: SheetRow, lines: Mapping[str, ReadLine], level: str) -> ReturnedRow:
        typed = {
            name: line.cells.get(VALUE) or line.cells.get(CHOICE, "")
            for name, line in lines.items()
        }
        first = next(iter(lines.values())).cells
        form = CellForm(
            {"level": level, "reason": first[REASON], "not_applicable": first[EXCEPT] and "1"}
        )
        kind = form.kind(typed, row.questions) if form.is_valid() else AnswerKind.NOT_SCORED
        read = ReturnedRow(row, lines, typed, form.cleaned_data.get("reason", ""), kind)
        self.problems += [
            read.problem(name, str(sentence))
            for name, sentences in form.errors.items()
            for sentence in sentences
        ]
        if first[EXCEPT] not in {"", NOT_APPLICABLE}:
            sentence = f"Chỉ chọn “{NOT_APPLICABLE}” hoặc để trống."
            self.problems.append(read.problem(REASON, sentence))
        return read
