"""What happened to a version, as far as a reader may know it."""

from django.db.models import QuerySet

from accounts.models import AuditEvent, User
from campaign.models import SubPlan
from units.permissions import belongs_to


def history_of(sub_plan: SubPlan, reader: User) -> QuerySet[AuditEvent]:
    """Newest first. What the unit did before it sent (what it took out, what its head gave back
    and why) stays in the unit; others read from the sending on."""
    events = AuditEvent.objects.about(sub_plan).select_related("by")
    if belongs_to(reader, sub_plan.unit):
        return events
    return events.filter(at__gte=sub_plan.submitted_at) if sub_plan.submitted_at else events.none()
