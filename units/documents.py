"""The list of units as a sheet: exactly what the page shows."""

from itertools import groupby

from lib.sheet import Column, Row, Sheet
from units.datasets import UnitRow
from units.models import Unit

COLUMNS = (
    Column("Mã", 12),
    Column("Đơn vị", 48),
    Column("Viết tắt", 18),
    Column("Giáp biên giới", 12),
    Column("Khối thi đua", 40),
    Column("Vai trò trong khối", 16),
    Column("Căn cứ xếp khối", 44),
    Column("Có hiệu lực từ", 14, "date"),
    Column("Đến", 14, "date"),
    Column("Ghi chú hiệu lực", 44),
)


def units_sheet(rows: list[UnitRow], *, year: int) -> Sheet:
    """A heading for each group, then its units in protocol order."""
    lines = []
    for group, members in groupby(rows, key=lambda row: row.unit.group):
        lines.append(Row(("", Unit.Group(group).label, *[""] * 5, None, None, ""), "group"))
        lines.extend(_row(member) for member in members)
    return Sheet("Đơn vị", COLUMNS, lines, notes=(f"DANH SÁCH ĐƠN VỊ, KHỐI THI ĐUA NĂM {year}",))


def _row(row: UnitRow) -> Row:
    unit, place = row.unit, row.place
    block = f"{place.block.code} {place.block.name}" if place else ""
    marked = ["Minh họa"] if place and place.is_illustrative else []
    if place and place.evidence not in ("", *marked):
        marked.append(place.evidence)
    return Row(
        (
            unit.code,
            unit.name,
            unit.short_name,
            "Có" if unit.is_border else "",
            block,
            place.get_role_display() if place else "",
            ": ".join(marked),
            unit.valid_from,
            unit.valid_to,
            unit.validity_note,
        )
    )
