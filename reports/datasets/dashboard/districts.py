"""The districts as tiles: about where they lie, no border drawn that we do not know."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from campaign.models import Obligation
from reports.datasets.dashboard.going import ALIVE, DONE, Going
from reports.datasets.dashboard.viewpoint import Viewpoint
from units.models import Unit

# Column and row of each of the nine of 2024, north on top; whoever comes after stands below.
PLACES: Mapping[str, tuple[int, int]] = {
    "HTB": (0, 0), "HTC": (1, 0),
    "HCT": (0, 1), "TPTN": (1, 1), "HDMC": (2, 1),
    "TXHT": (1, 2), "HBC": (0, 3), "HGD": (1, 3), "TXTB": (2, 3),
}  # fmt: skip
COLUMNS = 3


@dataclass(frozen=True)
class District:
    """One tile: where it stands, how its sub-plan stands, how its activities go."""

    owed: Obligation
    column: int
    row: int
    going: Going

    @property
    def unit(self) -> Unit:
        return self.owed.unit


def districts(view: Viewpoint) -> list[District]:
    """Those of the viewpoint's scope that owe a sub-plan, in one query."""
    alive, done = _going_of_a_unit(view)
    rows: Any = (
        view.obligations()
        .filter(unit__group=Unit.Group.DISTRICT)
        .annotate(alive=Coalesce(Subquery(alive), 0), done=Coalesce(Subquery(done), 0))
        .select_related("unit")
        .order_by("unit__sort_order")
    )
    found, below = [], 0
    first_free = max(row for _, row in PLACES.values()) + 1
    for owed in rows:
        place = PLACES.get(owed.unit.code)
        if place is None:
            place = (below % COLUMNS, first_free + below // COLUMNS)
            below += 1
        view.past.set_back(owed)
        found.append(District(owed, *place, Going(owed.alive, owed.done)))
    return found


def _going_of_a_unit(view: Viewpoint) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """Its activities, and those done, for an obligation outside."""
    if view.is_tallied:
        tally = view.unit_tallies().filter(unit=OuterRef("unit"))
        return tally.values(n=ALIVE), tally.values("done")
    own = view.activities().filter(lead_unit=OuterRef("unit")).order_by().values("lead_unit")
    return (
        own.annotate(n=Count("pk")).values("n"),
        own.annotate(n=Count("pk", filter=DONE)).values("n"),
    )
