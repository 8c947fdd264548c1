"""The plain text of a document, line by line in reading order: what both files must contain."""

from collections.abc import Iterable, Iterator

from lib.official.model import Document, Facts, Table
from lib.official.wording import Abreast, Line, Part, Piece, parts


def plain_text(document: Document) -> list[str]:
    """Every line of the document: headings with numbers, tables cell by cell, row by row."""
    return [line for part in parts(document) for line in _part(part)]


def _part(part: Part) -> Iterator[str]:
    yield from _abreast(part.heads)
    for piece in part.pieces:
        yield from _piece(piece)
    yield from _abreast(part.ends)
    yield from _texts(part.last_lines)


def _abreast(rows: Iterable[Abreast]) -> Iterator[str]:
    for row in rows:
        for side in row.sides:
            yield from _texts(side)


def _texts(lines: Iterable[Line]) -> Iterator[str]:
    return (line.text for line in lines)


def _piece(piece: Piece) -> Iterator[str]:
    if isinstance(piece, Line):
        yield piece.text
    elif isinstance(piece, Table):
        yield from (column.header for column in piece.columns)
        yield from (cell for row in piece.rows for cell in row.cells)
    elif isinstance(piece, Facts):
        yield from (cell for row in piece.rows for cell in row)
