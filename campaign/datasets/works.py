"""Works and tasks (công trình, phần việc): each real one once, registered or added later."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from campaign.models import Activity, Campaign, Participation, PlannedActivity, SubPlan
from lib import clock


@dataclass(frozen=True)
class Work:
    """One line of the list. `is_registered`: a sub-plan that counts promises it."""

    title: str
    lead: str
    lead_code: str
    participants: tuple[str, ...]
    place: str
    ends_on: date | None
    state: str
    done_on: date | None
    result: str
    is_registered: bool


def works_of(campaign: Campaign, *, by: datetime) -> list[Work]:
    """By lead in protocol order, in a fixed number of queries.

    What was finished after the moment is not finished yet; other states have no history and are
    taken as they are now.
    """
    listed = {row.key: row for row in _registered(campaign, by)}
    joined = _joined(campaign)
    alive = _followed(campaign, by)
    kept = [
        row for row in alive if row.same_as_id is None and (row.key in listed or _is_added(row))
    ]
    born = {row.key for row in alive}
    found = [
        (row.lead_unit.sort_order, _work(row, joined[row.pk], by, is_registered=row.key in listed))
        for row in kept
    ]
    found += [
        ((row.lead_unit or row.sub_plan.unit).sort_order, _promise(row))
        for key, row in listed.items()
        if key not in born
    ]
    return [work for _, work in sorted(found, key=lambda pair: (pair[0], pair[1].title))]


def _registered(campaign: Campaign, by: datetime) -> Iterable[PlannedActivity]:
    plans = SubPlan.objects.filter(campaign=campaign).counted(by=by)
    works = PlannedActivity.objects.filter(
        sub_plan__in=plans.values("pk"), kind=PlannedActivity.Kind.WORK
    )
    return works.select_related("lead_unit", "sub_plan__unit")


def _followed(campaign: Campaign, by: datetime) -> list[Activity]:
    rows = Activity.objects.works().filter(campaign=campaign, added_at__lte=by)
    return list(rows.select_related("lead_unit"))


def _is_added(row: Activity) -> bool:
    """During the campaign, beside the sub-plan; what a newer sub-plan dropped is not."""
    return row.registration_id is None and row.status != Activity.Status.CANCELLED


def _joined(campaign: Campaign) -> dict[int, list[str]]:
    rows = Participation.objects.filter(
        activity__campaign=campaign, state=Participation.State.CONFIRMED
    )
    joined: dict[int, list[str]] = defaultdict(list)
    for activity, name in rows.order_by("unit__sort_order").values_list("activity", "unit__name"):
        joined[activity].append(name)
    return joined


def _work(row: Activity, joined: list[str], by: datetime, *, is_registered: bool) -> Work:
    is_known = row.done_on is None or row.done_on <= clock.local_day(by)
    state = row.get_status_display() if is_known else Activity.Status.RUNNING.label
    return Work(
        title=row.title,
        lead=row.lead_unit.name,
        lead_code=row.lead_unit.code,
        participants=tuple(joined),
        place=row.place,
        ends_on=row.ends_on,
        state=state,
        done_on=row.done_on if is_known else None,
        result=row.result if is_known else "",
        is_registered=is_registered,
    )


def _promise(row: PlannedActivity) -> Work:
    """Registered, and not followed yet."""
    lead = row.lead_unit or row.sub_plan.unit
    return Work(
        title=row.title,
        lead=lead.name,
        lead_code=lead.code,
        participants=(),
        place=row.place,
        ends_on=row.ends_on,
        state=Activity.Status.PLANNED.label,
        done_on=None,
        result="",
        is_registered=True,
    )
