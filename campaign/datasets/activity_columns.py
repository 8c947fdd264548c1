"""The list of activities: its columns on the page and in a sheet, and its orders."""

from datetime import datetime

from django.db.models import F
from django.db.models.functions import Collate

from accounts.names import VIETNAMESE
from campaign.models import Activity, Participation
from lib.listing import Column, Empty, Field, Listing, Order, plain

State = Participation.State
BY_DAY = (F("ends_on").asc(nulls_last=True), "lead_unit__sort_order")


def activity_listing(*, at: datetime) -> Listing[Activity]:
    return Listing(
        key="hoat-dong",
        title="Hoạt động",
        row="campaign/activities_row.html",
        empty=Empty(
            "Không có hoạt động nào khớp",
            "Hoạt động xuất hiện khi kế hoạch triển khai của đơn vị đã được gửi, hoặc khi đơn vị "
            "thêm trong đợt thi đua. Bỏ bớt điều kiện lọc để thấy nhiều hơn.",
            "bi-calendar-x",
        ),
        orders=(
            Order("han", "Quá hạn trước", ("urgency", *BY_DAY)),
            Order("don-vi", "Đơn vị chủ trì, thứ tự nghi thức", ("lead_unit__sort_order", *BY_DAY)),
        ),
        tie=("lead_unit__sort_order", "pk"),
        aliases={"ngay": "thoi-gian", "ten": "hoat-dong"},
        columns=(*_what(), _who(), *_how(at=at), *_money()),
    )


def _what() -> tuple[Column[Activity], ...]:
    return (
        Column(
            "hoat-dong", "Hoạt động",
            (
                Field("Nội dung", lambda row: row.title, 48),
                Field("Loại", lambda row: row.get_kind_display(), 20),
                Field("Nơi được đỡ đầu", lambda row: row.beneficiary, 26),
            ),
            sort=(Collate("title", VIETNAMESE),),
        ),
        plain("muc", "Mục KH", _codes, 14),
    )  # fmt: skip


def _codes(row: Activity) -> str:
    items = sorted(row.plan_items.all(), key=lambda item: item.position)
    return ", ".join(item.code for item in items)


def _who() -> Column[Activity]:
    return Column(
        "chu-tri", "Chủ trì, phối hợp",
        (
            Field("Đơn vị chủ trì", lambda row: row.lead_unit.name, 34),
            Field("Đã xác nhận phối hợp", lambda row: _beside(row, State.CONFIRMED), 34),
            Field("Chờ xác nhận", lambda row: _beside(row, State.ASKED), 28),
            Field("Có ý kiến khác", lambda row: _beside(row, State.CONTESTED), 28),
        ),
        sort=(Collate("lead_unit__name", VIETNAMESE),),
    )  # fmt: skip


def _beside(row: Activity, state: str) -> str:
    found = [answer.unit for answer in row.participations.all() if answer.state == state]
    return "; ".join(unit.name for unit in sorted(found, key=lambda unit: unit.sort_order))


def _how(*, at: datetime) -> tuple[Column[Activity], ...]:
    return (
        Column(
            "thoi-gian", "Thời gian, địa điểm",
            (
                Field("Bắt đầu", lambda row: row.starts_on, 12, "date"),
                Field("Kết thúc", lambda row: row.ends_on, 12, "date"),
                Field("Địa điểm", lambda row: row.place, 24),
            ),
            sort=("starts_on", "ends_on"),
        ),
        Column(
            "tinh-trang", "Tình trạng",
            (
                Field("Tình trạng", lambda row: row.get_status_display(), 18),
                Field("Quá hạn", lambda row: "Quá hạn" if row.is_overdue(at=at) else "", 10),
                Field("Ngày hoàn thành", lambda row: row.done_on, 14, "date"),
            ),
            sort=("urgency", "ends_on"),
        ),
        Column(
            "so-luong", "Số lượng",
            (
                Field("Số lượng đăng ký", lambda row: row.quantity, 12, "decimal"),
                Field("Số lượng thực hiện", lambda row: row.quantity_done, 12, "decimal"),
                Field("ĐVT", lambda row: row.quantity_unit, 10),
            ),
            sort=("quantity_done", "quantity"),
        ),
    )  # fmt: skip


def _money() -> tuple[Column[Activity], ...]:
    return (
        Column(
            "kinh-phi", "Kinh phí (triệu đồng)",
            (
                Field("Kinh phí dự kiến (triệu đồng)", lambda row: row.cost, 14, "decimal"),
                Field("Kinh phí thực hiện (triệu đồng)", lambda row: row.cost_spent, 14, "decimal"),
            ),
            sort=("cost_spent", "cost"),
            is_on=False,
        ),
        plain(
            "ket-qua", "Kết quả, lý do", lambda row: row.result or row.status_reason, 48, is_on=False
        ),
    )  # fmt: skip
