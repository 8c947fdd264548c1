"""The workbook that comes back: first whose it is, then what every cell says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import xlsxwriter.utility
from django.core import signing

from lib.roundtrip.model import MARK, SALT, Form, Identity, Line, alike, name_of, squeezed, typed
from lib.sheet import BadSheet, Cell, SheetRows, read_xlsx

_NOISE = Decimal("1e-9")


class NotThisTable(BadSheet):
    """The workbook is not the one that is asked for; `str()` says whose it is and what to do."""


@dataclass(frozen=True)
class Returned:
    """A workbook of ours that came back: whose it says it is, and its pages."""

    identity: Identity
    pages: tuple[SheetRows, ...]


@dataclass(frozen=True)
class ReadLine:
    """A line that came back: what its inputs say, and where on the page they stand."""

    key: str
    row: int
    cells: Mapping[str, str]
    addresses: Mapping[str, str]


@dataclass(frozen=True)
class Reading:
    """What a page says. With `problems` nothing of it is to be used."""

    lines: tuple[ReadLine, ...] = ()
    removed: tuple[Line, ...] = ()
    problems: tuple[str, ...] = ()


def open_returned(content: bytes, asked: Identity) -> Returned:
    """Read a workbook and make sure that it is the one that is asked for."""
    pages = read_xlsx(content)
    identity = _identity(pages)
    if identity is None:
        raise NotThisTable(
            "Tệp này không phải do Cổng lập, hoặc trang định danh của nó đã bị xóa, sửa. "
            "Mời tải tệp của đơn vị từ trang này, điền vào đó rồi gửi lên."
        )
    _refuse_other(identity, asked)
    return Returned(identity, tuple(pages))


def _identity(pages: Sequence[SheetRows]) -> Identity | None:
    for page in pages:
        column = [str(row[0].value or "") if row else "" for row in page.rows[:2]]
        if column[:1] == [MARK] and len(column) > 1:
            try:
                return Identity(**signing.loads(column[1], salt=SALT))
            except (signing.BadSignature, TypeError):
                return None
    return None


def _refuse_other(found: Identity, asked: Identity) -> None:
    """In the order in which a person tells papers apart; the first difference is the answer."""
    again = f"Mời tải “{asked.title}” của {asked.unit_name} từ trang này rồi điền vào đó."
    if found.kind != asked.kind:
        raise NotThisTable(f"Tệp này là “{found.title}”, không phải “{asked.title}”. {again}")
    if found.unit != asked.unit:
        raise NotThisTable(
            f"Tệp này là của {found.unit_name}, còn trang này là của {asked.unit_name}. {again}"
        )
    if found.scope != asked.scope:
        raise NotThisTable(
            f"Tệp này thuộc {found.scope_name}, còn trang này thuộc {asked.scope_name}. {again}"
        )
    if found.version != asked.version:
        raise NotThisTable(
            f"Tệp này thuộc bản lần {found.version}, tải về {found.issued_at}; bản đang soạn là "
            f"lần {asked.version}. {again}"
        )
    if found.state != asked.state:
        raise NotThisTable(
            f"Tệp này tải về {found.issued_at}; từ đó nội dung trên Cổng đã được sửa. Mời tải tệp "
            "mới rồi điền lại những ô cần sửa, để không mất phần người khác vừa lưu."
        )


def read(returned: Returned, form: Form) -> Reading:
    """Every line of a page against the lines that left; broken and locked cells by address."""
    page = next((page for page in returned.pages if page.title == form.title), None)
    if page is None:
        return Reading(problems=(f"Tệp không còn trang “{form.title}”.",))
    return _PageReader(form, page).reading()


@dataclass
class _PageReader:
    form: Form
    page: SheetRows
    problems: list[str] = field(default_factory=list)
    lines: list[ReadLine] = field(default_factory=list)

    def reading(self) -> Reading:
        self._check_header()
        if not self.problems:
            self._read_lines()
        left = {line.key for line in self.lines}
        gone = [line for line in self.form.lines if line.kind == "plain" and line.key not in left]
        if gone and not self.form.spare and not self.problems:
            self.problems += [f"{self._at()}: thiếu dòng “{name_of(self.form, g)}”." for g in gone]
        if self.problems:
            return Reading(problems=tuple(self.problems))
        return Reading(tuple(self.lines), tuple(gone))

    def _at(self, address: str = "") -> str:
        return f"Trang “{self.form.title}”" + (f", ô {address}" if address else "")

    def _cell(self, row: int, place: int) -> Cell:
        cells = self.page.rows[row - 1] if row <= len(self.page.rows) else []
        return cells[place] if place < len(cells) else Cell(_address(row, place), None)

    def _check_header(self) -> None:
        row = self.form.header_row
        for place, column in enumerate(self.form.fields, start=1):
            cell = self._cell(row, place)
            if squeezed(str(cell.value or "")) != squeezed(column.header):
                self.problems.append(
                    f"{self._at(cell.address)}: tiêu đề cột “{column.header}” không còn ở chỗ của "
                    "nó. Xin không thêm, xóa hay đổi chỗ cột."
                )
                return

    def _read_lines(self) -> None:
        known = {line.key: line for line in self.form.lines}
        seen: dict[str, int] = {}
        for row in range(self.form.header_row + 1, len(self.page.rows) + 1):
            key = str(self._cell(row, 0).value or "")
            if key in seen:
                self.problems.append(f"{self._at(f'A{row}')}: dòng này lặp lại dòng {seen[key]}.")
            elif key and key not in known:
                self.problems.append(
                    f"{self._at(f'A{row}')}: dòng này không có trong bảng đã tải về."
                )
            else:
                self._read_line(row, known.get(key, Line("", {})))
            if key:
                seen[key] = row

    def _read_line(self, row: int, line: Line) -> None:
        texts, addresses = {}, {}
        for place, column in enumerate(self.form.fields, start=1):
            cell = self._cell(row, place)
            text = self._text(cell)
            if line.takes(column):
                texts[column.name], addresses[column.name] = text, cell.address
            elif not alike(column.kind, typed(line.values.get(column.name)), text):
                self.problems.append(
                    f"{self._at(cell.address)}: ô khóa, không sửa được; xin ghi lại như cũ: "
                    f"“{typed(line.values.get(column.name))}”."
                )
        is_empty = not any(texts.values())
        if line.kind == "group" or (is_empty and (self.form.spare or not line.key)):
            return  # emptied lines are removed, where lines may be
        if not line.key and not self.form.spare:
            outside = next(addresses[name] for name, text in texts.items() if text)
            self.problems.append(f"{self._at(outside)}: ô này nằm ngoài bảng.")
            return
        self.lines.append(ReadLine(line.key, row, texts, addresses))

    def _text(self, cell: Cell) -> str:
        if cell.problem or cell.is_percent:
            why = cell.problem or "ô ghi phần trăm; hãy ghi số"
            self.problems.append(f"{self._at(cell.address)}: {why}.")
            return ""
        value = cell.value
        if isinstance(value, Decimal):
            # Excel counts in binary: 0,1 + 0,2 arrives as 0,30000000000000004.
            near = round(value, 2)
            value = near if abs(near - value) < _NOISE else value
        return typed(value)


def _address(row: int, place: int) -> str:
    return f"{xlsxwriter.utility.xl_col_to_name(place)}{row}"
