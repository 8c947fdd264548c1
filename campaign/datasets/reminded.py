"""What the home page reminds a person of: letters not marked as seen, as far as they still hold."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import User
from campaign.datasets.owing import Due, dues
from campaign.models import Obligation, Reminder
from lib import clock
from units.permissions import Role, standing

SHOWN_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Reminded:
    """Empty where nothing is to be shown; `last_day` is that of the newest letter."""

    items: tuple[Due, ...] = ()
    last_day: date | None = None
    today: date | None = None

    @property
    def lines(self) -> list[tuple[Due, str, bool]]:
        """Each thing, where it stands today, and whether it is overdue."""
        today = self.today
        if today is None:
            return []
        return [(due, due.when(today), due.days_past(today) > 0) for due in self.items]


def reminded(user: User, *, at: datetime) -> Reminded:
    """Two queries; one where nothing is unseen."""
    today = clock.local_day(at)
    rows = list(
        Reminder.objects.filter(
            user=user, digest__seen_at=None, digest__day__gte=today - SHOWN_FOR
        ).values_list("obligation", "due_date", "digest__day")
    )
    if not rows:
        return Reminded()
    said = {(obligation, due) for obligation, due, _ in rows}
    units = standing(user).units(Role.OFFICER, Role.HEAD)
    owed = Obligation.objects.filter(pk__in={pk for pk, _ in said}, unit__in=units)
    items = tuple(due for due in dues(owed) if (due.obligation.pk, due.day) in said)
    return Reminded(items, max(day for _, _, day in rows), today)
