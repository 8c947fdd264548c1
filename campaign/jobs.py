"""What the clock starts: the reminders of the day, early in the morning."""

from datetime import datetime, time

from campaign.actions.remind import send_scheduled
from campaign.models import ReminderRun
from lib import clock

# By the clock in Tây Ninh: before offices open, so that the letter lies on top.
EARLIEST = time(6, 0)


def sweep_reminders(*, at: datetime) -> int:
    """Write the day's reminders once; a portal that comes up at noon does it then."""
    day = clock.local_day(at)
    if at.astimezone(clock.LOCAL).time() < EARLIEST:
        return 0
    if ReminderRun.objects.filter(day=day).exists():
        return 0
    return sum(send_scheduled(on=day, at=at))
