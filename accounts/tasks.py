"""What a worker does for the ground floor: send one letter."""

import logging
from datetime import timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage

from accounts.models import Attachment, Mail
from lib import clock

log = logging.getLogger(__name__)


@shared_task(name="accounts.send_mail")
def send_mail(*, mail_id: int) -> None:
    """Send one letter; a refused one is tried again later, three times in all."""
    mail = Mail.objects.claim(mail_id, at=clock.now())
    if mail is None:
        return
    message = EmailMessage(
        subject=mail.subject,
        body=mail.body,
        to=[mail.to.email],
        headers={"Message-ID": f"<{mail.message_id}@{settings.MAIL_DOMAIN}>"},
    )
    attached = Attachment.objects.filter(mail=mail)
    for file in attached:
        message.attach(file.name, bytes(file.content), "application/pdf")
    try:
        message.send()
    except (OSError, SMTPException) as problem:
        log.warning("mail %s not sent: %s", mail.pk, problem)
        at = clock.now()
        mail.fail(in_words(problem), at=at, retry_at=at + timedelta(minutes=5 * mail.attempt))
    else:
        # The row keeps to whom, about what and when; the text may hold a link that opens an account.
        mail.finish(at=clock.now(), body="")
        attached.delete()


# In this order: the later are the more general.
WORDS: tuple[tuple[type[Exception], str], ...] = (
    (SMTPRecipientsRefused, "Máy chủ thư không nhận địa chỉ này."),
    (SMTPSenderRefused, "Máy chủ thư không nhận địa chỉ người gửi của Cổng."),
    (SMTPAuthenticationError, "Cổng không đăng nhập được vào máy chủ thư."),
    (SMTPException, "Máy chủ thư từ chối thư này."),
    (TimeoutError, "Máy chủ thư không trả lời kịp."),
    (OSError, "Không nối được với máy chủ thư."),
)


def in_words(problem: Exception) -> str:
    """What the outbox says; what the server said stands in the log."""
    return next(words for kind, words in WORDS if isinstance(problem, kind))
