"""Send a letter again that could not be sent."""

from datetime import datetime

from django.db import transaction

from accounts.handover import hand_over
from accounts.models import AuditEvent, Mail, User
from accounts.permissions import require
from accounts.tasks import send_mail
from accounts.workflow import Refused
from campaign.permissions import may_read_outbox


@transaction.atomic
def resend(mail: Mail, *, by: User, at: datetime) -> None:
    """Back to the queue with all its tries; the same letter, under the same message id."""
    require(may_read_outbox(by))
    if not Mail.objects.queue_again(mail.pk):
        raise Refused("Chỉ gửi lại được thư không gửi được; thư này đang chờ hoặc đã gửi.")
    AuditEvent.objects.record(mail, "queued_again", by=by, at=at, label="Gửi lại thư")
    hand_over(send_mail, mail_id=mail.pk)
