"""Awards of before from a workbook: every row understood or told what is wrong with it.

A row is known by who, where, what, when and by which decision; one that is there already is passed
over, so that a workbook may come in twice.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from awards.documents.history import COLUMNS
from awards.models import AwardForm, Candidate, PastAward, Recipient
from lib.sheet import BadSheet, Cell, SheetRows, read_xlsx
from lib.vietnamese import clean, fold, parse_date
from units.models import Unit

HEADINGS = {fold(column.header): column.header for column in COLUMNS}
TITLE_LINES = 15
NEEDED_HEADINGS = 4
EARLIEST_YEAR = 1945
RECIPIENT, NAME, UNIT, FORM, YEAR = (
    "Đối tượng", "Họ và tên, tên tập thể", "Đơn vị", "Danh hiệu, hình thức", "Năm",
)  # fmt: skip
TEXTS = {
    "Chức vụ": "position", "Thành tích": "achievement", "Sáng kiến": "initiative_name",
    "Số quyết định": "decision_number", "Số sổ vàng": "golden_book_number",
}  # fmt: skip
DATES = {
    "Thành tích từ ngày": "achieved_from",
    "Đến hết ngày": "achieved_to",
    "Ngày quyết định": "decided_on",
}


@dataclass(frozen=True)
class ReadRow:
    """One row: the award it means, what must be mended, and what is only worth knowing."""

    number: int
    award: PastAward
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_known: bool = False


@dataclass(frozen=True)
class ReadHistory:
    rows: list[ReadRow] = field(default_factory=list)

    @property
    def problems(self) -> list[str]:
        return [f"Dòng {row.number}: {text}" for row in self.rows for text in row.problems]

    @property
    def new(self) -> list[ReadRow]:
        return [row for row in self.rows if not row.is_known]

    @property
    def known_count(self) -> int:
        return len(self.rows) - len(self.new)


def read_history(content: bytes, *, today: date) -> ReadHistory:
    """`BadSheet` where the workbook as a whole is not one of these."""
    pages = [page for page in read_xlsx(content) if page.rows and not page.is_hidden]
    for page in pages:
        header = _header(page)
        if header is not None:
            return _read(page, header, today)
    raise BadSheet(
        "Không thấy dòng tiêu đề của bảng lịch sử khen thưởng. Hãy tải mẫu và chép dữ liệu vào mẫu."
    )


def _header(page: SheetRows) -> int | None:
    for place, cells in enumerate(page.rows[:TITLE_LINES]):
        known = [cell for cell in cells if fold(str(cell.value or "")) in HEADINGS]
        if len(known) >= NEEDED_HEADINGS:
            return place
    return None


def _read(page: SheetRows, header: int, today: date) -> ReadHistory:
    names = [HEADINGS.get(fold(str(cell.value or "")), "") for cell in page.rows[header]]
    for needed in (RECIPIENT, NAME, UNIT, FORM, YEAR):
        if needed not in names:
            raise BadSheet(f"Bảng thiếu cột “{needed}”.")
    known = _Known(today)
    rows = []
    for number, cells in enumerate(page.rows[header + 1 :], start=header + 2):
        named = {name: cell for name, cell in zip(names, cells, strict=False) if name}
        if any(cell.value not in (None, "") or cell.problem for cell in named.values()):
            rows.append(_Line(named, known).read(number))
    if not rows:
        raise BadSheet("Bảng chưa có dòng nào. Hãy điền vào mẫu rồi gửi lại.")
    return ReadHistory(_without_known(rows))


def _without_known(rows: Sequence[ReadRow]) -> list[ReadRow]:
    """A row that the portal has, or that stands further up, is passed over and told."""
    there = set(PastAward.objects.values_list("row_key", flat=True))
    marked = []
    for row in rows:
        is_known = not row.problems and row.award.row_key in there
        there.add(row.award.row_key)
        marked.append(ReadRow(row.number, row.award, row.problems, row.notes, is_known))
    return marked


class _Known:
    """Units and forms by every way they are called, read once for all rows."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.units: dict[str, list[Unit]] = {}
        for unit in Unit.objects.in_protocol_order():
            for name in {fold(unit.name), fold(unit.short_name), fold(unit.code)}:
                self.units.setdefault(name, []).append(unit)
        self.forms: dict[str, list[AwardForm]] = {}
        for form in AwardForm.objects.order_by("valid_from"):
            for name in {fold(form.name), fold(form.short_name), fold(form.code)}:
                self.forms.setdefault(name, []).append(form)

    def unit(self, name: str, year: int | None) -> Unit | None:
        """Of two units of one name the one that was in force that year."""
        found = self.units.get(fold(name), [])
        held = [unit for unit in found if year is None or _was_in_force(unit, year)]
        return next(iter(held or found), None)

    def form(self, name: str, on: date | None) -> AwardForm | None:
        found = self.forms.get(fold(name), [])
        held = [form for form in found if on is None or form.valid_from <= on]
        return (held or found)[-1] if found else None


