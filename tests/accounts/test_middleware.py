from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from accounts.http import page_above
from lib import clock
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("query", ["?t=%00", "?%01=a", "?t=%1f", "?a=1&b=x%7f"])
def test_control_characters_in_the_address_are_refused(client, query):
    assert client.get(reverse("account_login") + query).status_code == 400


def test_vietnamese_in_the_address_is_not(client):
    assert client.get(reverse("account_login") + "?t=Đợt thi đua").status_code == 200


def test_a_form_sent_after_the_session_ended_keeps_what_was_typed(client):
    answer = client.post("/", {"purpose": "Mục đích đã gõ", "password": "bi-mat"})

    text = answer.content.decode()
    assert answer.status_code == 401
    assert "Mục đích đã gõ" in text
    assert "bi-mat" not in text


def test_a_form_with_a_stale_token_keeps_what_was_typed():
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory())

    answer = client.post("/", {"purpose": "Mục đích đã gõ"})

    assert answer.status_code == 403
    assert "Mục đích đã gõ" in answer.content.decode()


@pytest.mark.parametrize(
    ("minutes", "is_in"), [([50, 50, 50], True), ([61], False), ([59] * 13, False)]
)
def test_a_session_ends_when_idle_or_old(client, time_machine, minutes, is_in):
    started = clock.now()
    time_machine.move_to(started, tick=False)
    client.force_login(UserFactory())
    client.get("/")
    for count in minutes:
        started += timedelta(minutes=count)
        time_machine.move_to(started, tick=False)
        client.get("/")

    assert get_user(client).is_authenticated is is_in


def test_each_request_leaves_one_line_of_log_without_what_was_typed(client, caplog):
    caplog.set_level("INFO", logger="portal.access")
    user = UserFactory()
    client.force_login(user)

    client.get(reverse("campaign:verify"), {"bi-mat": "đã gõ"})

    (line,) = [record for record in caplog.records if record.name == "portal.access"]
    assert (line.method, line.route, line.status, line.user) == (
        "GET",
        "campaign:verify",
        200,
        user.pk,
    )
    assert "đã gõ" not in str(vars(line))


def test_an_address_that_only_takes_forms_says_where_the_form_is(client):
    client.force_login(UserFactory())

    answer = client.get("/xem-xet/nhan/?muc=cho")

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert answer.context["page"] == "/xem-xet/?muc=cho"


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/ke-hoach-trien-khai/7/soan/tep/3/go/", "/ke-hoach-trien-khai/7/soan/"),
        ("/ke-hoach-trien-khai/7/", "/ke-hoach-trien-khai/7/"),
        ("/tai-khoan/thay-mat/", "/"),
    ],
)
def test_the_page_above_an_address_is_one_that_can_be_opened(path, page):
    assert page_above(path) == page


@pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE", "FOO"])
def test_a_method_no_page_answers_is_refused(client, method):
    assert client.generic(method, reverse("account_login")).status_code == 405


def test_what_a_signed_in_person_sees_is_kept_by_no_cache(client):
    client.force_login(UserFactory())
    signed_in = client.get("/")

    assert signed_in["Cache-Control"] == "private, no-store"
