"""Who has sent its sub-plan: by block, by day against the due day, by district, and who is late."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, F, Value, When, Window
from django.db.models.functions import RowNumber, TruncDate

from campaign.datasets.ledger import NOTHING, LedgerTotals, counts
from campaign.datasets.ledger_states import LATE, overdue
from campaign.models import Obligation
from lib import clock
from reports.datasets.dashboard.viewpoint import Viewpoint

SHOWN = 5
AFTER_DUE = 3  # days of the chart after the due day, before anybody was late


@dataclass(frozen=True)
class DayLine:
    """What came on one day and up to it; `is_over` where the due day had passed."""

    day: date
    on_time: int
    late: int
    sent_so_far: int
    late_so_far: int

    @property
    def sent(self) -> int:
        return self.on_time + self.late


@dataclass(frozen=True)
class Sending:
    totals: LedgerTotals
    by_block: Mapping[int | None, LedgerTotals]
    days: tuple[DayLine, ...]
    due: date


def sending(view: Viewpoint) -> Sending:
    """In one query: a row for each block and day of sending, added up here both ways."""
    rows = (
        view.placed(view.obligations(), "unit")
        .order_by()
        .annotate(day=TruncDate("met_then", tzinfo=clock.LOCAL))
        .values_list("block_id", "day")
        .annotate(**counts(view.at))
    )
    found = [(block, day, LedgerTotals(*figures)) for block, day, *figures in rows]
    by_block: dict[int | None, LedgerTotals] = defaultdict(lambda: NOTHING)
    for block, _, totals in found:
        by_block[block] += totals
    return Sending(
        totals=sum(by_block.values(), NOTHING),
        by_block=dict(by_block),
        days=tuple(_days(view, [(day, totals) for _, day, totals in found if day])),
        due=view.campaign.sub_plan_due_date,
    )


def _days(view: Viewpoint, found: Sequence[tuple[date, LedgerTotals]]) -> Iterable[DayLine]:
    """Every day from the start of the campaign to the last on which something came."""
    on_time: Counter[date] = Counter()
    late: Counter[date] = Counter()
    for day, totals in found:
        on_time[day] += totals.on_time
        late[day] += totals.late
    due = view.campaign.sub_plan_due_date
    came = [day for day, totals in found if totals.sent]
    day = min([view.campaign.starts_on, *came])
    last = min(view.day, max([due + timedelta(days=AFTER_DUE), *came]))
    sent_so_far = late_so_far = 0
    while day <= last:
        sent_so_far += on_time[day] + late[day]
        late_so_far += late[day]
        yield DayLine(day, on_time[day], late[day], sent_so_far, late_so_far)
        day += timedelta(days=1)


@dataclass(frozen=True)
class Behind:
    """Those most overdue, and those last to come late: named so that somebody can ring them."""

    overdue: tuple[Obligation, ...]
    late: tuple[Obligation, ...]


def behind(view: Viewpoint) -> Behind:
    """The first of both heaps, in one query."""
    heap = Case(When(overdue(view.at), then=Value(value=True)), default=Value(value=False))
    found = view.obligations().filter(overdue(view.at) | LATE).annotate(has_nothing=heap)
    order = [F("has_nothing").desc(), F("closes_then").asc(), F("met_then").desc()]
    first = found.annotate(
        place=Window(RowNumber(), partition_by="has_nothing", order_by=[*order, "unit__sort_order"])
    )
    rows: list[Any] = list(first.filter(place__lte=SHOWN).select_related("unit").order_by("place"))
    heaps: dict[bool, list[Obligation]] = {True: [], False: []}
    for row in rows:
        heaps[row.has_nothing].append(row)
        view.past.set_back(row)
    return Behind(tuple(heaps[True]), tuple(heaps[False]))
