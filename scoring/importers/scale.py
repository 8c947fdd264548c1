"""Rows of a sheet into the criteria of a scale, with every problem at its cell."""

import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from lib.vietnamese import fold, parse_number
from scoring.datasets.content import CODE, CriterionContent, ScaleContent
from scoring.datasets.editing import in_tree_order
from scoring.formula import BadConfig, Deduction, MethodName, Section, dump, method_of
from scoring.formula.method import Formula
from scoring.importers.sheet import (
    Problem,
    ReadScale,
    SheetLine,
    Table,
    headless,
    read_table,
)
from scoring.importers.wording import by_hand, read_words

ZERO = Decimal(0)
_METHODS = {fold(name.label): name for name in MethodName} | {
    name.value: name for name in MethodName
}
_TOTAL = {"tong cong", "tong diem", "tong", "cong"}
_ROMAN = re.compile(r"[IVX]+")
_LETTER = re.compile(r"[A-HĐ]")
_NUMBERS = re.compile(r"\d+(?:\.\d+)*")


class _Reading:
    """One run over the rows of a sheet."""

    def __init__(
        self, table: Table, known: frozenset[str], package: dict[str, CriterionContent]
    ) -> None:
        self.table, self.known, self.package = table, known, package
        self.criteria: dict[str, CriterionContent] = {}
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.adopted: set[str] = set()

    def fault(self, line: SheetLine, column: str, message: str) -> None:
        self.problems.append(Problem(line.address(column), message))

    def points(self, line: SheetLine, column: str) -> Decimal:
        cell = line.raw(column)
        if cell is None or cell.value in {None, ""}:
            return ZERO
        if cell.problem:
            self.fault(line, column, cell.problem)
            return ZERO
        if isinstance(cell.value, Decimal):
            value = round(cell.value, 6)
        else:
            try:
                value = abs(parse_number(str(cell.value)))
            except ValueError as problem:
                self.fault(line, column, str(problem))
                return ZERO
        value = abs(value)
        if value != round(value, 2) or value > Decimal("99999.99"):
            self.fault(line, column, "Điểm có tối đa 2 chữ số sau dấu phẩy.")
        return round(value, 2)

    def plan_codes(self, line: SheetLine) -> tuple[str, ...]:
        codes = [one for one in re.split(r"[,;\s]+", line.text("plan_codes")) if one]
        for code in codes:
            if code not in self.known:
                self.fault(line, "plan_codes", f"Kế hoạch không có mục “{code[:20]}”.")
        return tuple(dict.fromkeys(codes))

    def add(self, line: SheetLine, criterion: CriterionContent, column: str) -> None:
        if criterion.code in self.criteria:
            self.fault(line, column, f"Mã “{criterion.code}” đã có ở dòng trên.")
        else:
            self.criteria[criterion.code] = criterion


def read_scale(
    content: bytes, *, like: ScaleContent, known: frozenset[str],
    package: dict[str, CriterionContent],
) -> ReadScale:  # fmt: skip
    """`like` gives the head of the scale; `known` are the codes of the plan; criteria that bear a
    code of the package get its method."""
    table = read_table(content)
    reading = _Reading(table, known, package)
    (_read_usual if table.is_usual else _read_coded)(reading)
    if not reading.criteria and not reading.problems:
        reading.problems.append(Problem("A1", "Không có dòng tiêu chí nào."))
    criteria = in_tree_order(reading.criteria.values())
    return ReadScale(headless(criteria, like), tuple(reading.problems), tuple(reading.notes))


# --- the portal's own columns -------------------------------------------------------------------


def _read_coded(reading: _Reading) -> None:
    parents = {line.text("parent") for line in reading.table.lines} - {""}
    for line in reading.table.lines:
        code = line.text("code")
        if not CODE.fullmatch(code):
            reading.fault(line, "code", f"“{code[:20]}” không phải là mã tiêu chí, ví dụ A.1.")
            continue
        _adopt_missing_group(reading, line)
        criterion = _coded(reading, line, is_group=code in parents)
        reading.add(line, criterion, "code")


