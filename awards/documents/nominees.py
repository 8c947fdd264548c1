"""The annexed list of nominees or of awarded, the same in each paper."""

from collections.abc import Sequence

from awards.datasets.listed import Listed, groups_of
from lib.official.model import Align, Appendix, Column, Row, RowKind, Table

BOARD = "Ban Thi đua - Khen thưởng"
COLUMNS = (
    Column("STT", 0.6, Align.CENTER),
    Column("Họ và tên, tên tập thể", 2.6),
    Column("Chức vụ, đơn vị", 3),
    Column("Nội dung thành tích (tóm tắt)", 4),
    Column("Trực tiếp lao động", 0.9, Align.CENTER),
    Column("Ghi chú", 1.3),
)


def list_annex(title: str, rows: Sequence[Listed], *, reference: str = "") -> Appendix:
    """Numbered through, grouped by form and by whom it is for."""
    lines: list[Row] = []
    place = 0
    for group in groups_of(rows):
        lines.append(Row((f"{group.title}: {len(group.rows)}",), RowKind.GROUP))
        for row in group.rows:
            place += 1
            lines.append(
                Row(
                    (str(place), row.name, row.where, row.summary, "x" if row.is_direct else "",
                     row.note)
                )
            )  # fmt: skip
    return Appendix(
        title=title, blocks=(Table(COLUMNS, tuple(lines)),), landscape=True, reference=reference
    )
