"""The five figures of Tổng quan, at any viewpoint.

Each is the length of a queryset, and the list it opens asks the same of the same rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import Combinable

from accounts.models import User
from awards.datasets.reception import NOT_SENT, dossiers_then
from campaign.datasets.ledger import LedgerTotals, counts
from campaign.datasets.ledger_states import ON_TIME, OUTSTANDING, OWED, REQUIRED, SENT, overdue
from campaign.models import Campaign, PlanItem
from reports.datasets.dashboard.going import DONE, rows_of_the_plan, uncovered
from reports.datasets.dashboard.since import (
    activities_before,
    activities_now,
    length,
    uncovered_before,
)
from reports.datasets.dashboard.viewpoint import Viewpoint, day_before

Rows = QuerySet[Any]
# What the ledger of sub-plans tells, the rest is of activities and dossiers.
LEDGER = ("owed", "sent", "required", "required_on_time", "outstanding", "overdue", "exempt")


@dataclass(frozen=True)
class Five:
    """Rates are of those they are about: who must send; what was not cancelled."""

    owed: int
    sent: int
    required: int
    required_on_time: int
    outstanding: int
    overdue: int
    exempt: int
    alive: int
    done: int
    duties: int
    uncovered: int
    dossiers: int

    @property
    def on_time_rate(self) -> Decimal | None:
        return _share(self.required_on_time, self.required)

    @property
    def done_rate(self) -> Decimal | None:
        return _share(self.done, self.alive)


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / whole if whole else None


def querysets(view: Viewpoint, reader: User) -> dict[str, Rows]:
    owed, activities = view.obligations(), view.activities()
    dossiers = dossiers_then(reader, view.campaign, view.by)
    return {
        "owed": owed.filter(OWED),
        "sent": owed.filter(SENT),
        "required": owed.filter(REQUIRED),
        "required_on_time": owed.filter(REQUIRED & ON_TIME),
        "outstanding": owed.filter(OUTSTANDING),
        "overdue": owed.filter(overdue(view.at)),
        "exempt": owed.filter(~OWED),
        "alive": activities,
        "done": activities.filter(DONE),
        "duties": rows_of_the_plan(view, PlanItem.Kind.ASSIGNMENT_BULLET),
        "uncovered": uncovered(view),
        "dossiers": view.scope.of_units(dossiers.exclude(Q(status_then__in=NOT_SENT))),
    }


def numbers(view: Viewpoint, reader: User) -> dict[str, Rows | Combinable]:
    """How long each of them is, without reading what the tallies know; what is owed and sent
    comes from the ledger, which counts it all at once."""
    found: dict[str, Rows | Combinable] = dict(_unowed(view, reader))
    return {**found, **activities_now(view)} if view.is_tallied else found


def numbers_before(view: Viewpoint, then: Viewpoint, reader: User) -> dict[str, Rows | Combinable]:
    """The same on the day before (`then`)."""
    found: dict[str, Rows | Combinable] = dict(_unowed(then, reader))
    if not view.is_tallied:
        return found
    uncovered_then = uncovered_before(view, then)
    return {**found, **activities_before(view, then), "uncovered": uncovered_then}


def _unowed(view: Viewpoint, reader: User) -> dict[str, Rows]:
    return {name: rows for name, rows in querysets(view, reader).items() if name not in LEDGER}


def five(view: Viewpoint, reader: User, owed: LedgerTotals) -> Five:
    """`owed` is what the ledger says of the same viewpoint."""
    return put_together(owed, lengths(view.campaign, numbers(view, reader)))


def five_before(view: Viewpoint, reader: User) -> Five:
    then = day_before(view)
    found = lengths(view.campaign, numbers_before(view, then, reader))
    return put_together(totals_owed(then), found)


def totals_owed(view: Viewpoint) -> LedgerTotals:
    return LedgerTotals(**view.obligations().order_by().aggregate(**counts(view.at)))


def put_together(owed: LedgerTotals, found: Mapping[str, int]) -> Five:
    return Five(**{name: getattr(owed, name) for name in LEDGER}, **found)


def lengths(campaign: Campaign, wanted: Mapping[str, Rows | Combinable]) -> dict[str, int]:
    """How many rows each of several querysets has, in one query."""
    names = {f"n_{n}": name for n, name in enumerate(wanted)}
    asked = {
        key: length(rows) if isinstance(rows := wanted[name], QuerySet) else rows
        for key, name in names.items()
    }
    found = Campaign.objects.filter(pk=campaign.pk).annotate(**asked).values(*asked).get()
    return {name: found[key] for key, name in names.items()}
