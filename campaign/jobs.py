"""What the clock starts for a campaign: periods whose day has come, the reminders of the day,
documents whose message or worker was lost."""

import logging
from datetime import datetime, time

from accounts.workflow import Refused
from campaign.actions.period import open_period_by_clock
from campaign.actions.remind import send_scheduled
from campaign.models import PlanReading, ReminderRun, ReportingPeriod
from campaign.tasks import read_document
from lib import clock

log = logging.getLogger(__name__)

# By the clock in Tây Ninh: before offices open, so that the letter lies on top.
EARLIEST = time(6, 0)
# One sweep has two minutes, and a scan may take most of them.
BATCH = 1


def sweep_periods(*, at: datetime) -> int:
    """Open every reporting period whose day has come."""
    opened = 0
    for period in ReportingPeriod.objects.to_open(on=clock.local_day(at)).in_order():
        try:
            open_period_by_clock(period, at=at)
        except Refused as refused:
            log.warning("period %s stays closed: %s", period.pk, refused)
        else:
            opened += 1
    return opened


def sweep_readings(*, at: datetime) -> int:
    """Read every document that waits or was left by a worker that is gone."""
    due = list(PlanReading.objects.claimable(at=at).values_list("pk", flat=True)[:BATCH])
    for pk in due:
        read_document(reading_id=pk)
    return len(due)


def sweep_reminders(*, at: datetime) -> int:
    """Write the day's reminders once; a portal that comes up at noon does it then."""
    day = clock.local_day(at)
    if at.astimezone(clock.LOCAL).time() < EARLIEST:
        return 0
    if ReminderRun.objects.filter(day=day).exists():
        return 0
    return sum(send_scheduled(on=day, at=at))
