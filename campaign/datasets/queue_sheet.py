"""The board's queue as a table for Excel: the rows of one heap, in the order shown."""

from collections.abc import Sequence
from datetime import datetime

from campaign.datasets.ledger_sheet import standing_of
from campaign.datasets.queue import SUB_PLANS, QueueRow, Tab, kind_of
from campaign.models import Campaign, ProgressReport
from lib import clock
from lib.sheet import Column, Row, Sheet, Value
from lib.vietnamese import moment

COLUMNS = (
    Column("STT", 6, "integer"),
    Column("Khối thi đua", 28),
    Column("Đơn vị", 40),
    Column("Lần gửi", 8, "integer"),
    Column("Số, ký hiệu", 18),
    Column("Ngày ban hành", 14, "date"),
    Column("Mã tiếp nhận", 18),
    Column("Nhận lúc", 18),
    Column("Gửi qua", 18),
    Column("Đúng/trễ hạn", 22),
    Column("Số ngày đã chờ", 10, "integer"),
    Column("Trạng thái", 20),
    Column("Ngày quyết định", 14, "date"),
    Column("Phụ trách", 28),
)


PERIOD = Column("Kỳ báo cáo", 18)
AFTER_UNIT = 3  # where the period of a report stands


def queue_sheet(rows: Sequence[QueueRow], tab: Tab, campaign: Campaign, *, at: datetime) -> Sheet:
    kind = kind_of(type(rows[0].version)) if rows else SUB_PLANS
    return Sheet(
        title="Hàng chờ xem xét",
        columns=COLUMNS
        if kind is SUB_PLANS
        else (*COLUMNS[:AFTER_UNIT], PERIOD, *COLUMNS[AFTER_UNIT:]),
        rows=[Row(_values(n, row, at=at)) for n, row in enumerate(rows, start=1)],
        notes=(
            f"{kind.title.upper()}: {tab.label.upper()}",
            campaign.name,
            f"Số liệu lúc {moment(at)}",
        ),
    )


def _values(number: int, row: QueueRow, *, at: datetime) -> tuple[Value, ...]:
    version = row.version
    period = (version.period.name,) if isinstance(version, ProgressReport) else ()
    return (
        number,
        str(row.block or ""),
        version.unit.name,
        *period,
        version.version,
        version.document_number,
        version.document_date,
        version.receipt_code,
        moment(version.submitted_at) if version.submitted_at else "",
        version.get_channel_display(),
        standing_of(row.obligation, at=at) if row.obligation else "",
        row.days_waiting if version.status == version.Status.SUBMITTED else None,
        "Không hợp lệ" if version.is_void else version.get_status_display(),
        clock.local_day(version.decided_at) if version.decided_at else None,
        str(version.decided_by or version.reviewer or row.assigned_to or "Chưa phân công"),
    )
