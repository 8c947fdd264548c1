"""The board's queue: what waits, who looks after it, and what comes before and after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce, Collate
from django.urls import reverse

from accounts.models import User
from campaign.models import Campaign, Obligation, ProgressReport, ReviewAssignment, SubPlan
from campaign.models.submission import Submission, SubmissionQuerySet
from lib import clock
from units.datasets import place_of
from units.models import Block, Membership
from units.permissions import standing

MINE, ALL, NOBODY = "toi", "tat-ca", "chua"
Status = Submission.Status
DECIDED = Q(status__in=[Status.RETURNED, Status.ACCEPTED])
Rows = SubmissionQuerySet[Any]


@dataclass(frozen=True)
class Kind:
    """What is reviewed: its versions, the way from one to its campaign, the page it is read on."""

    code: str
    label: str
    title: str
    model: type[SubPlan | ProgressReport]
    campaign: str
    page: str
    also: tuple[str, ...] = ()


KINDS = (
    Kind(
        "ke-hoach", "Kế hoạch triển khai", "Xem xét kế hoạch triển khai", SubPlan, "campaign",
        "campaign:review",
    ),
    Kind(
        "bao-cao", "Báo cáo kỳ", "Xem xét báo cáo kỳ", ProgressReport, "period__campaign",
        "campaign:report-review", ("period",),
    ),
)  # fmt: skip
SUB_PLANS, REPORTS = KINDS


@dataclass(frozen=True)
class Tab:
    """One heap of the queue; `order` says which comes first."""

    code: str
    label: str
    condition: Q
    order: tuple[str, ...]


def tabs_of(user: User) -> tuple[Tab, ...]:
    waiting = Q(status=Status.SUBMITTED)
    reviewing = Q(status=Status.UNDER_REVIEW)
    oldest_first, newest_first = ("submitted_at", "pk"), ("-decided_at", "-pk")
    return (
        Tab("cho", "Chờ xem xét", waiting, oldest_first),
        Tab("gui-lai", "Gửi lại", waiting & Q(version__gt=1), oldest_first),
        Tab("cua-toi", "Tôi đang xem", reviewing & Q(reviewer=user), oldest_first),
        Tab("nguoi-khac", "Người khác đang xem", reviewing & ~Q(reviewer=user), oldest_first),
        Tab("toi-da-xong", "Tôi đã xong", DECIDED & Q(decided_by=user), newest_first),
        Tab("da-xong", "Đã xong", DECIDED, newest_first),
    )


@dataclass(frozen=True)
class QueueFilters:
    """What was asked in the address. `assigned` is MINE, ALL, NOBODY or the id of a reviewer."""

    tab: str = "cho"
    block: str = ""
    assigned: str = ALL
    kind: Kind = SUB_PLANS


@dataclass(frozen=True)
class QueueRow:
    version: SubPlan | ProgressReport
    block: Block | None
    obligation: Obligation | None
    assigned_to: User | None
    days_waiting: int
    is_own: bool
    url: str


@dataclass(frozen=True)
class QueueTab:
    tab: Tab
    count: int


def assigned_blocks(user: User, campaign: Campaign) -> frozenset[int]:
    rows = ReviewAssignment.objects.filter(reviewer=user, year=campaign.year)
    return frozenset(rows.values_list("block_id", flat=True))


def among(user: User, campaign: Campaign, filters: QueueFilters) -> Rows:
    """Versions the board has got, by block and by who looks after it, before any tab."""
    kind = filters.kind
    seen: Rows = kind.model.objects.visible_to(user)
    rows = seen.filter(submitted_at__isnull=False, **{kind.campaign: campaign}).annotate(
        place=place_of("unit", campaign.year),
        block_id=F("place__block"),
        in_charge=Coalesce("decided_by__full_name", "reviewer__full_name"),
    )
    if filters.block:
        rows = rows.filter(place__block__code=filters.block)
    if filters.assigned == ALL:
        return rows
    given = ReviewAssignment.objects.filter(year=campaign.year)
    if filters.assigned == NOBODY:
        return rows.exclude(pk__in=rows.filter(place__block__in=given.values("block")).values("pk"))
    reviewer = user.pk if filters.assigned == MINE else int(filters.assigned)
    looked_after = Q(place__block__in=given.filter(reviewer=reviewer).values("block"))
    # What somebody took from a colleague's block is theirs too.
    return rows.filter(looked_after | Q(reviewer=reviewer) | Q(decided_by=reviewer))


def in_tab(rows: Rows, tab: Tab) -> Rows:
    kind = kind_of(rows.model)
    chosen = rows.filter(tab.condition)
    return chosen.select_related("unit", "reviewer", "decided_by", *kind.also).order_by(*tab.order)


def kind_of(model: type[Any]) -> Kind:
    return next(kind for kind in KINDS if kind.model is model)


def kind_by_code(code: str) -> Kind:
    return next((kind for kind in KINDS if kind.code == code), SUB_PLANS)


def waiting_by_kind(user: User, campaign: Campaign) -> tuple[tuple[Kind, int], ...]:
    """How many wait for a reviewer, of each kind."""
    return tuple(
        (
            kind,
            kind.model.objects.visible_to(user)
            .awaiting_review()
            .filter(**{kind.campaign: campaign})
            .count(),
        )
        for kind in KINDS
    )


def tab_by_code(user: User, code: str) -> Tab:
    tabs = {tab.code: tab for tab in tabs_of(user)}
    return tabs.get(code, tabs["cho"])


def counts(user: User, rows: Rows) -> tuple[QueueTab, ...]:
    """Every tab with its number, in one query."""
    tabs = tabs_of(user)
    found = rows.order_by().aggregate(
        **{tab.code: Count("pk", filter=tab.condition) for tab in tabs}
    )
    return tuple(QueueTab(tab, found[tab.code]) for tab in tabs)


def rows_of(
    user: User, campaign: Campaign, versions: Iterable[SubPlan | ProgressReport], *, at: datetime
) -> tuple[QueueRow, ...]:
    """A page of `in_tab`, in a fixed number of queries."""
    shown = list(versions)
    owed = _obligations(campaign, shown)
    assigned = {
        given.block_id: given.reviewer
        for given in ReviewAssignment.objects.filter(year=campaign.year).select_related("reviewer")
    }
    blocks = {block.pk: block for block in Block.objects.all()}
    own = standing(user).units()
    return tuple(
        QueueRow(
            version=row,
            block=blocks.get(_block_id(row)),
            obligation=owed.get(_owed_by(row)),
            assigned_to=assigned.get(_block_id(row)),
            days_waiting=_days_since(row.submitted_at, at=at),
            is_own=row.unit_id in own,
            url=reverse(kind_of(type(row)).page, args=[row.pk]),
        )
        for row in shown
    )


Owed = tuple[int, int | None]


def _owed_by(row: SubPlan | ProgressReport) -> Owed:
    return row.unit_id, row.period_id if isinstance(row, ProgressReport) else None


def _obligations(
    campaign: Campaign, shown: Iterable[SubPlan | ProgressReport]
) -> Mapping[Owed, Obligation]:
    wanted = {_owed_by(row) for row in shown}
    of_what = Q(period__in=[period for _, period in wanted if period]) | Q(kind="sub_plan")
    rows = Obligation.objects.filter(
        of_what, campaign=campaign, unit__in=[unit for unit, _ in wanted]
    )
    return {(row.unit_id, row.period_id): row for row in rows}


def _block_id(row: Any) -> int:
    return row.block_id or 0


def _days_since(sent: datetime | None, *, at: datetime) -> int:
    return clock.days_late(clock.local_day(sent), at) if sent else 0


@dataclass(frozen=True)
class Neighbours:
    """What comes before and after in the heap a version lies in; `position` counts from 1."""

    previous: int | None
    next: int | None
    position: int
    count: int


def neighbours(user: User, rows: Rows, tab: Tab, version: Submission) -> Neighbours:
    """Units of the person's own are passed over: they are not theirs to review."""
    heap = in_tab(rows, tab).exclude(unit__in=standing(user).units())
    keys = list(heap.values_list("pk", flat=True))
    if version.pk in keys:
        here = keys.index(version.pk)
        after = keys[here + 1] if here + 1 < len(keys) else None
        return Neighbours(keys[here - 1] if here else None, after, here + 1, len(keys))
    # It has just been taken or decided: what comes next is the first of those that still wait.
    return Neighbours(None, keys[0] if keys else None, 0, len(keys))


def reviewers(*, on: date) -> QuerySet[User]:
    """Who may be given blocks to look after, on a day."""
    roles = (Membership.Role.REVIEWER, Membership.Role.BOARD_HEAD)
    holders = Membership.objects.valid(on=on).with_role(*roles)
    return User.objects.filter(is_active=True, pk__in=holders.values("user")).order_by(
        Collate("full_name", "vi-x-icu"), "pk"
    )
