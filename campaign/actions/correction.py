"""Đính chính: a report says what an earlier period should have said. What was sent stays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.workflow import Refused
from campaign.actions import submission
from campaign.datasets.report_corrections import CorrectableRow, correctable_rows
from campaign.models import Adjustment, ProgressReport, ReportingPeriod
from lib.vietnamese import number


@dataclass(frozen=True)
class Correction:
    """Of one figure that was sent: what it should have been (đúng ra là), and why."""

    figure: int
    right: Decimal | None
    reason: str = ""


@transaction.atomic
def correct_figures(
    report: ProgressReport,
    period: ReportingPeriod,
    corrections: Iterable[Correction],
    *,
    by: User,
    at: datetime,
) -> int:
    """Keep the differences; `right` None takes a correction back. How many figures changed."""
    locked = submission.lock_draft(report, by=by)
    rows = {row.figure.pk: row for row in correctable_rows(locked, period)}
    changed = []
    for wanted in corrections:
        if wanted.figure not in rows:
            raise Refused("Số liệu này không thuộc báo cáo đã gửi của kỳ được đính chính.")
        if said := _correct(locked, rows[wanted.figure], period, wanted, by=by, at=at):
            changed.append(said)
    if changed:
        submission.claim(locked, locked.revision, by=by, at=at)
        AuditEvent.objects.record(
            locked, "corrected", by=by, at=at, label=f"Đính chính số liệu {period}",
            note="; ".join(changed),
        )  # fmt: skip
    return len(changed)


def _correct(
    report: ProgressReport, row: CorrectableRow, period: ReportingPeriod, wanted: Correction,
    *, by: User, at: datetime,
) -> str:  # fmt: skip
    """What history says of it; empty where nothing changed."""
    code = row.figure.indicator.code
    if wanted.right is None or wanted.right == row.now:
        if row.ours is None:
            return ""
        row.ours.delete()
        return f"{code}: bỏ đính chính"
    if wanted.right < 0:
        raise Refused("Số liệu đúng không thể là số âm.")
    if not wanted.reason:
        raise Refused("Hãy ghi lý do đính chính.")
    if row.ours and (row.right, row.ours.reason) == (wanted.right, wanted.reason):
        return ""
    Adjustment.objects.update_or_create(
        report=report, period=period, indicator=row.figure.indicator, activity=row.figure.activity,
        defaults={
            "difference": wanted.right - row.now, "reason": wanted.reason, "by": by, "at": at,
        },
    )  # fmt: skip
    return f"{code}: {number(row.now)} → {number(wanted.right)}"
