"""Secret votes of the council: opened with a quorum, cast once by each member, counted once.

Nothing here writes a slip into the audit trail; that a member has voted is a row of its own.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from awards.datasets.facts import BallotFacts
from awards.models import (
    AgendaItem,
    BallotChoice,
    CouncilBallot,
    Meeting,
    Nomination,
    PaperSlips,
)
from awards.models.catalogue import quorum_share
from awards.permissions import may_prepare_meeting, may_vote
from awards.voting import has_quorum, meets_law
from lib.vietnamese import number


@transaction.atomic
def open_ballot(
    meeting: Meeting,
    facts: BallotFacts,
    nominations: Sequence[Nomination],
    *,
    by: User,
    at: datetime,
) -> CouncilBallot:
    """The box is sealed empty over these nominations; quorum and threshold hold from here on."""
    require(may_prepare_meeting(by))
    form = facts.form
    _require_in_order(meeting, facts, nominations)
    ballot = CouncilBallot(
        meeting=meeting, form=form, title=f"Bỏ phiếu xét {form.name}"[:200],
        members=meeting.attendances.count(), quorum=form.ballot_quorum or meeting.quorum or "2/3",
        threshold=facts.threshold, counters=facts.counters, opened_at=at, opened_by=by,
    )  # fmt: skip
    present = meeting.attendances.present().count()
    if not has_quorum(present, ballot.members, quorum_share(ballot.quorum)):
        raise Refused(f"Có mặt {present}/{ballot.members} thành viên, chưa đủ {ballot.quorum}.")
    ballot.seal([str(one.pk) for one in nominations])
    ballot.save()
    BallotChoice.objects.bulk_create(BallotChoice(ballot=ballot, nomination=n) for n in nominations)
    AuditEvent.objects.record(ballot, "opened", by=by, at=at, label="Mở bỏ phiếu kín")
    return ballot


def _require_in_order(
    meeting: Meeting, facts: BallotFacts, nominations: Sequence[Nomination]
) -> None:
    if meeting.status != Meeting.Status.OPEN:
        raise Refused("Chỉ bỏ phiếu khi phiên họp đang mở.")
    if not nominations or any(one.form_id != facts.form.pk for one in nominations):
        raise Refused("Chọn các đề nghị của cùng một danh hiệu, hình thức để bỏ phiếu.")
    if not meets_law(facts.threshold, facts.form.ballot_threshold):
        law = number(facts.form.ballot_threshold or 0)
        raise Refused(f"{facts.form.short_name}: tỷ lệ phiếu không được thấp hơn {law}%.")
    taken = meeting.ballots.not_called_off().filter(choices__nomination__in=nominations)
    if taken.exists():
        raise Refused("Có đề nghị đã được đưa ra bỏ phiếu tại phiên họp này.")


@transaction.atomic
def cast_vote(ballot: CouncilBallot, slip: Collection[str], *, by: User) -> None:
    """No moment, no trace but that the member has voted (ADR 0016)."""
    require(may_vote(by, ballot.meeting))
    ballot.cast(ballot.meeting.attendances.get(member=by), slip)


@transaction.atomic
def close_ballot(ballot: CouncilBallot, paper: PaperSlips, *, by: User, at: datetime) -> None:
    """Counted once; what it decided becomes the outcome of each item of the agenda."""
    require(may_prepare_meeting(by))
    ballot.close(paper, by=by, at=at)
    results = {choice.nomination_id: choice for choice in ballot.choices.all()}
    items = list(ballot.meeting.agenda.filter(nomination__in=results))
    for item in items:
        choice = results[item.nomination_id]
        item.agreed = choice.passed
        if not choice.passed:
            item.note = (
                f"Đạt {choice.votes}/{ballot.members} phiếu của tổng số thành viên Hội đồng, dưới "
                f"mức {number(ballot.threshold)}%."
            )
    AgendaItem.objects.bulk_update(items, ["agreed", "note"])
    label = f"Kiểm phiếu: {ballot.slips}/{ballot.members} phiếu"
    AuditEvent.objects.record(ballot, "closed", by=by, at=at, label=label)


@transaction.atomic
def cancel_ballot(ballot: CouncilBallot, *, by: User, at: datetime, reason: str) -> None:
    require(may_prepare_meeting(by))
    ballot.cancel(by=by, at=at, reason=reason)
    AuditEvent.objects.record(
        ballot, "cancelled", by=by, at=at, label="Hủy lần bỏ phiếu", note=reason
    )
