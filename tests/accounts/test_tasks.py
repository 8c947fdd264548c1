from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core.mail.backends.base import BaseEmailBackend

from accounts.job import Job
from accounts.models import Mail
from accounts.tasks import send_mail
from lib import clock
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


class OutOfOrder(BaseEmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, email_messages):
        raise SMTPServerDisconnected("kết nối bị đóng")


@pytest.fixture
def letter():
    return Mail.objects.post(
        to=UserFactory(email="can-bo@don-vi.example"), subject="Đã nhận", body="…", at=clock.now()
    )


def test_a_letter_is_sent_once_and_its_text_is_not_kept(letter, mailoutbox):
    send_mail(mail_id=letter.pk)
    send_mail(mail_id=letter.pk)

    (sent,) = mailoutbox
    letter.refresh_from_db()
    assert (sent.to, sent.subject, sent.body) == (["can-bo@don-vi.example"], "Đã nhận", "…")
    assert str(letter.message_id) in sent.extra_headers["Message-ID"]
    assert (letter.state, letter.body) == (Job.State.DONE, "")


def test_a_letter_the_server_refuses_is_kept_and_tried_again(letter, settings):
    settings.EMAIL_BACKEND = f"{__name__}.OutOfOrder"
    send_mail(mail_id=letter.pk)

    letter.refresh_from_db()
    assert (letter.state, letter.body) == (Job.State.QUEUED, "…")
    assert letter.next_try_at > clock.now() + timedelta(minutes=4)
