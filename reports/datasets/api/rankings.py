"""Xếp hạng: what was published for each block and year, frozen as it was published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet

from reports.datasets.api.asked import After, Asked, Page, first_of, keyset
from reports.datasets.api.shape import (
    BlockRef,
    UnitRef,
    Word,
    block_ref,
    page_of,
    told,
    unit_ref,
    word,
)
from scoring.models import Ranking, RankingRow

LAST = 10_000  # who has no rank stands after everybody who has
LONGEST_NUMBER = 4


@dataclass(frozen=True)
class RankTold:
    """Kết quả của một đơn vị."""

    unit: UnitRef = told("Đơn vị")
    state: Word = told("Kết quả", words=RankingRow.State)
    position: int | None = told("Hạng; null: không xếp hạng", 1)
    state_reason: str = told("Lý do không xếp hạng; rỗng khi được xếp hạng")
    award: str = told("Đề nghị khen thưởng; rỗng khi không có")
    total: Decimal = told("Tổng điểm", "98.50")
    content: Decimal = told("Điểm nội dung", "95.00")
    bonus: Decimal = told("Điểm thưởng", "4.00")
    deduction: Decimal = told("Điểm trừ", "0.50")


@dataclass(frozen=True)
class RankingTold:
    """Bảng xếp hạng đã công bố của một khối trong một năm. Bản đính chính là lần sau."""

    id: str = told("Định danh: mã khối, năm, lần, cách nhau dấu hai chấm", "K03:2024:1")
    block: BlockRef = told("Khối thi đua")
    year: int = told("Năm xếp hạng", 2024)
    version: int = told("Lần công bố", 1)
    status: Word = told("Trạng thái; “corrected”: đã có lần sau thay", words=Ranking.Status)
    published_at: datetime = told("Công bố lúc", "2024-12-20T10:00:00+07:00")
    reason: str = told("Lý do đính chính lần trước; rỗng ở lần đầu")
    digest: str = told("Mã số liệu (SHA-256) của bảng khi công bố")
    rows: tuple[RankTold, ...] = told("Các đơn vị, theo hạng")
    page: str = told("Trang trên cổng")


def rankings(asked: Asked, after: After, size: int) -> Page[RankingTold]:
    said, rows = asked.said, _published(asked)
    if said["khoi"]:
        rows = rows.filter(block__code=said["khoi"])
    if said["nam"]:
        rows = rows.filter(year=said["nam"])
    if said["don_vi"]:
        rows = rows.filter(
            pk__in=RankingRow.objects.filter(unit__code=said["don_vi"]).values("ranking")
        )
    if said["thay_doi_tu"]:
        rows = rows.filter(published_at__gte=said["thay_doi_tu"])
    return keyset(rows, after, size, _tell)


def ranking(asked: Asked, code: str) -> RankingTold | None:
    block, *numbers = code.split(":")
    if len(numbers) != len(("year", "version")) or not all(map(_is_number, numbers)):
        return None
    year, version = map(int, numbers)
    return first_of(_published(asked).filter(block__code=block, year=year, version=version), _tell)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER


def _published(asked: Asked) -> QuerySet[Ranking]:
    rows = Ranking.objects.visible_to(asked.user).filter(published_at__isnull=False)
    return rows.select_related("block").prefetch_related("rows__unit")


def _tell(rows: list[Ranking]) -> Sequence[RankingTold]:
    return [_one(row, row.published_at) for row in rows if row.published_at]


def _one(row: Ranking, published_at: datetime) -> RankingTold:
    places = sorted(row.rows.all(), key=lambda each: (each.position or LAST, each.unit.sort_order))
    return RankingTold(
        id=f"{row.block.code}:{row.year}:{row.version}",
        block=block_ref(row.block),
        year=row.year,
        version=row.version,
        status=word(Ranking.Status, row.status),
        published_at=published_at,
        reason=row.reason,
        digest=row.digest,
        rows=tuple(_place(each) for each in places),
        page=page_of(row.get_absolute_url()),
    )


def _place(row: RankingRow) -> RankTold:
    return RankTold(
        unit=unit_ref(row.unit),
        state=word(RankingRow.State, row.state),
        position=row.position,
        state_reason=row.state_reason,
        award=row.award,
        total=row.total,
        content=row.content,
        bonus=row.bonus,
        deduction=row.deduction,
    )
