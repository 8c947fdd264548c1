"""Meetings of the council: prepared, called, opened with a quorum, concluded, closed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from awards.datasets.facts import MeetingFacts, Outcome
from awards.models import AgendaItem, Attendance, Meeting, Nomination
from awards.permissions import may_prepare_meeting, may_run_meeting
from campaign.models import Campaign
from lib import clock
from units.models import Membership

FROZEN = "Phiên họp đã mở hoặc đã kết thúc nên không sửa được thành viên, nội dung họp."


@transaction.atomic
def plan_meeting(campaign: Campaign, facts: MeetingFacts, *, by: User, at: datetime) -> Meeting:
    """With every member the council has on that day."""
    require(may_prepare_meeting(by))
    meeting = Meeting.objects.create(campaign=campaign, created_at=at, created_by=by, **vars(facts))
    members = Membership.objects.valid(on=clock.local_day(facts.meets_at)).filter(
        role=Membership.Role.COUNCIL_MEMBER, user__is_active=True
    )
    rows = {row.user_id: row for row in members.order_by("unit__sort_order", "pk")}
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, member_id=user, unit_id=row.unit_id, order=place)
        for place, (user, row) in enumerate(rows.items(), start=1)
    )
    AuditEvent.objects.record(meeting, "planned", by=by, at=at, label="Lập phiên họp")
    return meeting


@transaction.atomic
def change_meeting(meeting: Meeting, facts: MeetingFacts, *, by: User, at: datetime) -> None:
    require(may_prepare_meeting(by))
    _require_editable(meeting)
    for name, value in vars(facts).items():
        setattr(meeting, name, value)
    meeting.save(update_fields=list(vars(facts)))
    AuditEvent.objects.record(meeting, "changed", by=by, at=at, label="Sửa phiên họp")


@transaction.atomic
def set_agenda(
    meeting: Meeting, nominations: Sequence[Nomination], *, by: User, at: datetime
) -> None:
    """These nominations in this order; one taken off goes back to the board."""
    require(may_prepare_meeting(by))
    _require_editable(meeting)
    kept = {item.nomination_id: item for item in meeting.agenda.select_related("nomination")}
    wanted = {nomination.pk for nomination in nominations}
    for pk, item in kept.items():
        if pk not in wanted:
            reason = f"Đưa ra khỏi nội dung {meeting.title}"[:200]
            item.nomination.take_from_council(by=by, at=at, reason=reason)
            item.delete()
    for place, nomination in enumerate(nominations, start=1):
        if nomination.pk not in kept:
            nomination.bring_to_council(by=by, at=at)
        meeting.agenda.update_or_create(nomination=nomination, defaults={"position": place})
    AuditEvent.objects.record(
        meeting, "agenda", by=by, at=at, label="Chọn nội dung họp", note=f"{len(wanted)} đề nghị"
    )


@transaction.atomic
def note_attendance(
    meeting: Meeting, rows: Collection[Attendance], *, by: User, at: datetime
) -> None:
    """Who came, who is asked in writing; until the meeting is closed."""
    require(may_prepare_meeting(by))
    if meeting.status in {Meeting.Status.CLOSED, Meeting.Status.CANCELLED}:
        raise Refused("Phiên họp đã kết thúc nên không sửa được danh sách dự họp.")
    Attendance.objects.bulk_update(rows, ["state", "position", "note"])
    AuditEvent.objects.record(meeting, "attendance", by=by, at=at, label="Ghi nhận dự họp")


@transaction.atomic
def leave_out(attendance: Attendance, *, by: User, at: datetime) -> None:
    """Who is no member of the body that meets is taken off before the meeting is called."""
    require(may_prepare_meeting(by))
    _require_editable(attendance.meeting)
    AuditEvent.objects.record(
        attendance.meeting, "left_out", by=by, at=at, label="Bỏ khỏi thành phần họp",
        note=str(attendance.member),
    )  # fmt: skip
    attendance.delete()


@transaction.atomic
def call_meeting(meeting: Meeting, *, by: User, at: datetime) -> None:
    require(may_prepare_meeting(by))
    meeting.call(by=by, at=at)


@transaction.atomic
def open_meeting(meeting: Meeting, *, by: User, at: datetime) -> None:
    require(may_run_meeting(by))
    meeting.open(by=by, at=at)


@transaction.atomic
def note_outcomes(
    meeting: Meeting, outcomes: Mapping[int, Outcome], *, minutes: str, by: User, at: datetime
) -> None:
    """What the council said of each nomination; what a ballot decided stays as it was counted."""
    require(may_prepare_meeting(by))
    if meeting.status != Meeting.Status.OPEN:
        raise Refused("Chỉ ghi kết luận khi phiên họp đang mở.")
    items = list(meeting.agenda.filter(pk__in=outcomes))
    voted = decided_by_ballot(meeting)
    for item in items:
        said = outcomes[item.pk]
        item.note = said.note
        if item.nomination_id not in voted:
            item.agreed = said.agreed
    AgendaItem.objects.bulk_update(items, ["agreed", "note"])
    meeting.minutes = minutes
    meeting.save(update_fields=["minutes"])
    AuditEvent.objects.record(meeting, "concluded", by=by, at=at, label="Ghi kết luận phiên họp")


def decided_by_ballot(meeting: Meeting) -> set[int]:
    """The nominations of which a secret vote was counted."""
    counted = meeting.ballots.filter(slips__isnull=False)
    return set(counted.values_list("choices__nomination", flat=True))


@transaction.atomic
def close_meeting(meeting: Meeting, *, by: User, at: datetime) -> None:
    """What the council turned down ends here; what it did not come to goes back to the board."""
    require(may_run_meeting(by))
    if meeting.ballots.running().exists():
        raise Refused(
            "Còn lần bỏ phiếu chưa kiểm phiếu. Hãy kiểm phiếu hoặc hủy trước khi kết thúc."
        )
    items = meeting.agenda.select_related("nomination__form", "nomination__candidate")
    voted = decided_by_ballot(meeting)
    for item in items:
        form = item.nomination.form
        if item.agreed and form.ballot_required and item.nomination_id not in voted:
            raise Refused(f"{item.nomination}: {form.short_name} phải có kết quả bỏ phiếu kín.")
    for item in items:
        if item.agreed is None:
            item.nomination.take_from_council(by=by, at=at, reason="Hội đồng chưa xét")
        elif not item.agreed:
            item.nomination.turn_down(by=by, at=at, reason=item.note)
    meeting.close(by=by, at=at)


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: User, at: datetime, reason: str) -> None:
    require(may_run_meeting(by))
    meeting.cancel(by=by, at=at, reason=reason)
    for item in meeting.agenda.select_related("nomination"):
        item.nomination.take_from_council(by=by, at=at, reason="Phiên họp bị hủy")


def _require_editable(meeting: Meeting) -> None:
    if not meeting.is_editable:
        raise Refused(FROZEN)
