"""The block's table of points as a page of a workbook."""

from collections.abc import Sequence
from decimal import Decimal

from lib.sheet import Column, Row, Sheet, Value
from lib.vietnamese import number
from scoring.models import Ranking, RankingRow


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
