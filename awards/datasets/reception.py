"""Dossiers by stage, with the days they wait against the legal time."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.past import status_then
from awards.models import AwardGuideline, Dossier, Nomination
from campaign.models import Campaign
from lib import clock
from units.permissions import Role, is_board_reviewer, standing

RETURN_DAYS = 5
APPRAISAL_DAYS = 20
Status, Nominated = Dossier.Status, Nomination.Status

SENT, SENT_LABEL = "da-gui", "Đã gửi, không kể đã rút"
# Where a dossier stands, in the order of the work; `done` has every nomination at its end.
STAGES = {
    "don-vi": "Đơn vị đang soạn",
    "khoi": "Chờ khối suy tôn",
    "tiep-nhan": "Chờ tiếp nhận",
    "bo-sung": "Chờ đơn vị bổ sung",
    "tham-dinh": "Chờ thẩm định",
    "lay-y-kien": "Đã thẩm định, lấy ý kiến",
    "hoi-dong": "Trình Hội đồng, trình Chủ tịch",
    "xong": "Đã có kết quả",
    "rut": "Đã rút",
}
BEFORE = {
    Status.DRAFTING: "don-vi",
    Status.AWAITING_HEAD: "don-vi",
    Status.BLOCK_VOTE: "khoi",
    Status.SUBMITTED: "tiep-nhan",
    Status.RETURNED: "bo-sung",
    Status.WITHDRAWN: "rut",
}
NOT_SENT = [Status.DRAFTING, Status.AWAITING_HEAD, Status.BLOCK_VOTE, Status.WITHDRAWN]
# Once complete: by the nomination that is least far.
WITH_BOARD = {
    "tham-dinh": (Nominated.APPRAISING, Nominated.IN_DOSSIER),
    "lay-y-kien": (Nominated.APPRAISED, Nominated.CONSULTING),
    "hoi-dong": (Nominated.WITH_COUNCIL, Nominated.PROPOSED),
}


@dataclass(frozen=True)
class DossierRow:
    """One line of the list. `waits` are working days on the board's side, `limit` the legal ones."""

    dossier: Dossier
    stage: str
    nominations: int
    waits: int | None
    limit: int | None
    is_own_unit: bool

    @property
    def stage_label(self) -> str:
        return STAGES[self.stage]

    @property
    def is_over(self) -> bool:
        return self.waits is not None and self.limit is not None and self.waits > self.limit

    @property
    def left(self) -> int:
        return (self.limit or 0) - (self.waits or 0)


def dossiers_then(user: User, campaign: Campaign, by: datetime | None = None) -> QuerySet[Dossier]:
    """Those the person may see, each with the `status_then` and what makes its stage; of a moment
    that has passed, those the board had got by then."""
    rows = Dossier.objects.visible_to(user).filter(campaign=campaign)
    own: F | Case = F("status")
    nominated = Nomination.objects.annotate(status_then=F("status"))
    if by is not None:
        own = status_then(Dossier, by, initial=Status.SUBMITTED)
        rows = rows.filter(submitted_at__lte=by)
        nominated = Nomination.objects.annotate(status_then=status_then(Nomination, by))
    inside = nominated.filter(dossier=OuterRef("pk"))
    flags = {
        _flag(stage): Exists(inside.filter(status_then__in=statuses))
        for stage, statuses in WITH_BOARD.items()
    }
    return rows.annotate(status_then=own, **flags)


def _flag(stage: str) -> str:
    return f"is_{stage.replace('-', '_')}"


FLAGS = [_flag(stage) for stage in WITH_BOARD]


def dossier_rows(
    user: User, campaign: Campaign, *, at: datetime, by: datetime | None = None
) -> list[DossierRow]:
    """Every dossier the person may see; those that wait longest first within a stage."""
    alive = ~Q(nominations__status=Nominated.WITHDRAWN) & Q(nominations__created_at__lte=at)
    rows = dossiers_then(user, campaign, by).select_related("unit", "campaign")
    guideline = AwardGuideline.objects.in_force(campaign, on=clock.local_day(at))
    own = standing(user).units()
    found = [
        _row(dossier, guideline, at, dossier.unit_id in own)
        for dossier in rows.annotate(alive=Count("nominations", filter=alive))
    ]
    order = list(STAGES)
    return sorted(
        found,
        key=lambda row: (
            order.index(row.stage), -(row.waits or 0), row.dossier.unit.sort_order,
            row.dossier.number,
        ),
    )  # fmt: skip


