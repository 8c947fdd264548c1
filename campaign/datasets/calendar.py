"""What stands in a person's calendar: anniversaries, due days, windows, activities, visits.

The page and the feed ask the same function, so the feed never says more than the page.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import User
from campaign.models import Activity, BlockStep, Campaign, Obligation, PlanItem, Visit
from campaign.models.block_step import OF_BOARD
from lib import clock
from lib.vietnamese import short_date
from units.permissions import Role, sees_province, standing

_YEARS_FIRST = re.compile(r"\d+\s+năm\s+(.+)", re.DOTALL)
_ORIGIN = re.compile(r"(\d{4}-\d{2}-\d{2})(?:/|$)")
ALL_OWED: dict[str, str] = {
    Obligation.Kind.SUB_PLAN: "Hạn gửi Kế hoạch triển khai",
    Obligation.Kind.FOLLOW_UP: "Hạn khắc phục sau kiểm tra",
}


@dataclass(frozen=True)
class Kind:
    """A sort of entry: its word, and how it is marked on the page."""

    code: str
    label: str
    icon: str
    tone: str


ANNIVERSARY = Kind("ky-niem", "Ngày kỷ niệm", "bi-star", "gold")
DUE = Kind("han", "Hạn gửi", "bi-hourglass-split", "amber")
MET = Kind("da-gui", "Đã gửi", "bi-check2", "green")
OVERDUE = Kind("qua-han", "Quá hạn", "bi-exclamation-triangle", "red")
WINDOW = Kind("mo-nhan", "Mở nhận báo cáo", "bi-inbox", "blue")
ACTIVITY = Kind("hoat-dong", "Hoạt động", "bi-flag", "grey")
VISIT = Kind("kiem-tra", "Kiểm tra", "bi-clipboard-check", "blue")
KINDS = (ANNIVERSARY, DUE, OVERDUE, MET, WINDOW, VISIT, ACTIVITY)


@dataclass(frozen=True)
class Entry:
    """Something on a day, or from a day to another. `key` names it for as long as it exists."""

    key: str
    kind: Kind
    title: str
    first: date
    last: date
    note: str = ""
    url: str = ""

    @property
    def is_long(self) -> bool:
        return self.first != self.last


@dataclass(frozen=True)
class Mention:
    """An entry on one day of a month: the whole of it, its beginning or its end."""

    entry: Entry
    note: str


@dataclass(frozen=True)
class Day:
    day: date
    holiday: str
    is_working: bool
    is_today: bool
    is_made_up: bool
    mentions: tuple[Mention, ...]

    @property
    def is_empty(self) -> bool:
        return not self.mentions and not self.holiday and not self.is_made_up


@dataclass(frozen=True)
class Month:
    first: date
    days: tuple[Day, ...]
    running: tuple[Entry, ...]
    """What goes on all month, neither beginning nor ending in it."""

    @property
    def column(self) -> int:
        """Where the first day stands in its week, Monday being 1."""
        return self.first.isoweekday()

    @property
    def working_days(self) -> int:
        return sum(day.is_working for day in self.days)

    @property
    def has_entries(self) -> bool:
        return bool(self.running) or any(day.mentions for day in self.days)


def month_of(user: User, campaign: Campaign, first: date, *, at: datetime) -> Month:
    """`first` is the first day of the month."""
    last = last_of_month(first)
    entries = entries_between(user, campaign, first, last, at=at)
    today = clock.local_day(at)
    days = tuple(
        _day(first + timedelta(days=n), entries, today) for n in range((last - first).days + 1)
    )
    running = tuple(one for one in entries if one.first < first and one.last > last)
    return Month(first, days, running)


def last_of_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _day(day: date, entries: Iterable[Entry], today: date) -> Day:
    return Day(
        day=day,
        holiday=clock.HOLIDAYS.get(day, ""),
        is_working=clock.is_working_day(day),
        is_today=day == today,
        is_made_up=day in clock.EXTRA_WORKING_DAYS,
        mentions=tuple(_mentions(day, entries)),
    )


def _mentions(day: date, entries: Iterable[Entry]) -> Iterator[Mention]:
    for entry in entries:
        if not entry.is_long and entry.first == day:
            yield Mention(entry, "")
        elif entry.first == day:
            yield Mention(entry, f"đến {short_date(entry.last)}")
        elif entry.last == day:
            yield Mention(entry, "ngày cuối")


# --- What there is --------------------------------------------------------------------------------


def entries_between(
    user: User, campaign: Campaign, first: date, last: date, *, at: datetime
) -> list[Entry]:
    """Everything the person may see of the campaign that touches these days, in their order."""
    found = [
        *_anniversaries(campaign, first, last),
        *_windows(campaign, first, last),
        *_own_obligations(user, campaign, first, last, at=at),
        *(_due_days(campaign, first, last) if sees_province(user) else ()),
        *_steps(user, first, last, at=at),
        *_visits(user, campaign, first, last),
        *_activities(user, campaign, first, last),
    ]
    rank = {kind: place for place, kind in enumerate(KINDS)}
    return sorted(found, key=lambda one: (one.first, rank[one.kind], one.title, one.key))


def _anniversaries(campaign: Campaign, first: date, last: date) -> Iterator[Entry]:
    """On their day in each year of the campaign, also before the plan came, with the years since."""
    for item in campaign.items.filter(kind=PlanItem.Kind.ANNIVERSARY).in_order():
        origin = _origin(item.dates)
        if origin is None:
            continue
        for year in range(campaign.starts_on.year, campaign.ends_on.year + 1):
            day = _in_year(origin, year)
            if first <= day <= last:
                named = _YEARS_FIRST.fullmatch(item.text)
                title = f"{year - origin.year} năm {named[1]}" if named else item.text
                url = reverse("campaign:plan-item", args=[campaign.code, item.code])
                yield Entry(f"ky-niem-{item.pk}-{year}", ANNIVERSARY, title, day, day, "", url)


def _origin(dates: str) -> date | None:
    found = _ORIGIN.match(dates)
    return date.fromisoformat(found[1]) if found else None


def _in_year(origin: date, year: int) -> date:
    try:
        return origin.replace(year=year)
    except ValueError:  # 29/2
        return origin.replace(year=year, day=28)


def _windows(campaign: Campaign, first: date, last: date) -> Iterator[Entry]:
    periods = campaign.periods.filter(opens_on__lte=last, due_date__gte=first).in_order()
    for period in periods:
        yield Entry(
            f"ky-{period.pk}", WINDOW, f"Mở nhận Báo cáo {period.name}", period.opens_on,
            period.due_date, f"Số liệu {period.window}", period.get_absolute_url(),
        )  # fmt: skip


def _own_obligations(
    user: User, campaign: Campaign, first: date, last: date, *, at: datetime
) -> Iterator[Entry]:
    """What the person's units owe, with how it stands."""
    units = standing(user).units(Role.OFFICER, Role.HEAD)
    owed = (
        Obligation.objects.visible_to(user)
        .filter(campaign=campaign, unit__in=units)
        .owed()
        .annotate(due=Coalesce("extended_to", "due_date"))
        .filter(due__range=(first, last))
        .select_related("unit", "period", "finding")
    )
    several = len(units) > 1
    for row in owed:
        kind = MET if row.met_at else OVERDUE if row.is_overdue(at=at) else DUE
        note = str(row.unit) if several else ""
        yield Entry(
            f"nghia-vu-{row.pk}", kind, f"Hạn: {row.title}", row.effective_due_date,
            row.effective_due_date, note, _address(row),
        )  # fmt: skip


