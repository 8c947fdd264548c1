"""Tasks with their own lead, coordinators and time: in lines that say so, or in a table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from campaign.reader.agencies import split_names
from campaign.reader.columns import Column, counted, head
from campaign.reader.dates import due_on
from campaign.reader.lines import Row, Warned
from campaign.reader.markers import Level, is_bullet, marker
from campaign.reader.mend import Paragraph, Table
from campaign.reader.outline import Node

_LABEL = re.compile(
    r"(?:(?<=[(;.,\n])|^)\s*[-+*•(]?\s*(?P<label>(?:(?:Cơ quan|Đơn vị|Thời gian|Thời hạn|Tiến độ|Lộ trình|Chủ trì|Phối hợp|Sản phẩm|Kết quả|"
    r"Phân công|Đầu mối|Nguồn|Kinh phí|Thời điểm|Địa điểm|Hoàn thành|Trách nhiệm)(?![^\W\d_])[^:;.()\n]{0,45}?))\s*:\s*",
    re.IGNORECASE,
)  # fmt: skip
_KINDS = (
    (Column.TIME, re.compile(r"thời gian|thời hạn|tiến độ|lộ trình|hoàn thành|thời điểm", re.IGNORECASE)),
    (Column.OTHER, re.compile(r"sản phẩm|kết quả|kinh phí|nguồn|địa điểm", re.IGNORECASE)),
    (Column.LEAD, re.compile(r"chủ trì|đầu mối|tham mưu|phụ trách", re.IGNORECASE)),
    (Column.COORDINATE, re.compile(r"phối hợp", re.IGNORECASE)),
    (Column.LEAD, re.compile(r"(?:cơ quan|đơn vị|phân công|trách nhiệm)(?:\s+thực hiện|\s+triển khai|$)", re.IGNORECASE)),
)  # fmt: skip
_UNTIL = re.compile(
    r"\s*[;,.]\s*(?P<time>(?:thời gian |thời hạn )?(?:hoàn thành|xong|trước|trong|chậm nhất)\s.*\d)",
    re.IGNORECASE,
)
_LEADS_WITH = re.compile(
    r"(?P<lead>.+?) chủ trì\s*[,;]?\s*(?:phối hợp (?:với\s+)?(?P<others>.+))?",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(slots=True)
class Task:
    code: str
    text: str
    first: int
    last: int
    leads: list[str] = field(default_factory=list)
    coordinators: list[str] = field(default_factory=list)
    time: str | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class TableSection:
    code: str
    heading: str
    line: int


@dataclass(slots=True)
class Found:
    tasks: list[Task] = field(default_factory=list)
    sections: list[TableSection] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    label_lines: set[int] = field(default_factory=set)
    """Where the labels stand, so that they are not read as items or deadlines again."""


def read_tasks(root: Node) -> Found:
    found = Found()
    _Labelled(found).read(root)
    for node in root.walk():
        _read_tables(node, found)
    return found


# --- lines that say who leads -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    first: int
    last: int
    node: Node


def _in_order(root: Node) -> Iterator[_Said]:
    waiting: list[Node | tuple[Paragraph, Node]] = [root]
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple):
            yield _Said(one[0].text, one[0].first, one[0].last, one[1])
            continue
        if one is not root:
            yield _Said(one.text, one.first, one.last, one)
        inside = [part if isinstance(part, Node) else (part, one) for part in one.order]
        waiting.extend(reversed(inside))


def labels(text: str) -> list[tuple[Column, str]]:
    """What a line says after “Cơ quan chủ trì:”, “Thời gian:” and the like; nothing if it does not begin so."""
    found = list(_LABEL.finditer(text))
    if not found or text[: found[0].start()].strip(" -+*•(\n"):
        return []
    ends = [*(label.start() for label in found[1:]), len(text)]
    said = []
    for label, end in zip(found, ends, strict=True):
        kind = next((kind for kind, words in _KINDS if words.search(label["label"])), None)
        if kind is None:
            return []
        value = text[label.end() : end].strip(" .;,)\n")
        if kind is Column.LEAD and (until := _UNTIL.search(value)):
            said.append((Column.TIME, value[until.start("time") :]))
            value = value[: until.start()]
        said.append((kind, value))
    return said


def _inside(text: str) -> tuple[str, list[tuple[Column, str]]]:
    """A sentence that ends with “(Chủ trì: …; thời gian: …)”, or goes on so after its full stop."""
    for found in _LABEL.finditer(text):
        said = labels(text[found.start() :].lstrip(" ;,.("))
        if found.start() > 0 and any(kind is Column.LEAD for kind, _ in said):
            return text[: found.start()].rstrip(" (;,."), said
    return text, []


class _Labelled:
    """Goes through the document and gathers what stands before each group of labels."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.content: list[_Said] = []
        self.group: list[tuple[Column, str]] = []
        self.group_lines: list[int] = []
        self.section: Node | None = None

    def read(self, root: Node) -> None:
        for said in _in_order(root):
            if said.node.is_section and said.node.first == said.first:
                self._close()
                self.section, self.content = said.node, []
                continue
            if said_labels := labels(said.text):
                self.group += said_labels
                self.group_lines += [said.first, said.last]
                continue
            self._close()
            text, inside = _inside(said.text)
            self.content.append(_Said(text, said.first, said.last, said.node))
            if inside:
                self.group, self.group_lines = inside, [said.first]
        self._close()

    def _close(self) -> None:
        group, self.group = self.group, []
        lines, self.group_lines = self.group_lines, []
        if not any(kind is Column.LEAD for kind, _ in group):
            return
        self.found.label_lines.update(
            line for line in lines if all(line != one.first for one in self.content)
        )
        content, self.content = self.content, []
        heading = self.section
        if not content and heading is not None:
            content = [_Said(heading.text, heading.first, heading.last, heading)]
        text = "\n".join(one.text for one in content)
        first = content[0].first if content else lines[0]
        task = Task(self._code(content), text, first, max([first, *lines]))
        _fill(task, group, self.found.warnings)
        self.found.tasks.append(task)

    def _code(self, content: Sequence[_Said]) -> str:
        node = content[0].node if content else self.section
        while (
            node is not None and not node.is_section and (is_bullet(node.level) or len(content) > 1)
        ):
            node = node.parent
        return node.code if node is not None else ""


