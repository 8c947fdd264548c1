"""The sheets of a block side by side: who has come how far, groups and totals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType

from accounts.models import User
from scoring.datasets.sheet import criteria_of, effective, known_of, marks_of, totals_up_to
from scoring.formula import Outcome, Totals
from scoring.models import Criterion, CrossAssignment, Level, ScoreSheet, ScoringScale
from units.models import BlockMembership

UNSENT = (ScoreSheet.Status.DRAFT, ScoreSheet.Status.AWAITING_HEAD)


@dataclass(frozen=True)
class BlockSheet:
    """One member: its sheet where the reader may see it, and its points at the highest level."""

    membership: BlockMembership
    sheet: ScoreSheet | None
    status: str
    totals: Totals | None
    groups: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True)
class BlockTable:
    scale: ScoringScale
    groups: tuple[Criterion, ...]
    rows: tuple[BlockSheet, ...]
    assignments: tuple[CrossAssignment, ...]

    @property
    def submitted(self) -> int:
        """Sent at least once, whether or not the reader may see what was sent."""
        return sum(row.status not in {"", *UNSENT} for row in self.rows)

    @property
    def all_locked(self) -> bool:
        return all(row.status == ScoreSheet.Status.LOCKED for row in self.rows if row.status)


def points_of(
    scale: ScoringScale,
    sheets: Iterable[ScoreSheet],
    criteria: list[Criterion],
    known: Mapping[int, Mapping[str, Outcome]] = MappingProxyType({}),
) -> dict[int, Totals]:
    """What each sheet comes to at the highest level of each criterion, by sheet. `known`: what
    the portal scores by itself on those not sent yet."""
    all_sheets = list(sheets)
    marks = marks_of(all_sheets)
    return {
        sheet.pk: totals_up_to(
            scale,
            criteria,
            effective(criteria, marks[sheet.pk], Level.COUNCIL, known.get(sheet.pk, {})),
        )
        for sheet in all_sheets
    }


def block_table(user: User, scale: ScoringScale, *, at: datetime) -> BlockTable:
    criteria = criteria_of(scale)
    roots = tuple(one for one in criteria if one.parent_id is None and one.section == "content")
    rows_of_block = ScoreSheet.objects.filter(scale=scale).select_related("unit", "scale")
    begun = {sheet.unit_id: sheet for sheet in rows_of_block}
    seen = set(ScoreSheet.objects.visible_to(user).filter(scale=scale).values_list("pk", flat=True))
    open_to_reader = [one for one in begun.values() if one.pk in seen]
    known = known_of(open_to_reader, criteria, at=at)
    points = points_of(scale, open_to_reader, criteria, known)
    rows = tuple(
        _row(membership, begun.get(membership.unit_id), points, roots)
        for membership in scale.members()
    )
    assigned = CrossAssignment.objects.in_force().filter(sheet__scale=scale)
    return BlockTable(
        scale, roots, rows, tuple(assigned.select_related("scorer", "scored").order_by("pk"))
    )


def _row(
    membership: BlockMembership,
    sheet: ScoreSheet | None,
    points: dict[int, Totals],
    roots: tuple[Criterion, ...],
) -> BlockSheet:
    """Of a sheet the reader may not see only how far it has come is told."""
    totals = points.get(sheet.pk) if sheet else None
    groups = tuple((one.code, totals.lines[one.code].earned) for one in roots) if totals else ()
    return BlockSheet(
        membership, sheet if totals else None, sheet.status if sheet else "", totals, groups
    )
