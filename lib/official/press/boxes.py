"""A part of a document as boxes of known height, one below the other, ready for the pages.

A box is a line of a paragraph, the head of a table or one of its rows. Boxes come one at a time:
nothing keeps a whole table. `glued` says that a box stays on the page of the one after it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from lib.official.look import CELL_PADDING, LOOKS, Look, Style
from lib.official.measure import POINTS_PER_MM, column_widths
from lib.official.model import Align, RowKind, Run, Table
from lib.official.press.faces import Face
from lib.official.press.lines import SetLine, wrap
from lib.official.wording import Line, Part

LEADING = 1.15
CELL_EDGE = 2.0  # above and below the text of a cell, in points
RULE = 0.5


Faces = dict[tuple[bool, bool], Face]  # by (bold, italic)


@dataclass(slots=True)
class Element:
    """A node of the tags; what it holds is filled in as it is drawn."""

    tag: str
    number: int = 0
    parent: int = 0
    page: int = 0
    kids: list[str] = field(default_factory=list)
    attributes: str = ""


@dataclass(slots=True)
class LineBox:
    """One line of a paragraph. `title` is set on the first line of a heading (bookmark)."""

    line: SetLine
    look: Look
    room: float
    owner: Element
    gap: float
    is_first: bool
    is_last: bool
    glued: bool
    title: str = ""
    level: int = 0

    @property
    def height(self) -> float:
        return self.look.size * LEADING


@dataclass(frozen=True, slots=True)
class Setting:
    """A table as it is drawn: where its columns stand, and its head."""

    edges: tuple[float, ...]
    aligns: tuple[Align, ...]
    head: "RowBox"
    element: Element
    body: Element


@dataclass(slots=True)
class RowBox:
    """A row: each cell's lines and how they are set. `goes_on`: the rest of it follows."""

    cells: tuple[tuple[SetLine, ...], ...]
    height: float
    size: float
    kind: RowKind | None  # None is the head
    setting: Setting | None = None
    gap: float = 0.0
    glued: bool = False
    goes_on: bool = False


@dataclass(slots=True)
class Turn:
    """What follows starts on a new page."""


Box = LineBox | RowBox


def boxes_of(part: Part, faces: Faces, room: float, tallest: float) -> Iterator[Box | Turn]:
    """`room`: the width of the text, `tallest`: the height of a page's text, in points."""
    after = 0.0
    for piece in part.pieces:
        if isinstance(piece, Line):
            look = LOOKS[piece.style]
            yield from _lines(piece, look, faces, room, max(after, look.before))
            after = look.after
        elif isinstance(piece, Table):
            yield from _rows(piece, faces, room, tallest, after)
            after = 0.0
        else:
            yield Turn()


# --- Paragraphs ----------------------------------------------------------------------------------


def _lines(piece: Line, look: Look, faces: Faces, room: float, gap: float) -> Iterator[LineBox]:
    side = look.side_indent * POINTS_PER_MM
    runs = [(_face(faces, look, run), run.text) for run in piece.runs]
    indent = look.first_indent * POINTS_PER_MM
    lines = wrap(runs, look.size, room - 2 * side, indent)
    owner = Element(_tag(piece.style))
    last = len(lines) - 1
    for place, line in enumerate(lines):
        is_near_an_end = place in {0, last - 1} and last > 0
        yield LineBox(
            line=line,
            look=look,
            room=room,
            owner=owner,
            gap=0.0 if place else gap,
            is_first=not place,
            is_last=place == last,
            glued=is_near_an_end or (place == last and look.keep_with_next),
            title=piece.text if not place and look.outline_level is not None else "",
            level=look.outline_level or 0,
        )


def _face(faces: Faces, look: Look, run: Run) -> Face:
    return faces[look.bold or run.bold, look.italic or run.italic]


def _tag(style: Style) -> str:
    level = LOOKS[style].outline_level
    return "P" if level is None else f"H{level + 1}"


# --- Tables --------------------------------------------------------------------------------------


def _rows(table: Table, faces: Faces, room: float, tallest: float, gap: float) -> Iterator[RowBox]:
    widths = [width * POINTS_PER_MM for width in column_widths(table.columns, room / POINTS_PER_MM)]
    head_look, look = LOOKS[Style.CELL_HEAD], LOOKS[Style.CELL]
    bold, regular = faces[True, False], faces[False, False]
    head_texts = [column.header for column in table.columns]
    head = _row_box(head_texts, widths, bold, head_look.size, None)
    setting = Setting(
        edges=(0.0, *accumulate(widths)),
        aligns=tuple(column.align for column in table.columns),
        head=head,
        element=Element("Table"),
        body=Element("TBody"),
    )
    head.setting, head.gap, head.glued = setting, gap, True
    yield head
    room_for_rows = tallest - head.height
    for row in table.rows:
        if row.kind is RowKind.GROUP:
            box = _row_box(row.cells, [sum(widths)], bold, look.size, row.kind)
            box.glued = True
        else:
            face = bold if row.kind is RowKind.TOTAL else regular
            box = _row_box(row.cells, widths, face, look.size, row.kind)
        box.setting = setting
        yield from _at_most(box, room_for_rows)


def _row_box(
    texts: Sequence[str], widths: Sequence[float], face: Face, size: float, kind: RowKind | None
) -> RowBox:
    inside = 2 * CELL_PADDING * POINTS_PER_MM + RULE
    cells = tuple(
        _cell(face, text, size, width - inside) for text, width in zip(texts, widths, strict=True)
    )
    return RowBox(cells, _height(cells, size), size, kind)


@lru_cache(maxsize=4096)
def _cell(face: Face, text: str, size: float, room: float) -> tuple[SetLine, ...]:
    """Remembered, because a column says the same again and again: a verdict, a day, nothing."""
    return tuple(wrap([(face, text)], size, room)) if text else ()


def _height(cells: Sequence[Sequence[SetLine]], size: float) -> float:
    deepest = max((len(cell) for cell in cells), default=0)
    return max(deepest, 1) * size * LEADING + 2 * CELL_EDGE + RULE


def _at_most(box: RowBox, tallest: float) -> Iterator[RowBox]:
    """A row taller than a page is broken between its lines; nothing else would show it all."""
    while box.height > tallest:
        most = int((tallest - 2 * CELL_EDGE - RULE) / (box.size * LEADING))
        first = tuple(cell[:most] for cell in box.cells)
        rest = tuple(cell[most:] for cell in box.cells)
        top = RowBox(first, _height(first, box.size), box.size, box.kind, box.setting)
        top.goes_on = True
        yield top
        box = RowBox(rest, _height(rest, box.size), box.size, box.kind, box.setting)
    yield box
