"""The secret vote of the council: one vote each, counted once, and nobody learns a single one."""

from collections import Counter

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import AuditEvent, SentForm
from accounts.workflow import Refused
from awards.actions.council_ballot import cast_vote, close_ballot, open_ballot
from awards.datasets.facts import BallotFacts
from awards.models import CouncilBallot, PaperSlips
from tests.dumps import dump
from tests.factories.awards import AwardFormFactory, NominationFactory
from tests.factories.council import open_meeting, running_ballot
from tests.factories.units import BoardHeadFactory, CouncilMemberFactory, UnitFactory

pytestmark = pytest.mark.django_db
NO_PAPER = PaperSlips((), {})


@pytest.fixture
def flag(db):
    return AwardFormFactory(flag=True)


@pytest.fixture
def nominations(flag):
    return [NominationFactory(with_council=True, form=flag) for _ in range(2)]


def seats(ballot):
    return list(ballot.meeting.attendances.in_order())


def test_eighty_percent_of_all_members_is_enough_and_less_is_not(nominations, at):
    """Ten members: eight came, one answered in writing, one was absent."""
    first, second = nominations
    ballot = running_ballot(open_meeting(present=8, written=1, absent=1), nominations)
    rows = seats(ballot)
    for place, row in enumerate(rows[:9]):
        ballot.cast(row, [str(first.pk)] * (place < 8) + [str(second.pk)] * (place < 7))

    close_ballot(ballot, NO_PAPER, by=BoardHeadFactory(UnitFactory()), at=at)

    results = {c.nomination_id: (c.votes, c.passed) for c in ballot.choices.all()}
    assert results == {first.pk: (8, True), second.pk: (7, False)}
    outcomes = dict(ballot.meeting.agenda.values_list("nomination", "agreed"))
    assert outcomes == {first.pk: True, second.pk: False}
    assert (ballot.slips, ballot.box, ballot.voters.filter(in_writing=True).count()) == (9, "", 1)


def test_slips_of_paper_are_added_to_those_of_the_portal(nominations, at):
    first, second = nominations
    ballot = running_ballot(open_meeting(present=9), nominations)
    rows = seats(ballot)
    ballot.cast(rows[0], [str(first.pk)])
    paper = PaperSlips(rows[1:], {str(first.pk): 7, str(second.pk): 2})

    close_ballot(ballot, paper, by=BoardHeadFactory(UnitFactory()), at=at)

    assert ballot.votes == {str(first.pk): 8, str(second.pk): 2}
    with pytest.raises(Refused, match="đã kết thúc"):
        close_ballot(ballot, NO_PAPER, by=BoardHeadFactory(UnitFactory()), at=at)


@pytest.mark.parametrize("votes", [{"first": 3}, {"first": -1}, {"stranger": 1}])
def test_paper_that_cannot_be_is_refused_and_leaves_nothing(nominations, at, votes):
    ballot = running_ballot(open_meeting(present=6), nominations)
    names = {"first": str(nominations[0].pk), "stranger": "0"}
    paper = PaperSlips(seats(ballot)[:2], {names[one]: count for one, count in votes.items()})

    with pytest.raises(Refused):
        close_ballot(ballot, paper, by=BoardHeadFactory(UnitFactory()), at=at)

    assert CouncilBallot.objects.get().is_open
    assert ballot.voters.count() == 0


def test_who_votes_twice_on_paper_or_in_the_portal_is_refused(nominations, at):
    ballot = running_ballot(open_meeting(present=6), nominations)
    row = seats(ballot)[0]
    ballot.cast(row, [])

    with pytest.raises(Refused, match="đã bỏ phiếu"):
        ballot.cast(row, [str(nominations[0].pk)])
    with pytest.raises(Refused, match="đã bỏ phiếu"):
        close_ballot(ballot, PaperSlips([row], {}), by=BoardHeadFactory(UnitFactory()), at=at)


def test_nobody_voted_is_a_result_too(nominations, at):
    ballot = running_ballot(open_meeting(present=6, absent=3), nominations)

    close_ballot(ballot, NO_PAPER, by=BoardHeadFactory(UnitFactory()), at=at)

    assert (ballot.slips, set(ballot.choices.values_list("votes", "passed"))) == (0, {(0, False)})


def test_only_members_invited_and_present_or_asked_in_writing_vote(nominations):
    ballot = running_ballot(open_meeting(present=6, absent=1), nominations)
    stranger, absent = CouncilMemberFactory(UnitFactory()), seats(ballot)[-1]

    with pytest.raises(PermissionDenied):
        cast_vote(ballot, [], by=stranger)
    with pytest.raises(Refused, match="chưa ghi nhận"):
        ballot.cast(absent, [])


def test_exactly_two_thirds_open_a_vote_and_fewer_do_not(flag, at):
    by = BoardHeadFactory(UnitFactory())
    facts = BallotFacts(flag, flag.ballot_threshold)
    nominations = [NominationFactory(with_council=True, form=flag)]

    with pytest.raises(Refused, match="Có mặt 5/9"):
        open_ballot(open_meeting(present=5, absent=4), facts, nominations, by=by, at=at)
    opened = open_ballot(open_meeting(present=6, absent=3), facts, nominations, by=by, at=at)

    assert (opened.members, opened.quorum, opened.threshold) == (9, "2/3", 80)


def test_a_threshold_below_the_law_is_refused(flag, at):
    nominations = [NominationFactory(with_council=True, form=flag)]

    with pytest.raises(Refused, match="không được thấp hơn 80%"):
        open_ballot(
            open_meeting(), BallotFacts(flag, 79), nominations,
            by=BoardHeadFactory(UnitFactory()), at=at,
        )  # fmt: skip


def test_no_table_tells_what_a_member_voted(nominations):
    """Whatever the choice, every table reads the same; the box is another text of equal length."""
    ballot = running_ballot(open_meeting(present=6), nominations)
    row, seen, lengths = seats(ballot)[0], [], set()
    for slip in ([], [0], [1], [0, 1]):
        with transaction.atomic():
            fresh = CouncilBallot.objects.get()
            fresh.cast(row, [str(nominations[place].pk) for place in slip])
            seen.append(dump(without=["box"]))
            lengths.add(len(CouncilBallot.objects.get().box))
            transaction.set_rollback(True)

    assert all(one == seen[0] for one in seen)
    assert lengths == {len(ballot.box)}


def test_a_vote_leaves_no_trace_but_that_it_was_given(nominations):
    ballot = running_ballot(open_meeting(present=6), nominations)
    before = dump(without=["box"])
    ballot.cast(seats(ballot)[0], [str(nominations[0].pk)])
    after = dump(without=["box"])

    changed = {table for table in after if after[table] != before[table]}
    assert changed == {"awards_councilvoter"}
    assert Counter(after["awards_councilvoter"][0]) == Counter(
        {"in_writing": 0, "ballot_id": ballot.pk, "member_id": seats(ballot)[0].member_id}
    )
    assert not AuditEvent.objects.exists()
    assert not SentForm.objects.exists()
