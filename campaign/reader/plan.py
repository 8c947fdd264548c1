"""What a plan says, gathered: the one object a reader hands out, and its JSON."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from campaign.reader.bases import Basis, read_bases
from campaign.reader.columns import Column
from campaign.reader.dates import deadlines, due_on, impossible
from campaign.reader.duties import Assigned, is_agency_heading, read_assignments
from campaign.reader.header import OTHERS, Header, kind_of, read_header
from campaign.reader.lines import Source, Warned
from campaign.reader.markers import Level, marker
from campaign.reader.mend import Block, Mended, Paragraph, mend
from campaign.reader.outline import Node, closes_part, outline
from campaign.reader.refusal import Unreadable
from campaign.reader.tail import Tail, is_signature, read_tail, starts_recipients, stray
from campaign.reader.tasks import Found, Task, labels, read_tasks
from campaign.reader.window import Window, read_window


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    heading: str
    line: int


@dataclass(frozen=True, slots=True)
class Item:
    code: str
    text: str
    lines: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Deadline:
    on: date | None
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence no mark stands before: of the opening, of the closing, or below a heading."""

    text: str
    lines: tuple[int, int]
    below: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything proposed, each with the lines it was read from."""

    header: Header
    window: Window
    bases: list[Basis]
    opening: list[Sentence]
    bodies: list[Sentence]
    closing: list[Sentence]
    sections: list[Section]
    items: list[Item]
    assignments: list[Assigned]
    tasks: list[Task]
    deadlines: list[Deadline]
    tail: Tail
    warnings: list[Warned]
    is_recognised: bool


def read_source(source: Source) -> Plan:
    """From numbered lines to proposals; `Unreadable` where they are no plan."""
    pieces = source.pieces
    mended = mend(pieces)
    mended.warnings[:0] = source.warnings
    blocks, ending = _divide(mended.blocks)
    root = outline(blocks)
    header = read_header(root.bodies, [paragraph.text for paragraph, _ in _paragraphs(root)])
    found = read_tasks(root)
    assignments = read_assignments(root)
    sections = _sections(root, found)
    _check_is_plan(header, sections, assignments, found)
    window = read_window(root, header.issued_on, found.label_lines)
    recognised = any(piece.recognised for piece in pieces)
    bases = read_bases(header.preamble)
    bodies, closing = _unmarked(root, found, assignments)
    return Plan(
        header, window, bases, _opening(header, bases), bodies, closing, sections,
        _items(root, assignments, found), assignments, found.tasks,
        _deadlines(root, found, window), read_tail(ending),
        _warnings(mended, header, root, found, recognised=recognised), recognised,
    )  # fmt: skip


def _divide(blocks: Sequence[Block]) -> tuple[list[Block], list[Paragraph]]:
    """Take out who receives and who signs: it ends where an annex, a table or a plan begins."""
    kept: list[Block] = []
    ending: list[Paragraph] = []
    in_tail = False
    headings = 0
    for block in blocks:
        if not isinstance(block, Paragraph):
            in_tail = False
            kept.append(block)
            continue
        if in_tail and _resumes(block.text):
            in_tail = False
        elif not in_tail and headings and _ends(block.text):
            in_tail = True
        if in_tail:
            ending.append(block)
        else:
            headings += marker(block.text) is not None
            kept.append(block)
    return kept, ending


def _ends(text: str) -> bool:
    return starts_recipients(text) or is_signature(text)


def _resumes(text: str) -> bool:
    found = marker(text)
    return kind_of(text) is not None or (found is not None and found.level <= Level.ROMAN)


# --- is it one ----------------------------------------------------------------------------------


def _check_is_plan(
    header: Header, sections: Sequence[Section], assignments: Sequence[Assigned], found: Found
) -> None:
    if header.document_type in OTHERS:
        raise Unreadable(
            f"Đây là văn bản loại “{header.document_type}”, không phải kế hoạch. Hãy chọn văn bản kế hoạch đã ban hành."
        )
    if not sections and not assignments and not found.tasks:
        raise Unreadable(
            "Không thấy đề mục, phân công hay nhiệm vụ nào trong tệp này: đây không phải là một kế hoạch, hoặc văn bản chưa đủ."
        )
    if header.document_type is None and header.number is None and len(sections) < 3:  # noqa: PLR2004
        raise Unreadable("Không thấy tên loại, số hay các phần của một kế hoạch trong tệp này.")


# --- proposals --------------------------------------------------------------------------------


def _sections(root: Node, found: Found) -> list[Section]:
    made = []
    for node in root.walk():
        heading = _heading(node)
        if heading:
            made.append(Section(node.code, heading, node.first))
    made += [Section(one.code, one.heading, one.line) for one in found.sections]
    return sorted(made, key=lambda one: one.line)


def _heading(node: Node) -> str | None:
    if Level.ARTICLE <= node.level <= Level.SUBNUMBER and (agency := is_agency_heading(node)):
        return ("Đề nghị " if agency.is_request else "") + agency.agency
    return node.text.strip(" *_").rstrip(":").strip() if node.is_section else None


def _items(root: Node, assignments: Sequence[Assigned], found: Found) -> list[Item]:
    """Marked paragraphs that are no section, no duty and no label of a task."""
    duties = {line for one in assignments for duty in one.duties for line in _covered(duty.lines)}
    duties |= {one.line for one in assignments}
    return [
        Item(node.code, node.text, (node.first, node.last))
        for node in root.walk()
        if node.parent is not None
        and not _heading(node)
        and node.first not in duties
        and node.first not in found.label_lines
        and node.text
    ]


def _paragraphs(root: Node) -> Iterator[tuple[Paragraph, Node]]:
    for node in root.walk():
        if node.parent is not None:
            yield node.source, node
            yield from ((body, node) for body in node.bodies)


_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZĐÀ-Ỹ])")


def _opening(header: Header, bases: Sequence[Basis]) -> list[Sentence]:
    """What leads from the bases to the first heading."""
    told = {one.line for one in bases}
    return [
        Sentence(one.text, (one.first, one.last))
        for one in header.preamble
        if one.first not in told
    ]


def _unmarked(
    root: Node, found: Found, assignments: Sequence[Assigned]
) -> tuple[list[Sentence], list[Sentence]]:
    """Paragraphs without a mark: those below their headings, and those that close the document."""
    used = {line for one in assignments for duty in one.duties for line in _covered(duty.lines)}
    used |= set(found.label_lines)
    last = next((node for node in reversed(root.children) if node.level is not Level.ANNEX), root)
    ending = _after_the_points(last)
    bodies = [
        Sentence(body.text, (body.first, body.last), node.code)
        for node in root.walk()
        if node.parent is not None
        for body in node.bodies
        if body not in ending and body.first not in used
    ]
    closing = [one for body in ending if body.first not in used for one in _sentences(body)]
    return bodies, closing


def _after_the_points(node: Node) -> list[Paragraph]:
    """Unmarked paragraphs at the end of a part that has marked ones."""
    ending: list[Paragraph] = []
    for one in reversed(node.order):
        if isinstance(one, Node):
            return list(reversed(ending))
        ending.append(one)
    return [one for one in node.bodies if closes_part(one.text)]


def _covered(lines: tuple[int, int]) -> range:
    return range(lines[0], lines[1] + 1)


def _sentences(paragraph: Paragraph) -> Iterator[Sentence]:
    start = 0
    for gap in (*_SENTENCE.finditer(paragraph.text), None):
        end = gap.start() if gap else len(paragraph.text)
        lines = (paragraph.line_at(start), paragraph.line_at(end - 1))
        yield Sentence(paragraph.text[start:end], lines)
        start = gap.end() if gap else end


_GOALS = re.compile(
    r"mục tiêu|chỉ tiêu|mục đích|quan điểm|kết quả đạt được|đánh giá|thực trạng", re.IGNORECASE
)


def _deadlines(root: Node, found: Found, window: Window) -> list[Deadline]:
    made = [
        Deadline(task.due_on, task.time, task.last)
        for task in found.tasks
        if task.time and task.due_on
    ]
    for paragraph, node in _paragraphs(root):
        if paragraph.first in found.label_lines:
            continue
        made += [
            Deadline(day, time, paragraph.first)
            for kind, time in labels(node.text if paragraph is node.source else paragraph.text)
            if kind is Column.TIME and (day := due_on(time))
        ]
        is_goal = _is_goal(node)
        made += [
            Deadline(due.on, _without_marker(due.text), paragraph.line_at(due.place))
            for due in deadlines(paragraph.text)
            if due.is_exact or not is_goal
        ]
    if window.ends_on and all(one.on != window.ends_on for one in made):
        made.append(Deadline(window.ends_on, window.text, window.line))
    return sorted(_once(made), key=lambda one: one.line)


def _is_goal(node: Node) -> bool:
    one: Node | None = node
    while one is not None:
        if one.is_section and _GOALS.search(one.text):
            return True
        one = one.parent
    return False


def _without_marker(text: str) -> str:
    found = marker(text)
    return found.rest if found is not None else text


def _once(made: Sequence[Deadline]) -> list[Deadline]:
    """A day that comes back may stand twice in a line; one that is told twice is one."""
    kept: dict[tuple[date, int] | int, Deadline] = {}
    for place, one in enumerate(made):
        kept.setdefault((one.on, one.line) if one.on else place, one)
    return list(kept.values())


# --- warnings ---------------------------------------------------------------------------------


def _warnings(
    mended: Mended, header: Header, root: Node, found: Found, *, recognised: bool
) -> list[Warned]:
    made = [*mended.warnings, *found.warnings]
    if recognised:
        made.append(
            Warned(1, "Chữ được nhận dạng từ ảnh quét, có thể sai dấu; xin đối chiếu với bản gốc.")
        )
    if header.document_type and header.number is None:
        made.append(Warned(header.lines["document_type"], "Không thấy số, ký hiệu của văn bản."))
    if header.document_type and header.issued_on is None:
        made.append(Warned(header.lines["document_type"], "Không thấy ngày ban hành."))
    for paragraph, _ in _paragraphs(root):
        text, line = paragraph.text, paragraph.last
        if day := impossible(text):
            made.append(Warned(line, f"“{day}” không phải là một ngày có trong lịch."))
        if after := stray(text):
            made.append(Warned(line, f"Sau dấu kết thúc còn chữ “{after}”."))
        made += [
            Warned(line, f"“{due.text}”: có ngày, tháng nhưng không có năm.")
            for due in deadlines(text)
            if due.is_unsure
        ]
    return sorted(dict.fromkeys(made), key=lambda one: one.line)
