"""Browsers at a portal that believes it is the morning of 20/3/2024, two days before the due day."""

import contextlib

import pytest

from tests.browser.people import sign_in
from tests.portal import Portal, free_port

SCREEN = {"width": 1440, "height": 900}


@pytest.fixture(scope="session")
def training_portal(tmp_path_factory):
    """The demonstration as it stands that morning: some units have sent, Sở VHTTDL has not begun."""
    portal = Portal(
        tmp_path_factory.mktemp("training"), port=free_port(), PORTAL_NOW="2024-03-20T09:00"
    )
    portal.start()
    yield portal
    portal.stop()


@pytest.fixture
def open_browser(browser, training_portal):
    """A page in a browser that shares nothing with the others; closed after the test."""
    with contextlib.ExitStack() as opened:

        def open_one(**options):
            context = browser.new_context(
                base_url=training_portal.url, viewport=SCREEN, locale="vi-VN",
                timezone_id="Asia/Ho_Chi_Minh", **options,
            )  # fmt: skip
            opened.callback(context.close)
            context.set_default_timeout(15_000)
            context.grant_permissions(["clipboard-read", "clipboard-write"])
            return context.new_page()

        yield open_one


@pytest.fixture
def signed_in(open_browser):
    """The first page of a demonstration account, by user name, in a browser of its own."""

    def sign_in_as(user_name, **options):
        page = open_browser(**options)
        sign_in(page, user_name)
        return page

    return sign_in_as
