"""Assigning who cross-scores whom, and saying that a cross-score is done."""

from datetime import datetime

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from scoring.cross import proposal
from scoring.models import CrossAssignment, ScoreSheet, ScoringScale
from scoring.permissions import may_assign_cross


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
    CrossAssignment.objects.bulk_create(
        CrossAssignment(
            sheet=sheets[scored], scorer_id=scorer, scored_id=scored, assigned_at=at,
            assigned_by=by,
        )
        for scorer, scored in pairs
    )  # fmt: skip
    label = f"Phân công chấm chéo: {len(pairs)} lượt"
    AuditEvent.objects.record(scale, "cross_assigned", by=by, at=at, label=label)
    return len(pairs)
