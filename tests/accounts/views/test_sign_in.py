import pytest
from django.urls import reverse

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "sông Vàm Cỏ Đông 2024"


@pytest.fixture
def person():
    person = UserFactory(username="nhung", email="nhung@example.vn")
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.mark.parametrize("login", ["nhung", "nhung@example.vn"])
def test_a_person_signs_in_by_either_name(client, person, login):
    answer = client.post(reverse("account_login"), {"login": login, "password": PASSWORD})

    assert (answer.status_code, answer.url) == (302, "/")
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize(
    ("login", "sentence"),
    [
        ("nhung", "Tên đăng nhập hoặc mật khẩu chưa đúng."),
        ("nhung@example.vn", "Thư điện tử hoặc mật khẩu chưa đúng."),
    ],
)
def test_a_wrong_password_is_refused_in_vietnamese(client, person, login, sentence):
    answer = client.post(reverse("account_login"), {"login": login, "password": "sai"})

    assert answer.context["form"].non_field_errors() == [sentence]


def test_the_page_has_the_labels_people_know(client):
    form = client.get(reverse("account_login")).context["form"]

    labels = {name: field.label for name, field in form.fields.items()}
    assert labels == {"login": "Tên đăng nhập hoặc thư điện tử", "password": "Mật khẩu"}


def test_signing_out_by_link_asks_first(client, person):
    client.force_login(person)

    client.get(reverse("account_logout"))
    stayed = client.session["_auth_user_id"]
    client.post(reverse("account_logout"))

    assert (stayed, "_auth_user_id" in client.session) == (str(person.pk), False)
