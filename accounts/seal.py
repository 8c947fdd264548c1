"""The hash chain over the audit trail: how one link follows from the last."""

import hashlib
import json

from accounts.models import AuditEvent, AuditSeal

FIRST = "0" * 64


def digest_of(event: AuditEvent, previous: str) -> str:
    """SHA-256 over the previous digest and everything the event says."""
    said = [
        previous,
        event.pk,
        event.at.isoformat(),
        event.by_id,
        event.verb,
        event.label,
        event.subject_type,
        event.subject_id,
        event.note,
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def broken_seals() -> list[int]:
    """Ids of events whose seal no longer follows from what they say; empty when all is well."""
    broken, head = [], FIRST
    for seal in AuditSeal.objects.select_related("event").order_by("pk").iterator():
        if seal.previous != head or seal.digest != digest_of(seal.event, head):
            broken.append(seal.event_id)
        head = seal.digest
    return broken
