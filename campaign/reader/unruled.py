"""Tables of tasks told by their gutters, where no line is ruled.

A line that heads such a table names its columns (`columns`), the first of them the ordinal. The
table goes on as long as the space between its columns stays free, over the edge of a page too; a
row begins where its first column holds something.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from campaign.reader.columns import Column, columns
from campaign.reader.page import Page, PageLine, PageTable, Word

_LEAST_COLUMNS = 3
_GUTTER = 4.0
_LEAST_ROWS = 2

Gap = tuple[float, float]


@dataclass(slots=True)
class _Table:
    """The columns, and the free space between each two of them."""

    middles: list[float]
    gutters: list[Gap]
    head: list[str]

    def narrowed(self, line: PageLine) -> "list[Gap] | None":
        """The gutters as far as this line leaves them free; nothing where it crosses one."""
        words = _words(line)
        left = [_free(gap, words) for gap in self.gutters]
        kept = [gap for gap in left if gap is not None]
        return kept if len(kept) == len(left) else None

    def cells(self, line: PageLine) -> list[str]:
        made: list[list[str]] = [[] for _ in self.middles]
        for word in _words(line):
            place = sum(word.box.middle > (left + right) / 2 for left, right in self.gutters)
            made[place].append(word.text)
        return [" ".join(words) for words in made]


def take_tables(pages: Sequence[Page]) -> None:
    """Turn the lines of such tables into rows, page by page."""
    open_table: _Table | None = None
    for page in pages:
        open_table = _take(page, open_table)


def _take(page: Page, table: _Table | None) -> _Table | None:
    """The tables of a page; one that still runs at its foot goes on at the head of the next."""
    left: list[PageLine] = []
    place = 0
    while place < len(page.lines):
        if table is None or left:
            table = _begins(page.lines[place])
        if table is None:
            left.append(page.lines[place])
            place += 1
            continue
        body = _body(table, page.lines[place:])
        rows = _rows(table, body)
        if len(rows) >= _LEAST_ROWS:
            page.tables.append(PageTable(rows, body[0].centre))
            place += len(body)
        else:
            left.append(page.lines[place])
            place += 1
        if place < len(page.lines):
            table = None
    page.lines = left
    return table


def _words(line: PageLine) -> list[Word]:
    return [word for segment in line.segments for word in segment.words]


def _begins(line: PageLine) -> _Table | None:
    said = [segment.text for segment in line.segments]
    kinds = columns(said) if len(said) >= _LEAST_COLUMNS else None
    if kinds is None or kinds[0] is not Column.ORDINAL:
        return None
    middles = [segment.middle for segment in line.segments]
    between = list(pairwise(middles))
    return _Table(middles, between, said)


def _body(table: _Table, lines: Sequence[PageLine]) -> list[PageLine]:
    """The lines that keep the gutters free, from the first on."""
    body: list[PageLine] = []
    for line in lines:
        narrowed = table.narrowed(line)
        if narrowed is None:
            break
        table.gutters = narrowed
        body.append(line)
    return body


def _free(gap: Gap, words: Sequence[Word]) -> Gap | None:
    """The widest part of a gap that no word stands in."""
    start, best = gap[0], (0.0, 0.0)
    for word in sorted(words, key=lambda word: word.box.left):
        if word.box.right <= gap[0] or word.box.left >= gap[1]:
            continue
        best = max(best, (start, word.box.left), key=_width)
        start = max(start, word.box.right)
    best = max(best, (start, gap[1]), key=_width)
    return best if _width(best) >= _GUTTER else None


def _width(gap: Gap) -> float:
    return gap[1] - gap[0]


def _rows(table: _Table, body: Sequence[PageLine]) -> list[list[str]]:
    """One row to an ordinal; what stands before the first one belongs to the heading."""
    rows: list[list[str]] = []
    for line in body:
        cells = table.cells(line)
        if not rows or (cells[0] and cells[0] != table.head[0]):
            rows.append(cells)
        else:
            rows[-1] = [
                f"{above}\n{below}".strip() for above, below in zip(rows[-1], cells, strict=True)
            ]
    return rows
