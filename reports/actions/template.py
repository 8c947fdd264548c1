"""What the board does with the fixed texts of reports: word a version after the newest."""

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Conflict
from reports.models import TextTemplate
from reports.permissions import may_word_templates

ANOTHER = "Mẫu lời văn này vừa được người khác sửa. Mời mở lại trang để xem bản mới nhất."


def word_template(
    kind: str, texts: dict[str, str], *, note: str, after: int, by: User, at: datetime
) -> TextTemplate:
    """The version after the one that was read; reports drawn up before keep theirs."""
    require(may_word_templates(by))
    if TextTemplate.objects.newest_version(kind) != after:
        raise Conflict(ANOTHER)
    fresh = TextTemplate.next_of(kind, texts, by=by, at=at)
    fresh.note = note
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
            AuditEvent.objects.record(
                fresh, "worded", by=by, at=at, label="Sửa mẫu lời văn", note=note
            )
    except IntegrityError:
        raise Conflict(ANOTHER) from None
    return fresh
