import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from accounts.models import Mail
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "Hoa-mai-vang-2024"


@pytest.fixture(autouse=True)
def _nobody_failed_before():
    cache.clear()


@pytest.fixture
def person():
    user = UserFactory(username="can.bo.thu", email="can.bo.thu@example.vn")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, login, password, address="10.0.0.7"):
    return client.post(
        reverse("account_login"), {"login": login, "password": password}, REMOTE_ADDR=address
    )


@pytest.mark.parametrize("login", ["can.bo.thu", "can.bo.thu@example.vn"])
def test_a_person_signs_in_by_user_name_or_address(client, person, login):
    response = sign_in(client, login, PASSWORD)

    assert (response.status_code, response.url) == (302, "/")
    assert client.session["_auth_user_id"] == str(person.pk)


def test_nobody_makes_an_account_alone(client):
    response = client.get("/tai-khoan/signup/")

    assert response.status_code == 404


def test_ten_failures_close_the_door_for_that_address_only(client, person):
    for _ in range(10):
        sign_in(client, person.username, "sai")

    from_there = sign_in(client, person.username, PASSWORD)
    from_elsewhere = sign_in(client, person.username, PASSWORD, address="10.0.0.8")

    assert (from_there.status_code, from_elsewhere.status_code) == (200, 302)


def test_a_forgotten_password_is_answered_by_a_letter_whose_link_works(client, person):
    answer = client.post(reverse("account_reset_password"), {"email": person.email})
    letter = Mail.objects.get()
    link = re.search(r"http://testserver(\S+)", letter.body)[1]
    page = client.get(link, follow=True)
    done = client.post(
        page.redirect_chain[-1][0],
        {"password1": "Dong-song-Vam-Co", "password2": "Dong-song-Vam-Co"},
    )

    assert (answer.status_code, answer.url) == (302, reverse("account_reset_password_done"))
    assert letter.to == person
    assert done.url == reverse("account_reset_password_from_key_done")
    person.refresh_from_db()
    assert person.check_password("Dong-song-Vam-Co")


def test_an_unknown_address_gets_the_same_answer_and_no_letter(client):
    answer = client.post(reverse("account_reset_password"), {"email": "ai.do@example.vn"})

    assert (answer.status_code, answer.url) == (302, reverse("account_reset_password_done"))
    assert Mail.objects.count() == 0


def test_the_admin_has_no_door_of_its_own(client, person):
    stranger = client.get("/quan-tri/login/")
    client.force_login(person)
    officer = client.get("/quan-tri/login/")

    assert stranger.url.split("?")[0] == reverse("account_login")
    assert officer.status_code == 403
