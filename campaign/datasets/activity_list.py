"""Hoạt động: every activity a person may see, filtered by the address; counts and lists agree.

An event folded into a joint one does not stand in the list by itself: the province counts it
once, so it shows it once. What was folded has a heap of its own.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Expression,
    ExpressionWrapper,
    IntegerField,
    Q,
    Value,
    When,
)

from accounts.list_page import Heap
from accounts.models import User
from campaign.datasets import tally
from campaign.datasets.ledger import WITHOUT_BLOCK
from campaign.datasets.past import activities_at
from campaign.models import Activity, Campaign, Participation, PlanItem
from campaign.models.activity import ActivityQuerySet
from units.models import BlockMembership, Unit
from units.permissions import sees_province

Status = Activity.Status
FOLDED = "da-gop"
# Each real event once: what was folded into a joint one does not count again.
ALONE = Q(counts_then=True)


@dataclass(frozen=True)
class State:
    """A question that can be put to the list, by the word it has in an address."""

    code: str
    label: str
    condition: Callable[[date], Q]


def _is(status: str) -> Callable[[date], Q]:
    return lambda on: Q(status_then=status)


def overdue(on: date) -> Q:
    return Q(ends_on__lt=on, status_then__in=Activity.UNDER_WAY)


STATES = (
    State("qua-han", "Quá ngày kết thúc", overdue),
    State("chua", "Chưa thực hiện", _is(Status.PLANNED)),
    State("dang", "Đang thực hiện", _is(Status.RUNNING)),
    State("xong", "Đã hoàn thành", _is(Status.DONE)),
    State("hoan", "Tạm hoãn", _is(Status.POSTPONED)),
    State("huy", "Đã hủy", _is(Status.CANCELLED)),
    State("con", "Không kể đã hủy", lambda on: ~Q(status_then=Status.CANCELLED)),
    State("cho-xac-nhan", "Chờ phối hợp xác nhận", lambda on: Q(is_waiting=True)),
    State("y-kien", "Có ý kiến khác", lambda on: Q(is_contested=True)),
)
_STATE_BY_CODE = {state.code: state for state in STATES}
PARTS = (
    ("chu-tri", "Đơn vị chủ trì"),
    ("phoi-hop", "Đơn vị phối hợp"),
    ("cho-tra-loi", "Chờ đơn vị trả lời"),
)


@dataclass(frozen=True)
class ActivityFilters:
    """What was asked in the address; everything empty asks for all."""

    block: str = ""
    unit: str = ""
    lead: str = ""
    kind: str = ""
    state: str = ""
    part: str = ""
    item: str = ""
    search: str = ""
    done_by: date | None = None


@dataclass(frozen=True)
class Counted:
    code: str
    label: str
    count: int


@dataclass(frozen=True)
class ActivityList:
    """The rows asked for, not yet read, and how many each press would show."""

    rows: ActivityQuerySet
    states: tuple[Counted, ...]
    parts: tuple[Counted, ...] = field(default=())
    folded: int = 0
    total: int = 0
    heaps: tuple[Heap, ...] = ()


def activity_list(
    user: User,
    campaign: Campaign,
    *,
    on: date,
    filters: ActivityFilters,
    unit: Unit | None,
    by: datetime | None = None,
) -> ActivityList:
    """`unit` is whose part is told apart: that it leads, takes part, or has to answer; `by` moves
    the list back to a moment that has passed."""
    among = _done_by(_among(user, campaign, filters, by), filters.done_by)
    mine = _of_part(among, filters.part, unit)
    is_whole = filters == ActivityFilters(state=filters.state) and by is None
    counts = _tallied(campaign, on) if is_whole and sees_province(user) else _counts(mine, on)
    return ActivityList(
        rows=_with_urgency(_in_state(mine, filters.state, on), on),
        states=tuple(Counted(s.code, s.label, counts[s.code]) for s in STATES if counts[s.code]),
        parts=_parts(among, unit) if unit else (),
        folded=counts[FOLDED],
        total=counts["tat-ca"],
        heaps=_heaps(filters.state, counts, on),
    )


def activities_asked_for(
    user: User,
    campaign: Campaign,
    *,
    on: date,
    filters: ActivityFilters,
    by: datetime | None = None,
) -> ActivityQuerySet:
    """The same rows alone, uncounted and in no order."""
    return _in_state(_among(user, campaign, filters, by), filters.state, on)


def _among(
    user: User, campaign: Campaign, filters: ActivityFilters, by: datetime | None
) -> ActivityQuerySet:
    rows = activities_at(Activity.objects.visible_to(user).filter(campaign=campaign), by)
    if filters.search:
        rows = rows.matching(filters.search)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.block == WITHOUT_BLOCK:
        placed = BlockMembership.objects.filter(year=campaign.year)
        rows = rows.exclude(lead_unit__in=placed.values("unit"))
    elif filters.block:
        members = Unit.objects.filter(
            block_memberships__block__code=filters.block, block_memberships__year=campaign.year
        )
        rows = rows.filter(lead_unit__in=members.values("pk"))
    if filters.unit and (unit := Unit.objects.filter(code=filters.unit).first()):
        rows = rows.of_unit(unit)
    if filters.lead:
        rows = rows.filter(lead_unit__code=filters.lead)
    if filters.item:
        rows = rows.filter(pk__in=_under(campaign, filters.item))
    return rows.annotate(
        is_waiting=_answered(Participation.State.ASKED),
        is_contested=_answered(Participation.State.CONTESTED),
    )


def _done_by(rows: ActivityQuerySet, day: date | None) -> ActivityQuerySet:
    return rows.filter(done_on__lte=day) if day else rows


def _answered(state: str) -> Expression:
    """Whether somebody's answer is this; looked up in one list, not asked of every activity."""
    answers = Participation.objects.filter(state=state).values("activity")
    return ExpressionWrapper(Q(pk__in=answers), output_field=BooleanField())


