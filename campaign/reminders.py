"""Which day of the schedule a reminder falls on: plain values in, plain values out (ADR 0014).

An offset counts days from the due day: -3 is three days before it, 1 the day after. A portal
that was down for a week does not send what it missed: of all offsets that have come only the
last counts, so a person gets one letter and never several.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

WEEK = 7


@dataclass(frozen=True)
class Step:
    """One day of the schedule; a weekly one comes again every seven days after it."""

    offset: int
    is_weekly: bool = False


# Trước hạn 7, 3, 1 ngày; quá hạn 1, 3 ngày, rồi hằng tuần.
DEFAULT_STEPS = (Step(-7), Step(-3), Step(-1), Step(1), Step(3, is_weekly=True))


def latest_offset(steps: Iterable[Step], *, due: date, on: date) -> int | None:
    """The last offset that has come by a day; None before the first."""
    passed = (on - due).days
    come = [_latest_of(step, passed) for step in steps if step.offset <= passed]
    return max(come, default=None)


def _latest_of(step: Step, passed: int) -> int:
    if not step.is_weekly:
        return step.offset
    return step.offset + (passed - step.offset) // WEEK * WEEK


def offset_to_send(
    steps: Iterable[Step], *, due: date, on: date, sent: int | None = None
) -> int | None:
    """The offset to send a person on a day, where the last one sent was `sent`.

    None where nothing has come since, also after the schedule was made sparser.
    """
    latest = latest_offset(steps, due=due, on=on)
    if latest is None or (sent is not None and sent >= latest):
        return None
    return latest


def reaches_head(offset: int) -> bool:
    """Before the due day the officers are told, past it the head of the unit too."""
    return offset > 0
