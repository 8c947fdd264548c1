"""Việc của tôi: what waits for a person, by each role the person has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse

from accounts.job import Job
from accounts.models import Mail, User
from awards.datasets.likeness import waiting_for_board
from awards.datasets.reception import AwardsAwaiting, awaiting
from campaign.datasets import queue
from campaign.datasets.ledger import Ledger, LedgerFilters, LedgerTotals, ledger, totals_of
from campaign.datasets.matter import Matter
from campaign.models import (
    Campaign,
    Obligation,
    ProgressReport,
    ReviewAssignment,
    SubPlan,
)
from lib import clock
from reports.datasets.unit_work import UnitWork, work_of
from reports.models import Report
from scoring.datasets.days import StepWork, steps_waiting
from scoring.datasets.waiting import Waiting, waiting_of
from units.models import Block, Membership, Unit
from units.permissions import (
    is_administrator,
    is_board_head,
    is_board_reviewer,
    is_council_member,
    is_leadership,
    standing,
)

SHOWN = 8
SECONDS_A_MINUTE = 60


@dataclass(frozen=True)
class BlockWork:
    """A block as its khối trưởng sees it: who has sent and who has not."""

    block: Block
    ledger: Ledger

    @property
    def missing(self) -> list[Unit]:
        return [
            row.unit
            for row in self.ledger.rows
            if row.obligation.is_owed and row.obligation.met_at is None
        ]


@dataclass(frozen=True)
class QueueWork:
    """The board's queue of plans or of reports in numbers, each the length of the list it opens."""

    kind: queue.Kind
    tabs: Mapping[str, int]
    next_up: SubPlan | ProgressReport | None
    next_url: str


@dataclass(frozen=True)
class BoardWork:
    """What waits for the board; the totals are of the sub-plans."""

    queues: tuple[QueueWork, ...]
    totals: LedgerTotals
    extended: tuple[Obligation, ...]
    blocks_without_reviewer: int
    is_head: bool
    lookalikes: int


@dataclass(frozen=True)
class Health:
    """What an administrator looks at first."""

    users: int
    users_without_role: int
    units: int
    campaigns: int
    waiting_jobs: int
    failed_jobs: int
    oldest_job: timedelta | None

    @property
    def waited(self) -> str:
        """How long the oldest job in the background has waited, in words."""
        if self.oldest_job is None:
            return ""
        minutes = int(self.oldest_job.total_seconds()) // SECONDS_A_MINUTE
        return f"{minutes} phút" if minutes > 0 else "chưa đến một phút"


@dataclass(frozen=True)
class Home:
    units: tuple[UnitWork, ...] = ()
    finished: tuple[UnitWork, ...] = ()
    scoring: tuple[Waiting, ...] = ()
    blocks: tuple[BlockWork, ...] = ()
    steps: tuple[StepWork, ...] = ()
    board: BoardWork | None = None
    awards: AwardsAwaiting | None = None
    health: Health | None = None
    reads_only: bool = False
    has_role: bool = False

    @property
    def own_units(self) -> list[Unit]:
        """Those the person writes for, each once."""
        return list(dict.fromkeys(work.unit for work in (*self.units, *self.finished)))

    @property
    def is_only_for_reading(self) -> bool:
        """Leadership and council, who have nothing to do here but to read."""
        return self.reads_only and not (
            self.units
            or self.finished
            or self.scoring
            or self.blocks
            or self.steps
            or self.board
            or self.health
            or self.awards
        )


def home_of(user: User, campaign: Campaign | None, *, at: datetime) -> Home:
    mine = standing(user)
    work = work_of(user, campaign, at=at) if campaign else []
    return Home(
        units=tuple(one for one in work if not one.is_finished),
        finished=tuple(one for one in work if one.is_finished),
        scoring=waiting_of(user, at=at),
        blocks=tuple(_blocks(user, campaign, at=at)) if campaign else (),
        steps=steps_waiting(user, at=at),
        board=_board(user, campaign, at=at) if campaign and is_board_reviewer(user) else None,
        awards=_awards(user, campaign, at=at) if campaign else None,
        health=_health(at=at) if is_administrator(user) else None,
        reads_only=is_leadership(user) or is_council_member(user),
        has_role=bool(mine.roles),
    )