def _adopt_missing_group(reading: _Reading, line: SheetLine) -> None:
    """Bonuses and deductions often name a group that has no row of its own."""
    parent, section = line.text("parent"), _section(line)
    if not parent or parent in reading.criteria:
        return
    if section == Section.CONTENT:
        reading.fault(line, "parent", f"Chưa có nhóm “{parent[:20]}” ở các dòng trên.")
        return
    reading.adopted.add(parent)
    reading.criteria[parent] = CriterionContent(
        parent, section.label, ZERO, MethodName.GROUP.value, section=section.value
    )


_SECTIONS = {fold(section.label): section for section in Section}


def _section(line: SheetLine) -> Section:
    """As the row says, else as its method asks."""
    if said := _SECTIONS.get(fold(line.text("section"))):
        return said
    method = _METHODS.get(fold(line.text("method")))
    special = {MethodName.BONUS: Section.BONUS, MethodName.DEDUCTION: Section.DEDUCTION}
    return special.get(method, Section.CONTENT) if method else Section.CONTENT


def _coded(reading: _Reading, line: SheetLine, *, is_group: bool) -> CriterionContent:
    code, name = line.text("code"), line.text("name")
    if not name:
        reading.fault(line, "name", "Chưa có nội dung tiêu chí.")
    parent = reading.criteria.get(line.text("parent"))
    section = Section(parent.section) if parent else _section(line)
    most = reading.points(line, "max_points")
    if parent and parent.code in reading.adopted and section == Section.BONUS:
        raised = replace(parent, max_points=parent.max_points + most)
        reading.criteria[parent.code] = raised
    criterion = CriterionContent(
        code=code, name=name[:500], max_points=most, method=MethodName.GROUP.value,
        parent=parent.code if parent else None, section=section.value,
        wording=line.text("formula")[:500], evidence_note=line.text("evidence")[:300],
        evidence_required=_is_required(line), verifier=line.text("verifier")[:100],
        plan_codes=reading.plan_codes(line),
    )  # fmt: skip
    return criterion if is_group else _with_method(reading, line, criterion)


def _is_required(line: SheetLine) -> bool:
    if "required" in line.cells:
        return fold(line.text("required")) in {"co", "x", "1", "bat buoc"}
    return bool(line.text("evidence")) and line.text("verifier") != "SYSTEM"


def _with_method(
    reading: _Reading, line: SheetLine, criterion: CriterionContent
) -> CriterionContent:
    said = line.text("method")
    method = _METHODS.get(fold(said))
    if said and method is None:
        reading.fault(line, "method", f"Không có cách chấm “{said[:40]}”.")
    if method == MethodName.GROUP or (said and method is None):
        return criterion
    if config := line.text("config"):
        return _from_config(reading, line, criterion, method, config)
    return _understood(reading, criterion, method)


def _understood(
    reading: _Reading, criterion: CriterionContent, method: MethodName | None
) -> CriterionContent:
    """By the campaign's package where it is one of its criteria, else by the words."""
    known = reading.package.get(criterion.code)
    if known and known.method == (method or known.method):
        return replace(criterion, method=known.method, config=known.config, package_code=known.code)
    formula = _from_words(reading, criterion, method)
    return replace(criterion, method=method_of(formula).value, config=dump(formula))


def _from_config(
    reading: _Reading,
    line: SheetLine,
    criterion: CriterionContent,
    method: MethodName | None,
    config: str,
) -> CriterionContent:
    try:
        data: Any = json.loads(config)
        return replace(
            criterion, method=(method or MethodName.REVIEW).value, config=data
        ).completed()
    except (ValueError, BadConfig) as problem:
        reading.fault(line, "config", f"Cổng không đọc được cấu hình này ({problem}).")
        return criterion


def _from_words(
    reading: _Reading, criterion: CriterionContent, method: MethodName | None
) -> Formula:
    name = (method or MethodName.REVIEW).value
    formula = read_words(name, criterion.wording, criterion.name, criterion.max_points)
    if formula:
        return formula
    if name in {MethodName.BONUS, MethodName.DEDUCTION}:
        return _plain(criterion)
    if name != MethodName.REVIEW:
        reading.notes.append(
            f"{criterion.code} {criterion.name}: Cổng chưa hiểu cách chấm “{criterion.wording}”, "
            "tạm để chấm trực tiếp; mời chọn lại cách chấm."
        )
    return by_hand()


