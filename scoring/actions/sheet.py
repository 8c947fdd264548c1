"""A unit's sheet: begun, answered level by level, sent, appraised, locked.

Every answer is a new `Mark` beside those below it. A mark above the self level that differs from
what counted before needs a reason; without required evidence the block gives 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.permissions import require
from accounts.workflow import Refused
from scoring.actions.relative import recompute_until_published
from scoring.datasets.facts import facts_of
from scoring.datasets.relative import is_relative, peer_figures, standing_figure
from scoring.datasets.sheet import (
    ORDER,
    Marks,
    criteria_of,
    effective,
    is_counted_by_portal,
    is_from_ledger,
    known_outcomes,
    marks_of,
    totals_up_to,
)
from scoring.formula import (
    AnswerKind,
    BadAnswer,
    Basis,
    Facts,
    Outcome,
    not_applicable,
    not_scored,
    read_answer,
)
from scoring.models import Criterion, CrossAssignment, Level, Mark, ScoreSheet, ScoringScale
from scoring.permissions import (
    may_appraise_for_block,
    may_appraise_for_board,
    may_cross_score,
    may_lock,
    may_score_self,
    may_submit_sheet,
)
from units.models import Unit

Status = ScoreSheet.Status
LOST = "Người khác vừa chấm tiêu chí này. Mời xem lại điểm rồi chấm tiếp."
AGREED = "Nhất trí với cấp dưới. "
# Who may agree with the level below, all that is left at once.
AGREEING = {Level.CROSS, Level.BLOCK, Level.BOARD}
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


@transaction.atomic
def start_sheet(unit: Unit, year: int, *, by: User, at: datetime) -> ScoreSheet:
    """The unit's sheet under the scale its block works by; the one there is, if it has begun."""
    require(may_score_self(by, unit))
    scale = ScoringScale.objects.in_force().filter(
        year=year, block__memberships__unit=unit, block__memberships__year=year
    ).first()  # fmt: skip
    if scale is None:
        raise Refused("Khối của đơn vị chưa có thang bảng điểm đang áp dụng. Mời hỏi khối trưởng.")
    sheet, _ = ScoreSheet.objects.get_or_create(
        scale=scale, unit=unit, defaults={"created_at": at, "created_by": by}
    )
    return sheet


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
    if now and (now.outcome(), now.reason) == (outcome, answer.reason):
        return None
    _check(sheet, criterion, answer, outcome)
    return _write(Spot(sheet, criterion, now), answer, outcome, inputs, by=by, at=at)


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
    if answer.level == Level.BLOCK and (outcome.points or 0) > 0 and _lacks(sheet, criterion):
        raise BadAnswer(
            {"": "Tiêu chí bắt buộc có minh chứng mà đơn vị chưa gửi: cấp khối chấm 0 điểm."}
        )
    below = _below(sheet, criterion, answer.level)
    is_other = below is None or (below.kind, below.points) != (outcome.kind, outcome.points)
    if is_other and outcome.kind != AnswerKind.NOT_SCORED and not answer.reason:
        raise BadAnswer({"reason": "Điểm khác cấp dưới: hãy ghi lý do."})


def _lacks(sheet: ScoreSheet, criterion: Criterion) -> bool:
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