def _fill(task: Task, said: Sequence[tuple[Column, str]], warnings: list[Warned]) -> None:
    for kind, value in said:
        if kind is Column.LEAD:
            both = _LEADS_WITH.fullmatch(value)
            task.leads += _names(both["lead"] if both else value, task, warnings)
            if both and both["others"]:
                task.coordinators += _names(both["others"], task, warnings)
        elif kind is Column.COORDINATE:
            task.coordinators += _names(value, task, warnings)
        elif kind is Column.TIME and value:
            task.time = " ".join(value.split())
            task.due_on = due_on(task.time)


def _names(value: str, task: Task, warnings: list[Warned]) -> list[str]:
    names, supplied = split_names(value)
    if supplied:
        warnings.append(
            Warned(task.first, f"“{value}”: thiếu dấu phân cách giữa hai cơ quan, đã tách.")
        )
    return names


# --- tables -----------------------------------------------------------------------------------


def _read_tables(node: Node, found: Found) -> None:
    kinds: tuple[Column, ...] | None = None
    for table in node.tables:
        headed = head(table.rows)
        rows = table.rows
        if headed:
            kinds, skipped = headed
            rows = rows[skipped:]
        elif kinds is None or any(len(row.cells) != len(kinds) for row in rows):
            continue
        _TaskTable(kinds, node.code or "BẢNG", found).read(table, rows)


class _TaskTable:
    def __init__(self, kinds: tuple[Column, ...], code: str, found: Found) -> None:
        self.kinds = kinds
        self.code = code
        self.found = found
        self.told: list[tuple[Column, str]] = []

    def read(self, table: Table, rows: Sequence[Row]) -> None:
        for row in rows:
            missing = len(self.kinds) - len(row.cells)
            if 0 <= missing < len(self.kinds) - 1 and not head([row]):
                self._read_row(replace(row, cells=(*row.cells, *[""] * missing)))

    def _cell(self, row: Row, kind: Column) -> str:
        return "\n".join(
            row.cells[place] for place in counted(self.kinds, kind) if row.cells[place]
        )

    def _read_row(self, row: Row) -> None:
        ordinal, content = self._cell(row, Column.ORDINAL), self._cell(row, Column.CONTENT)
        told = [
            (kind, self._cell(row, kind)) for kind in (Column.LEAD, Column.COORDINATE, Column.TIME)
        ]
        if not any(value for _, value in told):
            self._read_heading(row, ordinal, content)
            return
        if not ordinal and Column.ORDINAL in self.kinds and self._goes_on(content, told):
            self._continue(row, content, told)
            return
        number = ordinal.strip(" .)")
        task = Task(
            f"{self.code}.{number}" if number else self.code,
            " ".join(content.split()),
            row.number,
            row.number,
        )
        self.told = told
        _fill(task, told, self.found.warnings)
        self.found.tasks.append(task)

    def _read_heading(self, row: Row, ordinal: str, content: str) -> None:
        text = (
            " ".join(f"{ordinal}. {content}".split()) if ordinal and content else ordinal or content
        )
        found = marker(text) if text else None
        if found is not None and found.level in {Level.ROMAN, Level.CAPITAL}:
            self.found.sections.append(
                TableSection(f"{self.code}.{found.code}", found.rest, row.number)
            )

    def _goes_on(self, content: str, told: Sequence[tuple[Column, str]]) -> bool:
        """The rest of a row that the edge of a page cut."""
        if not self.found.tasks:
            return False
        return (
            content[:1].islower()
            or not content
            or any(value[:1].islower() for _, value in told[:1])
        )

    def _continue(self, row: Row, content: str, told: Sequence[tuple[Column, str]]) -> None:
        task = self.found.tasks[-1]
        task.text = f"{task.text} {content}".strip()
        task.last = row.number
        task.leads, task.coordinators = [], []
        self.told = [
            (kind, f"{before} {rest}".strip())
            for (kind, before), (_, rest) in zip(self.told, told, strict=True)
        ]
        _fill(task, self.told, self.found.warnings)
        self.found.warnings.append(
            Warned(row.number, "Dòng của bảng bị ngắt sang trang khác, đã nối lại.")
        )
