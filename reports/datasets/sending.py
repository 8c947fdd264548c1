"""How what was owed stood at a moment: due day, first submission, verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

from campaign.models import Extension, Obligation
from campaign.models.submission import Submission
from lib import clock

# What says where a figure comes from: which version, received when, decided when.
SOURCE_FIELDS = ("unit_id", "submitted_at", "decided_at", "status", "receipt_code")

ON_TIME, LATE, WITHIN, OVERDUE, EXEMPT = "on_time", "late", "within", "overdue", "exempt"

S = TypeVar("S", bound=Submission)


@dataclass(frozen=True)
class Owed(Generic[S]):
    """One obligation with what was known of it at the cut-off."""

    obligation: Obligation
    due: date
    met_at: datetime | None
    sent: S | None

    def verdict(self, as_of: datetime) -> str:
        if not self.obligation.is_owed:
            return EXEMPT
        closes = clock.closes_at(self.due)
        if self.met_at:
            return ON_TIME if self.met_at < closes else LATE
        return WITHIN if as_of < closes else OVERDUE

    @property
    def days_late(self) -> int:
        return clock.days_late(self.due, self.met_at) if self.met_at else 0


def source(sent: Submission | None, as_of: datetime) -> dict[str, Any]:
    """The version that counted, as a report keeps it; what was decided later is not said."""
    if sent is None:
        return {"pk": 0, "received_at": "", "receipt": "", "accepted_at": ""}
    is_decided = sent.decided_at is not None and sent.decided_at <= as_of
    is_accepted = is_decided and sent.status == Submission.Status.ACCEPTED
    return {
        "pk": sent.pk,
        "received_at": _moment(sent.submitted_at),
        "receipt": sent.receipt_code or "",
        "accepted_at": _moment(sent.decided_at) if is_accepted else "",
    }


def _moment(at: datetime | None) -> str:
    return at.astimezone(clock.LOCAL).isoformat() if at else ""


def as_they_stood(
    obligations: QuerySet[Obligation],
    counted: Mapping[tuple[int | None, int], S],
    as_of: datetime,
) -> list[Owed[S]]:
    """Each with what counted of (period, unit) by then; in two queries."""
    extended = _extended(obligations.order_by().values("pk"), as_of)
    return [
        _as_it_stood(row, extended.get(row.pk, row.due_date), counted, as_of)
        for row in obligations.select_related("unit")
    ]


def _as_it_stood(
    row: Obligation, due: date, counted: Mapping[tuple[int | None, int], S], as_of: datetime
) -> Owed[S]:
    if row.met_at is None or row.met_at > as_of:
        return Owed(row, due, None, None)
    return Owed(row, due, row.met_at, counted.get((row.period_id, row.unit_id)))


def _extended(obligations: Any, as_of: datetime) -> dict[int, date]:
    """The due day each obligation had been moved to by the cut-off; a later one wins."""
    rows = Extension.objects.filter(obligation__in=obligations, at__lte=as_of)
    return dict(rows.order_by("at", "pk").values_list("obligation", "due_date"))
