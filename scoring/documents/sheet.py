"""A score sheet as a page of a workbook."""

from lib.sheet import Column, Row, Sheet, Value
from scoring.datasets.sheet import Cell, Grid, SheetRow


def sheet_page(grid: Grid) -> Sheet:
    """A score sheet: every level's points beside each other, with reasons."""
    columns = [
        Column("Mã", 9),
        Column("Nội dung", 60),
        Column("Điểm chuẩn", 11, "decimal"),
        *(Column(one.label, 13, "decimal") for one in grid.columns),
        Column("Cách tính, lý do", 60),
    ]
    rows = [_sheet_row(row) for row in grid.rows]
    totals = [one.totals.total for one in grid.columns]
    total = Row(["", "TỔNG ĐIỂM", grid.sheet.scale.total, *totals, ""], kind="total")
    title = f"BẢNG CHẤM ĐIỂM THI ĐUA NĂM {grid.sheet.scale.year}"
    notes = [title, f"{grid.sheet.unit} · {grid.sheet.get_status_display()}"]
    return Sheet("Bảng chấm điểm", columns, [*rows, total], notes)


def _sheet_row(row: SheetRow) -> Row:
    one = row.criterion
    said = row.outcome.because if row.outcome else ""
    reasons = [cell.mark.reason for cell in row.cells if cell.mark and cell.mark.reason]
    points: list[Value] = [_cell_value(cell) for cell in row.cells]
    values = [one.code, one.name, one.max_points, *points, " ".join([said, *reasons]).strip()]
    return Row(values, kind="group" if row.is_group else "plain")


def _cell_value(cell: Cell) -> Value:
    """Points, or nothing: neither “not applicable” nor “not yet scored” is a 0."""
    if cell.earned is not None:
        return cell.earned
    return cell.outcome.points if cell.outcome else None
