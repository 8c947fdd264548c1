"""Thư đã gửi: which letters the portal owes, has sent, or could not send."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q

from accounts.job import Job
from accounts.models import Mail
from accounts.models import MailQuerySet as Letters
from lib import clock


@dataclass(frozen=True)
class OutboxFilters:
    """What was asked in the address; `states` empty asks for all."""

    states: tuple[str, ...] = ()
    search: str = ""
    first_day: date | None = None
    last_day: date | None = None


def among(filters: OutboxFilters) -> Letters:
    """By person, subject and day, before the state is asked."""
    rows = Mail.objects.all()
    if filters.search:
        rows = rows.filter(
            Q(subject__icontains=filters.search)
            | Q(to__full_name__icontains=filters.search)
            | Q(to__email__icontains=filters.search)
        )
    if filters.first_day:
        start = datetime.combine(filters.first_day, time.min, clock.LOCAL)
        rows = rows.filter(asked_at__gte=start)
    if filters.last_day:
        rows = rows.filter(asked_at__lt=clock.closes_at(filters.last_day))
    return rows


def select(filters: OutboxFilters) -> Letters:
    """Newest first."""
    rows = among(filters)
    if filters.states:
        rows = rows.filter(state__in=filters.states)
    return rows.select_related("to").defer("body").order_by("-asked_at", "-pk")


def counts(filters: OutboxFilters) -> Mapping[str, int]:
    """How many letters are in each state of a job, in one query."""
    found: Mapping[str, int] = among(filters).aggregate(
        **{state.value: Count("pk", filter=Q(state=state)) for state in Job.State}
    )
    return found
