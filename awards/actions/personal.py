"""The one door to personal data: whoever looks leaves a line in the audit trail."""

from datetime import datetime

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from awards.models import Candidate, PersonalData
from awards.permissions import may_read_personal_data


@transaction.atomic
def show_personal_data(candidate: Candidate, *, by: User, at: datetime) -> PersonalData | None:
    """None where nothing was given. The look is written down either way."""
    require(may_read_personal_data(by, candidate))
    AuditEvent.objects.record(candidate, "looked", by=by, at=at, label="Xem ngày sinh, số căn cước")
    return PersonalData.objects.visible_to(by).filter(candidate=candidate).first()
