"""Assigning who cross-scores whom, and saying that a cross-score is done."""

from datetime import datetime

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from scoring import emails
from scoring.actions.days import refresh_days
from scoring.cross import proposal
from scoring.datasets.sheet import criteria_of
from scoring.formula import AnswerKind
from scoring.models import CrossAssignment, Mark, ScoreSheet, ScoringScale
from scoring.permissions import (
    may_appraise_for_block,
    may_appraise_for_board,
    may_assign_cross,
    may_cross_score,
)
from units.models import Unit

CLOSED = "Khối đã thẩm định bảng này nên việc chấm chéo đã khép lại."
SHOWN_GAPS = 10


@transaction.atomic
def assign_cross(scale: ScoringScale, *, by: User, at: datetime, each: int = 1) -> int:
    """Take up the portal's proposal over the sheets that have been sent; those it replaces are
    cancelled, and their marks stay."""
    require(may_assign_cross(by, scale.block, scale.year))
    sheets = {one.unit_id: one for one in ScoreSheet.objects.filter(scale=scale).submitted()}
    waiting = {one for one, sheet in sheets.items() if sheet.status == "submitted"}
    if waiting != set(sheets):
        raise Refused("Khối đã thẩm định một số bảng nên không phân công chấm chéo lại được.")
    pairs = proposal(sorted(sheets), each=each, seed=scale.year)
    if not pairs:
        raise Refused("Cần ít nhất 3 đơn vị đã nộp bảng tự chấm để phân công chấm chéo.")
    old = CrossAssignment.objects.in_force().filter(sheet__scale=scale)
    old.update(cancelled_at=at, cancelled_by=by)
    made = CrossAssignment.objects.bulk_create(
        CrossAssignment(
            sheet=sheets[scored], scorer_id=scorer, scored_id=scored, assigned_at=at,
            assigned_by=by,
        )
        for scorer, scored in pairs
    )  # fmt: skip
    _tell(made, at=at)
    label = f"Phân công chấm chéo: {len(pairs)} lượt"
    AuditEvent.objects.record(scale, "cross_assigned", by=by, at=at, label=label)
    refresh_days(scale.block, scale.year, by=by, at=at)
    return len(pairs)


def _tell(made: list[CrossAssignment], *, at: datetime) -> None:
    """One letter to each scorer, whatever it was given."""
    rows = CrossAssignment.objects.filter(pk__in=[one.pk for one in made])
    given: dict[Unit, list[CrossAssignment]] = {}
    for one in rows.select_related("scorer", "scored", "sheet").order_by("pk"):
        given.setdefault(one.scorer, []).append(one)
    for scorer, assignments in given.items():
        emails.cross_assigned(scorer, assignments, at=at)


@transaction.atomic
def finish_cross(assignment: CrossAssignment, *, by: User, at: datetime) -> None:
    """“Đã chấm xong”: only when every criterion people score has a mark of this scorer; what is
    missing is named."""
    require(may_cross_score(by, assignment))
    if assignment.sheet.status != ScoreSheet.Status.SUBMITTED:
        raise Refused(CLOSED)
    missing = _gaps(assignment)
    if missing:
        refusal = Refused(f"Còn {len(missing)} tiêu chí chưa chấm chéo nên chưa xong được.")
        refusal.details = tuple(missing[:SHOWN_GAPS])
        raise refusal
    rows = CrossAssignment.objects.unfinished().filter(pk=assignment.pk)
    if not rows.update(finished_at=at, finished_by=by):
        raise Refused("Lượt chấm chéo này đã xong hoặc đã được phân công lại. Mời tải lại trang.")
    label = f"{assignment.scorer} đã chấm chéo xong"[:200]
    AuditEvent.objects.record(assignment.sheet, "cross_finished", by=by, at=at, label=label)
    scale = assignment.sheet.scale
    refresh_days(scale.block, scale.year, by=by, at=at)


def _gaps(assignment: CrossAssignment) -> list[str]:
    marks = Mark.objects.current().filter(assignment=assignment)
    said = set(marks.exclude(kind=AnswerKind.NOT_SCORED).values_list("criterion", flat=True))
    return [
        str(one)
        for one in criteria_of(assignment.sheet.scale)
        if one.section == "content" and one.pk not in said
        and not one.is_group and one.formula().questions()
    ]  # fmt: skip


@transaction.atomic
def reopen_cross(sheet: ScoreSheet, *, by: User, at: datetime, reason: str) -> int:
    """Whoever appraises the sheet lets its cross-scorers go on, and says why."""
    require(may_appraise_for_block(by, sheet) or may_appraise_for_board(by, sheet))
    if sheet.status != ScoreSheet.Status.SUBMITTED:
        raise Refused(CLOSED)
    done = sheet.cross_assignments.in_force().exclude(finished_at=None)
    opened = list(done.select_related("scorer", "scored", "sheet"))
    count = done.update(finished_at=None, finished_by=None)
    if not count:
        raise Refused("Chưa có lượt chấm chéo nào đã xong để mở lại.")
    for one in opened:
        emails.cross_reopened(one, at=at, reason=reason)
    label = "Mở lại chấm chéo"
    AuditEvent.objects.record(sheet, "cross_reopened", by=by, at=at, label=label, note=reason)
    refresh_days(sheet.scale.block, sheet.scale.year, by=by, at=at)
    return count
