"""One level's word on one criterion: judged, then written beside what was said before.

A mark above the self level that differs from what counted before needs a reason; without
required evidence the block gives 0.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.permissions import require
from accounts.workflow import Refused
from scoring.datasets.relative import is_relative, peer_figures
from scoring.datasets.sheet import effective, marks_of
from scoring.formula import (
    AnswerKind,
    BadAnswer,
    Basis,
    Outcome,
    not_applicable,
    not_scored,
    read_answer,
)
from scoring.models import Criterion, CrossAssignment, Level, Mark, ScoreSheet
from scoring.permissions import (
    may_appraise_for_block,
    may_appraise_for_board,
    may_cross_score,
    may_lock,
    may_score_self,
)

Status = ScoreSheet.Status
LOST = "Người khác vừa chấm tiêu chí này. Mời xem lại điểm rồi chấm tiếp."
# When each level may write.
OPEN = {
    Level.SELF: {Status.DRAFT, Status.RETURNED},
    Level.CROSS: {Status.SUBMITTED},
    Level.BLOCK: {Status.SUBMITTED},
    Level.BOARD: {Status.BLOCK_APPRAISED},
    Level.COUNCIL: {Status.BOARD_APPRAISED},
}


@dataclass(frozen=True)
class Answer:
    """What one level says of one criterion. `replaces`: the mark the person saw, if any."""

    level: str
    kind: str
    typed: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    replaces: int | None = None
    assignment: CrossAssignment | None = None


@dataclass(frozen=True)
class Judged:
    """What an answer comes to, before it is written."""

    now: Mark | None
    outcome: Outcome
    inputs: dict[str, str]
    is_news: bool
    """Whether it says anything the level had not said already."""


def may_mark(user: User, sheet: ScoreSheet, level: str, assignment: CrossAssignment | None) -> bool:
    """Who writes at a level; nobody their own unit above the self level."""
    if level == Level.SELF:
        return may_score_self(user, sheet.unit)
    if level == Level.CROSS:
        return assignment is not None and may_cross_score(user, assignment)
    if level == Level.BLOCK:
        return may_appraise_for_block(user, sheet)
    by_board = {Level.BOARD: may_appraise_for_board, Level.COUNCIL: may_lock}
    return by_board[Level(level)](user, sheet)


@transaction.atomic
def answer_criterion(
    sheet: ScoreSheet, criterion: Criterion, answer: Answer, *, by: User, at: datetime
) -> Mark | None:
    """One mark; None where it says what the level had said already."""
    require(may_mark(by, sheet, answer.level, answer.assignment))
    said = judge(sheet, criterion, answer)
    if not said.is_news:
        return None
    spot = Spot(sheet, criterion, said.now)
    return write_mark(spot, answer, said.outcome, said.inputs, by=by, at=at)


@transaction.atomic
def take_answers(
    sheet: ScoreSheet,
    answers: Iterable[tuple[Criterion, Answer]],
    *,
    by: User,
    at: datetime,
) -> int:
    """All of them or none, as a returned workbook gives them; how many were news."""
    marks = [answer_criterion(sheet, one, said, by=by, at=at) for one, said in answers]
    return sum(mark is not None for mark in marks)


def judge(sheet: ScoreSheet, criterion: Criterion, answer: Answer) -> Judged:
    """Whether an answer can be taken, and what it comes to; nothing is written."""
    if sheet.status not in OPEN[Level(answer.level)]:
        raise Refused("Bảng chấm điểm không còn ở bước cho phép chấm cấp này.")
    if answer.assignment and not _is_open(answer.assignment):
        raise Refused("Lượt chấm chéo này đã xong hoặc đã được phân công lại. Mời tải lại trang.")
    if criterion.is_group or not criterion.formula().questions():
        raise Refused("Tiêu chí này không do người chấm.")
    now = _current(sheet, criterion, answer)
    if (now.pk if now else None) != answer.replaces:
        raise BadAnswer({"": LOST})
    outcome, inputs = _outcome(sheet, criterion, answer)
    is_news = now is None or (now.outcome(), now.reason) != (outcome, answer.reason)
    if is_news:
        _check(sheet, criterion, answer, outcome)
    return Judged(now, outcome, inputs, is_news)


def _is_open(assignment: CrossAssignment) -> bool:
    return CrossAssignment.objects.unfinished().filter(pk=assignment.pk).exists()


def _current(sheet: ScoreSheet, criterion: Criterion, answer: Answer) -> Mark | None:
    rows = Mark.objects.current().filter(sheet=sheet, criterion=criterion, level=answer.level)
    return rows.filter(assignment=answer.assignment).first()


def _outcome(
    sheet: ScoreSheet, criterion: Criterion, answer: Answer
) -> tuple[Outcome, dict[str, str]]:
    if answer.kind == AnswerKind.NOT_APPLICABLE:
        return not_applicable("Không áp dụng với đơn vị."), {}
    if answer.kind == AnswerKind.NOT_SCORED:
        return not_scored(), {}
    formula = criterion.formula()
    given = read_answer(formula.questions(), answer.typed)
    peers: tuple[Decimal, ...] = ()
    if is_relative(criterion) and isinstance(value := given["value"], Decimal):
        peers = (*peer_figures(sheet, criterion), value)
    outcome = formula.score(given, Basis(criterion.max_points, peers=peers))
    return outcome, {name: str(value) for name, value in given.items()}


def _check(sheet: ScoreSheet, criterion: Criterion, answer: Answer, outcome: Outcome) -> None:
    if outcome.kind == AnswerKind.NOT_APPLICABLE and not answer.reason:
        raise BadAnswer({"reason": "Hãy ghi vì sao không áp dụng."})
    if answer.level == Level.SELF:
        return
    if answer.level == Level.BLOCK and (outcome.points or 0) > 0 and lacks(sheet, criterion):
        raise BadAnswer(
            {"": "Tiêu chí bắt buộc có minh chứng mà đơn vị chưa gửi: cấp khối chấm 0 điểm."}
        )
    below = _below(sheet, criterion, answer.level)
    is_other = below is None or (below.kind, below.points) != (outcome.kind, outcome.points)
    if is_other and outcome.kind != AnswerKind.NOT_SCORED and not answer.reason:
        raise BadAnswer({"reason": "Điểm khác cấp dưới: hãy ghi lý do."})


def lacks(sheet: ScoreSheet, criterion: Criterion) -> bool:
    """Evidence that the criterion asks for and the unit has not sent."""
    rows = sheet.evidence.filter(criterion=criterion, removed_at=None)
    return criterion.evidence_required and not rows.exists()


def _below(sheet: ScoreSheet, criterion: Criterion, level: str) -> Outcome | None:
    levels = [one.value for one in Level]
    lower = levels[: levels.index(level)]
    marks = marks_of([sheet])[sheet.pk]
    return effective([criterion], marks, lower[-1], {}).get(criterion.code)


@dataclass(frozen=True)
class Spot:
    """Where a mark goes, and the one it replaces."""

    sheet: ScoreSheet
    criterion: Criterion
    now: Mark | None = None


def write_mark(
    spot: Spot,
    answer: Answer,
    outcome: Outcome,
    inputs: dict[str, str],
    *,
    by: User | None,
    at: datetime,
) -> Mark:
    try:
        with transaction.atomic():
            return Mark.objects.create(
                sheet=spot.sheet, criterion=spot.criterion, level=answer.level,
                assignment=answer.assignment, replaces=spot.now, kind=outcome.kind.value,
                inputs=inputs, points=outcome.points, because=outcome.because[:500],
                reason=answer.reason, by=by, at=at,
            )  # fmt: skip
    except IntegrityError:
        raise BadAnswer({"": LOST}) from None
