"""Who does what in the demonstration, and when. Pure: unit codes in, one story per unit out.

Every way a sub-plan can go is there: on time and late, returned and sent again, withdrawn, void,
on paper, extended, exempt. Sở Văn hóa, Thể thao và Du lịch has not begun, so that a new user can
walk the whole way with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from random import Random

from lib import clock

DUE = date(2024, 3, 22)
NOT_BEGUN = ("SVHTTDL", "HLHPN", "HGD", "SNGV", "HHDL", "HCCV", "CTNB", "STB", "CSTN")
NOT_BEGUN_COUNT = 23


class Way(Enum):
    """How far a unit's sub-plan has come, and how."""

    DRAFT = "draft"
    AWAITING_HEAD = "awaiting_head"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    RETURNED = "returned"
    RESUBMITTED = "resubmitted"
    ACCEPTED_AGAIN = "accepted_again"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    VOID = "void"
    PAPER = "paper"


SHARES = (
    (Way.DRAFT, 5), (Way.AWAITING_HEAD, 3), (Way.SUBMITTED, 11), (Way.UNDER_REVIEW, 6),
    (Way.RETURNED, 6), (Way.RESUBMITTED, 5), (Way.ACCEPTED_AGAIN, 3), (Way.WITHDRAWN, 1),
    (Way.VOID, 2), (Way.PAPER, 4),
)  # fmt: skip
EXTENDED = "BQLDAGT"
EXEMPT = ("HCCV", "CTNB")
ENCOURAGED = ("VCB", "STB", "FICO", "XDTN")
PAPER_CHANNELS = ("paper", "eoffice", "email")


@dataclass(frozen=True)
class Story:
    """One unit's way. `sent_at` is when the first version reached the board."""

    code: str
    way: Way
    sent_at: datetime


def moment(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), clock.LOCAL)


def stories(codes: Sequence[str]) -> list[Story]:
    """A story for each unit that has begun, in the order of `codes`."""
    random = Random("demo-2024")  # noqa: S311 - repeatable, nothing secret
    silent = _silent(codes, random)
    begun = [code for code in codes if code not in silent]
    ways = [way for way, count in SHARES for _ in range(count)]
    ways += [Way.ACCEPTED] * (len(begun) - len(ways))
    random.shuffle(ways)
    return [
        Story(code, way, _sent_at(code, random)) for code, way in zip(begun, ways, strict=False)
    ]


def _silent(codes: Sequence[str], random: Random) -> set[str]:
    others = [code for code in codes if code not in NOT_BEGUN and code not in {EXTENDED, "SNV"}]
    # Only units that no duty names besides KL: the others would make the picture too dark.
    more = random.sample(others[-45:], max(0, min(NOT_BEGUN_COUNT - len(NOT_BEGUN), len(others))))
    return {*NOT_BEGUN, *more}


def _sent_at(code: str, random: Random) -> datetime:
    """More of them as the day comes nearer, one in six late."""
    if code == EXTENDED:
        return moment(date(2024, 3, 27), 9, 15)
    if random.random() < 1 / 6:
        day = DUE + timedelta(days=random.choice((1, 3, 3, 4, 5, 6, 7, 10)))
    else:
        day = DUE - timedelta(days=min(11, int(random.expovariate(0.35))))
    while not clock.is_working_day(day):
        day -= timedelta(days=1) if day <= DUE else timedelta(days=-1)
    return moment(day, random.randint(8, 16), random.randint(0, 59))
