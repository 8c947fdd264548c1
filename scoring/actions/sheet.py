"""A unit's sheet: begun, sent, given back, appraised level by level, locked.

What each level says of each criterion is `scoring.actions.mark`'s.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from accounts.permissions import require
from accounts.workflow import Refused
from scoring import emails
from scoring.actions.days import refresh_days
from scoring.actions.mark import OPEN, Answer, Spot, lacks, may_mark, write_mark
from scoring.actions.relative import recompute_until_published
from scoring.datasets.facts import facts_of
from scoring.datasets.relative import is_relative, standing_figure
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
from scoring.formula import AnswerKind, Facts, Outcome
from scoring.models import Criterion, CrossAssignment, Level, Mark, ScoreSheet, ScoringScale
from scoring.permissions import (
    may_appraise_for_block,
    may_appraise_for_board,
    may_lock,
    may_score_self,
    may_submit_sheet,
)
from units.models import Unit

Status = ScoreSheet.Status
AGREED = "Nhất trí với cấp dưới. "
# Who may agree with the level below, all that is left at once.
AGREEING = {Level.CROSS, Level.BLOCK, Level.BOARD}


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


# --- the way of a sheet -------------------------------------------------------------------------


@transaction.atomic
def hand_sheet_to_head(sheet: ScoreSheet, *, by: User, at: datetime) -> None:
    require(may_score_self(by, sheet.unit))
    sheet.hand_to_head(by=by, at=at)
    emails.sheet_awaits_head(sheet, at=at)


@transaction.atomic
def hand_sheet_back(sheet: ScoreSheet, *, by: User, at: datetime, reason: str) -> None:
    require(may_submit_sheet(by, sheet))
    sheet.hand_back(by=by, at=at, reason=reason)
    emails.sheet_handed_back(sheet, at=at, reason=reason)


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
    emails.sheet_submitted(sheet, at=at)
    _refresh(sheet, by=by, at=at)


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
        write_mark(Spot(sheet, one, now), answer, outcomes[one.code], {}, by=None, at=at)


@transaction.atomic
def return_sheet(sheet: ScoreSheet, *, by: User, at: datetime, reason: str) -> None:
    """The block or the board gives it back to the unit, with the reason it is told."""
    require(may_appraise_for_block(by, sheet) or may_appraise_for_board(by, sheet))
    sheet.send_back(by=by, at=at, reason=reason)
    emails.sheet_returned(sheet, at=at, reason=reason)
    _refresh(sheet, by=by, at=at)


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
        write_mark(Spot(sheet, one), answer, outcome, inputs, by=by, at=at)
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
    if level == Level.BLOCK and (below.points or 0) > 0 and lacks(sheet, criterion):
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
    _refresh(sheet, by=by, at=at)
    recompute_until_published(sheet.scale, at=at)
    emails.sheet_appraised(sheet, Level.BLOCK, at=at)


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
    emails.sheet_appraised(sheet, Level.BOARD, at=at)
    _refresh(sheet, by=by, at=at)


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
    _refresh(sheet, by=by, at=at)


@transaction.atomic
def lock_sheet(sheet: ScoreSheet, *, by: User, at: datetime) -> None:
    require(may_lock(by, sheet))
    sheet.lock(by=by, at=at)
    recompute_until_published(sheet.scale, at=at)


def _refresh(sheet: ScoreSheet, *, by: User, at: datetime) -> None:
    """A sheet that moves may meet a step of the block's year, or open one again."""
    refresh_days(sheet.scale.block, sheet.scale.year, by=by, at=at)
