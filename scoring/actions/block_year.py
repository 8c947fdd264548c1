"""The year of a block, run by its khối trưởng: pledge, meetings, hand-over."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from files.actions import claim_staged
from lib.vietnamese import short_date
from scoring import emails
from scoring.actions.days import refresh_days
from scoring.datasets.block_facts import HandOver, Meeting, Pledge, Presence, Target
from scoring.models import Attendance, BlockMeeting, BlockYear, PledgeTarget
from scoring.permissions import may_receive, may_run_block_year
from units.models import Block

CLOSED = "Năm hoạt động đã bàn giao xong, không sửa được nữa."


def _opened(block: Block, year: int, by: User) -> BlockYear:
    """The row of the year, held until the end of the transaction; made where there is none."""
    require(may_run_block_year(by, block, year))
    BlockYear.objects.get_or_create(block=block, year=year)
    row = BlockYear.objects.select_for_update(of=("self",)).get(block=block, year=year)
    if row.is_handed_over:
        raise Refused(CLOSED)
    return row


# --- pledge -------------------------------------------------------------------------------------


@transaction.atomic
def note_pledge(block: Block, year: int, pledge: Pledge, *, by: User, at: datetime) -> BlockYear:
    row = _opened(block, year, by)
    row.pledge_number, row.pledge_signed_on = pledge.number, pledge.signed_on
    if pledge.token:
        (staged,) = claim_staged([pledge.token], by=by, at=at)
        row.pledge_file, row.pledge_file_name = staged.stored, staged.name
    row.save()
    signed = f"ký ngày {short_date(pledge.signed_on)}" if pledge.signed_on else "chưa ký"
    label = f"Giao ước {pledge.number}: {signed}".replace("  ", " ")
    AuditEvent.objects.record(row, "pledge_noted", by=by, at=at, label=label[:200])
    refresh_days(block, year, by=by, at=at)
    return row


@transaction.atomic
def add_target(block: Block, year: int, target: Target, *, by: User, at: datetime) -> PledgeTarget:
    row = _opened(block, year, by)
    last = row.targets.aggregate(last=Max("position"))["last"] or 0
    made = PledgeTarget.objects.create(
        block_year=row, position=last + 1, unit=target.unit, text=target.text,
        quantity=target.quantity, quantity_unit=target.quantity_unit,
    )  # fmt: skip
    label = f"Thêm chỉ tiêu giao ước: {target.text}"[:200]
    AuditEvent.objects.record(row, "target_added", by=by, at=at, label=label)
    return made


@transaction.atomic
def remove_target(target: PledgeTarget, *, by: User, at: datetime) -> None:
    row = _opened(target.block_year.block, target.block_year.year, by)
    label = f"Bỏ chỉ tiêu giao ước: {target.text}"[:200]
    target.delete()
    AuditEvent.objects.record(row, "target_removed", by=by, at=at, label=label)


# --- meetings -----------------------------------------------------------------------------------


@transaction.atomic
def note_meeting(
    block: Block,
    year: int,
    said: Meeting,
    presences: Mapping[int, Presence],
    *,
    by: User,
    at: datetime,
) -> BlockMeeting:
    row = _opened(block, year, by)
    _require_free(row, said)
    meeting = BlockMeeting(block_year=row, noted_at=at, noted_by=by)
    _write(meeting, said, presences, by=by, at=at)
    label = f"Ghi hội nghị: {meeting.get_kind_display()}, {short_date(said.held_on)}"
    AuditEvent.objects.record(meeting, "noted", by=by, at=at, label=label)
    return meeting


@transaction.atomic
def change_meeting(
    meeting: BlockMeeting,
    said: Meeting,
    presences: Mapping[int, Presence],
    *,
    by: User,
    at: datetime,
) -> None:
    row = _opened(meeting.block_year.block, meeting.block_year.year, by)
    _require_free(row, said, but=meeting)
    _write(meeting, said, presences, by=by, at=at)
    label = f"Sửa hội nghị: {meeting.get_kind_display()}, {short_date(said.held_on)}"
    AuditEvent.objects.record(meeting, "changed", by=by, at=at, label=label)


def _require_free(row: BlockYear, said: Meeting, *, but: BlockMeeting | None = None) -> None:
    same = row.meetings.filter(kind=said.kind, held_on=said.held_on)
    if any(one != but for one in same):
        raise Refused("Hội nghị loại này trong ngày ấy đã được ghi. Mời mở ra để sửa.")


def _write(
    meeting: BlockMeeting, said: Meeting, presences: Mapping[int, Presence], *, by: User,
    at: datetime,
) -> None:  # fmt: skip
    for name in ("kind", "held_on", "place", "chaired_by", "secretary", "minutes"):
        setattr(meeting, name, getattr(said, name))
    if said.token:
        (staged,) = claim_staged([said.token], by=by, at=at)
        meeting.minutes_file, meeting.minutes_file_name = staged.stored, staged.name
    meeting.save()
    year = meeting.block_year
    refresh_days(year.block, year.year, by=by, at=at)
    meeting.attendances.all().delete()
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting, unit_id=unit, is_present=one.is_present, people=one.people
        )
        for unit, one in presences.items()
    )  # fmt: skip


# --- hand-over ----------------------------------------------------------------------------------


@transaction.atomic
def hand_over_year(block: Block, year: int, said: HandOver, *, by: User, at: datetime) -> BlockYear:
    """What is not done yet does not stop it: it stands on the checklist both sides sign."""
    row = _opened(block, year, by)
    row.handed_over_to, row.handed_over_on, row.hand_over_note = said.to, said.on, said.note
    row.handed_over_at, row.handed_over_by = at, by
    row.save()
    label = f"Bàn giao khối trưởng cho {said.to}"[:200]
    AuditEvent.objects.record(row, "handed_over", by=by, at=at, label=label, note=said.note)
    emails.year_handed_over(row, at=at)
    return row


@transaction.atomic
def receive_year(year: BlockYear, *, by: User, at: datetime) -> None:
    require(may_receive(by, year))
    rows = BlockYear.objects.filter(pk=year.pk, received_at=None, handed_over_at__isnull=False)
    if not rows.update(received_at=at, received_by=by):
        raise Refused("Việc bàn giao này đã được xác nhận.")
    AuditEvent.objects.record(year, "received", by=by, at=at, label="Bên nhận xác nhận bàn giao")
    refresh_days(year.block, year.year, by=by, at=at)
