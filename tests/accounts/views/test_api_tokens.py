"""Keys to the API: made and told once, taken back, seen by the administrator."""

from datetime import timedelta

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from accounts.actions.token import MOST, KeyRefused, digest_of, make_token, token_of
from accounts.models import ApiToken, AuditEvent
from lib import clock
from tests.campaign.sending import send
from tests.factories import AdministratorFactory, OfficerFactory

pytestmark = pytest.mark.django_db
URL = reverse("api-tokens")
GOOD = {"name": "  Bảng  theo dõi ", "scopes": ["don-vi:doc", "nghia-vu:doc"], "days": "365"}


@pytest.fixture
def person(client):
    user = OfficerFactory()
    client.force_login(user)
    return user


def test_a_key_is_told_once_and_kept_as_a_digest(client, person):
    page = send(client, URL, **GOOD)
    token, key = ApiToken.objects.get(), page.context["key"]

    assert (token.user, token.name, token.scopes) == (person, "Bảng theo dõi", GOOD["scopes"])
    assert (token.digest, token.beginning) == (digest_of(key), key[:10])
    assert key in page.content.decode()
    assert key not in client.get(URL).content.decode()
    assert token.expires_at <= token.created_at + timedelta(days=366)
    assert token_of(key, at=clock.now()) == token
    event = AuditEvent.objects.get(subject_type="accounts.ApiToken")
    assert (event.by, event.label) == (person, "Tạo khóa truy cập API")
    assert "đọc: Đơn vị và khối thi đua, Nghĩa vụ gửi và tình hình gửi" in event.note


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"name": ""}, "name", "Hãy đặt tên cho khóa."),
        ({"name": "x" * 81}, "name", "Tên khóa dài không quá 80 ký tự."),
        ({"scopes": []}, "scopes", "Hãy chọn ít nhất một mục."),
        ({"scopes": ["tat-ca"]}, "scopes", "Không có mục “tat-ca”."),
        ({"days": "3650"}, "days", "Hãy chọn một thời hạn trong danh sách."),
    ],
)
def test_what_is_wrong_is_said_by_its_field(client, person, wrong, field, says):
    page = send(client, URL, **{**GOOD, **wrong})

    assert (page.status_code, page.context["form"].errors[field]) == (422, [says])
    assert not ApiToken.objects.exists()


def test_the_same_form_again_makes_no_second_key(client, person):
    send(client, URL, **GOOD)
    again = send(client, URL, **GOOD)

    assert again.status_code == 422
    assert "đã có khóa tên này" in again.context["form"].errors["name"][0]
    assert ApiToken.objects.count() == 1


def test_a_revoked_key_is_over_and_its_name_is_free(client, person):
    key = send(client, URL, **GOOD).context["key"]
    token = ApiToken.objects.get()
    answer = send(client, reverse("api-token-revoke", args=[token.pk]))

    assert (answer.status_code, answer.url) == (302, URL)
    with pytest.raises(KeyRefused, match="đã được thu hồi"):
        token_of(key, at=clock.now())
    assert send(client, reverse("api-token-revoke", args=[token.pk])).status_code == 409
    assert send(client, URL, **GOOD).status_code == 200
    assert [event.verb for event in AuditEvent.objects.about(token)] == ["revoked", "created"]


def test_another_s_key_is_not_there(client, person):
    theirs, _ = make_token(
        "Khác", ["don-vi:doc"], expires_at=clock.now() + timedelta(days=1),
        by=OfficerFactory(), at=clock.now(),
    )  # fmt: skip
    answer = send(client, reverse("api-token-revoke", args=[theirs.pk]))

    assert (answer.status_code, client.get(URL).context["open_tokens"].count()) == (404, 0)


def test_there_are_not_more_keys_than_anybody_watches(client, person):
    at = clock.now()
    for n in range(MOST):
        make_token(f"{n}", ["don-vi:doc"], expires_at=at + timedelta(days=1), by=person, at=at)

    assert send(client, URL, **GOOD).status_code == 409


def test_the_administrator_sees_who_has_keys_and_ends_them(client, person):
    at = clock.now()
    token, key = make_token(
        "Cũ", ["don-vi:doc"], expires_at=at + timedelta(days=1), by=person, at=at
    )
    administrator = AdministratorFactory()
    client.force_login(administrator)
    listing = reverse("admin:accounts_apitoken_changelist")
    page = client.get(listing).content.decode()
    client.post(listing, {"action": "revoke", ACTION_CHECKBOX_NAME: [token.pk]})
    token.refresh_from_db()

    assert person.full_name in page
    assert token.digest not in page
    assert token.revoked_by == administrator
    assert AuditEvent.objects.about(token).first().note == f"Khóa của {person}"
    with pytest.raises(KeyRefused):
        token_of(key, at=at)
