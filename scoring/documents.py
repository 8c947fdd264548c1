"""A scale as a workbook, in the columns it can be read back from and in those people print."""

import json
from collections.abc import Sequence
from decimal import Decimal

from lib.sheet import Column, Row, Sheet, Value, write_xlsx
from lib.vietnamese import number
from scoring.datasets.content import CriterionContent, ScaleContent, content_of
from scoring.datasets.sheet import Cell, Grid, SheetRow
from scoring.formula import MethodName, Section, describe
from scoring.models import Ranking, RankingRow, ScoringScale

CODED = (
    Column("Mã", 9),
    Column("Thuộc nhóm", 9),
    Column("Phần", 14),
    Column("Nội dung", 60),
    Column("Điểm chuẩn", 11, "decimal"),
    Column("Cách chấm", 20),
    Column("Công thức", 60),
    Column("Minh chứng", 36),
    Column("Bắt buộc minh chứng", 12),
    Column("Nơi thẩm định", 26),
    Column("Mục của Kế hoạch", 22),
    Column("Cấu hình", 30),
)
USUAL = (
    Column("STT", 9),
    Column("Nội dung", 80),
    Column("Điểm chuẩn", 12, "decimal"),
    Column("Thưởng", 12, "decimal"),
    Column("Trừ", 12, "decimal"),
)


def scale_workbook(scale: ScoringScale) -> bytes:
    content = content_of(scale)
    return write_xlsx([_usual(scale, content), _coded(scale, content)])


def _title(scale: ScoringScale) -> str:
    return f"THANG BẢNG ĐIỂM THI ĐUA NĂM {scale.year} – {scale.block}".upper()


def _usual(scale: ScoringScale, content: ScaleContent) -> Sheet:
    rows = [
        Row(_usual_values(one), kind="group" if one.is_group else "plain")
        for one in content.criteria
    ]
    total = Row(["", "TỔNG CỘNG", content.total, content.bonus_cap, None], kind="total")
    notes = [_title(scale), f"Lần {scale.version} · {scale.get_status_display()}"]
    return Sheet("Thang bảng điểm", USUAL, [*rows, total], notes)


def _usual_values(one: CriterionContent) -> list[Value]:
    points: Decimal | None = one.max_points or None
    if one.section == Section.DEDUCTION:
        each = one.config.get("each")
        return [one.code, one.name, None, None, Decimal(each) if each else None]
    if one.section == Section.BONUS:
        return [one.code, one.name, None, points, None]
    return [one.code, one.name, one.max_points, None, None]


def _coded(scale: ScoringScale, content: ScaleContent) -> Sheet:
    notes = [_title(scale), "Trang này đọc lại được vào Cổng; cột “Cấu hình” do Cổng ghi."]
    rows = [
        Row(_coded_values(one), kind="group" if one.is_group else "plain")
        for one in content.criteria
    ]
    return Sheet("Để nhập lại", CODED, rows, notes)


def _coded_values(one: CriterionContent) -> list[Value]:
    return [
        one.code,
        one.parent or "",
        Section(one.section).label,
        one.name,
        one.max_points,
        MethodName(one.method).label,
        "" if one.is_group else describe(one.method, one.config, one.max_points),
        one.evidence_note,
        "Có" if one.evidence_required else "",
        one.verifier,
        "; ".join(one.plan_codes),
        "" if one.is_group else json.dumps(one.config, ensure_ascii=False),
    ]


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


def ranking_page(
    ranking: Ranking, groups: Sequence[tuple[str, str, Decimal]], rows: Sequence[RankingRow]
) -> Sheet:
    """The block's table of points (bảng tổng hợp điểm), in the order of the ranks."""
    columns = [
        Column("Hạng", 8),
        Column("Đơn vị", 44),
        *(Column(f"{code} ({number(most)})", 12, "decimal") for code, _, most in groups),
        Column("Thưởng", 10, "decimal"),
        Column("Trừ", 10, "decimal"),
        Column("Tổng điểm", 12, "decimal"),
        Column("Đề nghị, ghi chú", 44),
    ]
    notes = [
        f"BẢNG TỔNG HỢP ĐIỂM THI ĐUA NĂM {ranking.year}",
        f"{ranking.block} · {ranking.get_status_display()}, lần {ranking.version}",
        *(f"{code}: {name}" for code, name, _ in groups),
    ]
    return Sheet("Xếp hạng", columns, [_ranking_row(row, groups) for row in rows], notes)


def _ranking_row(row: RankingRow, groups: Sequence[tuple[str, str, Decimal]]) -> Row:
    points: list[Value] = [
        Decimal(row.groups[code]) if code in row.groups else None for code, _, _ in groups
    ]
    said = [row.award, f"phân định: {row.decided_by}" if row.decided_by else "", row.state_reason]
    rank = str(row.position) if row.position else row.get_state_display()
    return Row(
        [rank, row.unit.name, *points, row.bonus, row.deduction, row.total,
         "; ".join(one for one in said if one)]
    )  # fmt: skip
