"""Parts as plain lists and back, for the process that sets them: nothing in them is ever run."""

from collections.abc import Iterable
from typing import Any

from lib.official.look import Style
from lib.official.model import Align, Column, PageBreak, Row, RowKind, Run, Table
from lib.official.wording import Line, Part, Piece

_BREAK = "break"


def is_settable(part: Part) -> bool:
    """Lines, ruled tables of words and page breaks, which is what an appendix is made of."""
    plain = not (part.heads or part.ends or part.last_lines)
    return plain and all(_is_simple(piece) for piece in part.pieces)


def _is_simple(piece: Piece) -> bool:
    if isinstance(piece, Line):
        return not piece.rule
    return isinstance(piece, PageBreak) or (isinstance(piece, Table) and not piece.bars)


def pack(parts: Iterable[Part]) -> list[Any]:
    return [[part.landscape, [_packed(piece) for piece in part.pieces]] for part in parts]


def _packed(piece: Piece) -> Any:
    if isinstance(piece, Line):
        return [piece.style, [[run.text, run.bold, run.italic] for run in piece.runs]]
    if isinstance(piece, Table):
        columns = [[column.header, column.width, column.align.value] for column in piece.columns]
        return [columns, [[row.kind.value, *row.cells] for row in piece.rows]]
    return _BREAK


def unpack(said: Iterable[Any]) -> list[Part]:
    return [
        Part(pieces=tuple(_piece(piece) for piece in pieces), landscape=landscape)
        for landscape, pieces in said
    ]


def _piece(said: Any) -> Piece:
    if said == _BREAK:
        return PageBreak()
    first, rest = said
    if isinstance(first, str):
        return Line(Style(first), tuple(Run(*run) for run in rest))
    return Table(
        columns=tuple(Column(header, width, Align(align)) for header, width, align in first),
        rows=tuple(Row(tuple(cells), RowKind(kind)) for kind, *cells in rest),
    )
