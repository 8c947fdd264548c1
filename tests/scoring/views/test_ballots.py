"""The peer vote on screen: opened, voted in, counted; nobody can read a slip anywhere."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from docx import Document as Docx

from accounts.models import AuditEvent, Mail
from scoring.datasets.waiting import waiting_of
from scoring.models import Ballot, BallotVoter
from tests.campaign.sending import questions
from tests.dumps import dump
from tests.factories import (
    BallotFactory,
    BlockFactory,
    BlockLeadFactory,
    BlockMembershipFactory,
    HeadFactory,
    MembershipFactory,
    OfficerFactory,
    RankingFactory,
    ReviewerFactory,
)

pytestmark = pytest.mark.django_db


class Members:
    """A block of four units and their heads; the first leads it."""

    def __init__(self, count=4):
        self.block = BlockFactory()
        self.lead = BlockLeadFactory(self.block)
        self.units = [self.lead.memberships.get().unit]
        self.units += [BlockMembershipFactory(block=self.block).unit for _ in range(count - 1)]
        self.heads = [HeadFactory(unit) for unit in self.units]

    def ballot(self, **more):
        return BallotFactory(block_year__block=self.block, nominees=self.units, **more)

    def vote(self, client, ballot, place, *chosen, **more):
        client.force_login(self.heads[place])
        slip = {"secret-chosen": [self.units[one].pk for one in chosen], **more}
        return client.post(
            url("ballot-vote", ballot, self.units[place].pk), form(**slip)
        )  # fmt: skip


@pytest.fixture
def members():
    return Members()


def url(name, ballot, *more):
    return reverse(f"scoring:{name}", args=[ballot.pk, *more])


def form(**fields):
    return {"form_key": str(uuid4()), **fields}


def open_form(members, choices="1"):
    nominees = [one.pk for one in members.units]
    return form(title="Suy tôn Cờ", choices=choices, nominees=nominees)


def test_a_block_votes_from_the_opening_to_the_count(client, members):
    client.force_login(members.lead)
    opening = reverse("scoring:ballot-open", args=[members.block.code, 2024])
    assert client.get(opening).status_code == 200
    assert client.post(opening, open_form(members, choices="4")).status_code == 422
    client.post(opening, open_form(members))
    ballot = Ballot.objects.get()
    assert {mail.to for mail in Mail.objects.all()} == set(members.heads)
    (waiting,) = waiting_of(members.heads[2], at=ballot.opened_at)
    assert waiting.url == ballot.get_absolute_url()

    assert "Phiếu của" not in client.get(ballot.get_absolute_url()).content.decode()
    for place, chosen in enumerate([1, 2, 1]):
        assert members.vote(client, ballot, place, chosen).status_code == 302
    client.force_login(members.lead)
    client.post(url("ballot-count", ballot), form())

    page = client.get(ballot.get_absolute_url())
    assert waiting_of(members.heads[2], at=ballot.opened_at) == ()
    rows = [(row.unit, row.votes) for row in page.context["page"].standings]
    assert rows[:2] == [(members.units[1], 2), (members.units[2], 1)]
    said = page.content.decode()
    assert "50,0%" in said  # two of four members, though only three voted
    assert "3/4 đơn vị đã bỏ phiếu" in said
    assert members.vote(client, ballot, 3, 1).status_code == 409
    verbs = AuditEvent.objects.filter(subject_type="scoring.Ballot").values_list("verb", flat=True)
    assert set(verbs) == {"opened", "counted"}


def test_a_vote_leaves_the_same_in_every_table_whatever_it_was(client, members):
    """The whole way over the page, with one form key: key, answer, trail and session included."""
    ballot, key = members.ballot(), str(uuid4())
    members.vote(client, ballot, 1, 2)
    client.force_login(members.heads[0])
    seen = []
    for chosen in (1, 2, 3):
        with transaction.atomic():
            slip = {"secret-chosen": [members.units[chosen].pk], "form_key": key}
            with_time = {"at", "last_login", "expire_date", "session_data"}
            sent = client.post(url("ballot-vote", ballot, members.units[0].pk), slip)
            assert sent.status_code == 302
            seen.append(dump(without={"box", *with_time}))
            transaction.set_rollback(True)

    assert seen[0] == seen[1] == seen[2]


@pytest.mark.parametrize(
    ("chosen", "more", "said"),
    [
        ([], {}, "đánh dấu phiếu trắng"),
        ([1, 2], {}, "tối đa 1 đơn vị"),
        ([0], {}, "chọn trong danh sách"),
        ([1], {"secret-blank": "on"}, "Phiếu trắng thì"),
    ],
)
def test_a_slip_that_is_not_right_is_given_back_as_it_was(client, members, chosen, more, said):
    ballot = members.ballot()
    answer = members.vote(client, ballot, 0, *chosen, **more)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert BallotVoter.objects.count() == 0


def test_only_the_head_votes_and_only_once(client, members):
    ballot = members.ballot()
    slip = {"secret-chosen": [members.units[2].pk]}
    for person in (OfficerFactory(members.units[1]), members.heads[2], ReviewerFactory()):
        client.force_login(person)
        voted = client.post(url("ballot-vote", ballot, members.units[1].pk), form(**slip))
        assert voted.status_code == 403
    stranger = HeadFactory(BlockMembershipFactory().unit)
    assert members.vote(client, ballot, 1, 2).status_code == 302
    assert members.vote(client, ballot, 1, 3).status_code == 409
    client.force_login(stranger)
    assert client.get(ballot.get_absolute_url()).status_code == 404


def test_a_count_of_two_slips_would_tell_them(client, members):
    ballot = members.ballot()
    members.vote(client, ballot, 1, 2)
    members.vote(client, ballot, 2, 1)
    client.force_login(members.lead)

    answer = client.post(url("ballot-count", ballot), form())
    assert answer.status_code == 409
    assert "lộ lá phiếu" in answer.content.decode()

    assert client.post(url("ballot-cancel", ballot), form()).status_code == 422
    client.post(url("ballot-cancel", ballot), form(**{"huy-reason": "Vắng quá nhiều"}))
    ballot.refresh_from_db()
    assert (ballot.box, ballot.slips) == ("", None)
    assert "Vắng quá nhiều" in client.get(ballot.get_absolute_url()).content.decode()


def test_a_person_who_heads_two_units_gets_two_slips(client, members):
    ballot = members.ballot()
    both = HeadFactory(members.units[1])
    MembershipFactory(user=both, unit=members.units[2], head=True)
    client.force_login(both)
    page = client.get(ballot.get_absolute_url())

    assert [unit for unit, _ in page.context["slips"]] == members.units[1:3]


def test_the_page_asks_as_often_for_eight_units_as_for_four(client):
    def asked(size):
        members = Members(size)
        ballot = members.ballot()
        for place in range(size - 1):
            members.vote(client, ballot, place, place + 1)
        client.force_login(members.lead)
        return questions(client, ballot.get_absolute_url())

    assert asked(4) == asked(8)


def test_the_votes_stand_beside_the_ranking_and_begin_its_column(client, members, at):
    ranking = RankingFactory(scale__block=members.block)
    ballot = members.ballot(title="Suy tôn Cờ")
    for place, chosen in enumerate([1, 2, 1]):
        ballot.cast(members.units[place], [str(members.units[chosen].pk)], by=members.lead, at=at)
    ballot.close(members=4, by=members.lead, at=at)
    client.force_login(members.lead)

    assert "Suy tôn Cờ" in client.get(ranking.get_absolute_url()).content.decode()
    draft = client.get(reverse("scoring:ranking-draft", args=[members.block.code, 2024]))
    votes = [field.value() for _, _, _, _, field, _ in draft.context["remarks"].rows()]
    assert votes == [0, 2, 1, 0]
    minutes = reverse("scoring:ranking-minutes", args=[ranking.pk, "docx"])
    said = [one.text for one in Docx(BytesIO(client.get(minutes).content)).paragraphs]
    assert any("Suy tôn Cờ: bỏ phiếu kín, 3/4 đơn vị" in line for line in said)