def _row(dossier: Any, guideline: AwardGuideline | None, at: datetime, is_own: bool) -> DossierRow:
    stage = stage_of(dossier.status_then, [getattr(dossier, flag) for flag in FLAGS])
    since, limit = _clock(dossier, stage, guideline)
    if since and since > clock.local_day(at):
        since = None  # it began to wait after the moment that is looked at
    waits = clock.working_days_late(since, at) if since else None
    if dossier.status != dossier.status_then:
        dossier.set_back(dossier.status_then)
    return DossierRow(dossier, stage, dossier.alive, waits, limit if since else None, is_own)


def stage_of(status: str, waiting: Sequence[bool]) -> str:
    """`waiting`: for each stage with the board, whether a nomination is there."""
    if status in BEFORE:
        return BEFORE[Status(status)]
    for stage, is_there in zip(WITH_BOARD, waiting, strict=True):
        if is_there:
            return stage
    return "xong"


def stage_counts(user: User, campaign: Campaign, by: datetime | None = None) -> dict[str, int]:
    """How many dossiers stood at each stage, in the order of the work, in one query."""
    counted: Counter[str] = Counter()
    rows = dossiers_then(user, campaign, by).order_by().values_list("status_then", *FLAGS)
    for status, *rest in rows.annotate(Count("pk")):
        counted[stage_of(status, rest[:-1])] += rest[-1]
    return {stage: counted[stage] for stage in STAGES if counted[stage]}


def is_sent(stage: str) -> bool:
    """With the board, or given back by it: what “hồ sơ đã gửi” counts."""
    return stage not in {BEFORE[status] for status in NOT_SENT}


def _clock(
    dossier: Dossier, stage: str, guideline: AwardGuideline | None
) -> tuple[date | None, int | None]:
    """The day from which the board's time runs at this stage, and how many working days it has."""
    if stage == "tiep-nhan" and dossier.last_submitted_at:
        days = guideline.return_days if guideline else RETURN_DAYS
        return clock.local_day(dossier.last_submitted_at), days
    if stage in {"tham-dinh", "lay-y-kien", "hoi-dong"} and dossier.received_at:
        days = guideline.appraisal_days if guideline else APPRAISAL_DAYS
        return clock.local_day(dossier.received_at), days
    return None, None


@dataclass(frozen=True)
class StageCount:
    code: str
    label: str
    count: int
    over: int


def stages_of(rows: Iterable[DossierRow]) -> list[StageCount]:
    """How many dossiers stand where, and how many of them beyond the legal time."""
    listed = list(rows)
    counts, over = (
        Counter(row.stage for row in listed),
        Counter(row.stage for row in listed if row.is_over),
    )
    return [
        StageCount(code, label, counts[code], over[code])
        for code, label in STAGES.items()
        if counts[code]
    ]


@dataclass(frozen=True)
class AwardsAwaiting:
    """What waits for a person in the awards, for the home page."""

    for_head: list[Dossier]
    to_mend: list[Dossier]
    drafts: list[Dossier]
    to_vote: list[Dossier]
    to_receive: int
    to_appraise: int
    due_date: date | None

    @property
    def is_something(self) -> bool:
        own = self.for_head or self.to_mend or self.drafts or self.to_vote
        return bool(own or self.to_receive or self.to_appraise)


def awaiting(user: User, campaign: Campaign, *, at: datetime) -> AwardsAwaiting:
    mine = standing(user)
    heads, writes = mine.units(Role.HEAD), mine.units(Role.OFFICER, Role.HEAD)
    seen = list(
        Dossier.objects.visible_to(user)
        .filter(campaign=campaign)
        .exclude(status__in=[Status.WITHDRAWN, Status.COMPLETE])
        .select_related("unit")
        .order_by("created_at", "pk")
    )
    guideline = AwardGuideline.objects.in_force(campaign, on=clock.local_day(at))
    of_board = is_board_reviewer(user)
    others = [row for row in seen if row.unit_id not in mine.units()]
    return AwardsAwaiting(
        for_head=[r for r in seen if r.unit_id in heads and r.status == Status.AWAITING_HEAD],
        to_mend=[r for r in seen if r.unit_id in writes and r.status == Status.RETURNED],
        drafts=[r for r in seen if r.unit_id in writes and r.status == Status.DRAFTING],
        to_vote=[r for r in seen if mine.led_blocks and r.status == Status.BLOCK_VOTE],
        to_receive=sum(r.status == Status.SUBMITTED for r in others) if of_board else 0,
        to_appraise=_to_appraise(user, campaign) if of_board else 0,
        due_date=guideline.due_date if guideline else None,
    )


def _to_appraise(user: User, campaign: Campaign) -> int:
    rows = Nomination.objects.visible_to(user).of_campaign(campaign)
    waiting = rows.filter(status=Nominated.APPRAISING)
    return waiting.exclude(dossier__unit__in=standing(user).units()).count()
