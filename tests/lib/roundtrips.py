"""A small table that goes out and comes back, and the hand of whoever fills it in."""

from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook

from lib.roundtrip.model import Field, Form, Identity, Line

IDENTITY = Identity(
    kind="kiem-thu", title="Bảng thử", scope="2024", scope_name="Đợt Thi đua 2024",
    unit="STN", unit_name="Sở Tây Ninh", version=2, state="a1b2", issued_at="10:21 ngày 22/3/2024",
)  # fmt: skip
OPEN = Form(
    "Bảng",
    [
        Field("ordinal", "STT", 5, "integer", is_input=False),
        Field("title", "Nội dung", 40),
        Field("day", "Ngày", 12, "day"),
        Field("sum", "Số lượng", 10, "decimal"),
        Field("answer", "Trả lời", 16, picks=("Có", "Không áp dụng")),
    ],
    [
        Line("k1", {"ordinal": 1, "title": "Hội thi", "day": "5/4/2024", "sum": Decimal("12.50")}),
        Line("k2", {"ordinal": 2, "title": "Về nguồn", "answer": "Có"}),
        Line("k3", {"ordinal": 3, "title": "Tặng quà", "sum": Decimal(0)}),
    ],
    ("Bảng thử của Sở Tây Ninh", "Lần 2"),
    spare=5,
)  # fmt: skip
FIXED = replace(OPEN, spare=0)
FIRST = OPEN.header_row + 1  # the row of the first line; title, day, sum and answer are C to F


@contextmanager
def edited(content):
    """`with edited(content) as (page, saved):` change `page`; `saved.getvalue()` afterwards."""
    workbook, saved = load_workbook(BytesIO(content)), BytesIO()
    yield workbook["Bảng"], saved
    workbook.save(saved)
