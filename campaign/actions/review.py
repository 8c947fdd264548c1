"""What Ban Thi đua does with a sub-plan. Nobody reviews a unit they belong to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from campaign import emails
from campaign.actions import submission
from campaign.actions.activity import follow_sub_plan
from campaign.actions.sub_plan import DraftFile, attach_files_unchecked
from campaign.checklist import Line
from campaign.models import (
    Campaign,
    ChecklistMark,
    InternalNote,
    ReturnReason,
    ReviewAssignment,
    SubPlan,
)
from campaign.permissions import (
    may_assign_reviewers,
    may_decide,
    may_review,
)
from units.models import Block, Unit
from units.permissions import is_board_reviewer


@dataclass(frozen=True)
class LineMark:
    """Good or not; `reason` is what a return would say of the line."""

    is_good: bool
    reason: str = ""


@transaction.atomic
def mark_lines(
    sub_plan: SubPlan, marks: Mapping[Line, LineMark], *, by: User, at: datetime
) -> None:
    """Tick the lines of the checklist while reviewing; a line that is not named loses its mark."""
    require(may_decide(by, sub_plan))
    if sub_plan.status != SubPlan.Status.UNDER_REVIEW:
        raise Refused("Chỉ đánh dấu khi đang xem xét.")
    known = {mark.line: mark for mark in sub_plan.checklist_marks.all()}
    kept = [line.code for line in marks]
    sub_plan.checklist_marks.exclude(line__in=kept).delete()
    for line, mark in marks.items():
        before = known.get(line.code)
        if before and (before.is_good, before.reason) == (mark.is_good, mark.reason):
            continue
        ChecklistMark.objects.update_or_create(
            sub_plan=sub_plan,
            line=line.code,
            defaults={"is_good": mark.is_good, "reason": mark.reason, "by": by, "at": at},
        )


@transaction.atomic
def add_internal_note(sub_plan: SubPlan, *, by: User, at: datetime, text: str) -> None:
    require(may_review(by, sub_plan))
    InternalNote.objects.create(sub_plan=sub_plan, text=text, by=by, at=at)


@transaction.atomic
def return_sub_plan(
    sub_plan: SubPlan, *, by: User, at: datetime, due: date, reasons: dict[Line, str]
) -> None:
    """Trả lại bổ sung: reasons tied to lines of the checklist, and a new due day."""
    said = {line.label: text for line, text in reasons.items()}
    submission.send_back(sub_plan, by=by, at=at, due=due, reasons=said)
    for line, text in reasons.items():
        ReturnReason.objects.create(sub_plan=sub_plan, line=line.code, text=text)
    emails.sub_plan_returned(sub_plan, at=at)


@transaction.atomic
def return_as_void(
    sub_plan: SubPlan,
    *,
    by: User,
    at: datetime,
    due: date,
    reasons: dict[Line, str],
    void_reason: str,
) -> None:
    """Send back a submission that was none, and do not count it: both or neither."""
    return_sub_plan(sub_plan, by=by, at=at, due=due, reasons=reasons)
    submission.declare_void(sub_plan, by=by, at=at, reason=void_reason)
    follow_sub_plan(sub_plan.campaign, sub_plan.unit, by=by, at=at)


@transaction.atomic
def accept_sub_plan(sub_plan: SubPlan, *, by: User, at: datetime, note: str = "") -> None:
    submission.accept(sub_plan, by=by, at=at, note=note)
    emails.sub_plan_accepted(sub_plan, at=at)


@dataclass(frozen=True)
class Receipt(submission.Arrival):
    """What a reviewer enters of a plan that came by another way than the portal."""

    document_number: str
    document_date: date
    signer_name: str
    signer_position: str
    files: list[DraftFile]


@transaction.atomic
def register_receipt(
    campaign: Campaign, unit: Unit, receipt: Receipt, *, by: User, at: datetime
) -> SubPlan:
    """Nhập thay: the day the paper reached the board counts, not the day it was entered."""
    fresh = SubPlan(
        campaign=campaign, unit=unit,
        document_number=receipt.document_number, document_date=receipt.document_date,
        signer_name=receipt.signer_name, signer_position=receipt.signer_position,
    )  # fmt: skip
    sub_plan = submission.register(fresh, receipt, by=by, at=at)
    attach_files_unchecked(sub_plan, receipt.files, by=by, at=at)
    submission.count_registered(sub_plan, receipt, by=by, at=at)
    follow_sub_plan(sub_plan.campaign, sub_plan.unit, by=by, at=at)
    emails.sub_plan_submitted(sub_plan, at=at)
    return sub_plan


@transaction.atomic
def assign_reviewer(block: Block, *, year: int, reviewer: User, by: User, at: datetime) -> None:
    require(may_assign_reviewers(by))
    if not is_board_reviewer(reviewer):
        raise Refused(f"{reviewer} không phải chuyên viên của Ban Thi đua - Khen thưởng.")
    ReviewAssignment.objects.update_or_create(
        block=block, year=year, defaults={"reviewer": reviewer}
    )
    AuditEvent.objects.record(
        block, "reviewer_assigned", by=by, at=at, label="Phân công xem xét", note=str(reviewer)
    )


@transaction.atomic
def clear_reviewer(block: Block, *, year: int, by: User, at: datetime) -> None:
    """Nobody looks after the block for now; its sub-plans wait for whoever is free."""
    require(may_assign_reviewers(by))
    gone, _ = ReviewAssignment.objects.filter(block=block, year=year).delete()
    if gone:
        AuditEvent.objects.record(
            block, "reviewer_cleared", by=by, at=at, label=f"Thôi phân công xem xét năm {year}"
        )
