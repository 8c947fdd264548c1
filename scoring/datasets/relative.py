"""The figures of a block side by side, for criteria that compare each unit with the best of it."""

from collections.abc import Iterable
from decimal import Decimal

from scoring.datasets.sheet import ORDER, Marks, marks_of
from scoring.formula import AnswerKind, MethodName, Relative, rounded
from scoring.models import Criterion, Level, Mark, ScoreSheet

TOP = Level.COUNCIL.value


def is_relative(criterion: Criterion) -> bool:
    return criterion.method == MethodName.RELATIVE and isinstance(criterion.formula(), Relative)


def figure_of(mark: Mark) -> Decimal | None:
    """What was answered; None where points stand without a figure, as the 0 of a unit that sent
    no evidence does."""
    value = mark.inputs.get("value") if mark.kind == AnswerKind.SCORED else None
    return Decimal(value) if value else None


def standing_figure(marks: Marks, criterion: Criterion, up_to: str = TOP) -> Decimal | None:
    """The figure of a sheet that counts: that of the highest level that has said something; of
    several cross-scorers the mean."""
    for level in reversed(ORDER[: ORDER.index(up_to) + 1]):
        all_marks = marks.get((criterion.pk, level), [])
        said = [mark for mark in all_marks if mark.kind != AnswerKind.NOT_SCORED]
        figures = [figure for mark in said if (figure := figure_of(mark)) is not None]
        if said:
            return _mean(figures) if len(figures) == len(said) else None
    return None


def _mean(figures: list[Decimal]) -> Decimal:
    first, *others = figures
    return rounded(sum(figures, Decimal(0)) / len(figures)) if others else first


def standing_figures(
    sheets: Iterable[ScoreSheet], marks: dict[int, dict[tuple[int, str], list[Mark]]],
    criterion: Criterion,
) -> tuple[Decimal, ...]:  # fmt: skip
    found = (standing_figure(marks[sheet.pk], criterion) for sheet in sheets)
    return tuple(figure for figure in found if figure is not None)


def peer_figures(sheet: ScoreSheet, criterion: Criterion) -> tuple[Decimal, ...]:
    """Of the other units of the block that have sent their sheets: a draft tells nobody."""
    others = list(ScoreSheet.objects.filter(scale=sheet.scale_id).submitted().exclude(pk=sheet.pk))
    return standing_figures(others, marks_of(others), criterion)
