"""The day before, told from the present: what nobody touched since counts as it counts now.

So “so với hôm qua” costs what happened since yesterday, not what was ever sent.
"""

from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from accounts.past import touched_since
from campaign.models import Activity, PlanItem, PlannedActivity, SubPlan
from campaign.models.plan import PlanItemQuerySet
from reports.datasets.dashboard.going import ALIVE, DONE, rows_of_the_plan
from reports.datasets.dashboard.viewpoint import Viewpoint

Rows = QuerySet[Any]
# By what the trail says that an activity counts otherwise than before.
VERBS = (*Activity.Status.values, "folded", "unfolded")


def length(rows: Rows) -> Combinable:
    """How many there are, as part of a statement."""
    all_of_them = rows.order_by().annotate(of_all=Value(1)).values("of_all")
    return _number(all_of_them.annotate(n=Count("pk")))


def activities_now(view: Viewpoint) -> dict[str, Combinable]:
    """Activities alive and done, from the tallies."""
    rows = view.unit_tallies().order_by().values("campaign")
    return {
        "alive": _number(rows.annotate(n=Sum(ALIVE))),
        "done": _number(rows.annotate(n=Sum("done"))),
    }


def activities_before(view: Viewpoint, then: Viewpoint) -> dict[str, Combinable]:
    """The same at an earlier viewpoint: those touched since are taken out, and counted as they
    stood."""
    keys = _touched(then)
    now = view.activities().filter(pk__in=keys)
    past = then.activities().filter(pk__in=keys)
    known = activities_now(view)
    return {
        "alive": known["alive"] - length(now) + length(past),
        "done": known["done"] - length(now.filter(DONE)) + length(past.filter(DONE)),
    }


def _touched(then: Viewpoint) -> Rows:
    """The keys of the activities that were added or have moved since."""
    added = Activity.objects.filter(campaign=then.campaign, added_at__gt=then.at)
    moved = touched_since(Activity, VERBS, then.at)
    return added.order_by().values("pk").union(moved.order_by())


def uncovered_before(view: Viewpoint, then: Viewpoint) -> PlanItemQuerySet:
    """Duties under which nothing was registered: of units that have sent since, their version of
    then is asked; of the others, the tallies."""
    since = SubPlan.objects.filter(campaign=view.campaign, submitted_at__gt=then.at).values("unit")
    covered = view.item_tallies().filter(item=OuterRef("pk"), registered__gt=0)
    tied = PlannedActivity.plan_items.through._base_manager.filter(
        plannedactivity__in=then.registered().filter(sub_plan__unit__in=since).values("pk")
    )
    duties = rows_of_the_plan(view, PlanItem.Kind.ASSIGNMENT_BULLET)
    left = duties.filter(~Exists(covered.exclude(unit__in=since)))
    return left.exclude(pk__in=tied.values("planitem"))


def _number(rows: Rows) -> Combinable:
    return Coalesce(Subquery(rows.values("n"), output_field=IntegerField()), Value(0))
