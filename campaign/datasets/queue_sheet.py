"""The board's queue as a table for Excel: the rows of one heap, in the order shown."""

from collections.abc import Iterable
from datetime import datetime

from campaign.datasets.ledger_sheet import standing_of
from campaign.datasets.queue import QueueRow, Tab
from campaign.models import Campaign
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


def queue_sheet(rows: Iterable[QueueRow], tab: Tab, campaign: Campaign, *, at: datetime) -> Sheet:
    return Sheet(
        title="Hàng chờ xem xét",
        columns=COLUMNS,
        rows=[Row(_values(n, row, at=at)) for n, row in enumerate(rows, start=1)],
        notes=(
            f"XEM XÉT KẾ HOẠCH TRIỂN KHAI: {tab.label.upper()}",
            campaign.name,
            f"Số liệu lúc {moment(at)}",
        ),
    )


def _values(number: int, row: QueueRow, *, at: datetime) -> tuple[Value, ...]:
    version = row.sub_plan
    return (
        number,
        str(row.block or ""),
        version.unit.name,
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