def _was_in_force(unit: Unit, year: int) -> bool:
    starts = unit.valid_from.year if unit.valid_from else year
    ends = unit.valid_to.year if unit.valid_to else year
    return starts <= year <= ends


class _Line:
    def __init__(self, cells: Mapping[str, Cell], known: _Known) -> None:
        self.cells = cells
        self.known = known
        self.problems = [
            f"ô {cell.address}: {cell.problem}" for cell in cells.values() if cell.problem
        ]
        self.notes: list[str] = []

    def read(self, number: int) -> ReadRow:
        year = self._year()
        facts: dict[str, Any] = {
            "recipient": self._recipient(),
            "name": self._needed(NAME, 200), "form_name": self._needed(FORM, 150),
            "unit_name": self._needed(UNIT, 200), "year": year or 0,
        }  # fmt: skip
        for header, attribute in TEXTS.items():
            longest = PastAward._meta.get_field(attribute).max_length  # type: ignore[union-attr]
            facts[attribute] = self._text(header, longest)
        for header, attribute in DATES.items():
            facts[attribute] = self._date(header)
        facts["gender"] = self._gender(facts["recipient"])
        facts |= self._places(facts, year)
        award = PastAward(**facts)
        self._check(award)
        award.note_keys()
        award.row_key = row_key(award)
        return ReadRow(number, award, tuple(self.problems), tuple(self.notes))

    def _places(self, facts: Mapping[str, Any], year: int | None) -> dict[str, Any]:
        """The unit and the form the names stand for, where the portal knows them."""
        unit = self.known.unit(facts["unit_name"], year)
        form = self.known.form(facts["form_name"], facts["decided_on"])
        if facts["unit_name"] and unit is None:
            self.notes.append(f"đơn vị “{facts['unit_name']}” không có trong danh mục, chỉ lưu tên")
        if facts["form_name"] and form is None:
            self.notes.append(f"“{facts['form_name']}” không có trong danh mục, chỉ lưu tên")
        decider = self._choice("Cấp quyết định", AwardForm.Decider.choices)
        return {
            "unit": unit,
            "form": form,
            "form_name": form.name if form else facts["form_name"],
            "decided_by": decider or (form.decider if form else ""),
        }

    def _check(self, award: PastAward) -> None:
        if award.achieved_from and award.achieved_to and award.achieved_from > award.achieved_to:
            self.problems.append("thành tích kết thúc trước khi bắt đầu")
        if award.decided_on and award.decided_on > self.known.today:
            self.problems.append("ngày quyết định ở sau hôm nay")

    def _recipient(self) -> str:
        if not self._text(RECIPIENT):
            self.problems.append(f"thiếu “{RECIPIENT}”")
        return self._choice(RECIPIENT, Recipient.choices)

    def _value(self, header: str) -> str | Decimal | date | None:
        cell = self.cells.get(header)
        return cell.value if cell else None

    def _text(self, header: str, longest: int | None = None) -> str:
        value = self._value(header)
        text = f"{value:f}" if isinstance(value, Decimal) else clean(str(value or "")).strip()
        if longest and len(text) > longest:
            self.problems.append(f"“{header}” dài quá {longest} chữ")
            return text[:longest]
        return text

    def _needed(self, header: str, longest: int) -> str:
        text = self._text(header, longest)
        if not text:
            self.problems.append(f"thiếu “{header}”")
        return text

    def _choice(self, header: str, choices: Sequence[tuple[str, Any]]) -> str:
        typed = self._text(header)
        if not typed:
            return ""
        for value, label in choices:
            if fold(typed) in {fold(str(label)), value}:
                return value
        labels = ", ".join(str(label) for _, label in choices)
        self.problems.append(f"“{header}” ghi “{typed}”; chỉ nhận: {labels}")
        return ""

    def _gender(self, recipient: str) -> str:
        if recipient != Recipient.INDIVIDUAL:
            return ""
        return self._choice("Giới tính", Candidate.Gender.choices)

    def _year(self) -> int | None:
        typed = self._text(YEAR)
        if not typed:
            self.problems.append(f"thiếu “{YEAR}”")
        elif not typed.isdecimal() or not EARLIEST_YEAR <= int(typed) <= self.known.today.year:
            self.problems.append(
                f"năm “{typed}” phải là số từ {EARLIEST_YEAR} đến {self.known.today.year}"
            )
        else:
            return int(typed)
        return None

    def _date(self, header: str) -> date | None:
        value = self._value(header)
        if value is None or isinstance(value, date):
            return value
        try:
            return parse_date(str(value))
        except ValueError as bad:
            self.problems.append(f"“{header}”: {bad}")
            return None


def row_key(award: PastAward) -> str:
    """What makes two rows one award, however they are written."""
    said = (
        award.recipient, award.name_key, award.unit.code if award.unit else award.unit_key,
        fold(award.form_name), str(award.year), fold(award.decision_number),
    )  # fmt: skip
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
