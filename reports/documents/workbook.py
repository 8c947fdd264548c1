"""The consolidated report as a workbook: the same figures as the document, ready to sort."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from lib.listing import sheet_columns, sheet_rows
from lib.sheet import Column, Row, Sheet, Value
from lib.vietnamese import moment
from reports.datasets.activity_columns import REGISTERED
from reports.datasets.consolidated import (
    Consolidated,
    Group,
    Totals,
    UnitRow,
)
from reports.datasets.registered import ActivityRow, ItemCount
from reports.documents.sources import counted_versions


def notes_of(data: Consolidated) -> Sequence[str]:
    return (
        data.title,
        f"Số liệu chốt đến {moment(data.as_of)}; mã số liệu {data.short_digest}",
    )


def list_sheet(data: Consolidated, notes: Sequence[str]) -> Sheet:
    """Danh sách đơn vị gửi Kế hoạch, by block in protocol order."""
    rows = [row for group in data.groups for row in _block(group, group.rows)]
    return _unit_sheet(notes, [*rows, Row(_total_line(data.totals), "total")])


def units_sheet(data: Consolidated, shown: Iterable[tuple[Group, Iterable[UnitRow]]]) -> Sheet:
    """The part of the list a page shows, by block."""
    rows = [row for group, units in shown for row in _block(group, units)]
    return _unit_sheet(notes_of(data), rows)


def _unit_sheet(notes: Sequence[str], rows: Iterable[Row]) -> Sheet:
    return Sheet(
        title="Danh sách",
        notes=notes,
        columns=(
            Column("STT", 6, "integer"),
            Column("Đơn vị", 46),
            Column("Số, ký hiệu", 20),
            Column("Ngày ban hành", 12, "date"),
            Column("Ngày gửi", 12, "date"),
            Column("Đúng/trễ hạn (số ngày)", 20),
            Column("Số ngày trễ", 9, "integer"),
            Column("Số ngày làm việc trễ", 10, "integer"),
            Column("Số công trình/phần việc đăng ký", 14, "integer"),
            Column("Ghi chú", 40),
        ),
        rows=rows,
    )


def _total_line(totals: Totals) -> Sequence[Value]:
    return (None, totals.sentence, "", None, None, "", None, None, totals.activities, "")


def _block(group: Group, units: Iterable[UnitRow]) -> Iterator[Row]:
    heading = (None, group.name, "", None, None, "", None, None, group.totals.activities, "")
    yield Row(heading, "group")
    for row in units:
        yield Row(_unit(row))


def _unit(row: UnitRow) -> Sequence[Value]:
    return (
        row.place,
        row.name,
        row.number,
        row.document_date,
        row.sent_on,
        row.verdict_text,
        row.days_late if row.is_sent else None,
        row.working_days_late if row.is_sent else None,
        row.activities if row.sent_at else None,
        row.note,
    )


def sums_sheet(data: Consolidated, notes: Sequence[str]) -> Sheet:
    return Sheet(
        title="Tổng hợp",
        notes=notes,
        columns=(
            Column("Khối thi đua", 50),
            Column("Số đơn vị", 10, "integer"),
            Column("Đã gửi", 10, "integer"),
            Column("Đúng hạn", 10, "integer"),
            Column("Trễ hạn", 10, "integer"),
            Column("Chưa gửi", 10, "integer"),
            Column("Miễn", 10, "integer"),
            Column("Tỷ lệ đúng hạn (đơn vị phải gửi)", 16, "percent"),
            Column("Số hoạt động", 12, "integer"),
        ),
        rows=[
            *(Row(_sum_line(group.name, group.totals)) for group in data.groups),
            Row(_sum_line("Tổng cộng", data.totals), "total"),
        ],
    )


def _sum_line(name: str, totals: Totals) -> Sequence[Value]:
    return (
        name,
        totals.owed,
        totals.sent,
        totals.on_time,
        totals.late,
        totals.missing,
        totals.exempt,
        totals.on_time_rate,
        totals.activities,
    )


def solutions_sheet(data: Consolidated, notes: Sequence[str]) -> Sheet:
    return Sheet(
        title="Theo giải pháp",
        notes=notes,
        columns=(
            Column("Mục", 9),
            Column("Nội dung, giải pháp", 90),
            Column("Số đơn vị", 10, "integer"),
            Column("Số hoạt động", 10, "integer"),
        ),
        rows=list(_solution_rows(data)),
    )


def _solution_rows(data: Consolidated) -> Iterator[Row]:
    for content in data.contents:
        yield Row(_item(content))
    for solution in data.solutions:
        yield Row(_item(solution), "group")
        for part in solution.parts:
            yield Row(_item(part))


def _item(item: ItemCount) -> Sequence[Value]:
    return (item.code, item.text, item.units, item.activities)


def duties_sheet(title: str, duties: Iterable[ItemCount], notes: Sequence[str]) -> Sheet:
    return Sheet(
        title=title,
        notes=notes,
        columns=(
            Column("Mục", 9),
            Column("Nhiệm vụ", 80),
            Column("Nơi được giao, được đề nghị", 40),
            Column("Số đơn vị", 10, "integer"),
            Column("Số hoạt động", 10, "integer"),
        ),
        rows=[
            Row((duty.code, duty.text, "; ".join(duty.named), duty.units, duty.activities))
            for duty in duties
        ],
    )


def activities_sheet(activities: Iterable[ActivityRow], notes: Sequence[str]) -> Sheet:
    """Every activity once, whatever it is tied to."""
    columns = REGISTERED.columns
    rows = sheet_rows(columns, activities)
    return Sheet(title=REGISTERED.title, columns=sheet_columns(columns), rows=rows, notes=notes)


def sources_sheet(data: Consolidated, notes: Sequence[str]) -> Sheet:
    """Every version the figures are made of."""
    return Sheet(
        title="Nguồn số liệu",
        notes=(*notes, f"Mã số liệu đầy đủ (SHA-256): {data.digest}"),
        columns=(
            Column("STT", 6, "integer"),
            Column("Bản", 26),
            Column("Đơn vị", 46),
            Column("Số, ký hiệu", 20),
            Column("Lần", 6, "integer"),
            Column("Nhận lúc", 22),
            Column("Mã tiếp nhận", 20),
            Column("Tiếp nhận lúc", 22),
        ),
        rows=[
            Row(
                (
                    place, one.what, one.unit, one.number, one.source.version,
                    _moment(one.source.received_at), one.source.receipt,
                    _moment(one.source.accepted_at),
                )
            )
            for place, one in enumerate(counted_versions(data), start=1)
        ],
    )  # fmt: skip


def _moment(at: datetime | None) -> str:
    return moment(at) if at else ""
