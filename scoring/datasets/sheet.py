"""A score sheet as a grid: criteria down, levels across, totals below.

What counts for a criterion is the mark of the highest level that has one; what the portal scores
by itself is computed from the ledger until the sheet is sent, and a mark like any other from
then on.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from scoring.datasets.facts import facts_of, ledger_facts
from scoring.formula import (
    AnswerKind,
    Auto,
    Basis,
    Deduction,
    Facts,
    MethodName,
    Node,
    Outcome,
    Question,
    Totals,
    rounded,
    total_up,
)
from scoring.models import Criterion, CrossAssignment, Level, Mark, ScoreSheet, ScoringScale

ORDER = [str(level.value) for level in Level]
Marks = Mapping[tuple[int, str], list[Mark]]
"""Current marks of one sheet by criterion and level; several only across scorers."""


@dataclass(frozen=True)
class Cell:
    """One level's word on one criterion."""

    level: str
    marks: tuple[Mark, ...]
    outcome: Outcome | None
    earned: Decimal | None
    """Of a group: what lies below it at this level."""
    differs: bool

    @property
    def mark(self) -> Mark | None:
        return self.marks[-1] if self.marks else None


@dataclass(frozen=True)
class SheetRow:
    criterion: Criterion
    depth: int
    words: str
    questions: tuple[Question, ...]
    cells: tuple[Cell, ...]
    outcome: Outcome | None
    evidence: int

    @property
    def is_group(self) -> bool:
        return self.criterion.is_group

    @property
    def differs_from_self(self) -> bool:
        """Whether what counts is another figure than the unit gave itself."""
        own = self.cell("self")
        return differ(own.outcome if own else None, self.outcome)

    @property
    def is_known_by_itself(self) -> bool:
        """The portal answers; nobody is asked."""
        return not self.is_group and not self.questions

    @property
    def lacks_evidence(self) -> bool:
        return self.criterion.evidence_required and not self.evidence

    def cell(self, level: str) -> Cell | None:
        return next((cell for cell in self.cells if cell.level == level), None)

    def mark_below(self, level: str) -> Mark | None:
        """What was answered last below a level."""
        lower = ORDER[: ORDER.index(level)]
        marks = [cell.mark for cell in self.cells if cell.level in lower and cell.mark]
        return next((one for one in reversed(marks) if one.kind == AnswerKind.SCORED), None)


@dataclass(frozen=True)
class SheetColumn:
    level: str
    label: str
    totals: Totals


@dataclass(frozen=True)
class Grid:
    sheet: ScoreSheet
    rows: tuple[SheetRow, ...]
    columns: tuple[SheetColumn, ...]

    @property
    def final(self) -> Totals:
        return self.columns[-1].totals

    def row(self, code: str) -> SheetRow | None:
        return next((row for row in self.rows if row.criterion.code == code), None)

    @property
    def unanswered(self) -> tuple[SheetRow, ...]:
        """What a person still has to answer."""
        return tuple(
            row
            for row in self.rows
            if row.questions and (row.outcome is None or row.outcome.kind == AnswerKind.NOT_SCORED)
        )


def criteria_of(scale: ScoringScale) -> list[Criterion]:
    return list(scale.criteria.in_order().select_related("parent"))


def depths_of(criteria: Iterable[Criterion]) -> dict[str, int]:
    """How deep each criterion lies in the tree, by its code."""
    depths: dict[str, int] = {}
    for one in criteria:
        depths[one.code] = depths[one.parent.code] + 1 if one.parent else 0
    return depths


def marks_of(sheets: Iterable[ScoreSheet]) -> dict[int, dict[tuple[int, str], list[Mark]]]:
    """Marks of each sheet that count; one query for all of them."""
    found: dict[int, dict[tuple[int, str], list[Mark]]] = defaultdict(lambda: defaultdict(list))
    rows = Mark.objects.counting().filter(sheet__in=[sheet.pk for sheet in sheets])
    for mark in rows.select_related("by", "assignment").order_by("pk"):
        found[mark.sheet_id][mark.criterion_id, mark.level].append(mark)
    return found


def level_outcome(marks: list[Mark]) -> Outcome | None:
    """What a level says; of two cross-scorers the mean, where both have given points."""
    if not marks:
        return None
    outcomes = [mark.outcome() for mark in marks]
    points = [one.points for one in outcomes if one.points is not None]
    if len(points) < len(outcomes) or len(points) == 1:
        return outcomes[-1]
    mean = rounded(sum(points, Decimal(0)) / len(points))
    return Outcome(AnswerKind.SCORED, mean, "Trung bình của các đơn vị chấm chéo.")


def known_outcomes(criteria: Iterable[Criterion], facts: Facts) -> dict[str, Outcome]:
    """What the portal scores by itself, by the code of the criterion."""
    return {
        one.code: formula.score({}, Basis(one.max_points, facts))
        for one in criteria
        if not one.is_group and not (formula := one.formula()).questions()
    }