def _awards(user: User, campaign: Campaign, *, at: datetime) -> AwardsAwaiting | None:
    """None where nothing waits, so that whoever only reads is still taken to the overview."""
    waiting = awaiting(user, campaign, at=at)
    return waiting if waiting.is_something else None


# --- khối trưởng ---------------------------------------------------------------------------------


def _blocks(user: User, campaign: Campaign, *, at: datetime) -> Iterable[BlockWork]:
    led = [block for block, year in standing(user).led_blocks if year == campaign.year]
    for block in Block.objects.filter(pk__in=led).order_by("sort_order"):
        filters = LedgerFilters(block=block.code)
        yield BlockWork(block, ledger(user, Matter(campaign), at=at, filters=filters))


# --- Ban Thi đua ---------------------------------------------------------------------------------


def _board(user: User, campaign: Campaign, *, at: datetime) -> BoardWork:
    owed = Matter(campaign).obligations()
    return BoardWork(
        queues=tuple(_queue(user, campaign, kind) for kind in queue.KINDS),
        totals=totals_of(owed, at=at),
        extended=tuple(
            owed.outstanding()
            .filter(extended_to__isnull=False, closes_at__gt=at)
            .select_related("unit")
            .order_by("closes_at", "unit__sort_order")[:SHOWN]
        ),
        blocks_without_reviewer=_without_reviewer(campaign),
        is_head=is_board_head(user),
        lookalikes=waiting_for_board(),
    )


def _queue(user: User, campaign: Campaign, kind: queue.Kind) -> QueueWork:
    among = queue.among(user, campaign, queue.QueueFilters(kind=kind))
    waiting = queue.in_tab(among, queue.tab_by_code(user, "cho"))
    others = waiting.exclude(unit__in=standing(user).units())
    next_up = others.select_related("unit", *kind.also).first()
    return QueueWork(
        kind=kind,
        tabs={found.tab.code.replace("-", "_"): found.count for found in queue.counts(user, among)},
        next_up=next_up,
        next_url=reverse(kind.page, args=[next_up.pk]) if next_up else "",
    )


def _without_reviewer(campaign: Campaign) -> int:
    year = campaign.year
    given = ReviewAssignment.objects.filter(year=year)
    members = Block.objects.filter(memberships__year=year, tier=Block.Tier.PROVINCE)
    return members.exclude(pk__in=given.values("block")).distinct().count()


# --- administrator -------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Jobs:
    waiting: int = 0
    failed: int = 0
    oldest: list[datetime] = field(default_factory=list)


def _health(*, at: datetime) -> Health:
    jobs = [_jobs(model) for model in (Mail, Report)]
    oldest = [moment for found in jobs for moment in found.oldest]
    today = clock.local_day(at)
    with_role = Membership.objects.valid(on=today).values("user")
    people = User.objects.filter(is_active=True).aggregate(
        all=Count("pk"), without=Count("pk", filter=~Q(pk__in=with_role))
    )
    return Health(
        users=people["all"],
        users_without_role=people["without"],
        units=Unit.objects.in_force(on=today).count(),
        campaigns=Campaign.objects.count(),
        waiting_jobs=sum(found.waiting for found in jobs),
        failed_jobs=sum(found.failed for found in jobs),
        oldest_job=at - min(oldest) if oldest else None,
    )


def _jobs(model: type[Mail | Report]) -> _Jobs:
    unfinished = Q(state__in=[Job.State.QUEUED, Job.State.RUNNING])
    found = model.objects.aggregate(
        waiting=Count("pk", filter=unfinished),
        failed=Count("pk", filter=Q(state=Job.State.FAILED)),
        oldest=Min("asked_at", filter=unfinished),
    )
    oldest = found["oldest"]
    return _Jobs(found["waiting"], found["failed"], [oldest] if oldest else [])
