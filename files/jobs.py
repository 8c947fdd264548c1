"""What the clock starts: forget files sent ahead of a form that never came, and read the words of
those whose message or worker was lost."""

from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import (
    CASCADE,
    Exists,
    ForeignObjectRel,
    OuterRef,
    ProtectedError,
    QuerySet,
)

from files import store
from files.checks import READABLE
from files.models import FileText, StagedFile, StoredFile
from files.tasks import read_texts

# One process reads so many in a second or two, and one sweep has two minutes for everybody.
BATCH: Final = 50
MOST_ASKED: Final = 500


def sweep_texts(*, at: datetime) -> int:
    """Read every content that waits; one kept before the portal read any is asked for now."""
    kinds = [kind.value for kind in READABLE]
    unasked = StoredFile.objects.filter(text=None, kind__in=kinds).order_by("pk")
    FileText.objects.bulk_create(
        (FileText(stored=stored, asked_at=at) for stored in unasked[:MOST_ASKED]),
        ignore_conflicts=True,
    )
    due = list(FileText.objects.claimable(at=at).values_list("pk", flat=True)[:BATCH])
    read_texts(due)
    return len(due)


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
    """Whoever refers to a content, on this floor or above, is found by the database's own keys;
    what goes with it, as the words in it, does not speak for it."""
    rows = StoredFile.objects.all()
    for field in StoredFile._meta.get_fields(include_hidden=True):
        if isinstance(field, ForeignObjectRel) and field.on_delete is not CASCADE:
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
