"""The whole block on one page: criteria down, units across, each cell as far as a level.

A handful of queries, however many criteria and units there are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from accounts.models import User
from scoring.datasets.sheet import (
    criteria_of,
    depths_of,
    differ,
    effective,
    known_of,
    marks_of,
    totals_up_to,
)
from scoring.formula import Outcome, Totals
from scoring.models import Criterion, Level, ScoreSheet, ScoringScale
from units.models import BlockMembership


@dataclass(frozen=True)
class GridColumn:
    """One unit; nothing but how far it has come where the reader may not see its sheet."""

    membership: BlockMembership
    status: str
    sheet: ScoreSheet | None = None
    totals: Totals | None = None


@dataclass(frozen=True)
class GridCell:
    column: GridColumn
    outcome: Outcome | None
    earned: Decimal | None
    """Of a group: what lies below it."""
    differs: bool
    """Whether it is another figure than the unit gave itself."""


@dataclass(frozen=True)
class GridRow:
    criterion: Criterion
    depth: int
    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class BlockGrid:
    scale: ScoringScale
    level: str
    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]


def block_grid(
    user: User, scale: ScoringScale, *, at: datetime, level: str = Level.COUNCIL
) -> BlockGrid:
    criteria = criteria_of(scale)
    sheets = list(ScoreSheet.objects.visible_to(user).filter(scale=scale).select_related("unit"))
    begun = dict(ScoreSheet.objects.filter(scale=scale).values_list("unit", "status"))
    shown, own = _outcomes(sheets, criteria, level, at=at)
    by_unit = {sheet.unit_id: sheet for sheet in sheets}
    columns = tuple(_column(row, begun, by_unit, scale, criteria, shown) for row in scale.members())
    depths = depths_of(criteria)
    rows = tuple(
        GridRow(
            one,
            depths[one.code],
            tuple(_cell(one, column, shown, own) for column in columns),
        )
        for one in criteria
    )
    return BlockGrid(scale, level, columns, rows)


Outcomes = Mapping[int, Mapping[str, Outcome]]


def _outcomes(
    sheets: list[ScoreSheet], criteria: list[Criterion], level: str, *, at: datetime
) -> tuple[Outcomes, Outcomes]:
    """By sheet: what counts as far as the level, and what the unit gave itself."""
    marks, known = marks_of(sheets), known_of(sheets, criteria, at=at)
    shown, own = (
        {sheet.pk: effective(criteria, marks[sheet.pk], up_to, known[sheet.pk]) for sheet in sheets}
        for up_to in (level, Level.SELF)
    )
    return shown, own


def _column(
    row: BlockMembership,
    begun: Mapping[int, str],
    by_unit: Mapping[int, ScoreSheet],
    scale: ScoringScale,
    criteria: list[Criterion],
    shown: Outcomes,
) -> GridColumn:
    sheet = by_unit.get(row.unit_id)
    if sheet is None:
        return GridColumn(row, begun.get(row.unit_id, ""))
    totals = totals_up_to(scale, criteria, shown[sheet.pk])
    return GridColumn(row, sheet.status, sheet, totals)


def _cell(one: Criterion, column: GridColumn, shown: Outcomes, own: Outcomes) -> GridCell:
    if column.sheet is None or column.totals is None:
        return GridCell(column, None, None, differs=False)
    if one.is_group:
        return GridCell(column, None, column.totals.lines[one.code].earned, differs=False)
    now, before = (found[column.sheet.pk].get(one.code) for found in (shown, own))
    return GridCell(column, now, None, differ(before, now))
