"""What happened to a version, as far as a reader may know it."""

from django.db.models import QuerySet

from accounts.models import AuditEvent, User
from campaign.models import Submission
from units.permissions import belongs_to


def history_of(version: Submission, reader: User) -> QuerySet[AuditEvent]:
    """Newest first. What the unit did before it sent (what it took out, what its head gave back
    and why) stays in the unit; others read from the sending on."""
    events = AuditEvent.objects.about(version).select_related("by")
    if belongs_to(reader, version.unit):
        return events
    return events.filter(at__gte=version.submitted_at) if version.submitted_at else events.none()
