"""Đơn vị: the directory, each with its block of a year and what became of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from reports.datasets.api.asked import After, Asked, Page, first_of, keyset
from reports.datasets.api.shape import BlockRef, Word, block_ref, page_of, told, word
from units.datasets import UnitFilter, latest_year, unit_rows, units_matching
from units.models import BlockMembership, Succession, Unit, UnitQuerySet, valid_on
from units.permissions import has_a_role


@dataclass(frozen=True)
class SuccessionTold:
    """Đơn vị kế tục."""

    kind: Word = told("Hình thức", words=Succession.Kind)
    unit: str | None = told("Mã đơn vị kế tục, khi có trong danh mục")
    name: str = told("Tên đơn vị kế tục")
    on: date | None = told("Ngày")


@dataclass(frozen=True)
class UnitTold:
    """Một cơ quan, đơn vị, địa phương. Đơn vị kế tục là một mục khác, có mã khác."""

    id: str = told("Mã đơn vị", "SNV")
    name: str = told("Tên đơn vị", "Sở Nội vụ")
    short_name: str = told("Tên viết tắt", "SNV")
    group: Word = told("Nhóm", words=Unit.Group)
    is_border: bool = told("Giáp biên giới", False)
    sort_order: int = told("Thứ tự nghi thức", 120)
    valid_from: date | None = told("Có hiệu lực từ ngày; null: từ trước")
    valid_to: date | None = told("Có hiệu lực đến hết ngày; null: còn hiệu lực", "2025-06-30")
    year: int = told("Năm của khối thi đua ghi ở dưới", 2024)
    block: BlockRef | None = told("Khối thi đua trong năm đó")
    block_role: Word | None = told("Vai trò trong khối", words=BlockMembership.Role)
    succeeded_by: tuple[SuccessionTold, ...] = told("Các đơn vị kế tục")
    page: str = told("Trang trên cổng")


def units(asked: Asked, after: After, size: int) -> Page[UnitTold]:
    said, year = asked.said, _year(asked)
    wanted = UnitFilter(year=year, search=said["tim"], group=said["nhom"], block=said["khoi"])
    rows = _read(asked, wanted)
    if on := said["hieu_luc"]:
        rows = rows.filter(valid_on(on))
    return keyset(rows, after, size, _teller(year))


def unit(asked: Asked, code: str) -> UnitTold | None:
    year = _year(asked)
    return first_of(_read(asked, UnitFilter(year=year)).filter(code=code), _teller(year))


def _year(asked: Asked) -> int:
    """The year asked for, or the newest there are blocks of; as on the page."""
    return asked.said.get("nam") or latest_year() or asked.at.year


def _read(asked: Asked, wanted: UnitFilter) -> UnitQuerySet:
    """Whoever has a role reads the directory."""
    rows = units_matching(wanted) if has_a_role(asked.user) else Unit.objects.none()
    found: UnitQuerySet = rows.prefetch_related("successions__to_unit")  # type: ignore[assignment]
    return found


def _teller(year: int) -> Callable[[list[Unit]], Sequence[UnitTold]]:
    def tell(rows: list[Unit]) -> Sequence[UnitTold]:
        return [_tell(row.unit, row.place, year) for row in unit_rows(rows)]

    return tell


def _tell(unit: Unit, place: BlockMembership | None, year: int) -> UnitTold:
    return UnitTold(
        id=unit.code,
        name=unit.name,
        short_name=unit.short_name,
        group=word(Unit.Group, unit.group),
        is_border=unit.is_border,
        sort_order=unit.sort_order,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        year=year,
        block=block_ref(place.block) if place else None,
        block_role=word(BlockMembership.Role, place.role) if place else None,
        succeeded_by=tuple(
            SuccessionTold(
                kind=word(Succession.Kind, row.kind),
                unit=row.to_unit.code if row.to_unit else None,
                name=row.to_name,
                on=row.on,
            )
            for row in sorted(unit.successions.all(), key=lambda row: row.pk)
        ),
        page=page_of(reverse("units:unit", args=[unit.code])),
    )
