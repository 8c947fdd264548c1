"""What the clock starts: forget files sent ahead of a form that never came."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, ForeignObjectRel, OuterRef, ProtectedError, QuerySet

from files import store
from files.models import StagedFile, StoredFile


def sweep_staged(*, at: datetime) -> int:
    """Delete expired staged files, and contents of which no record has spoken for two days."""
    swept = StagedFile.objects.expired(at).delete()[0]
    for stored in _unreferred().filter(created_at__lt=at - store.GRACE):
        swept += _forget(stored)
    if store.is_search_due():
        known = set(StoredFile.objects.values_list("sha256", flat=True))
        swept += sum(store.remove_old(sha256) for sha256 in store.find_orphans(known))
        swept += store.remove_old_incoming()
    return swept


def _unreferred() -> QuerySet[StoredFile]:
    """Whoever refers to a content, on this floor or above, is found by the database's own keys."""
    rows = StoredFile.objects.all()
    for field in StoredFile._meta.get_fields(include_hidden=True):
        if isinstance(field, ForeignObjectRel):
            referring = field.related_model._base_manager.filter(
                **{field.field.name: OuterRef("pk")}
            )
            rows = rows.exclude(Exists(referring))
    return rows


def _forget(stored: StoredFile) -> bool:
    try:
        with transaction.atomic():
            stored.delete()
    except (ProtectedError, IntegrityError):
        return False  # somebody referred to it just now
    return True