def _steps(user: User, first: date, last: date, *, at: datetime) -> Iterator[Entry]:
    """The steps of the blocks' years: those a person answers for, and for the province each step
    and day with how many blocks or units are not done."""
    between = (
        Obligation.objects.filter(step__isnull=False)
        .owed()
        .annotate(due=Coalesce("extended_to", "due_date"))
        .filter(due__range=(first, last))
    )
    is_province = sees_province(user)
    own = between.to_be_done_by(user).exclude(step__kind__in=OF_BOARD)
    for row in own.select_related("unit", "step__block"):
        kind = MET if row.met_at else OVERDUE if row.is_overdue(at=at) else DUE
        yield Entry(
            f"nghia-vu-{row.pk}", kind, f"Hạn: {row.title}", row.effective_due_date,
            row.effective_due_date, str(row.unit), _address(row),
        )  # fmt: skip
    counted = between.values("step__kind", "due").annotate(
        count=Count("pk"), open=Count("pk", filter=Q(met_at=None))
    )
    for found in counted.order_by("due", "step__kind") if is_province else ():
        step, due, missing = found["step__kind"], found["due"], found["open"]
        title = f"Hạn của các khối: {BlockStep.Kind(step).label}"
        note = f"{missing}/{found['count']} chưa xong" if missing else f"{found['count']} đã xong"
        yield Entry(
            f"moc-{step}-{due:%Y%m%d}", DUE if missing else MET, title, due, due, note
        )  # fmt: skip


