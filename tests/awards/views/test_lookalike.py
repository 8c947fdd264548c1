"""The list of pairs that look alike, and two side by side, for Ban Thi đua and nobody else."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.actions.likeness import compare_sent
from awards.models import DuplicateVerdict, Lookalike
from tests.awards.test_lookalikes import nominated
from tests.factories.campaign import CampaignFactory
from tests.factories.units import (
    BoardHeadFactory,
    CouncilMemberFactory,
    HeadFactory,
    LeadershipFactory,
    OfficerFactory,
    ReviewerFactory,
)

pytestmark = pytest.mark.django_db

URL = reverse("awards:lookalikes")
AT = datetime(2024, 11, 2, 2, 0, tzinfo=UTC)
KEY = "6f3f6b0e-5d5f-4c8e-9a3b-0d2f5a1f7c10"


@pytest.fixture
def pair():
    campaign = CampaignFactory()
    nominated("Nguyễn Văn Hùng", campaign=campaign)
    nominated("ÔNG NGUYỄN VĂN HÙNG", campaign=campaign)
    compare_sent(at=AT)
    return Lookalike.objects.get()


@pytest.fixture
def reviewer(client):
    person = ReviewerFactory()
    client.force_login(person)
    return person


def decide(client, pair, **changes):
    body = {"verdict": "different", "reason": "Hai người", "digest": pair.digest, "form_key": KEY}
    return client.post(pair.get_absolute_url(), {**body, **changes})


def test_the_list_leads_to_two_side_by_side_and_what_is_alike_is_marked(client, reviewer, pair):
    page = client.get(URL).content.decode()
    assert pair.get_absolute_url() in page
    assert "Chờ kết luận <b>1</b>" in page

    shown = client.get(pair.get_absolute_url()).content.decode()

    assert "<mark>Vận động hội viên góp 120 triệu đồng làm cầu" in shown
    assert "hai đơn vị khác nhau" in shown
    assert shown.count(pair.nomination.candidate.unit.name) >= 1
    assert shown.count(pair.other.candidate.unit.name) >= 1


def test_a_verdict_is_kept_and_the_pair_moves_to_the_decided(client, reviewer, pair):
    response = decide(client, pair)

    assert response.status_code == 302
    assert DuplicateVerdict.objects.get().reason == "Hai người"
    tabs = {code: count for code, _, count in client.get(URL).context["tabs"]}
    assert tabs == {"cho": 0, "da-xet": 1, "thoi": 0}
    assert "Không trùng" in client.get(f"{URL}?muc=da-xet").content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": " "}, "Hãy ghi lý do"),
        ({"verdict": ""}, "Hãy chọn một kết luận."),
        ({"verdict": "khac"}, "khac"),
    ],
)
def test_a_verdict_without_a_reason_is_asked_again_and_nothing_typed_is_lost(
    client, reviewer, pair, changes, sentence
):
    response = decide(client, pair, **changes)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "Hai người" in response.content.decode() or "reason" in changes
    assert not DuplicateVerdict.objects.exists()


def test_what_changed_while_somebody_looked_is_not_decided_on(client, reviewer, pair):
    response = decide(client, pair, digest="0" * 64)

    assert response.status_code == 409
    assert "vừa được sửa" in response.content.decode()


def test_who_belongs_to_a_side_sees_the_pair_and_does_not_decide(client, pair):
    client.force_login(ReviewerFactory(pair.other.dossier.unit))

    assert "người khác của Ban Thi đua" in client.get(pair.get_absolute_url()).content.decode()
    assert decide(client, pair).status_code == 403


@pytest.mark.parametrize(
    "person", [OfficerFactory, HeadFactory, CouncilMemberFactory, LeadershipFactory]
)
def test_nobody_else_sees_a_pair_not_even_of_their_own_nominee(client, pair, person):
    client.force_login(person(pair.nomination.dossier.unit))

    assert client.get(URL).status_code == 403
    assert client.get(pair.get_absolute_url()).status_code == 404
    assert decide(client, pair).status_code == 404


def test_the_list_is_narrowed_by_campaign_and_by_name_without_marks(client, pair):
    client.force_login(BoardHeadFactory())
    code = pair.nomination.dossier.campaign.code

    def count(query):
        return client.get(f"{URL}?{query}").context["count"]

    assert count(f"dot={code}") == count("tim=nguyen van hung") == 1
    assert count("tim=Trần") == count("muc=da-xet") == 0
    assert count(f"dot={CampaignFactory(code='khac').code}") == 0
    assert client.get(f"{URL}?muc=sai").status_code == 422


def test_the_list_takes_as_many_queries_for_more_rows(client, reviewer):
    campaign = CampaignFactory()
    client.get(URL)  # the first page of a session reads what later ones keep
    counts = []
    for number in (2, 3):
        for _ in range(number):
            nominated("Nguyễn Văn Hùng", campaign=campaign)
        compare_sent(at=AT)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(URL).context["count"] >= number - 1
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_home_page_of_the_board_leads_to_the_pairs(client, reviewer, pair):
    page = client.get(reverse("reports:home")).content.decode()

    assert "1 cặp đề nghị khen thưởng nghi trùng thành tích chờ kết luận" in page
