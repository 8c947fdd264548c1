import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from files.models import StagedFile
from tests.factories import UserFactory
from tests.files import builders as build

pytestmark = pytest.mark.django_db

URL = reverse("files:stage")
PDF = build.pdf()


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user)
    return user


def upload(name="Kế hoạch.pdf", content=PDF):
    return SimpleUploadedFile(name, content, content_type="text/html")


def test_a_file_is_answered_with_its_token(client, user):
    response = client.post(URL, {"file": upload()})

    staged = StagedFile.objects.get()
    assert (staged.owner, response.status_code) == (user, 200)
    assert response.json() == {
        "token": str(staged.token),
        "name": "Kế hoạch.pdf",
        "size": len(PDF),
        "sha256": hashlib.sha256(PDF).hexdigest(),
    }


def test_a_large_file_comes_from_disk(client, user):
    content = PDF + bytes(2 * 1024 * 1024) + b"%%EOF"

    response = client.post(URL, {"file": upload(content=content)})

    assert (response.status_code, response.json()["size"]) == (200, len(content))


def test_a_bad_file_is_answered_with_its_sentence(client, user):
    response = client.post(URL, {"file": upload(content=b"")})

    assert response.status_code == 422
    assert response.json() == {
        "code": "T01",
        "message": "Tệp “Kế hoạch.pdf” rỗng (0 byte). Hãy chọn lại tệp.",
    }


@pytest.mark.parametrize("count", [0, 2])
def test_one_file_at_a_time(client, user, count):
    response = client.post(URL, {"file": [upload()] * count})

    assert (response.status_code, response.json()["code"]) == (422, "T05")
    assert StagedFile.objects.count() == 0


def test_a_store_that_cannot_be_written_is_answered_with_503(client, user, settings, tmp_path):
    (tmp_path / "blocked").write_text("")
    settings.FILES_ROOT = tmp_path / "blocked"

    response = client.post(URL, {"file": upload()})

    assert response.status_code == 503
    assert StagedFile.objects.count() == 0


def test_only_post(client, user):
    assert client.get(URL).status_code == 405


def test_strangers_are_asked_who_they_are(client):
    assert client.post(URL, {"file": upload()}).status_code == 401
    assert StagedFile.objects.count() == 0
