"""In whose name a person acts on this request: one of the units where the person has a role now."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from accounts.acting import wished_unit
from accounts.models import User
from units.models import Membership, Unit
from units.permissions import standing


@dataclass(frozen=True)
class Acting:
    """A unit, and what the person is there."""

    unit: Unit
    roles: str
    role_codes: frozenset[str]


def actings_of(user: User, *, on: date) -> list[Acting]:
    """Every unit the person may act for, in protocol order."""
    rows = Membership.objects.valid(on=on).filter(user=user).select_related("unit")
    by_unit: dict[Unit, list[Membership]] = {}
    for row in rows.order_by("unit__sort_order", "pk"):
        by_unit.setdefault(row.unit, []).append(row)
    return [
        Acting(
            unit,
            ", ".join(dict.fromkeys(row.get_role_display() for row in held)),
            frozenset(row.role for row in held),
        )
        for unit, held in by_unit.items()
    ]


def choose(actings: list[Acting], wish: int | None) -> Acting | None:
    """The one wished for, else the first; a wish that is no longer a right counts for nothing."""
    for acting in actings:
        if acting.unit.pk == wish:
            return acting
    return actings[0] if actings else None


def acting_for(request: HttpRequest) -> Acting | None:
    """In whose name this request is made, or nothing for a person without a role."""
    user = request.user
    if not isinstance(user, User):
        return None
    return choose(actings_of(user, on=standing(user).on), wished_unit(request))
