"""Demonstration scales: some blocks with one in force, some amended, one that is being written.

Made by the same actions as a person's, so that each carries its trace. The points of the blocks
without the campaign's package are those of the sample scale, shared out again.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from campaign.models import Campaign
from lib import clock
from scoring.actions import scale as actions
from scoring.actions.package import Taking, take_package
from scoring.datasets.content import ScaleContent
from scoring.datasets.editing import with_points, without
from scoring.datasets.scale import Said
from scoring.importers.data import has_sample, load_package, sample_scale
from scoring.models import CampaignPackage, PackageUse, ScoringScale
from units.models import Block, BlockMembership, Membership

# What each block does with the campaign; the others have no scale yet.
AMENDED = {
    "K04": PackageUse.Way.REBALANCE,
    "K06": PackageUse.Way.BONUS,
    "K02": PackageUse.Way.REFERENCE,
}
NOT_AMENDED = ("K01", "K03", "K09")
DRAFTING = ("K05",)
FIRST_DAY, AMENDED_DAY = date(2024, 3, 4), date(2024, 4, 12)
TIES = {"C.1.2": ("III.1.5",), "D.2": ("III.5.6", "IV.2.2")}


def write_scales(campaign: Campaign, *, now: datetime) -> int:
    """How many scales were made; none where there are some, or before the blocks had met."""
    if not has_sample(campaign.code) or ScoringScale.objects.exists() or _at(FIRST_DAY) > now:
        return 0
    load_package(campaign.code)
    with transaction.atomic():
        for code in (*AMENDED, *NOT_AMENDED, *DRAFTING):
            _write(campaign, code, now)
    return ScoringScale.objects.count()


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), clock.LOCAL)


def _write(campaign: Campaign, code: str, now: datetime) -> None:
    block = Block.objects.filter(code=code).first()
    lead = _lead(block, campaign.year) if block else None
    if block is None or lead is None:
        return
    plain = _without_package(sample_scale(campaign.code))
    at = _at(FIRST_DAY)
    scale = actions.start_scale(block, campaign.year, by=lead, at=at, content=plain)
    if code in DRAFTING:
        return
    _agree_and_enforce(scale, lead, at + timedelta(days=1), FIRST_DAY)
    way = AMENDED.get(code)
    if way and _at(AMENDED_DAY) <= now:
        _amend(scale, campaign, way, lead)


def _lead(block: Block, year: int) -> User | None:
    unit = BlockMembership.objects.filter(block=block, year=year, role="lead").first()
    if unit is None:
        return None
    found = Membership.objects.filter(
        unit=unit.unit_id, role=Membership.Role.BLOCK_LEAD, user__is_demonstration=True
    ).select_related("user")
    first = found.first()
    return first.user if first else None


def _without_package(content: ScaleContent) -> ScaleContent:
    """The sample as it was before the plan came: the 60 points of C.2 are still in C.1."""
    content = without(content, "C.2")
    more = {"C.1": 120, "C.1.1": 30, "C.1.2": 60, "C.1.3": 30}
    points = {
        one.code: (one.name, Decimal(more.get(one.code, one.max_points)))
        for one in content.criteria
    }
    return _doubled_choices(with_points(content, points))


def _doubled_choices(content: ScaleContent) -> ScaleContent:
    """Levels and counts follow their doubled maximum."""

    def config(code: str, given: dict[str, object]) -> dict[str, object]:
        if code in {"C.1.1", "C.1.3"}:
            labels = [one["label"] for one in given["options"]]  # type: ignore[attr-defined]
            return {
                "options": [
                    {"label": label, "points": points}
                    for label, points in zip(labels, ("30", "14", "0"), strict=True)
                ]
            }
        if code == "C.1.2":
            return {"things": [{**given["things"][0], "points": "60"}]}  # type: ignore[index]
        return given

    criteria = (replace(one, config=config(one.code, one.config)) for one in content.criteria)
    return replace(content, criteria=tuple(criteria))


def _agree_and_enforce(scale: ScoringScale, lead: User, at: datetime, day: date) -> None:
    said = [Said(row.unit, agrees=True) for row in scale.members()]
    actions.note_consents(scale, said, by=lead, at=at)
    actions.put_in_force(scale, by=lead, at=at + timedelta(hours=1), effective_date=day)


def _amend(scale: ScoringScale, campaign: Campaign, way: str, lead: User) -> None:
    at = _at(AMENDED_DAY)
    note = "Đưa nội dung Đợt Thi đua đặc biệt vào thang bảng điểm theo mục IV.2.1 của Kế hoạch."
    draft = actions.amend_scale(scale, by=lead, at=at, note=note)
    package = CampaignPackage.objects.get(campaign=campaign)
    taking = Taking(way, parent="C", cap=Decimal(110), ties=TIES)
    take_package(draft, package, taking, by=lead, at=at, revision=draft.revision)
    if way == PackageUse.Way.REBALANCE:
        _give_back(draft, campaign, lead, at)
    _agree_and_enforce(draft, lead, at + timedelta(days=1), AMENDED_DAY)


def _give_back(draft: ScoringScale, campaign: Campaign, lead: User, at: datetime) -> None:
    """C.1 gives the package the points it had kept: the sample as it stands."""
    actions.edit_scale(
        draft, lambda _: sample_scale(campaign.code), by=lead, at=at, revision=draft.revision,
        label="Cân đối lại điểm",
    )  # fmt: skip
