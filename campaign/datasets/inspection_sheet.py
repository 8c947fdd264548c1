"""The plan of a round's visits as a table for Excel, in the order shown."""

from collections.abc import Iterable
from datetime import datetime

from campaign.datasets.inspection import VisitRow
from campaign.models import InspectionRound
from lib.sheet import Column, Row, Sheet, Value
from lib.vietnamese import moment, short_date

COLUMNS = (
    Column("STT", 6, "integer"),
    Column("Ngày kiểm tra", 14, "date"),
    Column("Đơn vị", 44),
    Column("Khối thi đua", 28),
    Column("Địa điểm", 34),
    Column("Trưởng đoàn", 26),
    Column("Thư ký", 26),
    Column("Trạng thái", 18),
    Column("Số nội dung ghi nhận", 12, "integer"),
    Column("Phải khắc phục", 12, "integer"),
)


def round_sheet(round_: InspectionRound, rows: Iterable[VisitRow], *, at: datetime) -> Sheet:
    return Sheet(
        title="Kế hoạch kiểm tra",
        columns=COLUMNS,
        rows=[Row(_values(number, row)) for number, row in enumerate(rows, start=1)],
        notes=tuple(
            line
            for line in (
                f"KẾ HOẠCH KIỂM TRA: {round_.name.upper()}",
                round_.campaign.name,
                round_.basis,
                f"Thời gian: {short_date(round_.starts_on)} – {short_date(round_.ends_on)}",
                f"Số liệu lúc {moment(at)}",
            )
            if line
        ),
    )


def _values(number: int, row: VisitRow) -> tuple[Value, ...]:
    visit = row.visit
    return (
        number,
        visit.day,
        visit.unit.name,
        str(row.block or ""),
        visit.place,
        row.head,
        row.secretary,
        visit.get_status_display(),
        row.findings,
        row.to_mend,
    )
