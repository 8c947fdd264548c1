"""One activity with everything behind it: what was registered, who answers, what was reported."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from accounts.models import AuditEvent, User
from campaign.datasets.edition import shown
from campaign.difference import FieldChange
from campaign.models import (
    Activity,
    Figure,
    Participation,
    PlannedActivity,
    ProgressReport,
    ReportingPeriod,
)
from lib.vietnamese import fold
from units.permissions import writes_for

SHOWN_EVENTS = 50
MOST_ALIKE = 5


@dataclass(frozen=True)
class Answer:
    """A unit beside the lead; `is_mine` where the reader answers for it."""

    participation: Participation
    is_mine: bool


@dataclass(frozen=True)
class PeriodFigures:
    period: ReportingPeriod
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class FollowedPage:
    activity: Activity
    changes: tuple[FieldChange, ...]
    answers: tuple[Answer, ...]
    periods: tuple[PeriodFigures, ...]
    folded: tuple[Activity, ...]
    alike: tuple[Activity, ...]
    events: tuple[AuditEvent, ...]


def followed_page(activity: Activity, *, reader: User) -> FollowedPage:
    rows = activity.participations.select_related("unit", "by")
    answers = rows.order_by("unit__sort_order", "pk")
    return FollowedPage(
        activity=activity,
        changes=tuple(changes_since_registration(activity)),
        answers=tuple(Answer(row, writes_for(reader, row.unit)) for row in answers),
        periods=tuple(_periods(activity)),
        folded=tuple(activity.folded.select_related("lead_unit").order_by("pk")),
        alike=tuple(alike(activity)),
        events=tuple(AuditEvent.objects.about(activity).select_related("by")[:SHOWN_EVENTS]),
    )


def changes_since_registration(activity: Activity) -> Iterable[FieldChange]:
    """Where the activity reads otherwise than the version that registered it."""
    registered = activity.registration
    if registered is None:
        return
    for name in PlannedActivity.FACTS:
        old, new = (_said(row, name) for row in (registered, activity))
        if old != new:
            yield FieldChange(_label(name), old, new)
    lead = registered.lead_unit or activity.registered_by
    if lead != activity.lead_unit:
        yield FieldChange("Đơn vị chủ trì", lead.name, activity.lead_unit.name)
    codes = [
        ", ".join(item.code for item in row.plan_items.in_order()) for row in (registered, activity)
    ]
    if codes[0] != codes[1]:
        yield FieldChange("Mục của Kế hoạch", *codes)


def _said(row: PlannedActivity | Activity, name: str) -> str:
    return row.get_kind_display() if name == "kind" else shown(getattr(row, name))


def _label(name: str) -> str:
    return str(PlannedActivity._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _periods(activity: Activity) -> Iterable[PeriodFigures]:
    """The figures of the reports that count, a period a line; read only here."""
    rows = Figure.objects.filter(
        activity=activity,
        answer=Figure.Answer.VALUE,
        report__in=ProgressReport.objects.counted().filter(unit=activity.lead_unit),
    ).select_related("report__period", "indicator")
    by_period: dict[ReportingPeriod, list[Figure]] = {}
    for row in rows.order_by("report__period__data_to", "indicator__position", "pk"):
        by_period.setdefault(row.report.period, []).append(row)
    for period, figures in by_period.items():
        yield PeriodFigures(period, tuple(figures))


def alike(activity: Activity) -> list[Activity]:
    """Of other units, and perhaps the same event: the same title about the same days, or the
    same place on the same first day under a common row of the plan."""
    if activity.same_as_id is not None or activity.status == Activity.Status.CANCELLED:
        return []
    others = (
        Activity.objects.counting()
        .alive()
        .filter(campaign=activity.campaign_id)
        .exclude(lead_unit=activity.lead_unit_id)
        .select_related("lead_unit")
    )
    found = {row.pk: row for row in others.filter(_same_title(activity)).order_by("pk")}
    if activity.starts_on and activity.place:
        items = activity.plan_items.values("pk")
        there = others.filter(starts_on=activity.starts_on, plan_items__in=items).exclude(place="")
        place = fold(activity.place)
        found |= {row.pk: row for row in there.distinct() if fold(row.place) == place}
    return sorted(found.values(), key=lambda row: row.pk)[:MOST_ALIKE]


def _same_title(activity: Activity) -> Q:
    same = Q(title_key=activity.title_key)
    if activity.starts_on and activity.ends_on:
        near = timedelta(days=1)
        same &= Q(starts_on=None) | Q(ends_on=None) | Q(
            starts_on__lte=activity.ends_on + near, ends_on__gte=activity.starts_on - near
        )  # fmt: skip
    return same & ~Q(title_key="")
