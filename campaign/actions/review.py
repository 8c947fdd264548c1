"""What Ban Thi đua does with a sub-plan. Nobody reviews a unit they belong to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from campaign import emails
from campaign.actions.sub_plan import DraftFile, attach_files_unchecked, recount_obligation
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
    may_register_receipt,
    may_review,
)
from lib import clock
from units.models import Block, Unit
from units.permissions import is_board_reviewer


@transaction.atomic
def take_sub_plan(sub_plan: SubPlan, *, by: User, at: datetime) -> None:
    require(may_review(by, sub_plan))
    sub_plan.take(by=by, at=at)


@transaction.atomic
def take_sub_plans(sub_plans: Iterable[SubPlan], *, by: User, at: datetime) -> list[SubPlan]:
    """Take what is still free of several; what a colleague took meanwhile is left to them."""
    taken = []
    for sub_plan in sub_plans:
        require(may_review(by, sub_plan))
        try:
            sub_plan.take(by=by, at=at)
        except Refused:
            continue
        taken.append(sub_plan)
    return taken


@transaction.atomic
def put_back(sub_plan: SubPlan, *, by: User, at: datetime) -> None:
    require(may_decide(by, sub_plan))
    sub_plan.put_back(by=by, at=at)


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
    require(may_decide(by, sub_plan))
    if not reasons:
        raise Refused("Hãy ghi ít nhất một lý do trả lại.")
    note = "; ".join(f"{line.label}: {text}" for line, text in reasons.items())
    sub_plan.send_back(by=by, at=at, due=due, note=note)
    for line, text in reasons.items():
        ReturnReason.objects.create(sub_plan=sub_plan, line=line.code, text=text)
    emails.sub_plan_returned(sub_plan, at=at)


@transaction.atomic
def declare_void(sub_plan: SubPlan, *, by: User, at: datetime, reason: str) -> None:
    """The submission was none (empty file, wrong paper): the next one decides on time or late."""
    require(may_decide(by, sub_plan))
    sub_plan.declare_void(by=by, at=at, reason=reason)
    recount_obligation(sub_plan)


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
    declare_void(sub_plan, by=by, at=at, reason=void_reason)


@transaction.atomic
def accept_sub_plan(sub_plan: SubPlan, *, by: User, at: datetime, note: str = "") -> None:
    require(may_decide(by, sub_plan))
    sub_plan.accept(by=by, at=at, note=note)
    emails.sub_plan_accepted(sub_plan, at=at)


@dataclass(frozen=True)
class Receipt:
    """What a reviewer enters of a plan that came by another way than the portal."""

    received_at: datetime
    channel: str
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
    require(may_register_receipt(by, unit))
    if receipt.received_at > at:
        raise Refused("Thời điểm nhận không thể ở sau lúc này.")
    _make_way(campaign, unit, by=by, at=at)
    last = SubPlan.objects.filter(campaign=campaign, unit=unit).order_by("-version").first()
    try:
        with transaction.atomic():
            sub_plan = SubPlan.objects.create(
                campaign=campaign, unit=unit, version=last.version + 1 if last else 1,
                created_at=at, created_by=by, channel=receipt.channel,
                document_number=receipt.document_number, document_date=receipt.document_date,
                signer_name=receipt.signer_name, signer_position=receipt.signer_position,
            )  # fmt: skip
    except IntegrityError:
        raise Refused(f"{unit} vừa bắt đầu một bản trên Cổng. Mời gửi lại biểu mẫu này.") from None
    attach_files_unchecked(sub_plan, receipt.files, by=by, at=at)
    sub_plan.submit(by=by, at=receipt.received_at)
    AuditEvent.objects.record(
        sub_plan, "registered", by=by, at=at,
        label=f"Nhập thay ({sub_plan.get_channel_display()})",
    )  # fmt: skip
    recount_obligation(sub_plan)
    emails.sub_plan_submitted(sub_plan, at=at)
    return sub_plan


def _make_way(campaign: Campaign, unit: Unit, *, by: User, at: datetime) -> None:
    """A unit that began on the portal may still send paper: what it began stays readable, and
    the next version starts from it. What is already sent has to be decided first."""
    begun = SubPlan.objects.open().select_for_update().filter(campaign=campaign, unit=unit).first()
    if begun is None:
        return
    if begun.submitted_at is not None:
        raise Refused(f"{unit} đã gửi một bản trên Cổng; hãy quyết định bản đó trước.")
    begun.set_aside(by=by, at=at, reason="Ban Thi đua - Khen thưởng đã nhận văn bản của đơn vị")


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


def default_return_date(at: datetime) -> date:
    """Three working days, unless the reviewer says otherwise."""
    return clock.add_working_days(clock.local_day(at), 3)
