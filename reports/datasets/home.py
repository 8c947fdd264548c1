"""Việc của tôi: what waits for a person, by each role the person has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from accounts.job import Job
from accounts.models import Mail, User
from campaign.datasets import queue
from campaign.datasets.ledger import Ledger, LedgerFilters, LedgerTotals, ledger, totals_of
from campaign.datasets.matter import Matter
from campaign.models import Campaign, Obligation, ReviewAssignment, SubPlan
from lib import clock
from reports.models import Report
from units.models import Block, Membership, Unit
from units.permissions import (
    Role,
    is_administrator,
    is_board_head,
    is_board_reviewer,
    is_council_member,
    is_leadership,
    standing,
)

Status = SubPlan.Status
SHOWN = 8
SECONDS_A_MINUTE = 60

START, CONTINUE, APPROVE, WAIT, MEND, DONE, NOTHING = (
    "start", "continue", "approve", "wait", "mend", "done", "nothing"
)  # fmt: skip
# What has to be done comes before what only waits.
URGENCY = (APPROVE, MEND, START, CONTINUE, WAIT, DONE, NOTHING)


@dataclass(frozen=True)
class UnitWork:
    """One thing a unit owes, where it stands, and the one next step for this person."""

    obligation: Obligation
    version: SubPlan | None
    step: str
    is_overdue: bool
    reasons: tuple[tuple[str, str], ...]

    @property
    def unit(self) -> Unit:
        return self.obligation.unit

    @property
    def is_waiting_for_me(self) -> bool:
        return self.step in {START, CONTINUE, APPROVE, MEND}


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
class BoardWork:
    """The board's queue in numbers, each the length of the list it opens."""

    tabs: Mapping[str, int]
    totals: LedgerTotals
    next_up: SubPlan | None
    extended: tuple[Obligation, ...]
    blocks_without_reviewer: int
    is_head: bool


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
    blocks: tuple[BlockWork, ...] = ()
    board: BoardWork | None = None
    health: Health | None = None
    reads_only: bool = False
    has_role: bool = False

    @property
    def is_only_for_reading(self) -> bool:
        """Leadership and council, who have nothing to do here but to read."""
        return self.reads_only and not (self.units or self.blocks or self.board or self.health)


def home_of(user: User, campaign: Campaign | None, *, at: datetime) -> Home:
    mine = standing(user)
    return Home(
        units=tuple(_units(user, campaign, at=at)) if campaign else (),
        blocks=tuple(_blocks(user, campaign, at=at)) if campaign else (),
        board=_board(user, campaign, at=at) if campaign and is_board_reviewer(user) else None,
        health=_health(at=at) if is_administrator(user) else None,
        reads_only=is_leadership(user) or is_council_member(user),
        has_role=bool(mine.roles),
    )


# --- officer and head ----------------------------------------------------------------------------


def _units(user: User, campaign: Campaign, *, at: datetime) -> list[UnitWork]:
    mine = standing(user)
    units = mine.units(Role.OFFICER, Role.HEAD)
    heads = mine.units(Role.HEAD)
    owed = (
        Obligation.objects.visible_to(user)
        .filter(campaign=campaign, unit__in=units)
        .select_related("unit", "campaign")
    )
    versions = _newest(user, campaign, units)
    work = [_unit_work(row, versions.get(row.unit_id), row.unit_id in heads, at) for row in owed]
    return sorted(work, key=_urgency)


def _newest(user: User, campaign: Campaign, units: Iterable[int]) -> dict[int, SubPlan]:
    rows = (
        SubPlan.objects.visible_to(user)
        .filter(campaign=campaign, unit__in=list(units))
        .latest_versions()
        .prefetch_related("return_reasons")
    )
    return {row.unit_id: row for row in rows}


def _unit_work(owed: Obligation, version: SubPlan | None, is_head: bool, at: datetime) -> UnitWork:
    reasons: tuple[tuple[str, str], ...] = ()
    if version and version.status == Status.RETURNED:
        said = sorted(version.return_reasons.all(), key=lambda reason: reason.pk)
        reasons = tuple((reason.get_line_display(), reason.text) for reason in said)
    return UnitWork(
        obligation=owed,
        version=version,
        step=_step(owed, version, is_head),
        is_overdue=owed.is_overdue(at=at),
        reasons=reasons,
    )


def _step(owed: Obligation, version: SubPlan | None, is_head: bool) -> str:
    if version is None:
        return START if owed.is_owed else NOTHING
    if version.status == Status.AWAITING_HEAD:
        return APPROVE if is_head else WAIT
    return {
        Status.DRAFT: CONTINUE,
        Status.RETURNED: MEND,
        Status.WITHDRAWN: START,
        Status.ACCEPTED: DONE,
    }.get(Status(version.status), WAIT)


def _urgency(work: UnitWork) -> tuple[bool, int, datetime, int]:
    """Overdue first, then what waits for this person, then by the due day."""
    place = URGENCY.index(work.step)
    return not work.is_overdue, place, work.obligation.closes_at, work.unit.sort_order


# --- khối trưởng ---------------------------------------------------------------------------------


def _blocks(user: User, campaign: Campaign, *, at: datetime) -> Iterable[BlockWork]:
    led = [block for block, year in standing(user).led_blocks if year == campaign.year]
    for block in Block.objects.filter(pk__in=led).order_by("sort_order"):
        filters = LedgerFilters(block=block.code)
        yield BlockWork(block, ledger(user, Matter(campaign), at=at, filters=filters))


# --- Ban Thi đua ---------------------------------------------------------------------------------


def _board(user: User, campaign: Campaign, *, at: datetime) -> BoardWork:
    among = queue.among(user, campaign, queue.QueueFilters())
    owed = Obligation.objects.filter(campaign=campaign).of_kind(Obligation.Kind.SUB_PLAN)
    waiting = queue.in_tab(among, queue.tab_by_code(user, "cho"))
    return BoardWork(
        tabs={found.tab.code.replace("-", "_"): found.count for found in queue.counts(user, among)},
        totals=totals_of(owed, at=at),
        next_up=waiting.exclude(unit__in=standing(user).units()).select_related("unit").first(),
        extended=tuple(
            owed.outstanding()
            .filter(extended_to__isnull=False)
            .select_related("unit")
            .order_by("closes_at", "unit__sort_order")[:SHOWN]
        ),
        blocks_without_reviewer=_without_reviewer(campaign),
        is_head=is_board_head(user),
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