def _plain(criterion: CriterionContent) -> Formula:
    formula = read_words(
        criterion.section, f"+{criterion.max_points or 1}", criterion.name, criterion.max_points
    )
    return formula or Deduction(criterion.name[:150], criterion.max_points or Decimal(1))


# --- STT | Nội dung | Điểm chuẩn | Thưởng | Trừ ---------------------------------------------------


def _read_usual(reading: _Reading) -> None:
    """Numbers say the tree: letters and Roman numbers on top, then 1, then 1.1; a row without a
    number belongs to the last one that has."""
    trail: list[str] = []
    for line in reading.table.lines:
        if fold(line.text("name")).strip(": ") in _TOTAL or not line.text("name"):
            continue
        code, parent = _place(reading, line, trail)
        if code:
            _add_usual(reading, line, code, parent)
    _make_groups(reading)


def _place(reading: _Reading, line: SheetLine, trail: list[str]) -> tuple[str, str | None]:
    number = line.text("number").strip(" .)")
    if _ROMAN.fullmatch(number) or _LETTER.fullmatch(number):
        level = (
            1
            if trail
            and _LETTER.fullmatch(trail[0])
            and _ROMAN.fullmatch(number)
            and len(number) > 1
            else 0
        )
        part = number
    elif _NUMBERS.fullmatch(number):
        part = number.rpartition(".")[2]
        level = number.count(".") + (1 if trail and not _NUMBERS.fullmatch(trail[0]) else 0)
    elif number:
        part, level = number.upper(), len(trail)
    else:
        below = trail[-1] if trail else ""
        taken = sum(1 for one in reading.criteria.values() if one.parent == below)
        return (f"{below}.{taken + 1}" if below else "", below or None)
    del trail[level:]
    above = trail[-1] if trail else None
    code = f"{above}.{part}" if above else part
    if not CODE.fullmatch(code):
        reading.fault(line, "number", f"Số thứ tự “{number[:20]}” không rõ; ví dụ I, 1, 1.1.")
        return "", None
    trail.append(code)
    return code, above


def _add_usual(reading: _Reading, line: SheetLine, code: str, parent: str | None) -> None:
    section, most = Section.CONTENT, reading.points(line, "max_points")
    bonus, lost = reading.points(line, "bonus"), reading.points(line, "deduction")
    if not most and bonus:
        section, most = Section.BONUS, bonus
    elif not most and lost:
        section, most = Section.DEDUCTION, lost
    above = reading.criteria.get(parent or "")
    is_apart = above is not None and above.section != section and bool(above.max_points)
    criterion = CriterionContent(
        code=code, name=line.text("name")[:500], max_points=most,
        method=MethodName.REVIEW.value, config=dump(by_hand()),
        parent=None if is_apart else parent, section=section.value,
        evidence_note=line.text("evidence")[:300], plan_codes=reading.plan_codes(line),
    )  # fmt: skip
    if section != Section.CONTENT:
        formula = read_words(section.value, f"+{most:f}".replace(".", ","), criterion.name, most)
        if formula:
            criterion = replace(
                criterion, method=method_of(formula).value, config=dump(formula),
                max_points=most if section == Section.BONUS else ZERO,
            )  # fmt: skip
    reading.add(line, criterion, "number")


def _make_groups(reading: _Reading) -> None:
    """Whatever has children is a group, of the part its children are in. A heading over both
    bonuses and deductions (“Điểm thưởng, điểm trừ”) is none: each stands for itself."""
    for code in reversed(list(reading.criteria)):
        below = [one for one in reading.criteria.values() if one.parent == code]
        if below:
            _make_group(reading, reading.criteria[code], below)


def _make_group(reading: _Reading, group: CriterionContent, below: list[CriterionContent]) -> None:
    sections = {one.section for one in below}
    if len(sections) > 1 and not group.max_points:
        del reading.criteria[group.code]
        for one in below:
            reading.criteria[one.code] = replace(one, parent=None)
        return
    reading.criteria[group.code] = replace(
        group, method=MethodName.GROUP.value, config={},
        section=sections.pop() if len(sections) == 1 else group.section,
        max_points=group.max_points or sum((one.max_points for one in below), ZERO),
    )  # fmt: skip
