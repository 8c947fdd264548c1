"""Who is given what: the part of a plan that organises the work (tổ chức thực hiện)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from campaign.reader.agencies import Named, named, names_in_sentence
from campaign.reader.dates import deadlines
from campaign.reader.markers import Level, is_bullet
from campaign.reader.mend import Paragraph
from campaign.reader.outline import Node, closes_part

_ORGANISES = re.compile(
    r"(?:.*\s)?tổ chức (?:thực hiện|triển khai)|phân công|(?:thời gian và\s+|kinh phí và\s+)?trách nhiệm|.*trách nhiệm thực hiện"
    r"|.*phân công (?:nhiệm vụ|trách nhiệm|thực hiện)|giao nhiệm vụ|nhiệm vụ của các (?:cơ quan|sở|đơn vị)",
    re.IGNORECASE | re.DOTALL,
)  # fmt: skip
_CLOSES = re.compile(r"Yêu cầu|Đề nghị|Nếu có|Căn cứ|Kế hoạch này|Thủ trưởng|Các cơ quan|Các [sS]ở")
_INTRODUCES = re.compile(
    r"(?:có|chịu) trách nhiệm\s*:?|có (?:các\s+)?nhiệm vụ(?:\s+sau)?\s*:?|.*:", re.DOTALL
)
_EXECUTES = re.compile(r"(?:chịu trách nhiệm\s+)?thi hành (?:Quyết định|Nghị quyết|Chỉ thị)")

_VERBS = (
    ("lead", r"chủ trì|là (?:cơ quan|đơn vị) (?:thường trực|đầu mối|chủ trì|trung tâm)|đầu mối"),
    ("coordinate", r"phối hợp"),
    ("advise", r"tham mưu"),
    ("direct", r"chỉ đạo|lãnh đạo|định hướng|phân công"),
)  # fmt: skip
_FIRST_WORDS = 7
_SEVERAL = 2
_LONGEST_HEADING = 90
_LEAD_WORDS = 12


@dataclass(frozen=True, slots=True)
class AssignedDuty:
    code: str
    text: str
    verb: str
    leads: list[str]
    coordinators: list[str]
    due_on: date | None
    lines: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Assigned:
    agency: str
    section: str
    is_request: bool
    duties: list[AssignedDuty]
    line: int


def read_assignments(root: Node) -> list[Assigned]:
    parts = _organising(root)
    articles = [
        node
        for node in root.walk()
        if node.level is Level.ARTICLE and node.text.startswith("Giao ")
    ]
    found: list[Assigned] = []
    for part in [*(one for one in articles if one not in parts), *parts]:
        found += _Part(part).read()
    return found


def is_agency_heading(node: Node) -> Named | None:
    """“8. Sở Giáo dục và Đào tạo: Chỉ đạo …”: an agency and, behind a colon, its duty."""
    agency = named(node.text)
    if agency is None or not agency.said or not re.search(r":\s*\S", node.text):
        return None
    place = node.text.find(agency.agency) + len(agency.agency)
    return agency if node.text[place:].lstrip().startswith(":") else None


def _organising(root: Node) -> list[Node]:
    """By its heading; where no heading says so, what has agencies below it."""
    headed = [node for node in _upper(root) if _is_organising_heading(node.text.strip(" :."))]
    if headed:
        return _outermost(headed)
    inside = (node for node in root.walk() if node.annex is None)
    return _outermost([node for node in inside if _agencies_under(node) >= _SEVERAL])


def _is_organising_heading(text: str) -> bool:
    return bool(_ORGANISES.match(text)) and (text.isupper() or len(text) < _LONGEST_HEADING)


def _outermost(nodes: Sequence[Node]) -> list[Node]:
    chosen = {id(node) for node in nodes}
    return [node for node in nodes if not any(id(above) in chosen for above in _above(node))]


def _upper(root: Node) -> Iterator[Node]:
    """Headings of the first rank: Roman ones, articles, or numbers where nothing stands above."""
    for node in root.walk():
        if node is root or node.annex is not None:
            continue
        is_top = node.parent is root or (
            node.parent is not None and node.parent.level <= Level.CAPITAL
        )
        if node.level <= Level.ROMAN or (is_top and node.level <= Level.NUMBER):
            yield node


def _above(node: Node) -> list[Node]:
    chain = []
    while node.parent is not None:
        node = node.parent
        chain.append(node)
    return chain


def _agencies_under(node: Node) -> int:
    return sum(
        (agency := named(child.text)) is not None
        and bool(agency.said or child.has_content)
        and not _EXECUTES.search(child.text)
        for child in node.children
        if not is_bullet(child.level) or node.is_section
    )


class _Part:
    """One organising part, read from its first to its last agency."""

    def __init__(self, top: Node) -> None:
        self.top = top
        self.found: list[Assigned] = []

    def read(self) -> list[Assigned]:
        if not self._take(self.top, is_top=True):
            self._visit(self.top)
        return self.found

    def _visit(self, node: Node) -> None:
        for one in node.order:
            if isinstance(one, Paragraph):
                self._take_plain(node, one)
            elif not self._take(one):
                self._visit(one)

    def _take(self, node: Node, *, is_top: bool = False) -> bool:
        agency = named(node.text)
        if agency is None or _EXECUTES.search(node.text) or _only_gathers(node, agency):
            return False
        if is_top and node.level < Level.ARTICLE:
            return False
        duties = _duties(node, agency)
        if not duties:
            return False
        self.found.append(
            Assigned(agency.agency, _section_code(node), agency.is_request, duties, node.first)
        )
        return True

    def _take_plain(self, node: Node, paragraph: Paragraph) -> None:
        """An unmarked paragraph of the part itself that begins with an agency."""
        agency = named(paragraph.text)
        if agency is None or not agency.said or closes_part(paragraph.text):
            return
        if node.children and _CLOSES.match(paragraph.text):
            return  # behind marked points it is for everybody
        code = f"{node.code}.{len(self.found) + 1}"
        duty = _duty(code, agency.said, agency, (paragraph.first, paragraph.last))
        self.found.append(
            Assigned(agency.agency, node.code, agency.is_request, [duty], paragraph.first)
        )


def _only_gathers(node: Node, agency: Named) -> bool:
    """“Trách nhiệm của các sở, ngành” over points that begin with an agency each."""
    named_below = sum(
        (below := named(child.text)) is not None and bool(below.said or child.has_content)
        for child in node.children
    )
    return not agency.said and named_below > len(node.children) / 2


def _section_code(node: Node) -> str:
    while is_bullet(node.level) and node.parent is not None:
        node = node.parent
    return node.code


def _duties(node: Node, agency: Named) -> list[AssignedDuty]:
    duties: list[AssignedDuty] = []
    if agency.said and not (node.has_content and _INTRODUCES.fullmatch(agency.said)):
        code = node.code if node.children or is_bullet(node.level) else f"{node.code}.1"
        duties.append(_duty(code, agency.said, agency, (node.first, node.last)))
    for one in node.order:
        if isinstance(one, Node):
            text, last = _whole(one)
            duties.append(_duty(one.code, text, agency, (one.first, last)))
        elif not _is_aside(one, node, has_duties=bool(duties)):
            code = f"{node.code}.{len(duties) + 1}"
            duties.append(_duty(code, one.text, agency, (one.first, one.last)))
    return duties


def _is_aside(paragraph: Paragraph, node: Node, *, has_duties: bool) -> bool:
    """It introduces the points that follow, or speaks to everybody at the end."""
    if node.children and paragraph.text.endswith(":"):
        return True
    return has_duties and bool(_CLOSES.match(paragraph.text))


def _whole(node: Node) -> tuple[str, int]:
    """A duty with the points below it."""
    texts, last = [], node.last
    for one in node.walk():
        texts.append(one.text)
        last = max(last, one.last)
    return "\n".join(texts), last


def _duty(code: str, text: str, agency: Named, lines: tuple[int, int]) -> AssignedDuty:
    verb = verb_of(text)
    due = next((one.on for one in deadlines(text) if one.on), None)
    leads = [] if verb == "coordinate" else names_in_sentence(agency.agency, whole=True)
    return AssignedDuty(code, text, verb, leads, coordinators_in(text), due, lines)


def verb_of(text: str) -> str:
    """The role a duty gives: told by the verb its sentence begins with."""
    words = re.split(r"[.;:]", text, maxsplit=1)[0].split()
    if re.search(_VERBS[0][1], " ".join(words[:_LEAD_WORDS]), re.IGNORECASE):
        return "lead"
    opening = " ".join(words[:_FIRST_WORDS])
    places = {
        verb: found.start()
        for verb, pattern in _VERBS[1:]
        if (found := re.search(pattern, opening, re.IGNORECASE))
    }
    return min(places, key=lambda verb: places[verb], default="carry_out")


_WITH = re.compile(r"phối hợp (?:chặt chẽ\s+)?(?:cùng\s+)?(?:với\s+)?(?=\S)", re.IGNORECASE)


def coordinators_in(text: str) -> list[str]:
    """The bodies a sentence names behind “phối hợp với”."""
    found: list[str] = []
    for start in _WITH.finditer(text):
        for name in names_in_sentence(text[start.end() :]):
            if name not in found:
                found.append(name)
    return found
