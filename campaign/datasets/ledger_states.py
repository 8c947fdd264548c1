"""The questions that can be put to the ledger, each one condition: a count and the list it opens
ask the same. They read how an obligation stood (`past.standing`), today or on a day before."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q

from campaign.models import Obligation, SubPlan
from lib import clock

OWED = ~Q(level_then=Obligation.Level.EXEMPT)
REQUIRED = Q(level_then=Obligation.Level.REQUIRED)
SENT = OWED & Q(met_then__isnull=False)
ON_TIME = OWED & Q(met_then__lt=F("closes_then"))
LATE = OWED & Q(met_then__gte=F("closes_then"))
OUTSTANDING = OWED & Q(met_then=None)


def overdue(at: datetime) -> Q:
    return OUTSTANDING & Q(closes_then__lte=at)


def sent_between(first: date | None, last: date | None) -> Q:
    """Sent on these days, both ends counted."""
    wanted = Q(met_then__isnull=False)
    if first:
        wanted &= Q(met_then__gte=clock.closes_at(first - timedelta(days=1)))
    if last:
        wanted &= Q(met_then__lt=clock.closes_at(last))
    return wanted


@dataclass(frozen=True)
class State:
    """A question that can be put to the ledger, by the word it has in an address. `counted` is
    where its number stands: among the totals, or among the newest versions by their status."""

    code: str
    label: str
    condition: Callable[[datetime], Q]
    counted: str


def _latest(code: str, label: str, status: str) -> State:
    return State(code, label, lambda at: Q(latest_status=status), status)


STATES = (
    State("da-gui", "Đã gửi", lambda at: SENT, "sent"),
    State("dung-han", "Đúng hạn", lambda at: ON_TIME, "on_time"),
    State("tre-han", "Trễ hạn", lambda at: LATE, "late"),
    State("chua-nop", "Chưa nộp", lambda at: OUTSTANDING, "outstanding"),
    State("qua-han", "Quá hạn", overdue, "overdue"),
    State("mien", "Miễn", lambda at: ~OWED, "exempt"),
    _latest("cho-xem-xet", "Chờ xem xét", SubPlan.Status.SUBMITTED),
    _latest("dang-xem-xet", "Đang xem xét", SubPlan.Status.UNDER_REVIEW),
    _latest("tra-lai", "Trả lại bổ sung", SubPlan.Status.RETURNED),
    _latest("da-tiep-nhan", "Đã tiếp nhận", SubPlan.Status.ACCEPTED),
    _latest("da-rut", "Đã rút", SubPlan.Status.WITHDRAWN),
)
