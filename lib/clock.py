"""What time it is, which days are working days, and when a due day ends.

The only module that reads the machine's clock. With `PORTAL_NOW` set the portal believes it is
another moment (đồng hồ tập huấn) and time goes on from there, the same in every process.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")

# Public holidays that touch working days of 2024 and 2025 (Bộ luật Lao động 2019, Điều 112, and
# the swap of 29/4/2024 for Saturday 04/5/2024).
_HOLIDAYS = {
    "Tết Dương lịch": ("2024-01-01", "2025-01-01"),
    "Tết Nguyên đán": (
        "2024-02-08", "2024-02-09", "2024-02-12", "2024-02-13", "2024-02-14",
        "2025-01-27", "2025-01-28", "2025-01-29", "2025-01-30", "2025-01-31",
    ),
    "Giỗ Tổ Hùng Vương": ("2024-04-18", "2025-04-07"),
    "Nghỉ hoán đổi dịp 30/4": ("2024-04-29",),
    "Ngày Chiến thắng 30/4": ("2024-04-30", "2025-04-30"),
    "Ngày Quốc tế lao động": ("2024-05-01", "2025-05-01"),
    "Quốc khánh": ("2024-09-02", "2024-09-03", "2025-09-01", "2025-09-02"),
}  # fmt: skip
HOLIDAYS = {date.fromisoformat(day): name for name, days in _HOLIDAYS.items() for day in days}
EXTRA_WORKING_DAYS = frozenset({date(2024, 5, 4)})

SATURDAY = 5


def now() -> datetime:
    """The present moment as the portal believes it, in UTC."""
    real = datetime.now(UTC)  # noqa: TID251 - the one place that reads the clock
    if settings.PORTAL_NOW is None:
        return real
    return settings.PORTAL_NOW.astimezone(UTC) + (real - settings.PORTAL_NOW_SINCE)


def local_day(at: datetime) -> date:
    """The calendar day in Tây Ninh at a moment."""
    return at.astimezone(LOCAL).date()


def closes_at(due: date) -> datetime:
    """The first moment that is too late for a due day: the next local midnight.

    A day "chậm nhất ngày 22/3/2024" is counted in full, to its last microsecond; so on time
    means `at < closes_at(due)`, never `<= 23:59:59`.
    """
    return datetime.combine(due + timedelta(days=1), time.min, LOCAL).astimezone(UTC)


def due_day(closes: datetime) -> date:
    """The due day whose end `closes_at` gave."""
    return local_day(closes) - timedelta(days=1)


def past_moment(day: date | None, *, at: datetime) -> datetime | None:
    """The last moment of a day that is over; None for today, for no day and for days to come."""
    if day is None or day >= local_day(at):
        return None
    return closes_at(day) - timedelta(microseconds=1)


def is_working_day(day: date) -> bool:
    if day in EXTRA_WORKING_DAYS:
        return True
    return day.weekday() < SATURDAY and day not in HOLIDAYS


def monday_of(day: date) -> date:
    """The Monday of a day's week, by which the week is called."""
    return day - timedelta(days=day.weekday())


def first_working_day(day: date) -> date | None:
    """The first working day of a day's week; None where the whole week is a holiday."""
    week = (monday_of(day) + timedelta(days=n) for n in range(7))
    return next((one for one in week if is_working_day(one)), None)


def days_late(due: date, at: datetime) -> int:
    """Calendar days between a due day and the day of `at`; 0 when on time."""
    return max(0, (local_day(at) - due).days)


def working_days_late(due: date, at: datetime) -> int:
    """Working days after the due day up to and with the day of `at`."""
    late = days_late(due, at)
    return sum(is_working_day(due + timedelta(days=n)) for n in range(1, late + 1))


def add_working_days(day: date, count: int) -> date:
    """The day `count` working days after `day`."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day
