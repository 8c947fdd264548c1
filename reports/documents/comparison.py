"""Two versions of a report side by side, as a workbook."""

from collections.abc import Sequence

from lib.sheet import Column, Row, Sheet
from reports.datasets.comparison import Change, Comparison


def comparison_sheets(found: Comparison, earlier: str, later: str) -> list[Sheet]:
    notes = (f"Bản trước: {earlier}", f"Bản sau: {later}")
    by_unit = [Row((row.unit, row.indicator, row.old, row.new)) for row in found.units]
    return [
        _sheet("Số liệu", "Nội dung", found.figures, notes),
        Sheet(
            title="Theo đơn vị",
            notes=notes,
            columns=(
                Column("Đơn vị", 44), Column("Chỉ tiêu", 50), Column("Bản trước", 16),
                Column("Bản sau", 16),
            ),
            rows=by_unit,
        ),
        _sheet("Gửi kế hoạch, báo cáo", "Đơn vị", found.sending, notes),
        _sheet("Lời văn", "Chỗ", found.texts, notes, width=70),
    ]  # fmt: skip


def _sheet(
    title: str, what: str, changes: Sequence[Change], notes: Sequence[str], *, width: int = 24
) -> Sheet:
    return Sheet(
        title=title,
        notes=notes,
        columns=(Column(what, 60), Column("Bản trước", width), Column("Bản sau", width)),
        rows=[Row((row.what, row.old, row.new)) for row in changes],
    )
