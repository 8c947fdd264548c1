"""Dossiers by stage, with the days they wait against the legal time."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from accounts.models import User
from awards.models import AwardGuideline, Dossier, Nomination
from campaign.models import Campaign
from lib import clock
from units.permissions import Role, is_board_reviewer, standing

RETURN_DAYS = 5
APPRAISAL_DAYS = 20
Status, Nominated = Dossier.Status, Nomination.Status

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


def dossier_rows(user: User, campaign: Campaign, *, at: datetime) -> list[DossierRow]:
    """Every dossier the person may see; those that wait longest first within a stage."""
    counted = {
        f"n_{status}": Count("nominations", filter=Q(nominations__status=status))
        for status in Nominated.values
    }
    rows = (
        Dossier.objects.visible_to(user)
        .filter(campaign=campaign)
        .select_related("unit", "campaign")
        .annotate(**counted)
    )
    guideline = AwardGuideline.objects.in_force(campaign, on=clock.local_day(at))
    own = standing(user).units()
    found = [_row(dossier, guideline, at, dossier.unit_id in own) for dossier in rows]
    order = list(STAGES)
    return sorted(
        found,
        key=lambda row: (
            order.index(row.stage), -(row.waits or 0), row.dossier.unit.sort_order,
            row.dossier.number,
        ),
    )  # fmt: skip


def _row(
    dossier: Dossier, guideline: AwardGuideline | None, at: datetime, is_own: bool
) -> DossierRow:
    counts = {status: getattr(dossier, f"n_{status}") for status in Nominated.values}
    stage = stage_of(dossier, counts)
    since, limit = _clock(dossier, stage, guideline)
    waits = clock.working_days_late(since, at) if since else None
    number = sum(counts.values()) - counts[Nominated.WITHDRAWN]
    return DossierRow(dossier, stage, number, waits, limit if since else None, is_own)


def stage_of(dossier: Dossier, counts: dict[str, int]) -> str:
    if dossier.status in BEFORE:
        return BEFORE[Status(dossier.status)]
    for stage, statuses in WITH_BOARD.items():
        if any(counts[status] for status in statuses):
            return stage
    return "xong"


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
