"""Boxes onto pages: where each goes, and which tag holds it.

One box is placed at a time. A chain of glued boxes starts a page of its own when it does not fit
below; a table that goes on shows its head again, as decoration that no reader meets twice.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lib.official.measure import LANDSCAPE, POINTS_PER_MM, PORTRAIT
from lib.official.model import Align, RowKind
from lib.official.press.boxes import Box, Element, Faces, LineBox, RowBox, Setting, Turn, boxes_of
from lib.official.press.leaf import BOTTOM, LEFT, TOP, Leaf
from lib.official.press.objects import Objects
from lib.official.wording import Part

Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A heading, on which page of this file and how far from its lower edge."""

    level: int
    title: str
    page: int
    place: float


class Press:
    """Draws parts into one file, their tags below that of the document.

    `first_key` is where its pages begin in the tree of tags.
    """

    def __init__(self, faces: Faces, objects: Objects, document: int, first_key: int) -> None:
        self.faces = faces
        self.names = {face.name: f"F{place}" for place, face in enumerate(faces.values())}
        self.objects = objects
        self.paper, self.resources = objects.reserve(), objects.reserve()
        self.pages: list[int] = []
        self.sections: list[int] = []
        self.owners: list[tuple[int, int]] = []
        self.bookmarks: list[Bookmark] = []
        self._document = document
        self._key = first_key
        self._size: Size = (0.0, 0.0)
        self._on_page = 0
        self._leaf: Leaf | None = None
        self._section = Element("Sect")
        self._tables: list[Setting] = []

    def draw(self, part: Part) -> None:
        """One part, from a page of its own."""
        page = LANDSCAPE if part.landscape else PORTRAIT
        self._size = page.width * POINTS_PER_MM, page.height * POINTS_PER_MM
        self._section = Element("Sect", self.objects.reserve(), self._document)
        self._tables, self._on_page = [], 0
        self._turn()
        tallest = self._size[1] - TOP - BOTTOM
        room = page.text_width * POINTS_PER_MM
        for chain in _chains(boxes_of(part, self.faces, room, tallest)):
            if chain:
                self._place(chain, tallest)
            else:
                self._turn()
        self._close_page()
        self._leaf = None
        for table in self._tables:
            self._put(table.body)
            self._put(table.element)
        self._put(self._section)
        self.sections.append(self._section.number)

    # --- where -----------------------------------------------------------------------------------

    def _place(self, chain: list[Box], tallest: float) -> None:
        whole = sum(box.height for box in chain) + sum(box.gap for box in chain[1:])
        page = self._page
        fits = page.y + chain[0].gap + whole <= page.foot
        if not (fits or page.is_empty) and whole + _head_again(chain[0]) <= tallest:
            self._turn()
        for box in chain:
            page = self._page
            if not page.is_empty and page.y + box.gap + box.height > page.foot:
                self._turn()
            page = self._page
            if isinstance(box, RowBox):
                self._row(box, 0.0 if page.is_empty else box.gap)
            else:
                page.close_edges()
                page.y += 0.0 if page.is_empty else box.gap
                self._line(box)

    @property
    def _page(self) -> Leaf:
        if self._leaf is None:
            raise RuntimeError("No page is open.")
        return self._leaf

    def _turn(self) -> None:
        if self._leaf is not None:
            self._close_page()
        self._leaf = Leaf(self.objects.reserve(), self._key, *self._size, self.names)
        self._key += 1
        self._on_page += 1
        if self._on_page > 1:
            self._leaf.number_page(self._on_page, self.faces[False, False])

    def _close_page(self) -> None:
        page = self._page
        content = self.objects.add_stream(page.finished())
        self.objects.put(
            page.number,
            f"<</Type/Page/Parent {self.paper} 0 R/Contents {content} 0 R"
            f"/MediaBox[0 0 {page.width:.2f} {page.height:.2f}]/Resources {self.resources} 0 R"
            f"/StructParents {page.key}/Tabs/S>>",
        )
        owners = " ".join(f"{number} 0 R" for number in page.owners)
        self.owners.append((page.key, self.objects.add(f"[{owners}]")))
        self.pages.append(page.number)

    # --- what ------------------------------------------------------------------------------------

    def _line(self, box: LineBox) -> None:
        page, owner = self._page, box.owner
        if box.is_first:
            self._adopt(self._section, owner)
        if box.title:
            place = page.height - page.y
            self.bookmarks.append(Bookmark(box.level, box.title, page.number, place))
        side = box.look.side_indent * POINTS_PER_MM
        indent = box.look.first_indent * POINTS_PER_MM if box.is_first else 0.0
        room = box.room - 2 * side - indent
        drawn = page.text(box.line, box.look.size, box.look.align, LEFT + side + indent, room)
        mark = page.mark(owner.number, owner.tag, drawn)
        owner.kids.append(f"<</Type/MCR/Pg {page.number} 0 R/MCID {mark}>>")
        page.y += box.height
        if box.is_last:
            self._put(owner)

    def _row(self, box: RowBox, gap: float) -> None:
        setting = _setting(box)
        if box.kind is None:
            self._page.close_edges()
            self._page.y += gap
            self._open_table(setting)
            head = self._adopt(setting.element, Element("THead"))
            self._cells(box, head, "TH", "/A<</O/Table/Scope/Column>>")
            self._put(head)
            self._adopt(setting.element, setting.body)
            return
        if self._page.is_empty:
            self._head_without_tags(setting)
        if box.kind is RowKind.GROUP:
            spanned = f"/A<</O/Table/ColSpan {len(setting.aligns)}/Scope/Row>>"
            self._cells(box, setting.body, "TH", spanned)
        else:
            self._cells(box, setting.body, "TD", "")

    def _open_table(self, setting: Setting) -> None:
        self._adopt(self._section, setting.element)
        self._tables.append(setting)

    def _head_without_tags(self, setting: Setting) -> None:
        page = self._page
        page.drawn.append("/Artifact BMC")
        centred = [Align.CENTER] * len(setting.aligns)
        page.drawn.extend(page.row(setting.head, setting.edges, centred))
        page.drawn.append("EMC")

    def _cells(self, box: RowBox, above: Element, tag: str, attributes: str) -> None:
        setting, page = _setting(box), self._page
        edges, aligns = setting.edges, setting.aligns
        if box.kind is None:
            aligns = (Align.CENTER,) * len(aligns)
        elif box.kind is RowKind.GROUP:
            edges, aligns = (0.0, edges[-1]), (Align.LEFT,)
        row = self._adopt(above, Element("TR"))
        for drawn in page.row(box, edges, aligns):
            cell = self._adopt(row, Element(tag, attributes=attributes))
            if drawn:
                cell.page = page.number
                cell.kids.append(str(page.mark(cell.number, tag, drawn)))
            self._put(cell)
        self._put(row)

    # --- tags ------------------------------------------------------------------------------------

    def _adopt(self, above: Element, element: Element) -> Element:
        element.number = self.objects.reserve()
        element.parent = above.number
        above.kids.append(f"{element.number} 0 R")
        return element

    def _put(self, element: Element) -> None:
        page = f"/Pg {element.page} 0 R" if element.page else ""
        kids = f"/K[{' '.join(element.kids)}]" if element.kids else ""
        self.objects.put(
            element.number,
            f"<</S/{element.tag}/P {element.parent} 0 R{page}{kids}{element.attributes}>>",
        )


def _chains(boxes: Iterable[Box | Turn]) -> Iterator[list[Box]]:
    """Boxes that stay together, down to the one that lets go; an empty chain turns the page."""
    chain: list[Box] = []
    for box in boxes:
        if isinstance(box, Turn):
            yield from filter(None, [chain])
            yield []
            chain = []
            continue
        chain.append(box)
        if not box.glued:
            yield chain
            chain = []
    if chain:
        yield chain


def _setting(box: RowBox) -> Setting:
    if box.setting is None:
        raise RuntimeError("A row belongs to a table.")
    return box.setting


def _head_again(box: Box) -> float:
    """What a table's head takes when the chain begins a page with a row."""
    if isinstance(box, RowBox) and box.kind is not None:
        return _setting(box).head.height
    return 0.0
