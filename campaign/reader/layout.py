"""Pages of placed words as numbered lines: columns taken apart, page numbers and running heads left
out, and for each line whether the next word would have fitted."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from campaign.reader.header import kind_of
from campaign.reader.lines import Line, Piece, Row
from campaign.reader.page import Page, PageLine, PageTable, Segment
from campaign.reader.tail import starts_recipients
from campaign.reader.unruled import take_tables

_LEFT_HALF = 0.47
_INDENT = 9.0
_WIDE_GAP = 1.45
_RUNNING = 3
_PAGE_NUMBER = re.compile(
    r"(?:trang\s*)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*/\s*\d{1,4})?", re.IGNORECASE
)
_STAMP = re.compile(r"(?:Người ký|Ký bởi|Thời gian ký|Ngày ký|Ký ngày|Email|Digitally signed|Date:|Signature)\b", re.IGNORECASE)  # fmt: skip
_ENDED = re.compile(r"[.;:!?]\W*$")


@dataclass(slots=True)
class _Placed:
    """A line with what it takes to tell whether it is full."""

    text: str
    left: float
    right: float
    first_word: float
    height: float
    centre: float
    is_column: bool = False
    edge: float = 0.0
    """How far its column reaches; 0 where that tells nothing, as in the centred head."""


@dataclass(slots=True)
class _Columns:
    left: list[_Placed] = field(default_factory=list)
    right: list[_Placed] = field(default_factory=list)

    def take(self, line: PageLine, width: float) -> None:
        for segment in line.segments:
            column = self.left if segment.middle < _LEFT_HALF * width else self.right
            column.append(_placed(segment, line))

    def all(self, *, is_foot: bool) -> list[_Placed]:
        if is_foot and self.left:
            edge = max(line.right for line in self.left)
            for line in self.left:
                line.edge = edge
        return [*self.left, *self.right]


def _placed(part: Segment | PageLine, line: PageLine, *, is_column: bool = True) -> _Placed:
    words = part.words if isinstance(part, Segment) else part.segments[0].words
    first = words[0].box.right - words[0].box.left
    return _Placed(part.text, part.left, part.right, first, line.height, line.centre, is_column)


def lay_out(pages: Sequence[Page]) -> list[Piece]:
    for page in pages:
        _drop_page_number(page)
    _drop_running_heads(pages)
    take_tables(pages)
    placed = list(_untangled(pages))
    return list(_numbered(placed))


def _drop_page_number(page: Page) -> None:
    for line in (page.lines[:1], page.lines[-1:]):
        if line and _PAGE_NUMBER.fullmatch(line[0].text) and line[0] in page.lines:
            page.lines.remove(line[0])
    page.lines = [line for line in page.lines if not _STAMP.match(line.text)]


def _drop_running_heads(pages: Sequence[Page]) -> None:
    """What stands first or last on three pages or more, but for its numbers, is no text."""
    edges = Counter(
        key
        for page in pages
        for key in {_edge(line) for line in (*page.lines[:1], *page.lines[-1:])}
    )
    running = {key for key, count in edges.items() if count >= _RUNNING and count * 2 >= len(pages)}
    for page in pages:
        if page.lines and _edge(page.lines[0]) in running:
            page.lines.pop(0)
        if page.lines and _edge(page.lines[-1]) in running:
            page.lines.pop()


def _edge(line: PageLine) -> str:
    return re.sub(r"\d+", "#", line.text)


def _untangled(pages: Sequence[Page]) -> Iterator[list[_Placed] | PageTable]:
    """Lines page by page; the head of the document and its end column by column."""
    columns = _Columns() if _has_title(pages) else None
    is_foot = False
    for page in pages:
        for one in page.in_order():
            if columns is not None and _leaves_columns(one):
                yield columns.all(is_foot=is_foot)
                columns = None
            if isinstance(one, PageTable):
                yield one
                continue
            if columns is None and any(starts_recipients(part.text) for part in one.segments):
                columns, is_foot = _Columns(), True
            if columns is None:
                yield [_placed(one, one, is_column=False)]
            else:
                columns.take(one, page.width)
    if columns is not None:
        yield columns.all(is_foot=is_foot)


def _leaves_columns(one: PageLine | PageTable) -> bool:
    return isinstance(one, PageTable) or kind_of(one.text) is not None or _starts_annex(one)


def _has_title(pages: Sequence[Page]) -> bool:
    return bool(pages) and any(kind_of(line.text) for line in pages[0].lines)


def _starts_annex(line: PageLine) -> bool:
    return bool(re.match(r"PHỤ LỤC\b", line.text.upper())) and len(line.text) < 40  # noqa: PLR2004


def _numbered(placed: Sequence[list[_Placed] | PageTable]) -> Iterator[Piece]:
    flat: list[_Placed | list[str]] = []
    for part in placed:
        flat.extend(part.rows if isinstance(part, PageTable) else part)
    lines = [one for one in flat if isinstance(one, _Placed) and not one.is_column]
    right, left, leading = _margins(lines)
    for place, one in enumerate(flat):
        if not isinstance(one, _Placed):
            yield Row(place + 1, tuple(one))
            continue
        after = flat[place + 1] if place + 1 < len(flat) else None
        before = flat[place - 1] if place else None
        yield Line(
            place + 1,
            one.text,
            is_full=isinstance(after, _Placed) and _is_full(one, after, right, left),
            gap=isinstance(before, _Placed) and _is_apart(before, one, leading),
        )


def _margins(lines: Sequence[_Placed]) -> tuple[float, float, float]:
    """The right edge most lines keep to, the left one, and the usual distance of lines."""
    if not lines:
        return 0.0, 0.0, 0.0
    rights = sorted(line.right for line in lines)
    lefts = sorted(line.left for line in lines)
    steps = sorted(
        one.centre - other.centre for one, other in pairwise(lines) if one.centre > other.centre
    )
    leading = steps[len(steps) // 3] if steps else 0.0
    return rights[int(len(rights) * 0.97)], lefts[len(lefts) // 10], leading


def _is_full(line: _Placed, after: _Placed, right: float, left: float) -> bool:
    if line.is_column or after.is_column:
        is_left = bool(line.edge and after.edge)
        return is_left and line.right + line.height / 4 + after.first_word > line.edge + 1
    if _ENDED.search(line.text) and after.left - left > _INDENT:
        return False
    return line.right + line.height / 4 + after.first_word > right - 1


def _is_apart(before: _Placed, line: _Placed, leading: float) -> bool:
    step = before.centre - line.centre
    return bool(leading) and step > _WIDE_GAP * leading
