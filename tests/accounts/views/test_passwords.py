import re

import pytest
from django.urls import reverse

from accounts.models import Mail
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

OLD = "sông Vàm Cỏ Đông 2024"
NEW = "núi Bà Đen mây phủ 86"


@pytest.fixture
def person():
    person = UserFactory(username="nhung", email="nhung@example.vn")
    person.set_password(OLD)
    person.save()
    return person


def change(client, person, **typed):
    client.force_login(person)
    typed = {"oldpassword": OLD, "password1": NEW, "password2": NEW, **typed}
    return client.post(reverse("account_change_password"), typed)


def test_a_password_is_changed(client, person):
    change(client, person)

    person.refresh_from_db()
    assert person.check_password(NEW)


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"oldpassword": "sai"}, {"oldpassword": ["Mật khẩu hiện tại chưa đúng."]}),
        (
            {"password2": NEW + "!"},
            {"password2": ["Hai lần nhập mật khẩu mới không giống nhau."]},
        ),
        (
            {"password1": "Xq7!vụ", "password2": "Xq7!vụ"},
            {"password1": ["Mật khẩu quá ngắn: cần ít nhất 12 ký tự."]},
        ),
    ],
)
def test_a_change_is_refused_beside_its_field(client, person, typed, errors):
    answer = change(client, person, **typed)

    assert answer.context["form"].errors == errors
    person.refresh_from_db()
    assert person.check_password(OLD)


def test_a_forgotten_password_is_set_by_the_letter(client, person):
    client.post(reverse("account_reset_password"), {"email": person.email})
    letter = Mail.objects.get()
    address = re.search(r"http://testserver(\S+)", letter.body)[1]
    form = client.get(address, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})

    person.refresh_from_db()
    assert (letter.to, person.check_password(NEW)) == (person, True)


def test_a_used_address_says_so(client, person):
    answer = client.get(reverse("account_reset_password_from_key", args=["1", "set-password"]))

    assert "Đường dẫn không còn dùng được" in answer.content.decode()


def test_a_stranger_gets_the_same_answer_and_no_letter(client, person):
    known = client.post(reverse("account_reset_password"), {"email": person.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "la@example.vn"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert Mail.objects.count() == 1
