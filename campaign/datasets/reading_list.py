"""Documents of plans that were handed in, as a list."""

from django.db.models.functions import Collate

from accounts.names import VIETNAMESE, by_given_name
from campaign.models import PlanReading
from lib.listing import Column, Empty, Field, Listing, Order, plain
from lib.vietnamese import moment


def _state(row: PlanReading) -> str:
    """As `campaign/reading_state.html` says it."""
    if row.applied_at:
        return "Đã đưa vào đợt"
    if row.discarded_at:
        return "Đã bỏ"
    words = {PlanReading.State.DONE: "Đang xem lại", PlanReading.State.FAILED: "Không đọc được"}
    return words.get(PlanReading.State(row.state), "Đang đọc")


READINGS: Listing[PlanReading] = Listing(
    key="van-ban-ke-hoach",
    title="Văn bản kế hoạch đã gửi",
    row="campaign/readings_row.html",
    empty=Empty(
        "Chưa có văn bản nào",
        "Chọn văn bản kế hoạch ở trên rồi bấm Gửi và đọc.",
        "bi-file-earmark-text",
    ),
    orders=(Order("moi-nhat", "Mới gửi trước", ("-asked_at",)),),
    tie=("-pk",),
    sizes=(20, 50),
    columns=(
        plain("van-ban", "Văn bản", lambda row: row.name, 48, sort=(Collate("name", VIETNAMESE),)),
        Column(
            "muc-dich", "Để làm gì",
            (
                Field("Để làm gì", lambda row: row.get_purpose_display(), 30),
                Field("Đợt thi đua", lambda row: str(row.campaign or ""), 40),
            ),
            sort=("purpose", "campaign__starts_on"),
        ),
        plain("tinh-trang", "Tình trạng", _state, 18),
        plain("gui-luc", "Gửi lúc", lambda row: moment(row.asked_at), 22, sort=("asked_at",)),
        plain(
            "nguoi-gui", "Người gửi", lambda row: str(row.asked_by), 28,
            sort=by_given_name("asked_by__full_name"),
        ),
    ),
)  # fmt: skip
