"""What is to be mended after inspections, as a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce, Collate

from accounts.names import VIETNAMESE
from lib import clock
from lib.listing import Column, Empty, Field, Listing, Order, plain

DUE = Coalesce(F("extended_to"), F("due_date"))


@dataclass(frozen=True)
class FollowUpRow:
    """What a unit has to mend, and how it stands at a moment. `owed` is an obligation as
    `campaign.datasets.inspection.follow_ups` gives it."""

    owed: Any
    at: datetime

    @property
    def state(self) -> str:
        """As `campaign/follow_up_state.html` says it."""
        owed = self.owed
        if not owed.is_owed:
            word = "Miễn"
        elif owed.is_settled:
            word = "Đã khắc phục"
        elif owed.met_at:
            word = "Chờ Ban Thi đua xem xét"
        elif owed.is_overdue(at=self.at):
            word = f"Quá hạn {clock.days_late(owed.effective_due_date, self.at)} ngày"
        else:
            word = "Chưa báo cáo"
        return f"{word}, trễ {owed.days_late} ngày" if owed.is_late else word


def follow_up_rows(owed: Sequence[Any], *, at: datetime) -> list[FollowUpRow]:
    return [FollowUpRow(one, at) for one in owed]


FOLLOW_UPS: Listing[FollowUpRow] = Listing(
    key="khac-phuc",
    title="Khắc phục sau kiểm tra",
    row="campaign/follow_ups_row.html",
    empty=Empty(
        "Không có việc nào ở mục này",
        "Nội dung có hạn của các cuộc kiểm tra đã kết luận hiện ở đây.",
        "bi-check2-circle",
    ),
    orders=(Order("han", "Đến hạn trước", ("closes_at", "unit__sort_order")),),
    columns=(
        plain(
            "noi-dung", "Nội dung phải khắc phục", lambda row: row.owed.finding.text, 60,
            sort=(Collate("finding__text", VIETNAMESE),),
        ),
        plain(
            "don-vi", "Đơn vị", lambda row: row.owed.unit.name, 40,
            sort=(Collate("unit__name", VIETNAMESE),),
        ),
        plain(
            "ngay", "Kiểm tra ngày", lambda row: row.owed.finding.visit.day, 14, "date",
            sort=("finding__visit__day",),
        ),
        Column(
            "han", "Hạn",
            (
                Field("Hạn", lambda row: row.owed.effective_due_date, 14, "date"),
                Field(
                    "Hạn trước khi gia hạn",
                    lambda row: row.owed.due_date if row.owed.extended_to else None, 14, "date",
                ),
            ),
            sort=(DUE,),
        ),
        plain("tinh-trang", "Tình trạng", lambda row: row.state, 32, sort=("met_at",)),
    ),
)  # fmt: skip
