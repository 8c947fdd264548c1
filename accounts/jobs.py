"""What the clock starts on the ground floor: letters left behind, the audit chain, old keys."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from accounts.models import AuditEvent, AuditSeal, Mail, SentForm
from accounts.seal import FIRST, digest_of
from accounts.tasks import send_mail

BATCH = 200
KEEP_KEYS = timedelta(days=7)


def sweep_mail(*, at: datetime) -> int:
    """Send every letter that waits or was left by a worker that is gone."""
    due = list(Mail.objects.claimable(at=at).values_list("pk", flat=True)[:BATCH])
    for pk in due:
        send_mail(mail_id=pk)
    return len(due)


def sweep_keys(*, at: datetime) -> int:
    """Forget answered forms nobody can still send again."""
    return SentForm.objects.filter(at__lt=at - KEEP_KEYS).delete()[0]


def seal_audit(*, at: datetime) -> int:
    """Add every event that is not sealed yet to the chain, oldest first."""
    sealed = 0
    try:
        with transaction.atomic():
            last = AuditSeal.objects.order_by("-pk").first()
            head = last.digest if last else FIRST
            for event in AuditEvent.objects.filter(seal=None).order_by("pk")[: 10 * BATCH]:
                digest = digest_of(event, head)
                AuditSeal.objects.create(event=event, previous=head, digest=digest)
                head, sealed = digest, sealed + 1
    except IntegrityError:
        return 0  # another worker is sealing: the chain is in its hands
    return sealed
