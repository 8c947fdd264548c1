from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaign.models import SubPlan
from files.models import StagedFile
from lib import clock
from tests.campaign.sending import send
from tests.factories import (
    CampaignFactory,
    ObligationFactory,
    OfficerFactory,
    ReviewerFactory,
    StoredFileFactory,
    SubPlanFactory,
)

pytestmark = pytest.mark.django_db

URL = reverse("campaign:register-receipt")


@pytest.fixture
def reviewer(client):
    CampaignFactory()
    person = ReviewerFactory()
    client.force_login(person)
    return person


def staged(owner, name="Ban-quet.pdf"):
    now = clock.now()
    return StagedFile.objects.create(
        token=uuid4(),
        owner=owner,
        stored=StoredFileFactory(),
        name=name,
        created_at=now,
        expires_at=now + timedelta(hours=1),
    )


def typed(owed, **changes):
    return {
        "unit": owed.unit.pk,
        "channel": "paper",
        "received_date": "22/3/2024",
        "received_time": "16:30",
        "document_number": "15/KH-STN",
        "document_date": "20/3/2024",
        "signer_name": "Trần Thị Lan",
        "signer_position": "Giám đốc",
        **changes,
    }


def test_what_came_on_paper_counts_from_when_it_came(client, reviewer):
    owed = ObligationFactory()
    files = [staged(reviewer), staged(reviewer, "Phu-luc.pdf")]

    response = send(client, URL, **typed(owed, staged=[str(file.token) for file in files]))

    plan = SubPlan.objects.get()
    assert response.url == reverse("campaign:review", args=[plan.pk])
    assert plan.submitted_at == datetime(2024, 3, 22, 9, 30, tzinfo=UTC)
    assert list(plan.files.order_by("pk").values_list("name", "kind")) == [
        ("Ban-quet.pdf", "signed"),
        ("Phu-luc.pdf", "annex"),
    ]
    owed.refresh_from_db()
    assert owed.is_on_time is True


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": ""},
        {"channel": "portal"},
        {"received_date": "22/3/2124"},
        {"received_date": "01/3/2024"},
        {"received_time": "25:00"},
        {"received_time": ""},
        {"document_date": "23/3/2024"},
        {"document_number": ""},
        {"signer_name": ""},
    ],
)
def test_a_form_that_is_wrong_keeps_what_was_typed_and_sent(client, reviewer, wrong):
    owed, file = ObligationFactory(), staged(reviewer)
    sent = typed(owed, staged=[str(file.token)], **wrong)

    response = send(client, URL, **sent)

    assert response.status_code == 422
    assert response.context["form"]["signer_position"].value() == "Giám đốc"
    assert response.context["staged"] == [file]
    assert SubPlan.objects.count() == 0


def test_an_hour_may_be_typed_with_h(client, reviewer):
    owed, file = ObligationFactory(), staged(reviewer)

    send(client, URL, **typed(owed, staged=[str(file.token)], received_time="9h"))

    assert SubPlan.objects.get().submitted_at == datetime(2024, 3, 22, 2, 0, tzinfo=UTC)


def test_without_a_scan_there_is_no_receipt(client, reviewer):
    response = send(client, URL, **typed(ObligationFactory()))

    assert response.status_code == 422
    assert SubPlan.objects.count() == 0


def test_a_file_that_is_not_what_it_says_is_refused_with_its_sentence(client, reviewer):
    page = SimpleUploadedFile("Ke-hoach.pdf", b"<html></html>", content_type="application/pdf")

    response = send(client, URL, **typed(ObligationFactory(), files=page))

    assert response.status_code == 422
    assert bool(response.context["files_error"]) is True


def test_the_file_of_somebody_else_is_refused(client, reviewer):
    foreign = staged(ReviewerFactory())

    response = send(client, URL, **typed(ObligationFactory(), staged=[str(foreign.token)]))

    assert response.status_code == 409


def test_the_own_unit_is_not_offered(client, reviewer):
    own, other = ObligationFactory(unit=reviewer.memberships.get().unit), ObligationFactory()

    offered = client.get(URL).context["form"].fields["unit"].queryset
    response = send(client, URL, **typed(own))

    assert list(offered) == [other.unit]
    assert response.status_code == 422


def test_beside_a_sent_version_another_unit_is_asked_for(client, reviewer):
    sent, file = SubPlanFactory(submitted=True), staged(reviewer)

    response = send(client, URL, **typed(sent.obligation(), staged=[str(file.token)]))

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["unit"])


def test_a_unit_does_not_register_for_itself(client):
    CampaignFactory()
    client.force_login(OfficerFactory())

    assert client.get(URL).status_code == 403
