"""A score sheet as a workbook that is filled in and sent back (`lib.roundtrip`).

One line for each question of a criterion, at the level its reader may write; beside it, locked,
what the levels below said. A figure and a level picked have columns of their own, so that Excel
can neither turn one into the other nor read 2,5 as a date.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final

from lib.roundtrip.model import Field, Filled, Form, Identity, Line, digest_of
from lib.vietnamese import moment
from scoring.datasets.sheet import Cell, Grid, SheetRow
from scoring.formula import AnswerKind, Question
from scoring.models import CrossAssignment, Level, Mark

PAGE: Final = "Chấm điểm"
NOT_APPLICABLE: Final = "Không áp dụng"
VALUE, CHOICE, EXCEPT, REASON = "value", "choice", "except", "reason"
INPUTS = (VALUE, CHOICE, EXCEPT, REASON)
_BETWEEN: Final = "|"


def sheet_form(grid: Grid, level: str) -> Form:
    """To fill in at a level; what the levels below gave stands beside it."""
    below = [one for one in grid.columns if _place(one.level) < _place(level)]
    fields = [
        Field("title", "Tiêu chí", 44, is_input=False),
        Field("how", "Cách chấm", 36, is_input=False),
        Field("most", "Điểm chuẩn", 11, "decimal", is_input=False),
        *(Field(f"at-{one.level}", one.label, 12, "decimal", is_input=False) for one in below),
        Field("question", "Cần trả lời", 36, is_input=False),
        Field(VALUE, "Số", 12, "decimal"),
        Field(CHOICE, "Mức", 24),
        Field(EXCEPT, NOT_APPLICABLE, 16, picks=(NOT_APPLICABLE,)),
        Field(REASON, "Lý do", 44),
    ]
    shown = {one.level for one in below}
    lines = [line for row in grid.rows for line in _lines(row, level, shown)]
    return Form(PAGE, fields, lines, _notes(grid, level), named_by="title")


def _place(level: str) -> int:
    return list(Level).index(Level(level))


def _notes(grid: Grid, level: str) -> tuple[str, ...]:
    sheet = grid.sheet
    when = (
        "Không áp dụng thì chọn ở cột của nó và ghi lý do."
        if level == Level.SELF
        else "Điểm khác cấp dưới, hoặc không áp dụng, thì ghi lý do."
    )
    return (
        f"{Level(level).label}: bảng chấm điểm năm {sheet.scale.year} của {sheet.unit}",
        f"{sheet.scale.block}, thang bảng điểm lần {sheet.scale.version}.",
        f"Để trống là chưa chấm, khác với 0. {when}",
        "Chỉ sửa được các ô nền vàng nhạt. Xong thì lưu lại và gửi tệp này lên Cổng.",
    )


def key_of(code: str, question: str) -> str:
    return f"{code}{_BETWEEN}{question}"


def split_key(key: str) -> tuple[str, str]:
    """Criterion and question a line is about."""
    code, _, question = key.partition(_BETWEEN)
    return code, question


def _lines(row: SheetRow, level: str, shown: set[str]) -> Iterator[Line]:
    one = row.criterion
    beside: dict[str, Filled] = {
        "how": row.words,
        "most": one.max_points,
        **{f"at-{cell.level}": _points(cell) for cell in row.cells if cell.level in shown},
    }
    if row.is_group:
        yield Line(one.code, {"title": str(one), **beside}, "group")
        return
    if not row.questions:
        said = row.outcome.because if row.outcome else ""
        told = {"title": str(one), "question": f"Cổng tự chấm. {said}".strip()}
        yield Line(one.code, {**told, **beside}, closed=frozenset(INPUTS))
        return
    mark = cell.mark if (cell := row.cell(level)) else None
    for place, question in enumerate(row.questions):
        yield _line(row, question, mark, beside if place == 0 else {})


def _points(cell: Cell) -> Decimal | None:
    if cell.earned is not None:
        return cell.earned
    return cell.outcome.points if cell.outcome else None


def _line(
    row: SheetRow, question: Question, mark: Mark | None, beside: Mapping[str, Filled]
) -> Line:
    """Whether it applies, and why, is said on the first line of a criterion."""
    given = mark.inputs.get(question.name, "") if mark else ""
    values: dict[str, Filled] = {
        "title": str(row.criterion), "question": _asked(question), **beside
    }  # fmt: skip
    closed = {CHOICE}
    if question.choices:
        closed = {VALUE}
        values[CHOICE] = given
    elif given:
        values[VALUE] = Decimal(given)
    if beside and mark:
        is_except = mark.kind == AnswerKind.NOT_APPLICABLE
        values |= {EXCEPT: NOT_APPLICABLE if is_except else "", REASON: mark.reason}
    if not beside:
        closed |= {EXCEPT, REASON}
    return Line(
        key_of(row.criterion.code, question.name), values, closed=frozenset(closed),
        picks={CHOICE: question.choices} if question.choices else {},
    )  # fmt: skip


def _asked(question: Question) -> str:
    if question.choices:
        return f"{question.label}: {' / '.join(question.choices)}"
    return f"{question.label} (số nguyên)" if question.is_whole else question.label


def sheet_identity(
    grid: Grid, form: Form, level: str, assignment: CrossAssignment | None, *, at: datetime
) -> Identity:
    """A workbook of one level, and of one cross-scorer, is not that of another."""
    sheet = grid.sheet
    label = Level(level).label
    scope = f"{sheet.pk}/{level}/{assignment.pk if assignment else ''}"
    return Identity(
        kind="scoring.score_sheet",
        title=f"Bảng chấm điểm năm {sheet.scale.year}",
        scope=scope,
        scope_name=f"cấp “{label}”" + (f" của {assignment.scorer}" if assignment else ""),
        unit=sheet.unit.code,
        unit_name=str(sheet.unit),
        version=sheet.scale.version,
        state=digest_of([form]),
        issued_at=moment(at),
    )
