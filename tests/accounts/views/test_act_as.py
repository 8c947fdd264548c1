import uuid

import pytest
from django.urls import reverse

from accounts.acting import KEY
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_the_chosen_unit_is_remembered(client):
    client.force_login(UserFactory())

    answer = client.post(reverse("act-as"), {"unit": "7", "form_key": uuid.uuid4()})

    assert (answer.status_code, answer.url, client.session[KEY]) == (302, "/", 7)


def test_what_is_no_unit_is_forgotten(client):
    client.force_login(UserFactory())

    answer = client.post(reverse("act-as"), {"unit": "x", "form_key": uuid.uuid4()})

    assert (answer.status_code, KEY in client.session) == (302, False)


def test_a_link_cannot_choose(client):
    client.force_login(UserFactory())

    assert client.get(reverse("act-as"), {"unit": "7"}).status_code == 405
