"""The board's queue as a list: its columns on the page and in a sheet, the order of each heap."""

from datetime import datetime

from django.db.models.functions import Collate

from accounts.names import VIETNAMESE, by_given_name
from campaign.datasets.ledger_list import standing_of
from campaign.datasets.queue import SUB_PLANS, Kind, QueueRow, Tab
from lib import clock
from lib.listing import Column, Empty, Field, Listing, Order, plain
from lib.sheet import Value
from lib.vietnamese import moment

WAITING = {"cho", "gui-lai"}
ORDERS = {"submitted_at": "Nhận trước nhất", "-decided_at": "Quyết định gần nhất"}


def queue_listing(kind: Kind, tab: Tab, *, at: datetime) -> Listing[QueueRow]:
    waits = _waiting() if tab.code in WAITING else _status()
    return Listing(
        key="xem-xet",
        title="Hàng chờ xem xét",
        row="campaign/queue_row.html",
        empty=Empty(
            "Không có hồ sơ nào ở mục này",
            "Đang lọc theo khối hoặc người được phân công? Mời bỏ lọc để xem tất cả.",
            "bi-check2-circle",
        ),
        orders=(Order("thoi-gian", ORDERS[tab.order[0]], tab.order),),
        columns=(_unit(kind), _block(), _paper(), _received(), _due(at), waits, _person()),
    )


def _unit(kind: Kind) -> Column[QueueRow]:
    period = Field[QueueRow]("Kỳ báo cáo", lambda row: row.version.period.name, 18)  # type: ignore[union-attr]
    return Column(
        "don-vi", "Đơn vị",
        (
            Field("Đơn vị", lambda row: row.version.unit.name, 40),
            *(() if kind is SUB_PLANS else (period,)),
            Field("Lần gửi", lambda row: row.version.version, 8, "integer"),
        ),
        sort=(Collate("unit__name", VIETNAMESE),),
    )  # fmt: skip


def _block() -> Column[QueueRow]:
    return plain(
        "khoi", "Khối", lambda row: str(row.block or ""), 28, sort=("place__block__sort_order",)
    )


def _paper() -> Column[QueueRow]:
    return Column(
        "van-ban", "Văn bản, mã tiếp nhận",
        (
            Field("Số, ký hiệu", lambda row: row.version.document_number, 18),
            Field("Ngày ban hành", lambda row: row.version.document_date, 14, "date"),
            Field("Mã tiếp nhận", lambda row: row.version.receipt_code, 18),
        ),
        sort=("document_date", "document_number"),
        is_on=False,
    )  # fmt: skip


def _received() -> Column[QueueRow]:
    return Column(
        "nhan-luc", "Nhận lúc",
        (
            Field("Nhận lúc", lambda row: _moment(row.version.submitted_at), 18),
            Field("Gửi qua", lambda row: row.version.get_channel_display(), 18),
        ),
        sort=("submitted_at",),
    )  # fmt: skip


def _moment(at: datetime | None) -> str:
    return moment(at) if at else ""


def _due(at: datetime) -> Column[QueueRow]:
    def standing(row: QueueRow) -> Value:
        return standing_of(row.obligation, at=at) if row.obligation else ""

    return plain("han", "Đúng, trễ hạn", standing, 22)


def _waiting() -> Column[QueueRow]:
    return plain(
        "da-cho", "Đã chờ", lambda row: row.days_waiting, 10, "integer", sort=("submitted_at",)
    )


def _status() -> Column[QueueRow]:
    def word(row: QueueRow) -> str:
        version = row.version
        return "Không hợp lệ" if version.is_void else version.get_status_display()

    def day(row: QueueRow) -> Value:
        decided_at = row.version.decided_at
        return clock.local_day(decided_at) if decided_at else None

    return Column(
        "trang-thai", "Trạng thái",
        (Field("Trạng thái", word, 20), Field("Ngày quyết định", day, 14, "date")),
        sort=("decided_at",),
    )  # fmt: skip


def _person() -> Column[QueueRow]:
    def name(row: QueueRow) -> str:
        version = row.version
        return str(version.decided_by or version.reviewer or row.assigned_to or "Chưa phân công")

    return plain("phu-trach", "Phụ trách", name, 28, sort=by_given_name("in_charge"))
