"""The form key: one intent, one answer."""

import threading
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client
from django.urls import path

from accounts.models import Mail
from accounts.once import once
from accounts.workflow import Refused
from config.urls import urlpatterns as portal_urls
from tests.factories.accounts import UserFactory


@once
def write(request):
    """Writes one letter; answers as the form says."""
    Mail.objects.post(to=request.user, subject=request.POST["subject"], body="", at=request.at)
    if request.POST["subject"] == "xem trước":
        return HttpResponse("xem trước")
    if request.POST["subject"] == "sai":
        return HttpResponse("sai", status=422)
    if request.POST["subject"] == "từ chối":
        raise Refused("Không phải lúc này.")
    return HttpResponseRedirect(f"/thu/{Mail.objects.latest('pk').pk}/")


urlpatterns = [path("viet/", write, name="write"), *portal_urls]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def sender(client):
    client.force_login(UserFactory())
    return client


def test_the_same_form_sent_twice_is_answered_once(sender):
    form = {"form_key": str(uuid4()), "subject": "Kính gửi"}

    first, second = sender.post("/viet/", form), sender.post("/viet/", form)

    assert (first.url, second.url) == (first.url, first.url)
    assert Mail.objects.count() == 1


def test_the_same_key_with_other_text_is_refused(sender):
    key = str(uuid4())
    sender.post("/viet/", {"form_key": key, "subject": "một"})

    again = sender.post("/viet/", {"form_key": key, "subject": "hai"})

    assert again.status_code == 409
    assert Mail.objects.count() == 1


def test_nothing_secret_is_remembered_not_even_as_a_digest(sender):
    """Of two answers the digest would soon be guessed: it must not depend on them."""
    form = {"form_key": str(uuid4()), "subject": "một"}
    sender.post("/viet/", {**form, "secret-choice": "đồng ý"})

    again = sender.post("/viet/", {**form, "secret-choice": "không đồng ý"})

    assert (again.status_code, Mail.objects.count()) == (302, 1)


@pytest.mark.parametrize(("subject", "status"), [("sai", 422), ("từ chối", 409)])
def test_a_refused_form_may_be_sent_again_and_leaves_nothing(sender, subject, status):
    key = str(uuid4())
    refused = sender.post("/viet/", {"form_key": key, "subject": subject})

    corrected = sender.post("/viet/", {"form_key": key, "subject": "đúng"})

    assert (refused.status_code, corrected.status_code) == (status, 302)
    assert Mail.objects.count() == 1


def test_a_look_ahead_may_be_repeated(sender):
    form = {"form_key": str(uuid4()), "subject": "xem trước"}

    first, second = sender.post("/viet/", form), sender.post("/viet/", form)

    assert (first.content, second.content) == (first.content, first.content)


@pytest.mark.parametrize("key", [None, "", "khong-phai-khoa"])
def test_a_form_without_its_key_is_refused(sender, key):
    answer = sender.post("/viet/", {"subject": "một"} | ({"form_key": key} if key else {}))

    assert answer.status_code == 409
    assert Mail.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_many_presses_at_once_make_one_answer():
    user, form = UserFactory(), {"form_key": str(uuid4()), "subject": "Kính gửi"}
    answers = []

    def press():
        client = Client()
        client.force_login(user)
        answers.append(client.post("/viet/", form))
        connections.close_all()

    if connection.vendor == "sqlite":
        press()
        press()
    else:
        threads = [threading.Thread(target=press) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert {answer.url for answer in answers} == {f"/thu/{Mail.objects.get().pk}/"}
