"""Paragraphs under the headings they belong to, each with the code the document gives it.

`III.1.2` is the second dash under `III.1`; a number that repeats its parents (1.1 under 1) is not
repeated in the code. What heads others and is no sentence is a section; the rest are items.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from campaign.reader.agencies import named
from campaign.reader.markers import Level, Marker, is_bullet, marker
from campaign.reader.mend import Block, Paragraph, Table

_LONGEST_HEADING = 260
_LONGEST_TITLE = 400
# What closes a part stands under its heading, not under the last point before it.
_CLOSES = re.compile(
    r"Trên đây là|Trong quá trình|Quá trình (?:triển khai|thực hiện|tổ chức)|Nhận được Kế hoạch"
    r"|(?:UBND|[ỦU][ỷy] ban nhân dân|Chủ tịch|Ban Thường vụ|Ban Chỉ đạo) .{0,60}?(?:yêu cầu|đề nghị) "
)
_SENTENCE_ENDS = (".", ";", "!", ",")


@dataclass(slots=True, eq=False)
class Node:
    """A marked paragraph, what stands under it unmarked, and the marked ones it contains."""

    level: Level
    code: str
    text: str
    first: int
    last: int
    source: Paragraph
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    bodies: list[Paragraph] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    order: list["Node | Paragraph"] = field(default_factory=list)
    """Children and bodies, as they follow one another."""
    bullets: int = 0
    """How many dashes and pluses it has; they carry no number of their own."""
    is_section: bool = False

    def walk(self) -> Iterator["Node"]:
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    @property
    def has_content(self) -> bool:
        return bool(self.order or self.tables)

    @property
    def annex(self) -> "Node | None":
        node: Node | None = self
        while node is not None and node.level is not Level.ANNEX:
            node = node.parent
        return node

    @property
    def section(self) -> "Node | None":
        """The nearest section, itself included."""
        node: Node | None = self
        while node is not None and not node.is_section:
            node = node.parent
        return node


def closes_part(text: str) -> bool:
    """It speaks to everybody, at the end of a part or of the document."""
    return bool(_CLOSES.match(text))


def outline(blocks: Sequence[Block]) -> Node:
    """A root without a marker that holds everything."""
    root = Node(Level.ROOT, "", "", 0, 0, Paragraph("", 0, 0))
    grower = _Grower(root)
    for block in blocks:
        if isinstance(block, Table):
            grower.top.tables.append(block)
        else:
            grower.add(block)
    for node in root.walk():
        _mark_sections(node)
    return root


class _Grower:
    def __init__(self, root: Node) -> None:
        self.root = root
        self.top = root

    def add(self, paragraph: Paragraph) -> None:
        found = marker(paragraph.text)
        if found is not None and self.top is self.root and found.level >= Level.BRACKET:
            paragraph.text = found.rest  # a dash before “Căn cứ …” heads nothing
            found = None
        if found is None or self._is_title(found):
            self._add_body(paragraph)
            return
        parent = self._parent(found)
        node = Node(
            found.level, _code(parent, found), found.rest,
            paragraph.first, paragraph.last, paragraph, parent,
        )  # fmt: skip
        parent.children.append(node)
        parent.order.append(node)
        self.top = node

    def _is_title(self, found: Marker) -> bool:
        """“A. …” after “…, B” in running text: letters above Roman come in order."""
        return found.level is Level.CAPITAL and found.code != "A" and not self._has_before(found)

    def _has_before(self, found: Marker) -> bool:
        before = {"B": "A", "C": "B", "D": "C", "Đ": "D", "E": "D"}[found.code]
        node: Node | None = self.top
        while node is not None:
            if node.level is Level.CAPITAL and node.code.endswith(before):
                return True
            node = node.parent
        return False

    def _add_body(self, paragraph: Paragraph) -> None:
        node = self.top
        if node.level in {Level.ANNEX, Level.PART, Level.ROMAN} and not node.text and node.parent:
            node.text, node.last = paragraph.text, paragraph.last  # the title on a line of its own
            return
        is_title = node.level is Level.ANNEX and node.parent and not node.has_content
        if is_title and node.text.isupper() and paragraph.text.isupper():
            node.text, node.last = f"{node.text} {paragraph.text}", paragraph.last
            return
        if closes_part(paragraph.text) or (
            paragraph.text.startswith("Giao ") and named(node.text) is not None
        ):
            while node.parent is not None and node.level > Level.ROMAN and node.parent.parent:
                node = node.parent
        node.bodies.append(paragraph)
        node.order.append(paragraph)

    def _parent(self, found: Marker) -> Node:
        node = self.top
        while node.parent is not None and not _contains(node, found):
            node = node.parent
        return node


def _contains(node: Node, found: Marker) -> bool:
    if is_bullet(node.level) and is_bullet(found.level):
        # Dashes and pluses: whichever came first is the outer one.
        chain = [node]
        while chain[-1].parent is not None and is_bullet(chain[-1].parent.level):
            chain.append(chain[-1].parent)
        return all(one.level is not found.level for one in chain)
    return node.level < found.level


def _code(parent: Node, found: Marker) -> str:
    if found.level is Level.ANNEX:
        return _joined("PL", found.code) if found.code else "PL"
    if not found.code:
        parent.bullets += 1
        return _joined(parent.code, str(parent.bullets))
    stem, _, own = parent.code.rpartition(".")
    if found.level is Level.SUBNUMBER and found.code.startswith(f"{own}."):
        return _joined(stem, found.code)  # 1.1 under II.1
    repeats = found.code.startswith(f"{parent.code}.")  # II.1 under II
    return found.code if repeats else _joined(parent.code, found.code)


def _joined(above: str, own: str) -> str:
    return f"{above}.{own}" if above else own


def _mark_sections(node: Node) -> None:
    kin = Counter(_looks_like_heading(child) for child in node.children if not _may_differ(child))
    for child in node.children:
        if child.level <= Level.ROMAN:
            child.is_section = len(child.text) <= _LONGEST_TITLE and bool(child.text)
        elif child.level in {Level.ARTICLE, Level.NUMBER, Level.SUBNUMBER}:
            child.is_section = child.has_content and (
                _looks_like_heading(child)
                or (kin[True] > kin[False] and _is_heading_with_a_stop(child))
            )


def _may_differ(child: Node) -> bool:
    return is_bullet(child.level) or child.level in {Level.LETTER, Level.BRACKET}


def _looks_like_heading(node: Node) -> bool:
    text = node.text.rstrip("*_ ")
    if not node.has_content or len(text) > _LONGEST_HEADING or text.endswith(_SENTENCE_ENDS):
        return False
    return not text.endswith(("sau:", "sau đây:", "gồm:"))


def _is_heading_with_a_stop(node: Node) -> bool:
    text = node.text.rstrip(".")
    return node.text.endswith(".") and len(text) < _LONGEST_HEADING and ". " not in text
