"""Who reports when, and what becomes of it. Pure but for the period's days: one story per unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from random import Random
from typing import Protocol

from reports.demo.scenario import moment


class Fate(Enum):
    """How far a unit's report has come."""

    SILENT = "silent"
    DRAFT = "draft"
    WAITING = "waiting"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    NOTHING = "nothing"
    CORRECTING = "correcting"


FATES = (
    (Fate.SILENT, 2), (Fate.DRAFT, 1), (Fate.WAITING, 2), (Fate.RETURNED, 1), (Fate.NOTHING, 2),
    (Fate.CORRECTING, 4),
)  # fmt: skip
LATE = 1 / 6
EXEMPLARY = 1 / 5


class Window(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def opens_on(self) -> date: ...
    @property
    def due_date(self) -> date: ...


@dataclass(frozen=True)
class ReportStory:
    code: str
    fate: Fate
    begun_at: datetime
    sent_at: datetime
    names_somebody: bool


def report_stories(codes: Sequence[str], period: Window) -> list[ReportStory]:
    """In the order of `codes`; the same at every run."""
    random = Random(f"reports/{period.name}")  # noqa: S311 - repeatable, nothing secret
    fates = [fate for fate, count in FATES for _ in range(count)][: len(codes)]
    fates += [Fate.ACCEPTED] * (len(codes) - len(fates))
    random.shuffle(fates)
    return [_story(code, fate, period, random) for code, fate in zip(codes, fates, strict=True)]


def _story(code: str, fate: Fate, period: Window, random: Random) -> ReportStory:
    day = period.opens_on + timedelta(days=random.randint(2, 7))
    if random.random() < LATE:
        day = period.due_date + timedelta(days=random.randint(1, 5))
    sent_at = moment(day, random.randint(9, 16), random.randint(0, 59))
    begun_at = max(moment(period.opens_on, 8, 30), sent_at - timedelta(days=1))
    return ReportStory(code, fate, begun_at, sent_at, random.random() < EXEMPLARY)
