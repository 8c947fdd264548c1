"""Words on a page with their places: what a PDF really holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_SAME_LINE = 0.5
_COLUMN_GAP = 1.3
_NO_GAP, _TOUCHING = 0.1, 0.03


@dataclass(frozen=True, slots=True)
class Box:
    """Left, bottom, right, top, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def centre(self) -> float:
        return (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    box: Box
    is_ended: bool = True
    """A space that somebody typed stands behind it."""


@dataclass(slots=True)
class Segment:
    """Words that stand together; a line has two where it runs through two columns."""

    words: list[Word]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        return self.words[0].box.left

    @property
    def right(self) -> float:
        return self.words[-1].box.right

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(slots=True)
class PageLine:
    segments: list[Segment]
    centre: float
    height: float

    @property
    def text(self) -> str:
        return " ".join(segment.text for segment in self.segments)

    @property
    def left(self) -> float:
        return self.segments[0].left

    @property
    def right(self) -> float:
        return self.segments[-1].right

    @property
    def first_word(self) -> float:
        box = self.segments[0].words[0].box
        return box.right - box.left


@dataclass(slots=True)
class PageTable:
    rows: list[list[str]]
    top: float


@dataclass(slots=True)
class Page:
    width: float
    height: float
    lines: list[PageLine] = field(default_factory=list)
    tables: list[PageTable] = field(default_factory=list)

    def in_order(self) -> Iterator[PageLine | PageTable]:
        """From top to bottom."""
        placed: list[tuple[float, PageLine | PageTable]] = [
            (line.centre, line) for line in self.lines
        ]
        placed += [(table.top, table) for table in self.tables]
        return (one for _, one in sorted(placed, key=lambda pair: -pair[0]))


def lines_of(words: Sequence[Word]) -> list[PageLine]:
    """Words of one height on the page, left to right, from the top down."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: -word.box.centre):
        last = lines[-1][0] if lines else None
        if last and abs(last.box.centre - word.box.centre) < _SAME_LINE * min(
            last.box.height, word.box.height
        ):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_line(words) for words in lines]


def _line(words: list[Word]) -> PageLine:
    words = _joined(sorted(words, key=lambda word: word.box.left))
    height = max(word.box.height for word in words)
    segments = [Segment([words[0]])]
    for word in words[1:]:
        if word.box.left - segments[-1].right > _COLUMN_GAP * height:
            segments.append(Segment([word]))
        else:
            segments[-1].words.append(word)
    return PageLine(segments, words[0].box.centre, height)


def _joined(words: Sequence[Word]) -> list[Word]:
    """Pieces of a word that another font or another run cut apart stand without a gap."""
    joined = [words[0]]
    for word in words[1:]:
        last = joined[-1]
        gap = (word.box.left - last.box.right) / last.box.height
        if gap < (_TOUCHING if last.is_ended else _NO_GAP):
            box = Box(
                last.box.left, last.box.bottom, max(last.box.right, word.box.right), last.box.top
            )
            joined[-1] = Word(last.text + word.text, box, is_ended=word.is_ended)
        else:
            joined.append(word)
    return joined