def _address(owed: Obligation) -> str:
    name = "follow-up" if owed.kind == Obligation.Kind.FOLLOW_UP else "obligation"
    return reverse(f"campaign:{name}", args=[owed.pk])


def _due_days(campaign: Campaign, first: date, last: date) -> Iterator[Entry]:
    """The campaign's due days, one entry for each thing and day, with how many have not sent."""
    owed = (
        Obligation.objects.filter(campaign=campaign)
        .owed()
        .annotate(due=Coalesce("extended_to", "due_date"))
        .filter(due__range=(first, last))
        .values("kind", "period", "period__name", "due", "extended_to")
        .annotate(count=Count("pk"), open=Count("pk", filter=Q(met_at=None)))
        .order_by("due", "kind", "period")
    )

    def matter(row: Any) -> tuple[date, str, int | None]:
        return row["due"], row["kind"], row["period"]

    for (due, kind, period), rows in groupby(owed, key=matter):
        same = list(rows)
        count, missing = sum(row["count"] for row in same), sum(row["open"] for row in same)
        is_extension = all(row["extended_to"] for row in same)
        what = ALL_OWED.get(kind) or f"Hạn gửi Báo cáo {same[0]['period__name']}"
        title = f"{what} (gia hạn)" if is_extension else what
        yield Entry(
            f"han-{kind}-{period or 0}-{due:%Y%m%d}", DUE if missing else MET, title, due, due,
            f"{missing}/{count} chưa gửi" if missing else f"{count} đã gửi đủ",
            _where(kind, period),
        )  # fmt: skip


def _where(kind: str, period: int | None) -> str:
    if kind == Obligation.Kind.FOLLOW_UP:
        return reverse("campaign:follow-ups")
    return reverse("campaign:period", args=[period]) if period else reverse("campaign:sub-plans")


def _visits(user: User, campaign: Campaign, first: date, last: date) -> Iterator[Entry]:
    seen = Visit.objects.visible_to(user).filter(round__campaign=campaign, day__range=(first, last))
    for visit in seen.standing_in_the_plan().select_related("unit").in_order():
        yield Entry(
            f"kiem-tra-{visit.pk}", VISIT, str(visit), visit.day, visit.day, visit.place,
            visit.get_absolute_url(),
        )  # fmt: skip


def _activities(user: User, campaign: Campaign, first: date, last: date) -> Iterator[Entry]:
    """Those the person's units lead or take part in, from their first day to their last."""
    units = standing(user).units(Role.OFFICER, Role.HEAD)
    if not units:
        return
    seen = (
        Activity.objects.visible_to(user)
        .filter(Q(lead_unit__in=units) | Q(participations__unit__in=units), campaign=campaign)
        .filter(starts_on__lte=last, ends_on__gte=first)
        .alive()
        .counting()
        .distinct()
    )
    for activity in seen.order_by("starts_on", "pk"):
        # Both are days, or the row was not found above.
        begins, ends = activity.starts_on or first, activity.ends_on or last
        yield Entry(
            f"hoat-dong-{activity.pk}", ACTIVITY, activity.title, begins, max(begins, ends),
            activity.place, activity.get_absolute_url(),
        )  # fmt: skip
