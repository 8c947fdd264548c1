"""The five figures of Tổng quan, at any viewpoint, in one statement.

Each is the length of a queryset, and the list it opens asks the same of the same rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, IntegerField, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from awards.datasets.reception import NOT_SENT, dossiers_then
from campaign.datasets.ledger_states import ON_TIME, OUTSTANDING, OWED, REQUIRED, SENT, overdue
from campaign.models import Campaign, PlanItem
from reports.datasets.dashboard.going import DONE, rows_of_the_plan, uncovered
from reports.datasets.dashboard.viewpoint import Viewpoint

Rows = QuerySet[Any]


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


def five(view: Viewpoint, reader: User) -> Five:
    return Five(**lengths(view.campaign, querysets(view, reader)))


def lengths(campaign: Campaign, wanted: Mapping[str, Rows]) -> dict[str, int]:
    """How many rows each of several querysets has, in one query."""
    names = {f"n_{n}": name for n, name in enumerate(wanted)}
    asked = {key: _length(wanted[name]) for key, name in names.items()}
    found = Campaign.objects.filter(pk=campaign.pk).annotate(**asked).values(*asked).get()
    return {name: found[key] for key, name in names.items()}


def _length(rows: Rows) -> Coalesce:
    all_of_them = rows.order_by().annotate(of_all=Value(1)).values("of_all")
    counted = all_of_them.annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
