"""Where the words of a certificate stand, kept for the next batch."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from awards.models import CertificateLayout, CertificateText
from awards.permissions import may_set_certificates

PLACES = ["x", "y", "width", "size", "align", "is_bold", "is_shown"]


@transaction.atomic
def save_layout(
    layout: CertificateLayout, texts: Sequence[CertificateText], *, by: User, at: datetime
) -> None:
    require(may_set_certificates(by))
    layout.save()
    for text in texts:
        CertificateText.objects.update_or_create(
            layout=layout,
            name=text.name,
            defaults={name: getattr(text, name) for name in PLACES},
        )
    AuditEvent.objects.record(layout, "laid_out", by=by, at=at, label="Chỉnh mẫu in bằng")
