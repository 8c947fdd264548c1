"""The secret address of a person's calendar: made, told once, revoked (ADR 0011)."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from campaign.models import CalendarKey
from units.permissions import has_a_role

KEY_BYTES = 32  # 256 bits, written in 43 letters
NOTED_EVERY = timedelta(hours=1)


def digest_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def make_calendar_key(*, by: User, at: datetime) -> str:
    """The key itself is given back here and nowhere else; what is kept cannot be turned into it."""
    require(has_a_role(by))
    User.objects.select_for_update().get(pk=by.pk)
    if CalendarKey.objects.filter(user=by, revoked_at=None).exists():
        raise Refused("Ông/bà đã có địa chỉ lịch. Hãy thu hồi địa chỉ cũ rồi tạo địa chỉ mới.")
    key = secrets.token_urlsafe(KEY_BYTES)
    made = CalendarKey.objects.create(user=by, digest=digest_of(key), created_at=at)
    AuditEvent.objects.record(made, "created", by=by, at=at, label="Tạo địa chỉ lịch")
    return key


@transaction.atomic
def revoke_calendar_key(*, by: User, at: datetime) -> None:
    """At once: the next reading of the address finds nothing."""
    key = CalendarKey.objects.select_for_update().filter(user=by, revoked_at=None).first()
    if key is None:
        raise Refused("Không có địa chỉ lịch nào đang dùng.")
    key.revoked_at = at
    key.save(update_fields=["revoked_at"])
    AuditEvent.objects.record(key, "revoked", by=by, at=at, label="Thu hồi địa chỉ lịch")


def reader_of(key: str, *, at: datetime) -> User | None:
    """Whose calendar a key opens; nobody's where it was revoked or the person may read nothing.

    Found by digest in an index: how long it takes tells nothing about the key.
    """
    found = (
        CalendarKey.objects.filter(digest=digest_of(key), revoked_at=None, user__is_active=True)
        .select_related("user")
        .first()
    )
    if found is None or not has_a_role(found.user):
        return None
    if found.used_at is None or at - found.used_at >= NOTED_EVERY:
        # Calendars ask every few minutes; that somebody reads is worth a write now and then.
        CalendarKey.objects.filter(pk=found.pk).update(used_at=at)
    return found.user
