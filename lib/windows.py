"""Reporting windows: which days a month's, a quarter's, a year's data run from and to.

The cut-offs are those of Nghị định 09/2019/NĐ-CP: a month's data close on the 14th, so that the
report of month m counts from the 15th of the month before.
"""

from dataclasses import dataclass
from datetime import date, timedelta

CLOSES_ON = 14
MONTHS_A_QUARTER = 3


@dataclass(frozen=True)
class Window:
    """Days of data, both ends inclusive."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def overlaps(self, other: "Window") -> bool:
        return self.first <= other.last and other.first <= self.last


def _closing_before(year: int, month: int) -> date:
    """The day after the data of the month before closed."""
    if month == 1:
        return date(year - 1, 12, CLOSES_ON + 1)
    return date(year, month - 1, CLOSES_ON + 1)


def months(year: int, first: int, last: int) -> Window:
    """From the opening of one month's data to the close of another's in the same year."""
    return Window(_closing_before(year, first), date(year, last, CLOSES_ON))


def month(year: int, number: int) -> Window:
    return months(year, number, number)


def quarter(year: int, number: int) -> Window:
    last = number * MONTHS_A_QUARTER
    return months(year, last - MONTHS_A_QUARTER + 1, last)


def half_year(year: int) -> Window:
    """6 tháng đầu năm."""
    return months(year, 1, 6)


def nine_months(year: int) -> Window:
    return months(year, 1, 9)


def whole_year(year: int) -> Window:
    return months(year, 1, 12)


def still_to_ask(window: Window, asked: list[Window], *, since: date) -> date | None:
    """The first day of a window whose figures nobody has asked for yet; None where all are.

    `asked` are the parts other periods ask for, `since` the first day of the campaign. What
    lies before the last day asked is not asked again, so that no figure is counted twice.
    """
    first = max(window.first, since)
    for part in asked:
        if part.overlaps(window):
            first = max(first, part.last + timedelta(days=1))
    return first if first <= window.last else None
