"""The ledger as a list: its columns on the page and in a sheet, and what stands over them."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models.functions import Collate

from accounts.names import VIETNAMESE
from campaign.datasets.ledger import BY_BLOCK, LedgerRow, LedgerTotals, groups_of
from campaign.datasets.matter import Matter
from campaign.models import Obligation
from lib.listing import Column, Empty, Field, Group, Listing, Order, plain
from lib.sheet import Value


def ledger_listing(matter: Matter, *, at: datetime) -> Listing[LedgerRow]:
    """The same columns for all that is sent; what its size is called differs."""
    return Listing(
        key="bao-cao-ky" if matter.period else "gui-ke-hoach",
        title="Tình hình gửi",
        row="campaign/ledger_row.html",
        empty=Empty(
            "Không có đơn vị nào khớp",
            "Bỏ bớt điều kiện lọc để thấy nhiều hơn. Nếu danh sách vẫn trống, tài khoản chưa được "
            "gắn với đơn vị nào: mời liên hệ quản trị hệ thống.",
        ),
        orders=(Order("khoi", "Theo khối, thứ tự nghi thức", BY_BLOCK),),
        tie=("unit__sort_order", "pk"),
        aliases={"ten": "don-vi", "ngay-gui-moi": "-ngay-gui"},
        columns=(*_unit(), *_sent(at=at), _size(matter), *_due()),
    )


def _unit() -> tuple[Column[LedgerRow], ...]:
    return (
        Column(
            "don-vi", "Đơn vị",
            (
                Field("Đơn vị", lambda row: row.unit.name, 40),
                Field("Mức độ", lambda row: row.obligation.get_level_display()),
            ),
            sort=(Collate("unit__name", VIETNAMESE),),
        ),
        plain(
            "khoi-thi-dua", "Khối thi đua", lambda row: str(row.block or ""), 28,
            sort=("block_order",), is_on=False, in_every_sheet=True,
        ),
    )  # fmt: skip


def _sent(*, at: datetime) -> tuple[Column[LedgerRow], ...]:
    return (
        Column(
            "van-ban", "Số, ngày văn bản",
            (
                Field("Số, ký hiệu", lambda row: row.version.document_number if row.version else "", 18),
                Field(
                    "Ngày ban hành",
                    lambda row: row.version.document_date if row.version else None, 14, "date",
                ),
            ),
        ),
        plain("ngay-gui", "Ngày gửi", lambda row: row.sent_on, 14, "date", sort=("met_then",)),
        Column(
            "dung-tre", "Đúng, trễ hạn",
            (
                Field("Đúng/trễ hạn", lambda row: standing_of(row.obligation, at=at), 22),
                Field("Số ngày trễ", lambda row: _days(row, "days_late"), 10, "integer"),
                Field("Số ngày làm việc trễ", lambda row: _days(row, "working_days_late"), 12, "integer"),
            ),
        ),
        plain("trang-thai", "Trạng thái", lambda row: row.status_label, 20, sort=("latest_status",)),
    )  # fmt: skip


def _days(row: LedgerRow, name: str) -> Value:
    owed = row.obligation
    days: int = getattr(owed, name)
    return days if owed.is_owed and owed.is_late else None


def _size(matter: Matter) -> Column[LedgerRow]:
    heading, header = (
        ("Số chỉ tiêu", "Số chỉ tiêu đã trả lời")
        if matter.period
        else ("Hoạt động", "Số công trình, phần việc đăng ký")
    )
    return Column("so-luong", heading, (Field(header, lambda row: row.size, 14, "integer"),))


def _due() -> tuple[Column[LedgerRow], ...]:
    return (
        Column(
            "han", "Hạn gửi",
            (
                Field("Hạn gửi", lambda row: row.obligation.due_date, 14, "date"),
                Field("Gia hạn đến", lambda row: row.obligation.extended_to, 14, "date"),
            ),
            sort=("closes_then",),
        ),
        plain("ghi-chu", "Ghi chú", lambda row: row.note, 30),
    )  # fmt: skip


def by_block(
    rows: Iterable[LedgerRow], totals: Mapping[int | None, LedgerTotals]
) -> list[Group[LedgerRow]]:
    """Rows under their blocks, each heading with the figures of the whole block as filtered."""
    return [
        Group(str(group.block or "Chưa xếp khối"), group.rows, _heading(group.totals))
        for group in groups_of(rows, totals)
    ]


def _heading(totals: LedgerTotals | None) -> str:
    if totals is None:
        return ""
    words = [f"đã gửi {totals.sent}/{totals.owed}"]
    words += [f"trễ {totals.late}"] if totals.late else []
    words += [f"miễn {totals.exempt}"] if totals.exempt else []
    return ", ".join(words)


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
