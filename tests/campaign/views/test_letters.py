import pytest
from django.urls import reverse

from campaign.models import ChasingLetter, Obligation
from tests.campaign.sending import questions, send
from tests.factories import (
    CampaignFactory,
    LeadershipFactory,
    ObligationFactory,
    OfficerFactory,
    ReviewerFactory,
    StoredFileFactory,
)

pytestmark = pytest.mark.django_db

LETTERS = reverse("campaign:letters")
NEW = reverse("campaign:letter-new")


@pytest.fixture
def reviewer(client):
    CampaignFactory()
    person = ReviewerFactory()
    client.force_login(person)
    return person


def letter(by, **facts):
    owed = ObligationFactory()
    made = ChasingLetter.objects.create(
        campaign=owed.campaign, kind=ChasingLetter.Kind.URGE, new_due_date="2024-04-25", by=by,
        at="2024-04-20T02:00Z", docx=StoredFileFactory(on_disk=True),
        pdf=StoredFileFactory(on_disk=True), **facts,
    )  # fmt: skip
    made.obligations.add(owed)
    return made


def read(client, url):
    """The answer, with its file read to the end as browsers do."""
    answer = client.get(url)
    if answer.streaming:
        answer.whole = b"".join(answer)
    return answer


def test_first_a_look_at_whom_it_goes_to_then_the_letter(client, reviewer, monkeypatch):
    owed = ObligationFactory()
    monkeypatch.setattr("campaign.actions.chasing_letter.write_pdf", lambda document: b"%PDF-1.7")

    look = send(client, NEW, chon=[owed.pk])

    assert look.status_code == 200
    assert [(label, len(part)) for label, part in look.context["parts"]] == [
        ("Công văn đôn đốc", 1)
    ]
    assert not ChasingLetter.objects.exists()
    refused = send(client, NEW, chon=[owed.pk], tao="1", new_due_date="1/1/2020")
    assert refused.status_code == 422
    assert "Hãy ghi một ngày sau hôm nay" in refused.content.decode()
    assert f'name="chon" value="{owed.pk}"' in refused.content.decode()

    made = send(client, NEW, chon=[owed.pk], tao="1", new_due_date="1/1/2199")

    assert made.url == LETTERS
    assert list(ChasingLetter.objects.get().obligations.all()) == [owed]


def test_nothing_ticked_leads_back_to_the_list(client, reviewer):
    ObligationFactory(on_time=True)

    response = send(client, NEW, chon=[Obligation.objects.get().pk])

    assert response.url == reverse("campaign:chasing-list")


def test_the_files_are_taken_away_under_a_name_that_says_what_they_are(client, reviewer):
    made = letter(reviewer)

    answer = read(client, reverse("campaign:letter-file", args=[made.pk, "docx"]))

    expected = f'attachment; filename="cong-van-don-doc-2024-04-20-{made.pk}.docx"'
    assert answer["Content-Disposition"] == expected
    assert client.get(reverse("campaign:letter-file", args=[made.pk, "xlsx"])).status_code == 404


def test_the_registry_s_number_is_written_down(client, reviewer):
    made = letter(reviewer)
    address = reverse("campaign:letter-number", args=[made.pk])
    prefix = f"so-{made.pk}"

    wrong = send(client, address, **{f"{prefix}-number": "", f"{prefix}-issued_on": "1/1/2199"})
    assert wrong.status_code == 422
    assert "Hãy ghi số, ký hiệu của công văn." in wrong.content.decode()
    assert "Ngày ban hành không thể ở sau hôm nay." in wrong.content.decode()

    typed = {f"{prefix}-number": "21/BTĐKT", f"{prefix}-issued_on": "22/4/2024"}
    assert send(client, address, **typed).url == LETTERS
    assert "21/BTĐKT, 22/4/2024" in client.get(LETTERS).content.decode()


def test_leadership_reads_the_letters_and_a_unit_does_not(client):
    made = letter(ReviewerFactory())
    file = reverse("campaign:letter-file", args=[made.pk, "pdf"])
    answers = {}
    for person in (LeadershipFactory(), OfficerFactory()):
        client.force_login(person)
        answers[person] = [read(client, url).status_code for url in (LETTERS, file)]

    assert list(answers.values()) == [[200, 200], [403, 403]]
    assert send(client, NEW).status_code == 403


def test_the_list_of_letters_takes_a_fixed_number_of_queries(client, reviewer):
    letter(reviewer)
    few = questions(client, LETTERS)
    for _ in range(2):
        letter(reviewer)

    assert questions(client, LETTERS) == few
