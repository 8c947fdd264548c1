"""One page while it is drawn: its text, the rules of its tables, and what carries which tag."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lib.official.look import CELL_PADDING, GROUP_FILL, LOOKS, Style
from lib.official.measure import (
    MARGIN_BOTTOM,
    MARGIN_LEFT,
    MARGIN_RIGHT,
    MARGIN_TOP,
    PAGE_NUMBER_FROM_TOP,
    POINTS_PER_MM,
)
from lib.official.model import Align, RowKind
from lib.official.press.boxes import CELL_EDGE, LEADING, RULE, RowBox
from lib.official.press.faces import ASCENT, DESCENT, UNIT, Face
from lib.official.press.lines import SetLine

TOP, BOTTOM, LEFT, RIGHT = (
    margin * POINTS_PER_MM for margin in (MARGIN_TOP, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT)
)
# Half of what the lines stand apart goes above the letters, as in the other writer.
BASELINE = (LEADING - ASCENT - DESCENT) / 2 + ASCENT
PADDING = CELL_PADDING * POINTS_PER_MM + RULE / 2
_GROUND = " ".join(f"{int(GROUP_FILL[place : place + 2], 16) / 255:.3f}" for place in (0, 2, 4))


@dataclass(slots=True)
class Leaf:
    """`y` runs down from the upper edge of the paper; PDF counts up from the lower one."""

    number: int
    key: int
    width: float
    height: float
    names: Mapping[str, str]
    y: float = TOP
    drawn: list[str] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    _rules: list[str] = field(default_factory=list)
    _edges: Sequence[float] = ()
    _edges_from: float = 0.0

    @property
    def is_empty(self) -> bool:
        return self.y == TOP

    @property
    def foot(self) -> float:
        return self.height - BOTTOM

    def mark(self, owner: int, tag: str, drawn: str) -> int:
        """Draw under a tag; the answer is the mark its element refers to."""
        mark = len(self.owners)
        self.owners.append(owner)
        self.drawn.append(f"/{tag}<</MCID {mark}>>BDC {drawn} EMC")
        return mark

    def finished(self) -> bytes:
        self.close_edges()
        if self._rules:
            self.drawn.append(f"/Artifact BMC {RULE:g} w {' '.join(self._rules)} S EMC")
        return "\n".join(self.drawn).encode()

    def number_page(self, number: int, face: Face) -> None:
        """In the middle of the top margin."""
        size = LOOKS[Style.PAGE_NUMBER].size
        shown = face.glyphs(str(number))
        left = LEFT + (self.width - LEFT - RIGHT - shown.width * size / UNIT) / 2
        down = TOP - PAGE_NUMBER_FROM_TOP / 2 * POINTS_PER_MM - DESCENT * size
        self.drawn.append(
            f"/Artifact<</Type/Pagination>>BDC BT/{self.names[face.name]} {size:g} Tf "
            f"{left:.2f} {self.height - down:.2f} Td<{shown.digits}>Tj ET EMC"
        )

    # --- text ------------------------------------------------------------------------------------

    def text(self, line: SetLine, size: float, align: Align, left: float, room: float) -> str:
        """What draws one line at the present height; empty where there is nothing."""
        spare = room - line.width * size / UNIT
        stretch = 0.0
        if align is Align.JUSTIFY and not line.is_last and line.spaces:
            stretch = spare / line.spaces * UNIT / size
        elif align is Align.CENTER:
            left += spare / 2
        elif align is Align.RIGHT:
            left += spare
        shown = "".join(self._shown(line, size, stretch))
        baseline = self.height - self.y - BASELINE * size
        return f"BT {left:.2f} {baseline:.2f} Td{shown}]TJ ET" if shown else ""

    def _shown(self, line: SetLine, size: float, stretch: float) -> Iterator[str]:
        face, last = None, len(line.atoms) - 1
        for place, atom in enumerate(line.atoms):
            for part in atom.glyphs:
                if part.face is not face:
                    start = f"/{self.names[part.face.name]} {size:g} Tf["
                    yield start if face is None else f"]TJ{start}"
                    face = part.face
                yield f"<{part.digits}>"
            if atom.space_after and face is not None and place < last:
                yield f"<{face.glyphs(' ').digits}>"
                if stretch:
                    yield f"{-stretch:.1f}"

    def row(self, box: RowBox, edges: Sequence[float], aligns: Sequence[Align]) -> Iterator[str]:
        """What draws each cell of a row; its ground and rules are drawn at once."""
        self._rule(box, edges)
        top, is_head = self.y, box.kind is None
        for place, lines in enumerate(box.cells):
            depth = len(lines) * box.size * LEADING
            spare = (box.height - RULE - 2 * CELL_EDGE - depth) / 2 if is_head else 0.0
            left = LEFT + edges[place] + PADDING
            room = edges[place + 1] - edges[place] - 2 * PADDING
            self.y = top + RULE / 2 + CELL_EDGE + spare
            drawn = []
            for line in lines:
                drawn.append(self.text(line, box.size, aligns[place], left, room))
                self.y += box.size * LEADING
            self.y = top
            yield " ".join(drawn)
        self.y = top + box.height

    # --- rules -----------------------------------------------------------------------------------

    def _rule(self, box: RowBox, edges: Sequence[float]) -> None:
        """Upright rules are drawn once for all rows below one another that have the same."""
        left, right = LEFT + edges[0], LEFT + edges[-1]
        top = self.height - self.y
        foot = top - box.height
        if not self._edges:
            self._rules.append(f"{left:.2f} {top:.2f} m {right:.2f} {top:.2f} l")
        if self._edges != edges:
            self.close_edges()
            self._edges, self._edges_from = edges, self.y
        if box.kind is RowKind.GROUP:
            self.drawn.append(
                f"/Artifact BMC {_GROUND} rg {left:.2f} {foot:.2f} {right - left:.2f} "
                f"{box.height:.2f} re f 0 g EMC"
            )
        if not box.goes_on:
            self._rules.append(f"{left:.2f} {foot:.2f} m {right:.2f} {foot:.2f} l")

    def close_edges(self) -> None:
        """Where a table ends, or its columns change."""
        start, end = self.height - self._edges_from, self.height - self.y
        for edge in self._edges:
            self._rules.append(f"{LEFT + edge:.2f} {start:.2f} m {LEFT + edge:.2f} {end:.2f} l")
        self._edges = ()
