"""The secret peer vote: opened, voted in, counted once, or called off (ADR 0016, ADR 0017)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from scoring import emails
from scoring.datasets.block_facts import Vote
from scoring.models import Ballot, BlockYear
from scoring.permissions import may_run_block_year, may_vote
from units.models import Block, BlockMembership, Unit

# Of one or two slips everybody can work out the other one.
FEWEST_SLIPS = 3


@transaction.atomic
def open_ballot(block: Block, year: int, vote: Vote, *, by: User, at: datetime) -> Ballot:
    require(may_run_block_year(by, block, year))
    row, _ = BlockYear.objects.get_or_create(block=block, year=year)
    ballot = Ballot(
        block_year=row, title=vote.title, choices=vote.choices, allows_own=vote.allows_own,
        opened_at=at, opened_by=by,
    )  # fmt: skip
    ballot.seal([str(unit.pk) for unit in vote.nominees])
    ballot.save()
    label = f"Mở bỏ phiếu: {vote.title}"[:200]
    AuditEvent.objects.record(ballot, "opened", by=by, at=at, label=label)
    emails.ballot_opened(ballot, at=at)
    return ballot


@transaction.atomic
def cast_vote(
    ballot: Ballot, unit: Unit, chosen: Collection[int], *, by: User, at: datetime
) -> None:
    """Nothing of it goes into the trail: `BallotVoter` says that the unit voted."""
    require(may_vote(by, ballot, unit))
    ballot.cast(unit, [str(one) for one in chosen], by=by, at=at)


@transaction.atomic
def count_ballot(ballot: Ballot, *, by: User, at: datetime) -> None:
    year = ballot.block_year
    require(may_run_block_year(by, year.block, year.year))
    if ballot.voters.count() < FEWEST_SLIPS:
        raise Refused(
            f"Cần ít nhất {FEWEST_SLIPS} đơn vị đã bỏ phiếu: ít hơn thì kết quả làm lộ lá phiếu."
        )
    members = BlockMembership.objects.filter(block=year.block_id, year=year.year).count()
    ballot.close(members=members, by=by, at=at)
    label = f"Kiểm phiếu: {ballot.slips}/{members} đơn vị đã bỏ phiếu"
    AuditEvent.objects.record(ballot, "counted", by=by, at=at, label=label)


@transaction.atomic
def cancel_ballot(ballot: Ballot, *, by: User, at: datetime, reason: str) -> None:
    year = ballot.block_year
    require(may_run_block_year(by, year.block, year.year))
    ballot.cancel(by=by, at=at, reason=reason)
    AuditEvent.objects.record(
        ballot, "cancelled", by=by, at=at, label="Hủy lần bỏ phiếu", note=reason
    )
