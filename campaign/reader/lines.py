"""What every kind of file is turned into first: numbered lines and rows of tables."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from campaign.reader.refusal import Unreadable

MOST_LINES = 20_000
LONGEST_LINE = 30_000
MOST_LETTERS = 4_000_000


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    """Its place in the document, from 1; what a proposal points to."""
    text: str
    is_full: bool = False
    """The next word would not have fitted: the sentence goes on in the next line."""
    is_whole: bool = False
    """A paragraph of its own by the file's own structure."""
    gap: bool = False
    """Something stands between it and the line before: space, the edge of a page."""
    recognised: bool = False
    """Read from a picture, so letters may be wrong."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table. A merged cell stands in its first column, and in every row it covers."""

    number: int
    cells: tuple[str, ...]
    recognised: bool = False


Piece = Line | Row


@dataclass(frozen=True, slots=True)
class Warned:
    """Something repaired or doubtful, with the line a person should look at."""

    line: int
    message: str


@dataclass(slots=True)
class Source:
    """What was taken out of a file, and what had to be done to it."""

    pieces: list[Piece]
    warnings: list[Warned] = field(default_factory=list)


def check_size(pieces: Sequence[Piece]) -> None:
    """A plan of a hundred pages has three thousand lines; what is far beyond is none."""
    letters = 0
    for piece in pieces:
        length = len(piece.text) if isinstance(piece, Line) else sum(map(len, piece.cells))
        letters += length
        if length > LONGEST_LINE or letters > MOST_LETTERS:
            raise Unreadable("Văn bản quá dài, không phải là một kế hoạch.")
    if len(pieces) > MOST_LINES:
        raise Unreadable("Văn bản quá dài, không phải là một kế hoạch.")
