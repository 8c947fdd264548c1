"""A scale from a sheet, in either shape people have: the portal's own columns (those of the
example file), or the usual “STT | Nội dung | Điểm chuẩn | Thưởng | Trừ”.

Every problem is named by its cell. What could be read but not understood is a note: the
criterion is there, scored by hand until somebody says how.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from lib.sheet import BadSheet, Cell, SheetRows, read_xlsx
from lib.vietnamese import fold
from scoring.datasets.content import CriterionContent, ScaleContent

MOST_ROWS = 400
_SEARCHED = 30

# Folded headings of each column, ours and those of the example file.
HEADINGS = {
    "code": {"ma", "code", "ma tieu chi"},
    "number": {"stt", "tt", "so tt"},
    "parent": {"thuoc nhom", "parent", "nhom"},
    "section": {"phan"},
    "name": {"noi dung", "name_vi", "tieu chi", "noi dung tieu chi", "noi dung thi dua"},
    "max_points": {"diem chuan", "max_points", "diem toi da", "diem"},
    "bonus": {"thuong", "diem thuong", "diem cong"},
    "deduction": {"tru", "diem tru"},
    "method": {"cach cham", "method"},
    "formula": {"cong thuc", "formula", "cach tinh"},
    "evidence": {"minh chung", "evidence_required"},
    "required": {"bat buoc minh chung"},
    "verifier": {"noi tham dinh", "first_verifier"},
    "plan_codes": {"muc cua ke hoach", "plan_codes", "muc ke hoach"},
    "config": {"cau hinh"},
}
_NAMES = {heading: name for name, headings in HEADINGS.items() for heading in headings}


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell; the address as Excel shows it."""

    address: str
    message: str


@dataclass(frozen=True)
class ReadScale:
    """What a sheet says. With `problems` nothing of it may be used."""

    content: ScaleContent
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class SheetLine:
    """One row by the names of its columns."""

    cells: dict[str, Cell]

    def text(self, name: str) -> str:
        cell = self.cells.get(name)
        if cell is None or cell.value is None:
            return ""
        if isinstance(cell.value, Decimal):
            return f"{cell.value.normalize():f}"
        return " ".join(str(cell.value).split())

    def raw(self, name: str) -> Cell | None:
        return self.cells.get(name)

    def address(self, name: str) -> str:
        cell = self.cells.get(name)
        return cell.address if cell else next(iter(self.cells.values())).address

    @property
    def is_blank(self) -> bool:
        return not any(self.text(name) for name in self.cells)


@dataclass(frozen=True)
class Table:
    columns: frozenset[str]
    lines: tuple[SheetLine, ...]

    @property
    def is_usual(self) -> bool:
        """By running numbers, not by codes."""
        return "code" not in self.columns


def read_table(content: bytes) -> Table:
    """The page that can be read best: one with codes, else one with running numbers."""
    pages = [page for page in read_xlsx(content) if not page.is_hidden]
    tables = [table for page in pages if (table := _table(page))]
    if tables:
        return min(tables, key=lambda table: table.is_usual)
    raise BadSheet(
        "Không thấy dòng tiêu đề. Bảng cần có các cột “Mã” hoặc “STT”, “Nội dung”, “Điểm chuẩn”."
    )


def _table(page: SheetRows) -> Table | None:
    for place, row in enumerate(page.rows[:_SEARCHED]):
        names = [_NAMES.get(fold(str(cell.value or "")), "") for cell in row]
        if {"name", "max_points"} <= set(names) and {"code", "number"} & set(names):
            if len(page.rows) - place > MOST_ROWS:
                raise BadSheet(f"Bảng có quá {MOST_ROWS} dòng, xin kiểm tra lại tệp.")
            lines = (_line(cells, names) for cells in page.rows[place + 1 :])
            return Table(frozenset(names) - {""}, tuple(one for one in lines if not one.is_blank))
    return None


def _line(cells: Sequence[Cell], names: Sequence[str]) -> SheetLine:
    """A heading that stands twice keeps its first column."""
    found: dict[str, Cell] = {}
    for name, cell in zip(names, cells, strict=False):
        if name:
            found.setdefault(name, cell)
    return SheetLine(found or {"": cells[0]} if cells else {})


def headless(criteria: Sequence[CriterionContent], like: ScaleContent) -> ScaleContent:
    """A scale around criteria: its total and cap are what they add up to."""
    total = _sum(criteria, "content")
    return ScaleContent(
        total or like.total, _sum(criteria, "bonus"), like.honesty_percent, tuple(criteria)
    )


def _sum(criteria: Sequence[CriterionContent], section: str) -> Decimal:
    roots = (one.max_points for one in criteria if one.parent is None and one.section == section)
    return sum(roots, Decimal(0))