def _write(
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


# --- the way of a sheet -------------------------------------------------------------------------


@transaction.atomic
def hand_sheet_to_head(sheet: ScoreSheet, *, by: User, at: datetime) -> None:
    require(may_score_self(by, sheet.unit))
    sheet.hand_to_head(by=by, at=at)


@transaction.atomic
def hand_sheet_back(sheet: ScoreSheet, *, by: User, at: datetime, reason: str) -> None:
    require(may_submit_sheet(by, sheet))
    sheet.hand_back(by=by, at=at, reason=reason)


@transaction.atomic
def submit_sheet(sheet: ScoreSheet, *, by: User, at: datetime) -> None:
    """To the block. What the portal knows by itself becomes marks now, and stays."""
    require(may_submit_sheet(by, sheet))
    criteria = criteria_of(sheet.scale)
    facts = facts_of(sheet.unit, year=sheet.scale.year, at=at)
    ours = [one for one in criteria if is_from_ledger(one)]
    _mark_known(sheet, Level.SELF, known_outcomes(ours, facts), at=at)
    missing = _unanswered(sheet, criteria)
    if missing:
        refusal = Refused("Còn tiêu chí chưa tự chấm nên chưa nộp được.")
        refusal.details = tuple(str(one) for one in missing[:10])
        raise refusal
    sheet.submit(by=by, at=at)


def _unanswered(sheet: ScoreSheet, criteria: list[Criterion]) -> list[Criterion]:
    marks = marks_of([sheet])[sheet.pk]
    said = effective(criteria, marks, Level.SELF, {})
    asked = [one for one in criteria if not one.is_group and one.formula().questions()]
    return [one for one in asked if one.code not in said and one.section == "content"]


def _mark_known(
    sheet: ScoreSheet, level: str, outcomes: Mapping[str, Outcome], *, at: datetime
) -> None:
    """Marks nobody gave: `by` is empty. What has not changed is not written again."""
    marks = marks_of([sheet])[sheet.pk]
    for one in criteria_of(sheet.scale):
        if one.code not in outcomes:
            continue
        now = next(iter(marks.get((one.pk, level), [])), None)
        if now and now.outcome() == outcomes[one.code]:
            continue
        answer = Answer(level, outcomes[one.code].kind)
        _write(Spot(sheet, one, now), answer, outcomes[one.code], {}, by=None, at=at)


@transaction.atomic
def return_sheet(sheet: ScoreSheet, *, by: User, at: datetime, reason: str) -> None:
    """The block or the board gives it back to the unit, with the reason it is told."""
    require(may_appraise_for_block(by, sheet) or may_appraise_for_board(by, sheet))
    sheet.send_back(by=by, at=at, reason=reason)


@transaction.atomic
def accept_rest(
    sheet: ScoreSheet,
    level: str,
    *,
    by: User,
    at: datetime,
    assignment: CrossAssignment | None = None,
) -> int:
    """Agree with the level below wherever this level, or this cross-scorer, has said nothing;
    without the evidence that is asked for the block gives 0. How many marks were made."""
    require(may_mark(by, sheet, level, assignment))
    if level not in AGREEING or sheet.status not in OPEN[Level(level)]:
        raise Refused("Bảng chấm điểm không còn ở bước cho phép chấm cấp này.")
    criteria = criteria_of(sheet.scale)
    marks = marks_of([sheet])[sheet.pk]
    lower = ORDER[ORDER.index(level) - 1]
    below = effective(criteria, marks, lower, {})
    silent = [
        one
        for one in criteria
        if one.code in below and not _has_said(marks.get((one.pk, level), []), assignment)
    ]
    for one in silent:
        answer, outcome = _agreed(sheet, one, level, below[one.code])
        answer = replace(answer, assignment=assignment)
        is_kept = outcome.points == below[one.code].points
        inputs = _figure_kept(marks, one, lower) if is_kept else {}
        _write(Spot(sheet, one), answer, outcome, inputs, by=by, at=at)
    return len(silent)


def _figure_kept(marks: Marks, criterion: Criterion, lower: str) -> dict[str, str]:
    """Who agrees with points that are compared within the block agrees with the figure, and the
    points follow it."""
    figure = standing_figure(marks, criterion, lower) if is_relative(criterion) else None
    return {} if figure is None else {"value": str(figure)}


def _has_said(marks: list[Mark], assignment: CrossAssignment | None) -> bool:
    wanted = assignment.pk if assignment else None
    return any(mark.assignment_id == wanted for mark in marks)


def _agreed(
    sheet: ScoreSheet, criterion: Criterion, level: str, below: Outcome
) -> tuple[Answer, Outcome]:
    if level == Level.BLOCK and (below.points or 0) > 0 and _lacks(sheet, criterion):
        reason = "Tiêu chí bắt buộc có minh chứng, đơn vị không gửi."
        return Answer(level, below.kind, reason=reason), Outcome(
            AnswerKind.SCORED, Decimal(0), "Không có minh chứng: 0 điểm."
        )
    why = f"{AGREED}{below.because.removeprefix(AGREED)}"
    return Answer(level, below.kind), Outcome(below.kind, below.points, why)


@transaction.atomic
def finish_block_appraisal(sheet: ScoreSheet, *, by: User, at: datetime) -> None:
    """The khối trưởng for the members; for the khối trưởng's own unit a reviewer of the board."""
    require(may_appraise_for_block(by, sheet) or may_appraise_for_board(by, sheet))
    sheet.finish_block_appraisal(by=by, at=at)
    recompute_until_published(sheet.scale, at=at)


@transaction.atomic
def finish_board_appraisal(sheet: ScoreSheet, *, by: User, at: datetime) -> None:
    """With it the deductions that the appraisals themselves show, and what was not yet due when
    the unit sent its sheet."""
    require(may_appraise_for_board(by, sheet))
    recompute_until_published(sheet.scale, at=at)
    criteria = criteria_of(sheet.scale)
    ledger = facts_of(sheet.unit, year=sheet.scale.year, at=at)
    facts = Facts(ledger.submissions, _counts(sheet, criteria))
    scored = effective(criteria, marks_of([sheet])[sheet.pk], Level.BOARD, {})
    ours = [
        one
        for one in criteria
        if is_counted_by_portal(one) or (is_from_ledger(one) and one.code not in scored)
    ]
    _mark_known(sheet, Level.BOARD, known_outcomes(ours, facts), at=at)
    sheet.finish_board_appraisal(by=by, at=at)


def _counts(sheet: ScoreSheet, criteria: list[Criterion]) -> dict[str, int]:
    """Whether the unit scored itself too high, and how often it left a cross-score undone until
    the block closed it: what can still be done is nobody's fault."""
    marks = marks_of([sheet])[sheet.pk]
    own, checked = (
        totals_up_to(sheet.scale, criteria, effective(criteria, marks, level, {})).total
        for level in (Level.SELF, Level.BOARD)
    )
    allowed = sheet.scale.total * sheet.scale.honesty_percent / 100
    missed = CrossAssignment.objects.missed().filter(scorer=sheet.unit, sheet__scale=sheet.scale)
    return {"honesty": int(own - checked > allowed), "cross_missed": missed.count()}


@transaction.atomic
def reopen_sheet(sheet: ScoreSheet, *, by: User, at: datetime, reason: str) -> None:
    """One step back, for the level before to look again."""
    require(may_appraise_for_board(by, sheet))
    if sheet.status == Status.BOARD_APPRAISED:
        sheet.reopen_board_appraisal(by=by, at=at, reason=reason)
    else:
        sheet.reopen_block_appraisal(by=by, at=at, reason=reason)


@transaction.atomic
def lock_sheet(sheet: ScoreSheet, *, by: User, at: datetime) -> None:
    require(may_lock(by, sheet))
    sheet.lock(by=by, at=at)
    recompute_until_published(sheet.scale, at=at)
