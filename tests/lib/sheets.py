"""A small table that the tests of sheets write and read back."""

from datetime import date
from decimal import Decimal

from lib.sheet import Column, Row, Sheet

COLUMNS = (
    Column("Đơn vị", 40),
    Column("Số KH", 10, "integer"),
    Column("Kinh phí", 14, "decimal"),
    Column("Ngày gửi", 14, "date"),
    Column("Tỷ lệ", 10, "percent"),
)
ROWS = (
    Row(("Khối Kinh tế", None, None, None, None), "group"),
    Row(("Sở Nội vụ", 2, Decimal("1234.5"), date(2024, 3, 7), Decimal("0.9685"))),
    Row(("Cộng", 2, Decimal("1234.5"), None, Decimal("0.9685")), "total"),
)


def table(**changes):
    notes = ("Danh sách đơn vị gửi Kế hoạch", "Tính đến ngày 25/3/2024")
    return Sheet(
        **{"title": "Danh sách", "columns": COLUMNS, "rows": ROWS, "notes": notes} | changes
    )
