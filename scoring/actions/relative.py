"""Points that depend on the best of the block, brought up to date as the figures change.

A mark is given when the others' figures are not all known. Each time a level is done with a
sheet, and before a ranking, every answer is therefore scored again with the figures that count
by then: a new mark that nobody gave, beside the old one. All levels are, so that what one of them
said differs from another only by what people said.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from scoring.datasets.relative import figure_of, is_relative, standing_figures
from scoring.datasets.sheet import ORDER, Marks, criteria_of, marks_of
from scoring.formula import Basis, Outcome
from scoring.models import Criterion, Mark, Ranking, ScoreSheet, ScoringScale

RECOMPUTED = "Tính lại theo đơn vị cao nhất khối."
RECOMPUTED_LOWEST = "Tính lại theo đơn vị thấp nhất khối."


@transaction.atomic
def recompute_until_published(scale: ScoringScale, *, at: datetime) -> None:
    """Once the ranking is public only a correction, which says why, changes points."""
    public = Ranking.objects.filter(block=scale.block_id, year=scale.year).published()
    if not public.exists():
        recompute_relative(scale, at=at)


@transaction.atomic
def recompute_relative(scale: ScoringScale, *, at: datetime) -> None:
    compared = [one for one in criteria_of(scale) if is_relative(one)]
    if not compared:
        return
    ScoringScale.objects.select_for_update().get(pk=scale.pk)  # one at a time for a block
    sheets = list(ScoreSheet.objects.filter(scale=scale).submitted().order_by("pk"))
    marks = marks_of(sheets)
    for criterion in compared:
        figures = standing_figures(sheets, marks, criterion)
        for sheet in sheets:
            for mark, figure in _answered(marks[sheet.pk], criterion):
                _recompute(mark, criterion, figure, figures, at=at)


def _answered(marks: Marks, criterion: Criterion) -> Iterator[tuple[Mark, Decimal]]:
    for level in ORDER:
        for mark in marks.get((criterion.pk, level), []):
            if (figure := figure_of(mark)) is not None:
                yield mark, figure


def _recompute(
    mark: Mark, criterion: Criterion, figure: Decimal, figures: tuple[Decimal, ...], *, at: datetime
) -> None:
    peers = figures or (figure,)
    outcome = criterion.formula().score({"value": figure}, Basis(criterion.max_points, peers=peers))
    # An answer that agreed with the level below says so before how the points came about.
    if mark.points == outcome.points and mark.because.endswith(outcome.because):
        return
    # Of somebody who answers this very cell at this moment the answer stands; the next time.
    with suppress(IntegrityError), transaction.atomic():
        _write_again(mark, outcome, criterion, at)


def _write_again(mark: Mark, outcome: Outcome, criterion: Criterion, at: datetime) -> None:
    is_lowest = bool(criterion.config.get("lower_is_better"))
    Mark.objects.create(
        sheet=mark.sheet, criterion=criterion, level=mark.level, assignment=mark.assignment,
        replaces=mark, kind=outcome.kind.value, inputs=mark.inputs, points=outcome.points,
        because=outcome.because[:500], reason=RECOMPUTED_LOWEST if is_lowest else RECOMPUTED,
        by=None, at=at,
    )  # fmt: skip
