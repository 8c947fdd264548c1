from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaign.models import FollowUpAnswer, FollowUpFile, Obligation
from files.models import StagedFile
from lib import clock
from tests.campaign.sending import questions, send
from tests.factories import (
    BlockFactory,
    BlockMembershipFactory,
    CampaignFactory,
    FollowUpAnswerFactory,
    FollowUpFactory,
    OfficerFactory,
    ReviewerFactory,
    StoredFileFactory,
    VisitMemberFactory,
)

pytestmark = pytest.mark.django_db

LIST = reverse("campaign:follow-ups")
AHEAD = date(2040, 6, 20)


@pytest.fixture
def owed():
    CampaignFactory()
    return FollowUpFactory(due_date=AHEAD)


@pytest.fixture
def officer(client, owed):
    person = OfficerFactory(owed.unit)
    client.force_login(person)
    return person


def of(owed, name="follow-up", *more):
    return reverse(f"campaign:{name}", args=[owed.pk, *more])


def staged(owner):
    now = clock.now()
    return StagedFile.objects.create(
        token=uuid4(), owner=owner, stored=StoredFileFactory(on_disk=True), name="Bien-ban.pdf",
        created_at=now, expires_at=now + timedelta(hours=1),
    )  # fmt: skip


def test_the_unit_answers_with_text_and_files(client, owed, officer):
    file = staged(officer)

    response = send(
        client, of(owed, "follow-up-answer"), text="Đã lập sổ.", staged=[str(file.token)]
    )

    answer = FollowUpAnswer.objects.get()
    assert (response.status_code, response.url) == (302, of(owed))
    assert (answer.text, answer.by, answer.files.get().name) == (
        "Đã lập sổ.",
        officer,
        "Bien-ban.pdf",
    )
    assert Obligation.objects.get().is_on_time
    page = client.get(of(owed)).content.decode()
    assert of(owed, "follow-up-answer") not in page
    sent = client.get(of(owed, "follow-up-file", answer.files.get().pk))
    assert (sent.status_code, bool(b"".join(sent))) == (200, True)


def test_an_empty_answer_comes_back_with_its_files(client, owed, officer):
    file = staged(officer)

    response = send(client, of(owed, "follow-up-answer"), text=" ", staged=[str(file.token)])

    assert response.status_code == 422
    assert str(file.token) in response.content.decode()
    assert FollowUpAnswer.objects.count() == 0


def test_a_file_that_is_none_is_refused_by_name_and_the_text_stays(client, owed, officer):
    bad = SimpleUploadedFile("virus.exe", b"MZ")

    response = client.post(
        of(owed, "follow-up-answer"), {"form_key": str(uuid4()), "text": "Đã lập sổ.", "files": bad}
    )

    content = response.content.decode()
    assert response.status_code == 422
    assert "virus.exe" in content
    assert "Đã lập sổ." in content
    assert (FollowUpAnswer.objects.count(), FollowUpFile.objects.count()) == (0, 0)


def test_the_board_asks_again_with_a_later_day_and_then_accepts(client, owed):
    FollowUpAnswerFactory(obligation=owed)
    client.force_login(ReviewerFactory())
    verdict = {"decision": "lam-tiep", "note": "Thiếu danh sách", "due": "30/6/2040"}

    send(client, of(owed, "follow-up-judge"), **verdict)

    owed.refresh_from_db()
    page = client.get(of(owed)).content.decode()
    assert (owed.met_at, owed.extended_to) == (None, date(2040, 6, 30))
    assert "20/6/2040" in page
    assert "30/6/2040" in page
    FollowUpAnswerFactory(obligation=owed)
    send(client, of(owed, "follow-up-judge"), decision="chap-nhan")
    assert list(owed.answers.order_by("pk").values_list("verdict", flat=True)) == [
        "asked_again",
        "accepted",
    ]
    assert send(client, of(owed, "follow-up-judge"), decision="chap-nhan").status_code == 409


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"decision": "lam-tiep", "note": "", "due": "30/6/2040"}, ["note"]),
        ({"decision": "lam-tiep", "note": "Thiếu", "due": "20/6/2040"}, ["due"]),
        ({"decision": "lam-tiep", "note": "Thiếu", "due": "hôm nào"}, ["due"]),
        ({"note": "Thiếu"}, ["decision"]),
    ],
)
def test_a_bad_verdict_comes_back_as_typed(client, owed, typed, fields):
    FollowUpAnswerFactory(obligation=owed)
    client.force_login(ReviewerFactory())

    response = send(client, of(owed, "follow-up-judge"), **typed)

    assert (response.status_code, list(response.context["verdict_form"].errors)) == (422, fields)
    assert FollowUpAnswer.objects.get().verdict == "waiting"


def test_what_was_found_is_for_the_unit_the_team_and_the_board(client, owed):
    block, neighbour, member = BlockFactory(), OfficerFactory(), OfficerFactory()
    BlockMembershipFactory(block=block, unit=owed.unit)
    BlockMembershipFactory(block=block, unit=neighbour.memberships.get().unit)
    VisitMemberFactory(visit=owed.finding.visit, user=member)

    seen = {}
    for name, person in {
        "neighbour": neighbour, "member": member, "unit": OfficerFactory(owed.unit),
        "board": ReviewerFactory(),
    }.items():  # fmt: skip
        client.force_login(person)
        seen[name] = (
            client.get(of(owed)).status_code,
            owed.finding.text in client.get(LIST).content.decode(),
        )

    assert seen == {
        "neighbour": (404, False), "member": (200, True), "unit": (200, True), "board": (200, True),
    }  # fmt: skip
    assert list(Obligation.objects.visible_to(neighbour)) == []


def test_the_heaps_of_the_list(client, owed):
    over = FollowUpFactory()  # due in 2024
    waiting = FollowUpAnswerFactory().obligation
    done = FollowUpAnswerFactory(accepted=True).obligation
    FollowUpFactory(exempt=True)
    client.force_login(ReviewerFactory())

    def heap(code):
        return set(client.get(LIST, {"muc": code}).context["page"].object_list)

    assert (heap("mo"), heap("qua-han"), heap("cho"), heap("xong")) == (
        {owed, over}, {over}, {waiting}, {done},
    )  # fmt: skip
    (line,) = client.get(LIST).context["counts"]
    assert [choice.count for choice in line.choices] == [5, 2, 1, 1, 1]


def test_a_follow_up_asks_a_constant_number_of_questions(client, owed, officer):
    def fill(**facts):
        answer = FollowUpAnswerFactory(obligation=owed, **facts)
        FollowUpFile.objects.create(answer=answer, stored=StoredFileFactory(), name="a.pdf")

    fill()
    one = questions(client, of(owed))
    for _ in range(2):
        fill(accepted=True, verdict="asked_again", verdict_note="Thiếu")

    assert questions(client, of(owed)) == one
