"""One province for every cell of a file, and a way to undo what a cell did."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.template import Origin
from django.template.loaders.base import Loader
from django.test import Client, override_settings

from campaign.views import receipt, visit
from reports.views import weekly
from tests.matrix.world import World, build

HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="package")
def kept_files(tmp_path_factory):
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="package")
def built(django_db_setup, django_db_blocker, kept_files) -> Iterator[World]:
    """Inside one transaction that is rolled back when the last cell has been asked."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(FILES_ROOT=kept_files, PASSWORD_HASHERS=HASHERS):
            world = build()
        yield world
        transaction.set_rollback(True)


class Browser(Client):
    """Reads every answer to its end, as browsers do; `whole` is what it read."""

    def request(self, **asked):
        answer = super().request(**asked)
        answer.whole = b"".join(answer) if answer.streaming else answer.content
        return answer


class Browsers:
    """One signed-in browser per principal; each answer is asked for as if it were the first."""

    def __init__(self, world: World) -> None:
        self.clients = {name: Browser(raise_request_exception=False) for name in world.people}
        self.sessions = {}
        for name, person in world.people.items():
            if person is not None:
                self.clients[name].force_login(person)
                self.sessions[name] = self.clients[name].cookies[settings.SESSION_COOKIE_NAME].value

    def of(self, name: str) -> Client:
        client = self.clients[name]
        client.cookies.clear()
        cache.clear()  # nobody is told that they ask too often
        if name in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[name]
        return client


@pytest.fixture(scope="package")
def browsers(built) -> Browsers:
    found = Browsers(built)
    # Who was deactivated had signed in before.
    built.people["deactivated"].is_active = False
    built.people["deactivated"].save(update_fields=["is_active"])
    return found


@pytest.fixture
def world(built, db, kept_files, settings, monkeypatch) -> Iterator[World]:
    """The province for one test, which leaves it as it was."""
    settings.FILES_ROOT = kept_files
    logging.getLogger("django").setLevel(logging.CRITICAL)  # thousands of refusals are the point
    # What the paper looks like is tested where it is made; here it only costs a second each.
    monkeypatch.setattr(receipt, "receipt_pdf", lambda *args, **kwargs: b"%PDF-")
    monkeypatch.setitem(visit.WRITERS, "pdf", lambda document: b"%PDF-")
    monkeypatch.setattr(weekly, "overview_pdf", lambda view, found: b"%PDF-")
    with undone():
        yield built
    logging.getLogger("django").setLevel(logging.NOTSET)


@pytest.fixture
def plain_refusals(settings, tmp_path):
    """Pages of refusal in one line: thousands are asked for, and their look is tested elsewhere."""
    for name in ("403.html", "404.html", "409.html"):
        (tmp_path / name).write_text(name)
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path, *engine["DIRS"]]}]


class Blank(Loader):
    """Any template, empty."""

    def get_template_sources(self, template_name):
        yield Origin(name=template_name, template_name=template_name, loader=self)

    def get_contents(self, origin):
        return ""


@pytest.fixture
def blank_pages(settings):
    """Thousands of answers are asked for their status; how pages look is for `test_hostile`,
    `test_canaries` and the tests of the views, which read them in full."""
    engine = settings.TEMPLATES[0]
    options = {**engine["OPTIONS"], "loaders": [f"{__name__}.Blank"]}
    settings.TEMPLATES = [{**engine, "DIRS": [], "APP_DIRS": False, "OPTIONS": options}]


@contextmanager
def undone():
    """Whatever happens inside did not happen."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
