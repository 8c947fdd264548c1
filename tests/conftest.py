import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.db import connection

from accounts import append_only
from accounts.models import AuditEvent
from config.celery import app as celery_app
from lib import clock
from tests import migrated, server
from tests.portal import Portal, free_port, is_open, opened_before, wait_for

SERVED = ("browser", "database", "queue")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pytest_configure(config):
    # What a test hands over stays in its process unless it starts a worker itself.
    celery_app.conf.broker_url = os.environ.get("REDIS_URL") or "memory://"
    celery_app.conf.broker_transport_options = {}
    # Playwright keeps a loop running beside the test, which Django takes for an async view.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_itemcollected(item):
    """Only tests that need a server may reach one, and only on this machine."""
    if any(item.get_closest_marker(name) for name in SERVED):
        item.add_marker(pytest.mark.allow_hosts(["127.0.0.1", "::1", "localhost"]))


@pytest.fixture(autouse=True)
def _nothing_leaves_the_test(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    settings.FILES_ROOT.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture
def at():
    return clock.now()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory):
    """A file, not memory: WAL, locks and a second thread behave as on a real machine."""
    if connection.vendor == "sqlite":
        name = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(name)
        migrated.begin(name)


@pytest.fixture(scope="session")
def django_db_keepdb():
    """The file is this run's alone: what lies there was put there to begin with."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock():
            migrated.keep()


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory):
    """The address of a Redis that keeps nothing, for tests that stop, kill or fill one."""
    port = free_port()
    process = subprocess.Popen(
        [
            *("redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""),
            *("--appendonly", "no", "--dir", str(tmp_path_factory.mktemp("redis"))),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    wait_for(lambda: is_open(port), seconds=10, what="redis-server")
    yield f"redis://127.0.0.1:{port}/0"
    process.terminate()
    process.wait()


@pytest.fixture(scope="session")
def first_start(tmp_path_factory):
    """Where the data of a first start are kept for every process and run of the suite; on
    PostgreSQL, whose rows are not in the folder, for this run alone."""
    ours = tmp_path_factory.getbasetemp()
    # Beside the folders of the other processes, but never where another run would find it.
    apart = ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours
    kept = apart / "first-start"
    return kept if server.is_there() else Path(os.environ.get("FIRST_START", kept))


@pytest.fixture(scope="session")
def live_portal(tmp_path_factory, first_start):
    """The portal as `make run` opens it, with its own data, and workers that really run."""
    data = tmp_path_factory.mktemp("portal")
    portal = Portal(data, port=free_port(), **opened_before(data, first_start, "live"))
    portal.start()
    yield portal
    portal.stop()


def names_its_version(path):
    """A real Chromium: Ubuntu's only says how to install one."""
    answer = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    return any(letter.isdigit() for letter in answer.stdout)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """The Chromium of the distribution; where there is none, the one Playwright brought."""
    installed = (path for name in CHROMIUM if (path := shutil.which(name)))
    found = next(filter(names_its_version, installed), None)
    return {
        "executable_path": found,
        "args": [
            *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update"),
            *("--disable-sync", "--disable-dev-shm-usage"),
        ],
    }


@pytest.fixture(scope="session")
def base_url(live_portal):
    """Where `page.goto("/")` goes."""
    return live_portal.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}


@pytest.fixture
def real_commits(transactional_db):
    """Rows that other threads and processes can read; afterwards even the audit trail is emptied."""
    yield
    with connection.cursor() as cursor:
        for statement in append_only.removal(connection.vendor):
            cursor.execute(statement)
        AuditEvent.objects.all().delete()
        for statement in append_only.statements(connection.vendor):
            cursor.execute(statement)
