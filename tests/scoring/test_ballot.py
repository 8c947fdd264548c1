"""The secret peer vote: who voted is known, how is not, from no table of the database."""

import threading

import pytest
from django.db import connections, transaction

from accounts.models import AuditEvent
from accounts.workflow import Refused
from scoring.models import Ballot
from tests.dumps import dump
from tests.factories.accounts import UserFactory
from tests.factories.scoring import BallotFactory
from tests.factories.units import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return UnitFactory.create_batch(4)


@pytest.fixture
def ballot(units):
    return BallotFactory(nominees=units, choices=2)


def cast(ballot, voter, *chosen, by=None, at):
    ballot.cast(voter, [str(one.pk) for one in chosen], by=by or UserFactory(), at=at)


def votes(ballot, units):
    return [ballot.votes[str(one.pk)] for one in units]


def test_the_sums_are_kept_and_the_box_is_emptied(ballot, units, at):
    first, second, third, fourth = units
    cast(ballot, first, second, third, at=at)
    cast(ballot, second, third, at=at)
    cast(ballot, third, at=at)

    ballot.close(members=4, by=UserFactory(), at=at)

    kept = Ballot.objects.get(pk=ballot.pk)
    assert (kept.slips, votes(kept, units), kept.box) == (3, [0, 1, 2, 0], "")
    with pytest.raises(Refused, match="đã kết thúc"):
        cast(ballot, fourth, third, at=at)


def told_apart(ballot, voter, choices, by, at):
    """What the database holds after each choice, each from the same state before."""
    for choice in choices:
        with transaction.atomic():
            cast(Ballot.objects.get(pk=ballot.pk), voter, *choice, by=by, at=at)
            yield dump(without=["box"]), len(Ballot.objects.get(pk=ballot.pk).box)
            transaction.set_rollback(True)


def test_no_table_tells_what_was_voted(ballot, units, at):
    """Whatever a unit votes, every table reads the same; only the sealed box, as long as before,
    is another text, and that it is for the same vote too (tests/lib/test_ballot_box.py)."""
    voter, others = units[0], units[1:]
    before = len(ballot.box)
    choices = [[], [others[0]], [others[1]], [others[1], others[2]]]

    seen = list(told_apart(ballot, voter, choices, UserFactory(), at))

    assert all(one == seen[0] for one in seen)
    assert {length for _, length in seen} == {before}


def test_the_audit_trail_knows_nothing_of_a_slip(ballot, units, at):
    before = AuditEvent.objects.count()
    cast(ballot, units[0], units[1], at=at)

    assert AuditEvent.objects.count() == before


def test_a_unit_votes_once(ballot, units, at):
    cast(ballot, units[0], units[1], at=at)
    with pytest.raises(Refused, match="đã bỏ phiếu"):
        cast(ballot, units[0], units[2], at=at)

    ballot.close(members=4, by=UserFactory(), at=at)
    assert votes(ballot, units) == [0, 1, 0, 0]


@pytest.mark.parametrize(
    ("chosen", "said"), [([0], "chính mình"), ([1, 2, 3], "tối đa 2"), ([4], "không thuộc")]
)
def test_a_slip_keeps_to_the_rules_and_a_refused_one_is_no_vote(ballot, units, at, chosen, said):
    known = [*units, UnitFactory()]
    with pytest.raises(Refused, match=said), transaction.atomic():
        cast(ballot, units[0], *(known[one] for one in chosen), at=at)

    ballot.close(members=4, by=UserFactory(), at=at)
    assert (ballot.slips, votes(ballot, units)) == (0, [0, 0, 0, 0])


def test_where_the_rule_allows_it_a_unit_votes_for_itself(units, at):
    ballot = BallotFactory(nominees=units, allows_own=True)
    cast(ballot, units[0], units[0], at=at)
    ballot.close(members=4, by=UserFactory(), at=at)

    assert votes(ballot, units) == [1, 0, 0, 0]


def test_a_box_put_back_from_before_a_vote_is_not_counted(ballot, units, at):
    before = ballot.box
    cast(ballot, units[0], units[1], at=at)
    Ballot.objects.update(box=before)

    with pytest.raises(Refused, match="không kiểm phiếu được"):
        ballot.close(members=4, by=UserFactory(), at=at)


def test_of_a_vote_called_off_nothing_is_learnt(ballot, units, at):
    cast(ballot, units[0], units[1], at=at)
    ballot.cancel(by=UserFactory(), at=at, reason="Bầu lại")

    kept = Ballot.objects.get(pk=ballot.pk)
    assert (kept.box, kept.slips, kept.votes, kept.is_open) == ("", None, None, False)
    with pytest.raises(Refused):
        ballot.cancel(by=UserFactory(), at=at, reason="Lần nữa")


def test_a_new_key_of_the_server_opens_what_the_old_one_sealed(ballot, units, at, settings):
    cast(ballot, units[0], units[1], at=at)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "khoa-moi-" * 8
    cast(ballot, units[1], units[2], at=at)
    ballot.close(members=4, by=UserFactory(), at=at)

    assert votes(ballot, units) == [0, 1, 1, 0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_of_slips_cast_at_once_none_is_lost(at):
    """Each of eight units in a thread of its own; SQLite lets them wait for each other."""
    units, by = UnitFactory.create_batch(8), UserFactory()
    ballot = BallotFactory(nominees=units)

    def vote(place):
        cast(Ballot.objects.get(pk=ballot.pk), units[place], units[place - 1], by=by, at=at)
        connections.close_all()

    threads = [threading.Thread(target=vote, args=[place]) for place in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    ballot.close(members=8, by=by, at=at)
    assert (ballot.slips, votes(ballot, units)) == (8, [1] * 8)