def _under(campaign: Campaign, code: str) -> Any:
    """Tied to a row of the plan or to one of its parts."""
    items = PlanItem.objects.filter(Q(code=code) | Q(parent__code=code), campaign=campaign)
    tied = Activity.plan_items.through._base_manager.filter(planitem__in=items.values("pk"))
    return tied.values("activity")


def _part(code: str, unit: Unit) -> Q:
    joined = Participation.objects.filter(unit=unit)
    if code == "chu-tri":
        return Q(lead_unit=unit)
    if code == "phoi-hop":
        return Q(pk__in=joined.values("activity"))
    asked = joined.filter(state=Participation.State.ASKED)
    return Q(pk__in=asked.values("activity")) & ~Q(status_then=Status.CANCELLED)


def _of_part(rows: ActivityQuerySet, part: str, unit: Unit | None) -> ActivityQuerySet:
    return rows.filter(_part(part, unit)) if part and unit else rows


def _parts(rows: ActivityQuerySet, unit: Unit) -> tuple[Counted, ...]:
    wanted = {code.replace("-", "_"): Count("pk", filter=_part(code, unit)) for code, _ in PARTS}
    found = rows.filter(ALONE).order_by().aggregate(**wanted)
    return tuple(Counted(code, label, found[code.replace("-", "_")]) for code, label in PARTS)


def _counts(rows: ActivityQuerySet, on: date) -> dict[str, int]:
    asked = {
        **{state.code: ALONE & state.condition(on) for state in STATES},
        FOLDED: ~ALONE,
        "tat-ca": ALONE,
    }
    names = {code.replace("-", "_"): code for code in asked}
    found = rows.order_by().aggregate(
        **{name: Count("pk", filter=asked[code]) for name, code in names.items()}
    )
    return {code: found[name] for name, code in names.items()}


def _tallied(campaign: Campaign, on: date) -> dict[str, int]:
    """The same counts of the whole campaign, without asking every activity."""
    known = tally.of_all(campaign, on=on)
    open_states = (Participation.State.ASKED, Participation.State.CONTESTED)
    answers = Participation.objects.filter(state__in=open_states)
    answers = answers.filter(activity__campaign=campaign, activity__same_as=None)
    waiting, contested = (
        Count("activity", filter=Q(state=state), distinct=True) for state in open_states
    )
    answered = answers.aggregate(waiting=waiting, contested=contested)
    return {
        "qua-han": known.overdue, "chua": known.planned, "dang": known.running, "xong": known.done,
        "hoan": known.postponed, "huy": known.cancelled, "con": known.alive,
        "cho-xac-nhan": answered["waiting"], "y-kien": answered["contested"],
        FOLDED: known.folded, "tat-ca": known.total,
    }  # fmt: skip


def _heaps(state: str, counts: Mapping[str, int], on: date) -> tuple[Heap, ...]:
    """The rows shown, cut by urgency; of one state, or folded, they are one heap."""
    if state:
        return (Heap(Q(), counts.get(state, counts["tat-ca"])),)
    late = counts["qua-han"]
    to_do = Q(status_then__in=Activity.UNDER_WAY) & ~Q(ends_on__lt=on)
    over = Q(status_then__in=[Status.DONE, Status.CANCELLED])
    return (
        Heap(overdue(on), late),
        Heap(to_do, counts["chua"] + counts["dang"] - late),
        Heap(Q(status_then=Status.POSTPONED), counts["hoan"]),
        Heap(over, counts["xong"] + counts["huy"]),
    )


def _in_state(rows: ActivityQuerySet, code: str, on: date) -> ActivityQuerySet:
    if code == FOLDED:
        return rows.filter(~ALONE)
    state = _STATE_BY_CODE.get(code)
    return rows.filter(ALONE, state.condition(on)) if state else rows.filter(ALONE)


def _with_urgency(rows: ActivityQuerySet, on: date) -> ActivityQuerySet:
    """As a list shows them, what is overdue told apart; not yet in any order."""
    urgency = Case(
        When(overdue(on), then=Value(0)),
        When(status_then__in=Activity.UNDER_WAY, then=Value(1)),
        When(status_then=Status.POSTPONED, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    shown = rows.annotate(urgency=urgency).select_related("lead_unit", "registered_by", "same_as")
    return shown.prefetch_related("plan_items", "participations__unit")


def set_back(rows: Iterable[Activity]) -> list[Activity]:
    """The rows of a page, each saying how it stood then; shown, never saved."""
    shown = list(rows)
    for row in shown:
        then: Any = row
        if row.status != then.status_then:
            row.set_back(then.status_then)
            row.done_on, row.status_reason = None, ""
        if then.counts_then:
            row.same_as = None
    return shown
