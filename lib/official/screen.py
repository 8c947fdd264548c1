"""A document's pieces for a page of the portal: the same final words as on paper, line by line.

Templates cannot ask what a piece is, so each comes with its kind.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lib.official.bars import svg
from lib.official.model import Block, Document, Header, Row, Table
from lib.official.wording import Abreast, Line, Piece, parts

NOWHERE = Header(issuing_body=())


@dataclass(frozen=True, slots=True)
class Shown:
    """One piece: a `line` with its style, a `table`, or groups of lines `abreast`."""

    line: Line | None = None
    table: Table | None = None
    abreast: Abreast | None = None

    @property
    def rows(self) -> list[tuple[Row, str]]:
        """The table's rows, each with the bar in its last cell or nothing."""
        if self.table is None:
            return []
        bars = self.table.bars or (None,) * len(self.table.rows)
        return [
            (row, svg(bar) if bar else "") for row, bar in zip(self.table.rows, bars, strict=True)
        ]


def shown_blocks(blocks: Iterable[Block]) -> list[Shown]:
    """Blocks by themselves, as they read inside a document."""
    (part,) = parts(Document(header=NOWHERE, subject="", body=tuple(blocks)))
    return list(_pieces(part.pieces))


def shown_document(document: Document) -> list[Shown]:
    """The document itself, without its appendices."""
    part = next(iter(parts(document)))
    return [
        *(Shown(abreast=row) for row in part.heads),
        *_pieces(part.pieces),
        *(Shown(abreast=row) for row in part.ends),
        *(Shown(line=line) for line in part.last_lines),
    ]


def _pieces(pieces: Iterable[Piece]) -> Iterator[Shown]:
    for piece in pieces:
        if isinstance(piece, Line):
            yield Shown(line=piece)
        elif isinstance(piece, Table):
            yield Shown(table=piece)
