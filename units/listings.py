"""The list of units: its columns on the page and in a sheet, its orders."""

from collections.abc import Sequence
from itertools import groupby

from django.db.models.functions import Collate

from lib.listing import Column, Empty, Field, Group, Listing, Order, plain
from units.datasets import UnitRow
from units.models import Unit


def _evidence(row: UnitRow) -> str:
    """Why a unit is in its block, and whether the portal only shows it so."""
    place = row.place
    if place is None:
        return ""
    marked = ["Minh họa"] if place.is_illustrative else []
    if place.evidence not in ("", *marked):
        marked.append(place.evidence)
    return ": ".join(marked)


UNITS: Listing[UnitRow] = Listing(
    key="don-vi",
    title="Đơn vị",
    row="units/units_row.html",
    empty=Empty(
        "Không có đơn vị nào khớp",
        "Hãy bớt điều kiện lọc, hoặc tìm bằng một phần của tên.",
        "bi-building",
    ),
    orders=(Order("nghi-thuc", "Thứ tự nghi thức", ("sort_order",)),),
    tie=("sort_order", "pk"),
    sizes=(150, 50),
    columns=(
        Column(
            "ten", "Đơn vị",
            (
                Field("Đơn vị", lambda row: row.unit.name, 48),
                Field("Giáp biên giới", lambda row: "Có" if row.unit.is_border else "", 12),
            ),
            sort=(Collate("name", "vi-x-icu"),),
        ),
        plain("ma", "Mã", lambda row: row.unit.code, 12, sort=("code",)),
        plain(
            "viet-tat", "Viết tắt", lambda row: row.unit.short_name, 18,
            sort=(Collate("short_name", "vi-x-icu"),),
        ),
        plain(
            "nhom", "Nhóm", lambda row: row.unit.get_group_display(), 32,
            is_on=False, in_every_sheet=True,
        ),
        Column(
            "khoi", "Khối thi đua",
            (
                Field(
                    "Khối thi đua",
                    lambda row: f"{row.place.block.code} {row.place.block.name}" if row.place else "",
                    40,
                ),
                Field(
                    "Vai trò trong khối",
                    lambda row: row.place.get_role_display() if row.place else "",
                ),
                Field("Căn cứ xếp khối", _evidence, 44),
            ),
            sort=("block_order",),
        ),
        Column(
            "hieu-luc", "Hiệu lực",
            (
                Field("Có hiệu lực từ", lambda row: row.unit.valid_from, 14, "date"),
                Field("Đến", lambda row: row.unit.valid_to, 14, "date"),
                Field("Ghi chú hiệu lực", lambda row: row.unit.validity_note, 44),
            ),
            sort=("valid_from", "valid_to"),
        ),
    ),
)  # fmt: skip


def by_group(rows: Sequence[UnitRow]) -> list[Group[UnitRow]]:
    return [
        Group(Unit.Group(group).label, tuple(members))
        for group, members in groupby(rows, key=lambda row: row.unit.group)
    ]
