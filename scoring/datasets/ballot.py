"""A peer vote as it can be shown: who has voted, and once it is counted the sums."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from scoring.models import Ballot, BallotVoter
from units.models import Block, BlockMembership, Unit


@dataclass(frozen=True)
class Standing:
    """One unit that was up for the vote; `share` is of all members of the block."""

    unit: Unit
    votes: int
    share: Decimal


@dataclass(frozen=True)
class VoterRow:
    unit: Unit
    voter: BallotVoter | None


@dataclass(frozen=True)
class BallotPage:
    ballot: Ballot
    nominees: tuple[Unit, ...]
    voters: tuple[VoterRow, ...]
    standings: tuple[Standing, ...]

    @property
    def voted(self) -> int:
        return sum(row.voter is not None for row in self.voters)

    @property
    def absent(self) -> tuple[Unit, ...]:
        return tuple(row.unit for row in self.voters if row.voter is None)


def members_of(block: Block | int, year: int) -> list[BlockMembership]:
    rows = BlockMembership.objects.filter(block=block, year=year).select_related("unit")
    return list(rows.order_by("unit__sort_order", "unit_id"))


def ballot_page(ballot: Ballot) -> BallotPage:
    """Three queries, however many units."""
    year = ballot.block_year
    units = [one.unit for one in members_of(year.block_id, year.year)]
    voted = {one.unit_id: one for one in ballot.voters.select_related("by", "unit")}
    here = {unit.pk for unit in units}
    # Who voted and left the block since still stands on the list.
    gone = [one.unit for one in voted.values() if one.unit_id not in here]
    (counted,) = standings_of([ballot])
    return BallotPage(
        ballot,
        tuple(one.unit for one in counted),
        tuple(VoterRow(unit, voted.get(unit.pk)) for unit in [*units, *gone]),
        counted if ballot.slips is not None else (),
    )


def standings_of(ballots: Iterable[Ballot]) -> list[tuple[Standing, ...]]:
    """Most votes first, of each ballot; one query for all. Before the count everybody has none."""
    known = list(ballots)
    wanted = {pk for ballot in known for pk in ballot.nominee_ids}
    units = Unit.objects.in_bulk(wanted)
    return [_standings(ballot, units) for ballot in known]


def _standings(ballot: Ballot, units: dict[int, Unit]) -> tuple[Standing, ...]:
    votes: dict[str, int] = ballot.votes or {}
    members = ballot.members or 0
    rows = [
        Standing(
            units[pk], count, Decimal(count) / members if members else Decimal(0)
        )
        for pk in ballot.nominee_ids
        for count in [votes.get(str(pk), 0)]
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (-row.votes, row.unit.sort_order, row.unit.pk)))


@dataclass(frozen=True)
class Counted:
    """A vote that was counted, for the pages and papers beside which it stands."""

    ballot: Ballot
    standings: tuple[Standing, ...]


def counted_ballots(block: Block | int, year: int) -> tuple[Counted, ...]:
    rows = list(
        Ballot.objects.counted()
        .filter(block_year__block=block, block_year__year=year)
        .order_by("closed_at", "pk")
    )
    return tuple(Counted(*pair) for pair in zip(rows, standings_of(rows), strict=True))


def latest_votes(block: Block | int, year: int) -> dict[int, int]:
    """What the last vote that was counted gave each unit; nothing where there was none."""
    counted = counted_ballots(block, year)
    return {row.unit.pk: row.votes for row in counted[-1].standings} if counted else {}
