"""What happened to a score sheet, as far as a reader may know it."""

from django.db.models import QuerySet

from accounts.models import AuditEvent, User
from scoring.models import ScoreSheet
from units.permissions import belongs_to

INSIDE = ("awaiting_head", "draft", "evidence_removed")


def history_of(sheet: ScoreSheet, reader: User) -> QuerySet[AuditEvent]:
    """Newest first. What the unit did before it sent, or before it sent again (what its head gave
    back and why, what was taken out), stays in the unit."""
    events = AuditEvent.objects.about(sheet).select_related("by")
    return events if belongs_to(reader, sheet.unit) else events.exclude(verb__in=INSIDE)
