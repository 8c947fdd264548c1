"""The outbox as a list: its columns on the page and in a sheet."""

from datetime import datetime

from django.db.models.functions import Collate

from accounts.models import Mail
from accounts.names import VIETNAMESE, by_given_name
from lib.listing import Column, Empty, Field, Listing, Order, plain
from lib.vietnamese import moment


def _moment(at: datetime | None) -> str:
    return moment(at) if at else ""


OUTBOX: Listing[Mail] = Listing(
    key="thu-da-gui",
    title="Thư đã gửi",
    row="campaign/outbox_row.html",
    empty=Empty(
        "Không có thư nào khớp",
        "Thư nhắc, thư báo kết quả xem xét và thư đặt lại mật khẩu hiện ở đây khi Cổng ghi thư.",
        "bi-envelope",
    ),
    orders=(Order("moi-nhat", "Mới nhất trước", ("-asked_at",)),),
    tie=("-pk",),
    columns=(
        Column(
            "nguoi-nhan", "Người nhận",
            (
                Field("Người nhận", lambda row: str(row.to), 28),
                Field("Thư điện tử", lambda row: row.to.email, 32),
            ),
            sort=by_given_name("to__full_name"),
        ),
        plain(
            "tieu-de", "Tiêu đề", lambda row: row.subject, 60, sort=(Collate("subject", VIETNAMESE),)
        ),
        plain("ghi-luc", "Ghi lúc", lambda row: _moment(row.asked_at), 22, sort=("asked_at",)),
        Column(
            "tinh-trang", "Tình trạng",
            (
                Field("Tình trạng", lambda row: row.get_state_display(), 18),
                Field("Xong lúc", lambda row: _moment(row.finished_at), 22),
                Field("Vì sao chưa gửi được", lambda row: row.error, 40),
            ),
            sort=("state", "finished_at"),
        ),
        plain(
            "so-lan", "Số lần gửi", lambda row: row.attempt, 10, "integer", sort=("attempt",),
            is_on=False,
        ),
    ),
)  # fmt: skip