def known_of(
    sheets: Iterable[ScoreSheet], criteria: list[Criterion], *, at: datetime
) -> dict[int, dict[str, Outcome]]:
    """What the portal scores by itself, of sheets not sent yet; afterwards the marks say it."""
    unsent = {sheet.pk: sheet for sheet in sheets if sheet.submitted_at is None}
    found: dict[int, dict[str, Outcome]] = {sheet.pk: {} for sheet in sheets}
    if not unsent or not criteria:
        return found
    year = next(iter(unsent.values())).scale.year
    facts = ledger_facts([sheet.unit for sheet in unsent.values()], year=year, at=at)
    for pk, sheet in unsent.items():
        found[pk] = known_outcomes(criteria, Facts(facts.get(sheet.unit_id, ())))
    return found


def effective(
    criteria: Iterable[Criterion], marks: Marks, up_to: str, known: Mapping[str, Outcome]
) -> dict[str, Outcome]:
    """The outcome of each criterion as far as a level: the highest mark that is there."""
    levels = ORDER[: ORDER.index(up_to) + 1]
    found = dict(known)
    for one in criteria:
        for level in levels:
            outcome = level_outcome(marks.get((one.pk, level), []))
            if outcome is not None and outcome.kind != AnswerKind.NOT_SCORED:
                found[one.code] = outcome
    return found


def nodes_of(criteria: Iterable[Criterion]) -> list[Node]:
    return [one.node() for one in criteria]


def totals_up_to(
    scale: ScoringScale, criteria: list[Criterion], outcomes: Mapping[str, Outcome]
) -> Totals:
    return total_up(nodes_of(criteria), outcomes, total=scale.total, bonus_cap=scale.bonus_cap)


def sheet_grid(
    sheet: ScoreSheet,
    *,
    at: datetime,
    levels: Iterable[str],
    assignment: CrossAssignment | None = None,
) -> Grid:
    """`levels` are shown beside those that have marks. With an `assignment` of another unit's
    cross-scoring only its own: cross-scorers do not copy from each other."""
    scale = sheet.scale
    criteria, marks = criteria_of(scale), marks_of([sheet])[sheet.pk]
    if assignment:
        marks = _without_others(marks, assignment)
    known: dict[str, Outcome] = {}
    if sheet.submitted_at is None:
        known = known_outcomes(criteria, facts_of(sheet.unit, year=scale.year, at=at))
    wanted = {"self", *levels, *(level for _, level in marks)}
    shown = [level for level in ORDER if level in wanted]
    outcomes = {level: effective(criteria, marks, level, known) for level in shown}
    columns = tuple(
        SheetColumn(level, Level(level).label, totals_up_to(scale, criteria, outcomes[level]))
        for level in shown
    )
    evidence = _evidence(sheet)
    return Grid(sheet, tuple(_rows(criteria, marks, columns, outcomes, evidence)), columns)


def _without_others(marks: Marks, assignment: CrossAssignment) -> dict[tuple[int, str], list[Mark]]:
    """What one cross-scorer gave, and what the other levels did."""
    mine = {
        place: [one for one in given if one.assignment_id in {None, assignment.pk}]
        for place, given in marks.items()
    }
    return {place: given for place, given in mine.items() if given}


def _evidence(sheet: ScoreSheet) -> dict[int, int]:
    counts: defaultdict[int, int] = defaultdict(int)
    for pk in sheet.evidence.filter(removed_at=None).values_list("criterion_id", flat=True):
        counts[pk] += 1
    return counts


def _rows(
    criteria: list[Criterion],
    marks: Marks,
    columns: tuple[SheetColumn, ...],
    outcomes: Mapping[str, Mapping[str, Outcome]],
    evidence: Mapping[int, int],
) -> Iterable[SheetRow]:
    depths = depths_of(criteria)
    last = columns[-1].level
    for one in criteria:
        formula = None if one.is_group else one.formula()
        yield SheetRow(
            criterion=one,
            depth=depths[one.code],
            words="" if formula is None else formula.in_words(one.max_points),
            questions=() if formula is None else formula.questions(),
            cells=tuple(_cells(one, marks, columns, outcomes)),
            outcome=outcomes[last].get(one.code),
            evidence=evidence.get(one.pk, 0),
        )


def _cells(
    one: Criterion,
    marks: Marks,
    columns: tuple[SheetColumn, ...],
    outcomes: Mapping[str, Mapping[str, Outcome]],
) -> Iterable[Cell]:
    before: Outcome | None = None
    for column in columns:
        own = tuple(marks.get((one.pk, column.level), ()))
        said = level_outcome(list(own))
        if said is None and column.level == "self":
            said = outcomes["self"].get(one.code)
        yield Cell(
            level=column.level,
            marks=own,
            outcome=said,
            earned=column.totals.lines[one.code].earned if one.is_group else None,
            differs=differ(before, said),
        )
        before = outcomes[column.level].get(one.code)


def differ(before: Outcome | None, after: Outcome | None) -> bool:
    if before is None or after is None:
        return False
    return (before.kind, before.points) != (after.kind, after.points)


def is_counted_by_portal(criterion: Criterion) -> bool:
    """Scored from what the appraisals themselves show: honesty, missed cross-scoring."""
    if criterion.method != MethodName.DEDUCTION:
        return False
    formula = criterion.formula()
    return isinstance(formula, Deduction) and bool(formula.fact)


def is_from_ledger(criterion: Criterion) -> bool:
    if criterion.is_group:
        return False
    formula = criterion.formula()
    return isinstance(formula, Auto) or (isinstance(formula, Deduction) and bool(formula.kinds))
