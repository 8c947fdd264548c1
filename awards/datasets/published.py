"""What anybody may read of a decision: names, units, forms, reasons. No personal data reach here:
nothing of this file asks for a birth date, an identity number, a rank or money."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from awards.models import Decision


@dataclass(frozen=True)
class PublishedLine:
    order: int
    name: str
    unit: str
    form: str
    revoked_on: date | None


@dataclass(frozen=True)
class PublishedDecision:
    pk: int
    number: str
    decided_on: date
    subject: str
    lines: Sequence[PublishedLine] = ()


def published_decisions() -> list[PublishedDecision]:
    rows = Decision.objects.published().order_by("-decided_on", "-pk")
    return [_told(row) for row in rows]


def published_decision(pk: int) -> PublishedDecision | None:
    row = Decision.objects.published().filter(pk=pk).first()
    if row is None:
        return None
    lines = row.grants.in_order().values_list(
        "order", "name", "unit_name", "nomination__form__name", "revoked_on"
    )
    return _told(row, [PublishedLine(*line) for line in lines])


def _told(row: Decision, lines: Sequence[PublishedLine] = ()) -> PublishedDecision:
    day = row.decided_on or date.min
    return PublishedDecision(row.pk, row.number, day, row.subject, lines)
