from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.urls import reverse

from files.actions import stage_file
from files.models import StagedFile
from tests.factories import UserFactory
from tests.files import builders as build

pytestmark = pytest.mark.django_db

PDF = build.pdf()


def url(token):
    return reverse("files:staged", args=[token])


@pytest.fixture
def staged(at):
    return stage_file(by=UserFactory(), at=at, name="a.pdf", content=BytesIO(PDF))


def test_the_owner_gets_the_file_back(client, staged):
    client.force_login(staged.owner)

    response = client.get(url(staged.token))

    assert (response.status_code, b"".join(response)) == (200, PDF)
    assert response["Content-Disposition"] == 'attachment; filename="a.pdf"'
    assert response["Content-Security-Policy"] == (
        "sandbox; default-src 'none'; frame-ancestors 'none'"
    )
    assert response["X-Frame-Options"] == "DENY"


def test_nobody_else_learns_that_it_exists(client, staged):
    client.force_login(UserFactory())

    assert client.get(url(staged.token)).status_code == 404
    assert client.get(url(uuid4())).status_code == 404


def test_it_is_gone_when_it_expired(client, staged, at):
    StagedFile.objects.update(created_at=at - timedelta(days=2), expires_at=at)
    client.force_login(staged.owner)

    assert client.get(url(staged.token)).status_code == 404


def test_only_get(client, staged):
    client.force_login(staged.owner)

    assert client.post(url(staged.token)).status_code == 405
