"""What the ledger knows of units, for the criteria the portal scores by itself.

Every kind of obligation is read the same way, so a kind the ledger learns later counts at once.
The steps of the block's own year are no campaign's, and no criterion scores them.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from campaign.models import Obligation
from scoring.formula import Facts, Submission, SubmissionState
from units.models import Unit

State = SubmissionState


def ledger_facts(
    units: Iterable[Unit], *, year: int, at: datetime
) -> dict[int, tuple[Submission, ...]]:
    """What each unit owed in the campaigns of a year, by unit; one query for all of them."""
    rows = Obligation.objects.filter(
        unit__in=[unit.pk for unit in units], campaign__starts_on__year=year
    ).order_by("due_date", "pk")
    found: defaultdict[int, list[Submission]] = defaultdict(list)
    for owed in rows:
        found[owed.unit_id].append(submission(owed, at=at))
    return {unit: tuple(owed) for unit, owed in found.items()}


def facts_of(unit: Unit, *, year: int, at: datetime) -> Facts:
    return Facts(ledger_facts([unit], year=year, at=at).get(unit.pk, ()))


def submission(owed: Obligation, *, at: datetime) -> Submission:
    label = owed.get_kind_display()
    return Submission(owed.kind, label, _state(owed, at), owed.working_days_late)


def _state(owed: Obligation, at: datetime) -> SubmissionState:
    if not owed.is_owed:
        return State.EXEMPT
    if owed.met_at is not None:
        return State.LATE if owed.is_late else State.ON_TIME
    return State.MISSING if owed.is_overdue(at=at) else State.PENDING
