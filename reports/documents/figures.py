"""One indicator taken apart, as a sheet."""

from collections.abc import Sequence

from lib.sheet import Column, Row, Sheet, Value
from reports.datasets.figures import Breakdown
from reports.datasets.progress import IndicatorRow


def shares_sheet(parts: Breakdown, notes: Sequence[str]) -> Sheet:
    """Blocks or units with their parts; the last line is the whole, where joint ones count once."""
    return Sheet(
        title=parts.whole.code,
        notes=notes,
        columns=(
            Column("Khối, đơn vị", 50),
            Column("Đăng ký", 13, "decimal"),
            Column("Kết quả trong kỳ", 16, "decimal"),
            Column("Lũy kế", 14, "decimal"),
            Column("Tỷ lệ %", 10, "percent"),
            Column("Đơn vị có số liệu", 11, "integer"),
            Column("Không áp dụng", 11, "integer"),
            Column("Chưa trả lời", 11, "integer"),
            Column("Chưa gửi", 11, "integer"),
            Column("Ghi chú", 40),
        ),
        rows=[
            *(Row(_line(share.name, share.figures)) for share in parts.shares),
            Row(_line("Tổng, hoạt động chung tính một lần", parts.whole), "total"),
        ],
    )


def _line(name: str, row: IndicatorRow) -> Sequence[Value]:
    return (
        name,
        row.registered,
        row.nothing or row.in_period,
        row.reached,
        row.rate,
        row.answered,
        row.not_applicable,
        row.unanswered,
        row.not_sent,
        row.note,
    )
