import json
from datetime import timedelta

import pytest
from django.db.migrations.recorder import MigrationRecorder

from accounts.models import Mail
from tests.factories.accounts import UserFactory


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.parametrize(
    "asker", [{"REMOTE_ADDR": "10.0.0.7"}, {"HTTP_X_FORWARDED_FOR": "10.0.0.7"}], ids=str
)
@pytest.mark.django_db
def test_other_machines_do_not_find_it(client, path, asker):
    response = client.get(path, **asker)

    assert response.status_code == 404


def test_a_living_process_says_so_without_a_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_names_the_age_of_the_oldest_job(client, at):
    for minutes in (2, 7):
        Mail.objects.post(
            to=UserFactory(), subject="Thư", body="…", at=at - timedelta(minutes=minutes)
        )

    answer = client.get("/readyz").json()

    assert answer.pop("oldest_job_seconds") // 60 == 7
    assert answer == {"database": True, "migrations": True, "files": True}


@pytest.mark.django_db
def test_not_ready_when_files_cannot_be_kept(client, settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "gone"

    response = client.get("/readyz")

    assert response.status_code == 503
    assert json.loads(response.content)["files"] is False


@pytest.mark.django_db
def test_not_ready_when_a_migration_is_missing(client):
    MigrationRecorder.Migration.objects.filter(app="accounts").order_by("-pk").first().delete()

    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (
        503,
        {"database": True, "migrations": False, "files": True},
    )
