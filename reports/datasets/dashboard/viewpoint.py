"""Whose figures, and as they stood when: what every part of the dashboard is asked with.

The present is a viewpoint like any day before it: `by` is empty, and nothing has to be undone.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from campaign.datasets.past import PRESENT, History, Past, history
from campaign.models import Activity, Campaign, ItemTally, Obligation, PlannedActivity, UnitTally
from campaign.models.activity import ActivityQuerySet
from campaign.models.obligation import ObligationQuerySet
from lib import clock
from lib.vietnamese import moment, short_date
from reports.datasets.activities import registered
from reports.datasets.scope import PROVINCE, Scope
from reports.kinds import Level
from units.datasets import place_of


@dataclass(frozen=True)
class Viewpoint:
    """A campaign, or a part of it (`scope`), at a moment. `by` is set where that has passed."""

    campaign: Campaign
    at: datetime
    by: datetime | None = None
    scope: Scope = PROVINCE
    past: Past = field(default=PRESENT)
    history: History | None = None

    @property
    def day(self) -> date:
        return clock.local_day(self.at)

    @property
    def day_before(self) -> date:
        return self.day - timedelta(days=1)

    @property
    def told(self) -> str:
        """Of which moment the figures are, behind “Số liệu”."""
        if self.by is None:
            return f"lúc {moment(self.at)}"
        return f"như đã có đến hết ngày {short_date(self.day)}"

    @property
    def since(self) -> str:
        """The day that changes are counted from."""
        return "hôm qua" if self.by is None else "hôm trước"

    def obligations(self) -> ObligationQuerySet:
        """The sub-plans owed, as they stood."""
        owed = Obligation.objects.of_kind(Obligation.Kind.SUB_PLAN).filter(campaign=self.campaign)
        return self.past.standing(self._of_units(owed))

    def registered(self) -> QuerySet[PlannedActivity]:
        """What the newest version each unit had sent lists."""
        rows = self._of_units(registered(self.campaign, by=self.by), "sub_plan__unit")
        found: QuerySet[PlannedActivity] = self._under_item(rows)
        return found

    def activities(self) -> ActivityQuerySet:
        """The activities under way or done, each real event once, with `status_then`."""
        rows = self.past.activities(Activity.objects.filter(campaign=self.campaign))
        rows = rows.filter(Q(counts_then=True)).exclude(
            Q(status_then=Activity.Status.CANCELLED)
        )  # fmt: skip
        found: ActivityQuerySet = self._under_item(self._of_units(rows, "lead_unit"))
        return found

    @property
    def is_tallied(self) -> bool:
        """The tallies know the present, by unit and row of the plan."""
        return self.by is None and self.scope.level is not Level.ITEM

    def unit_tallies(self) -> QuerySet[UnitTally]:
        return self._of_units(UnitTally.objects.filter(campaign=self.campaign))  # type: ignore[no-any-return]

    def item_tallies(self) -> QuerySet[ItemTally]:
        return self._of_units(ItemTally.objects.filter(campaign=self.campaign))  # type: ignore[no-any-return]

    def placed(self, rows: Any, unit: str) -> Any:
        """Rows with the block of the year of a unit of theirs, in `block_id`; None without one."""
        return rows.annotate(
            in_year=place_of(unit, self.campaign.year), block_id=F("in_year__block")
        )

    def _of_units(self, rows: Any, path: str = "unit") -> Any:
        return self.scope.of_units(rows, path)

    def _under_item(self, rows: Any) -> Any:
        if self.scope.level is not Level.ITEM:
            return rows
        tied = rows.model.plan_items.through._base_manager.filter(
            planitem__in=self.scope.items().values("pk")
        )
        return rows.filter(pk__in=tied.values(rows.model._meta.model_name))


def viewpoint(
    campaign: Campaign, *, at: datetime, day: date | None = None, scope: Scope = PROVINCE
) -> Viewpoint:
    """The present, or the end of a day that is over."""
    by = clock.past_moment(day, at=at)
    if by is None:
        return Viewpoint(campaign, at, scope=scope)
    known = history()
    return Viewpoint(campaign, by, by, scope, known.at(by), known)


def day_before(view: Viewpoint) -> Viewpoint:
    """The same at the end of the day before: what “so với hôm trước” compares with."""
    by = clock.closes_at(view.day_before) - timedelta(microseconds=1)
    known = view.history or history()
    return Viewpoint(view.campaign, by, by, view.scope, known.at(by), known)
