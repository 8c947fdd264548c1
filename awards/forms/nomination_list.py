"""A list of nominees as a workbook: the sheet to fill in, and what is wrong with one, by row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from awards.forms.nomination import GROUNDS, NominationForm
from awards.models import AwardForm, Candidate, Ground, Nomination, Recipient
from lib.sheet import BadSheet, Cell, Column, Row, Sheet, read_xlsx
from lib.vietnamese import fold, short_date

MOST = 300
HEADER_WITHIN = 10

# Field of the form, heading of the column, width.
COLUMNS = (
    ("name", "Họ và tên, tên tập thể, hộ", 30),
    ("recipient", "Đối tượng", 14),
    ("gender", "Giới tính", 10),
    ("position", "Chức vụ, chức danh", 22),
    ("workplace", "Phòng, ban hoặc địa chỉ", 24),
    ("rank", "Nhóm đối tượng", 26),
    ("member_count", "Số người (tập thể)", 12),
    ("women_count", "Trong đó nữ", 12),
    ("form", "Hình thức đề nghị", 30),
    ("ground", "Loại hình", 22),
    ("achieved_from", "Thành tích từ ngày", 16),
    ("achieved_to", "Đến hết ngày", 16),
    ("summary", "Tóm tắt thành tích", 40),
    ("achievement", "Báo cáo thành tích", 50),
    ("initiative_name", "Sáng kiến", 24),
    ("integrity", "Kỷ luật, thanh tra, đơn thư", 26),
)
NEEDED = ("name", "recipient", "form")


@dataclass(frozen=True)
class BadRow:
    """What is wrong in one row of the sheet: its number, whose it is, and each fault."""

    number: int
    name: str
    faults: tuple[str, ...]


@dataclass(frozen=True)
class NomineeList:
    """The forms of the rows that are right, and what is wrong with the others."""

    forms: tuple[NominationForm, ...]
    bad: tuple[BadRow, ...]


def blank_list(offered: Sequence[AwardForm]) -> list[Sheet]:
    """To fill in, with a page that says what each choice may be called."""
    columns = [Column(heading, width) for _, heading, width in COLUMNS]
    example = {
        "name": "Nguyễn Văn A (ví dụ, xóa dòng này)",
        "recipient": Recipient.INDIVIDUAL.label,
        "gender": Candidate.Gender.MALE.label,
        "position": "Chuyên viên",
        "rank": Candidate.Rank.DIRECT_WORKER.label,
        "form": offered[0].name if offered else "",
        "ground": Ground.THEMATIC.label,
        "achieved_from": "15/3/2024",
        "achieved_to": "31/10/2024",
        "integrity": Nomination.Integrity.CLEAN.label,
    }
    row = Row([example.get(name, "") for name, _, _ in COLUMNS])
    notes = ("Danh sách đề nghị khen thưởng", "Cột bắt buộc: họ và tên, đối tượng, hình thức.")
    choices = [
        Row([heading, label]) for _, heading, labels in _choices(offered) for label in labels
    ]
    return [
        Sheet("Danh sách", columns, [row], notes),
        Sheet("Cách ghi", [Column("Cột", 28), Column("Ghi một trong", 60)], choices),
    ]


def _choices(offered: Sequence[AwardForm]) -> list[tuple[str, str, list[str]]]:
    headings = {name: heading for name, heading, _ in COLUMNS}
    labels = {
        "recipient": [str(label) for label in Recipient.labels],
        "gender": [str(label) for label in Candidate.Gender.labels],
        "rank": [str(label) for label in Candidate.Rank.labels],
        "form": [form.name for form in offered],
        "ground": [str(label) for _, label in GROUNDS],
        "integrity": [str(label) for label in Nomination.Integrity.labels],
    }
    return [(name, headings[name], said) for name, said in labels.items()]


def read_list(content: bytes, offered: Sequence[AwardForm]) -> NomineeList:
    """`BadSheet` where it is no such list at all."""
    sheet = next((one for one in read_xlsx(content) if not one.is_hidden), None)
    rows = sheet.rows if sheet else []
    start, places = _header(rows)
    forms, bad = [], []
    for number, row in enumerate(rows[start:], start=start + 1):
        typed, faults = _typed(row, places, offered)
        if not any(typed.values()) and not faults:
            continue
        form = NominationForm(typed, offered=offered)
        if form.is_valid() and not faults:
            forms.append(form)
        else:
            said = [*faults, *_faults(form)]
            bad.append(BadRow(number, str(typed.get("name", "")), tuple(dict.fromkeys(said))))
    _require_some(len(forms) + len(bad))
    return NomineeList(tuple(forms), (*bad, *_twice(forms)))


def _require_some(count: int) -> None:
    if not count:
        raise BadSheet("Bảng tính không có dòng nào. Hãy điền danh sách rồi gửi lại.")
    if count > MOST:
        raise BadSheet(f"Bảng tính có {count} dòng; mỗi lần nhập tối đa {MOST} dòng.")


def _twice(forms: Sequence[NominationForm]) -> Iterator[BadRow]:
    seen = set()
    for form in forms:
        typed = form.cleaned_data
        key = (fold(typed["name"]), typed["recipient"], typed["position"], typed["form"].pk)
        if key in seen:
            yield BadRow(0, typed["name"], ("Có hai dòng cùng người, cùng hình thức.",))
        seen.add(key)


def _header(rows: Sequence[Sequence[Cell]]) -> tuple[int, dict[str, int]]:
    """The row after the header, and which column holds what, however the columns are ordered."""
    known = {fold(heading): name for name, heading, _ in COLUMNS}
    for number, row in enumerate(rows[:HEADER_WITHIN], start=1):
        places = {
            known[key]: place
            for place, cell in enumerate(row)
            if (key := fold(str(cell.value or ""))) in known
        }
        if all(name in places for name in NEEDED):
            return number, places
    raise BadSheet(
        "Không thấy các cột “Họ và tên, tên tập thể, hộ”, “Đối tượng”, “Hình thức đề nghị”. "
        "Hãy dùng tệp mẫu tải từ trang này."
    )


def _typed(
    row: Sequence[Cell], places: Mapping[str, int], offered: Sequence[AwardForm]
) -> tuple[dict[str, str], list[str]]:
    """The cells as the form wants them; what names no choice is a fault of its own."""
    typed = {name: _text(row[place]) for name, place in places.items() if place < len(row)}
    faults = [
        f"{heading}: {row[places[name]].problem}"
        for name, heading, _ in COLUMNS
        if name in places and places[name] < len(row) and row[places[name]].problem
    ]
    if not any(typed.values()):
        return {}, faults
    typed.setdefault("ground", "")
    typed["ground"] = typed["ground"] or str(Ground.THEMATIC.label)
    codes = _codes(offered)
    for name, heading, labels in _choices(offered):
        said = typed.get(name, "")
        if said and fold(said) not in codes[name]:
            faults.append(f"{heading}: “{said[:60]}” không có trong: {'; '.join(labels)}.")
        typed[name] = codes[name].get(fold(said), "")
    return typed, faults


def _codes(offered: Sequence[AwardForm]) -> dict[str, dict[str, str]]:
    """By column: what a choice is called, folded, and the value of the form."""
    forms = {fold(form.name): str(form.pk) for form in offered}
    forms |= {fold(form.short_name): str(form.pk) for form in offered}
    return {
        "recipient": {fold(label): value for value, label in Recipient.choices},
        "gender": {fold(label): value for value, label in Candidate.Gender.choices},
        "rank": {fold(label): value for value, label in Candidate.Rank.choices},
        "form": forms,
        "ground": {fold(str(label)): str(value) for value, label in GROUNDS},
        "integrity": {fold(label): value for value, label in Nomination.Integrity.choices},
    }


def _text(cell: Cell) -> str:
    if isinstance(cell.value, date):
        return short_date(cell.value)
    return str(cell.value if cell.value is not None else "").strip()


def _faults(form: NominationForm) -> Iterator[str]:
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        for error in errors:
            yield f"{label}: {error}" if label else str(error)
