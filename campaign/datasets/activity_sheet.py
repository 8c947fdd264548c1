"""The list of activities as a sheet: the rows shown, in the order shown."""

from collections.abc import Iterable
from datetime import datetime

from campaign.models import Activity, Campaign, Participation
from lib.sheet import Column, Row, Sheet, Value
from lib.vietnamese import moment

State = Participation.State

COLUMNS = (
    Column("STT", 6, "integer"),
    Column("Nội dung", 48),
    Column("Loại", 20),
    Column("Nơi được đỡ đầu", 26),
    Column("Mục KH", 14),
    Column("Đơn vị chủ trì", 34),
    Column("Đã xác nhận phối hợp", 34),
    Column("Chờ xác nhận", 28),
    Column("Có ý kiến khác", 28),
    Column("Bắt đầu", 12, "date"),
    Column("Kết thúc", 12, "date"),
    Column("Địa điểm", 24),
    Column("Tình trạng", 18),
    Column("Quá hạn", 10),
    Column("Ngày hoàn thành", 14, "date"),
    Column("Số lượng đăng ký", 12, "decimal"),
    Column("Số lượng thực hiện", 12, "decimal"),
    Column("ĐVT", 10),
    Column("Kinh phí dự kiến (triệu đồng)", 14, "decimal"),
    Column("Kinh phí thực hiện (triệu đồng)", 14, "decimal"),
    Column("Kết quả, lý do", 48),
)


def activity_sheet(
    activities: Iterable[Activity], campaign: Campaign, *, at: datetime
) -> Sheet:  # fmt: skip
    rows = [Row(_values(number, row, at=at)) for number, row in enumerate(activities, start=1)]
    return Sheet(
        title="Hoạt động",
        columns=COLUMNS,
        rows=rows,
        notes=("HOẠT ĐỘNG CỦA ĐỢT THI ĐUA", campaign.name, f"Số liệu lúc {moment(at)}"),
    )


def _values(number: int, row: Activity, *, at: datetime) -> tuple[Value, ...]:
    items = sorted(row.plan_items.all(), key=lambda item: item.position)
    return (
        number,
        row.title,
        row.get_kind_display(),
        row.beneficiary,
        ", ".join(item.code for item in items),
        row.lead_unit.name,
        _who(row, State.CONFIRMED),
        _who(row, State.ASKED),
        _who(row, State.CONTESTED),
        row.starts_on,
        row.ends_on,
        row.place,
        row.get_status_display(),
        "Quá hạn" if row.is_overdue(at=at) else "",
        row.done_on,
        row.quantity,
        row.quantity_done,
        row.quantity_unit,
        row.cost,
        row.cost_spent,
        row.result or row.status_reason,
    )


def _who(row: Activity, state: str) -> str:
    found = [answer.unit for answer in row.participations.all() if answer.state == state]
    return "; ".join(unit.name for unit in sorted(found, key=lambda unit: unit.sort_order))
