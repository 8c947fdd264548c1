"""What is to be chased, as a list: its columns on the page and in a sheet."""

from datetime import datetime

from django.db.models import F
from django.db.models.functions import Collate

from accounts.names import VIETNAMESE
from campaign.datasets.chasing import ChasingRow, SentBefore
from campaign.datasets.ledger_list import standing_of
from lib.listing import Column, Empty, Field, Listing, Order, plain
from lib.vietnamese import short_date

BY_BLOCK = (F("place__block__sort_order").asc(nulls_last=True), "unit__sort_order", "closes_at")


def chasing_listing(*, at: datetime) -> Listing[ChasingRow]:
    return Listing(
        key="don-doc",
        title="Danh sách đôn đốc",
        row="campaign/chasing_row.html",
        empty=Empty(
            "Không có đơn vị nào ở mục này",
            "Bỏ bớt điều kiện lọc để thấy nhiều hơn.",
            "bi-check2-circle",
        ),
        orders=(Order("khoi", "Theo khối, thứ tự nghi thức", BY_BLOCK),),
        tie=("unit__sort_order", "closes_at", "pk"),
        sizes=(100, 50),
        columns=(
            Column(
                "don-vi", "Đơn vị",
                (
                    Field("Đơn vị", lambda row: row.obligation.unit.name, 40),
                    Field("Khối thi đua", lambda row: str(row.block or ""), 28),
                ),
                sort=(Collate("unit__name", VIETNAMESE),),
            ),
            plain("noi-dung", "Nội dung", lambda row: row.due.title, 40, sort=("kind", "period")),
            plain("han", "Hạn", lambda row: row.due.day, 14, "date", sort=("closes_at",)),
            plain(
                "tinh-hinh", "Tình hình", lambda row: standing_of(row.obligation, at=at), 22,
                sort=("met_at",),
            ),
            plain("da-nhac", "Đã nhắc", lambda row: "; ".join(map(_told, row.sent_before)), 60),
        ),
    )  # fmt: skip


def _told(told: SentBefore) -> str:
    return f"{short_date(told.day)}: {told.words}"
