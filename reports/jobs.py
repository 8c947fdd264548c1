"""What the clock starts for the reports: drafts when a period closes, and jobs whose message or
worker was lost."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import Q

from campaign.models import ReportingPeriod
from lib import clock
from reports.actions.weekly import send_weekly
from reports.models import Printing, Report
from reports.tasks import build_report, print_paper

# A report takes some seconds, and one sweep has two minutes.
BATCH = 5
# A period that closed before that is history: nobody waits for a draft of it.
RECENT = timedelta(days=7)


def sweep_reports(*, at: datetime) -> int:
    """Build every report, and make the files of every paper, that waits or was left by a worker
    that is gone."""
    ask_for_drafts(at=at)
    reports = Report.objects.claimable(at=at).values_list("pk", flat=True)[:BATCH]
    printings = Printing.objects.claimable(at=at).values_list("pk", flat=True)[:BATCH]
    waiting: list[Callable[[], None]] = [
        *(partial(build_report, report_id=pk) for pk in reports),
        *(partial(print_paper, printing_id=pk) for pk in printings),
    ]
    failures = []
    for act in waiting:
        try:
            act()
        except Exception as problem:  # noqa: BLE001 - noted on the row; the others do not wait
            failures.append(problem)
    if failures:
        raise ExceptionGroup("reports were not built", failures)
    return len(waiting)


def sweep_weekly(*, at: datetime) -> int:
    """Write the letters of the week with Tổng quan, once to each who wants it."""
    return send_weekly(at=at)


def ask_for_drafts(*, at: datetime) -> int:
    """One draft for each period that has just closed, however often the clock asks."""
    return sum(_ask_once(period, at=at) for period in _just_closed(at))


def _just_closed(at: datetime) -> list[ReportingPeriod]:
    """Locked by the board, or past the due day, within the last days, and without a draft."""
    today = clock.local_day(at)
    drafted = Report.objects.filter(on_schedule=True).values("period")
    closed = Q(status=ReportingPeriod.Status.LOCKED) | Q(due_date__lt=today)
    recent = ReportingPeriod.objects.begun().filter(due_date__gte=today - RECENT)
    found = recent.filter(closed).exclude(pk__in=drafted).select_related("campaign")
    return list(found.in_order())


def _ask_once(period: ReportingPeriod, *, at: datetime) -> bool:
    """Cut off at the end of the due day; where the board locked it earlier, now."""
    as_of = min(clock.closes_at(period.due_date) - timedelta(microseconds=1), at)
    try:
        with transaction.atomic():
            Report.objects.ask(
                period.campaign, as_of=as_of, by=None, at=at, period=period, on_schedule=True
            )
    except IntegrityError:
        return False  # another clock was faster
    return True
