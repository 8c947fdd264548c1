"""The ledger as a table for Excel and other programs: the rows shown, in the order shown."""

from datetime import datetime

from campaign.datasets.ledger import Ledger, LedgerRow, LedgerTotals
from campaign.datasets.matter import Matter
from campaign.models import Obligation
from lib.sheet import Column, Row, Sheet, Value
from lib.vietnamese import moment

SIZE = "Số công trình, phần việc đăng ký"
COLUMNS = (
    Column("STT", 6, "integer"),
    Column("Khối thi đua", 28),
    Column("Đơn vị", 40),
    Column("Mức độ", 16),
    Column("Số, ký hiệu", 18),
    Column("Ngày ban hành", 14, "date"),
    Column("Ngày gửi", 14, "date"),
    Column("Đúng/trễ hạn", 22),
    Column("Số ngày trễ", 10, "integer"),
    Column("Số ngày làm việc trễ", 12, "integer"),
    Column("Trạng thái", 20),
    Column(SIZE, 14, "integer"),
    Column("Hạn gửi", 14, "date"),
    Column("Gia hạn đến", 14, "date"),
    Column("Ghi chú", 30),
)


def columns_of(matter: Matter) -> tuple[Column, ...]:
    """The same columns for all that is sent; what its size is called differs."""
    if matter.period is None:
        return COLUMNS
    counted = Column("Số chỉ tiêu đã trả lời", 14, "integer")
    return tuple(counted if column.header == SIZE else column for column in COLUMNS)


def ledger_sheet(ledger: Ledger, matter: Matter, *, at: datetime) -> Sheet:
    return Sheet(
        title="Tình hình gửi",
        columns=columns_of(matter),
        rows=ledger_rows(ledger, at=at),
        notes=(
            f"TÌNH HÌNH GỬI {matter.title.upper()}",
            matter.campaign.name,
            in_words(ledger.totals),
            f"Số liệu lúc {moment(at)}",
        ),
    )


def ledger_rows(ledger: Ledger, *, at: datetime) -> list[Row]:
    return [Row(_values(n, row, at=at)) for n, row in enumerate(ledger.rows, start=1)]


def _values(number: int, row: LedgerRow, *, at: datetime) -> tuple[Value, ...]:
    owed, version = row.obligation, row.version
    return (
        number,
        str(row.block or ""),
        row.unit.name,
        owed.get_level_display(),
        version.document_number if version else "",
        version.document_date if version else None,
        row.sent_on,
        standing_of(owed, at=at),
        owed.days_late if owed.is_owed and owed.is_late else None,
        owed.working_days_late if owed.is_owed and owed.is_late else None,
        row.status_label,
        row.size,
        owed.due_date,
        owed.extended_to,
        row.note,
    )


def standing_of(owed: Obligation, *, at: datetime) -> str:
    """Where an obligation stands, in the words of the list."""
    if not owed.is_owed:
        return "Miễn"
    if owed.is_late:
        return f"Trễ {owed.days_late} ngày"
    if owed.is_on_time:
        return "Đúng hạn"
    return "Quá hạn" if owed.is_overdue(at=at) else "Chưa nộp"


def in_words(totals: LedgerTotals) -> str:
    return (
        f"Đã gửi {totals.sent}/{totals.owed} đơn vị (đúng hạn {totals.on_time}, "
        f"trễ {totals.late}), chưa gửi {totals.outstanding}"
    )
