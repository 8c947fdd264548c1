from datetime import UTC, datetime
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.urls import reverse

from accounts.models import AuditEvent, Mail
from accounts.tasks import in_words
from tests.campaign.sending import questions, send
from tests.factories import (
    AdministratorFactory,
    LeadershipFactory,
    OfficerFactory,
    ReviewerFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

URL = reverse("campaign:outbox")
AT = datetime(2024, 3, 20, 23, 30, tzinfo=UTC)  # 06:30 of the 21st in Tây Ninh


def letter(subject="Nhắc việc", **facts):
    mail = Mail.objects.post(to=UserFactory(), subject=subject, body="Nội dung kín", at=AT)
    Mail.objects.filter(pk=mail.pk).update(**facts)
    return mail


@pytest.fixture
def reviewer(client):
    person = ReviewerFactory()
    client.force_login(person)
    return person


def shown(response):
    return response.context["list"].rows


def test_every_letter_is_listed_with_its_state_and_never_its_text(client, reviewer):
    waiting = letter()
    again = letter(next_try_at=AT, attempt=1, error="Máy chủ thư không trả lời kịp.")
    sent = letter(state="done", finished_at=AT)
    failed = letter(state="failed", error="Máy chủ thư không nhận địa chỉ này.", finished_at=AT)

    response = client.get(URL)
    page = response.content.decode()

    assert shown(response) == [failed, sent, again, waiting]
    assert [(one.label, one.count) for one in response.context["counts"][0].choices] == [
        ("Tất cả", 4), ("Chờ gửi", 2), ("Đã gửi", 1), ("Không gửi được", 1), ("Đã hủy", 0),
    ]  # fmt: skip
    assert "Máy chủ thư không nhận địa chỉ này." in page
    assert "Lần 1 chưa được: Máy chủ thư không trả lời kịp. Thử lại lúc 06:30" in page
    assert "Nội dung kín" not in page


def test_letters_are_found_by_state_person_subject_and_local_day(client, reviewer):
    found = letter("Quá hạn: Kế hoạch")
    letter(state="done", finished_at=AT)

    for asked in (
        {"tinh_trang": "cho-gui"},
        {"tim": "quá hạn"},
        {"tim": found.to.email},
        {"tim": found.to.full_name, "tu_ngay": "21/3/2024", "den_ngay": "21/3/2024"},
    ):
        assert shown(client.get(URL, asked)) == [found], asked
    assert shown(client.get(URL, {"den_ngay": "20/3/2024"})) == []
    assert client.get(URL, {"tu_ngay": "hôm qua"}).status_code == 422


def test_a_failed_letter_goes_back_to_the_queue_and_no_other(client):
    client.force_login(AdministratorFactory())
    failed, sent = (
        letter(state="failed", attempt=3, finished_at=AT),
        letter(state="done", finished_at=AT),
    )

    def press(mail):
        return send(client, reverse("campaign:outbox-resend", args=[mail.pk]))

    assert press(failed).url == URL
    failed.refresh_from_db()
    assert (failed.state, failed.attempt, failed.error) == ("queued", 0, "")
    assert AuditEvent.objects.about(failed).get().label == "Gửi lại thư"
    assert [press(failed).status_code, press(sent).status_code] == [409, 409]


def test_only_the_board_and_the_administrator_look_in(client):
    failed = letter(state="failed", finished_at=AT)
    for person in (OfficerFactory(), LeadershipFactory()):
        client.force_login(person)
        assert client.get(URL).status_code == 403
        answer = send(client, reverse("campaign:outbox-resend", args=[failed.pk]))
        assert answer.status_code == 403


def test_the_outbox_takes_a_fixed_number_of_queries(client, reviewer):
    letter()
    few = questions(client, URL)
    for _ in range(3):
        letter(state="failed", finished_at=AT)

    assert questions(client, URL) == few


def test_what_the_mail_server_said_is_put_into_words():
    assert in_words(SMTPRecipientsRefused({})) == "Máy chủ thư không nhận địa chỉ này."
    assert in_words(SMTPServerDisconnected()) == "Máy chủ thư từ chối thư này."
    assert in_words(ConnectionRefusedError()) == "Không nối được với máy chủ thư."
