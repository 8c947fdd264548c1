"""What proves an answer: files and links, added by the unit while it scores itself."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from files.actions import claim_staged
from scoring.models import Criterion, Evidence, ScoreSheet
from scoring.permissions import may_score_self

Status = ScoreSheet.Status
CLOSED = "Bảng chấm điểm đã nộp, không thêm bớt minh chứng được nữa."


def _require_open(sheet: ScoreSheet, by: User) -> None:
    require(may_score_self(by, sheet.unit))
    if sheet.status not in {Status.DRAFT, Status.RETURNED}:
        raise Refused(CLOSED)


@transaction.atomic
def add_file(
    sheet: ScoreSheet, criterion: Criterion, token: str | UUID, *, by: User, at: datetime
) -> Evidence:
    _require_open(sheet, by)
    (staged,) = claim_staged([token], by=by, at=at)
    return Evidence.objects.create(
        sheet=sheet, criterion=criterion, stored=staged.stored, name=staged.name,
        added_at=at, added_by=by,
    )  # fmt: skip


@transaction.atomic
def add_link(
    sheet: ScoreSheet, criterion: Criterion, link: str, *, by: User, at: datetime
) -> Evidence:
    _require_open(sheet, by)
    return Evidence.objects.create(
        sheet=sheet, criterion=criterion, link=link, name=link[:200], added_at=at, added_by=by
    )


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: User, at: datetime) -> None:
    """Taken from the sheet; the row stays with who and when."""
    _require_open(evidence.sheet, by)
    evidence.removed_at, evidence.removed_by = at, by
    evidence.save(update_fields=["removed_at", "removed_by"])
    label = f"Gỡ minh chứng “{evidence.name}”"[:200]
    AuditEvent.objects.record(evidence.sheet, "evidence_removed", by=by, at=at, label=label)
