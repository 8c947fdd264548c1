"""Which blocks' scales refer to which rows of the plan, and who has not taken the campaign in.

For Ban Thi đua: the 25 bullets of part III and the 35 duties of part IV, each with the blocks
whose scale in force scores it (domain IV.2.1).
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from campaign.models import Campaign, PlanItem
from scoring.models import CampaignPackage, Criterion, PackageUse, ScoringScale
from units.models import Block


@dataclass(frozen=True)
class Reference:
    """One block's scale in force, and which of its criteria name the row."""

    scale: ScoringScale
    codes: tuple[str, ...]


@dataclass(frozen=True)
class CoveredItem:
    item: PlanItem
    references: tuple[Reference, ...]


@dataclass(frozen=True)
class CoveredPart:
    title: str
    items: tuple[CoveredItem, ...]

    @property
    def covered(self) -> int:
        return sum(bool(one.references) for one in self.items)


@dataclass(frozen=True)
class BlockState:
    """Where one block stands: its scale in force and how that takes the package in, if it does."""

    block: Block
    scale: ScoringScale | None
    draft: ScoringScale | None
    use: PackageUse | None

    @property
    def has_amended(self) -> bool:
        return self.use is not None


@dataclass(frozen=True)
class Coverage:
    campaign: Campaign
    package: CampaignPackage | None
    parts: tuple[CoveredPart, ...]
    blocks: tuple[BlockState, ...]

    @property
    def missing(self) -> tuple[BlockState, ...]:
        return tuple(one for one in self.blocks if not one.has_amended)

    def is_due(self, today: date) -> bool:
        return self.package is not None and today > self.package.amend_by


def coverage(campaign: Campaign) -> Coverage:
    scales = list(
        ScoringScale.objects.filter(year=campaign.year)
        .exclude(status=ScoringScale.Status.SUPERSEDED)
        .select_related("block")
        .order_by("block__sort_order")
    )
    in_force = {one.pk: one for one in scales if one.status == ScoringScale.Status.IN_FORCE}
    references = _references(in_force)
    items = PlanItem.objects.filter(campaign=campaign)
    package = CampaignPackage.objects.filter(campaign=campaign).order_by("code").first()
    return Coverage(
        campaign=campaign,
        package=package,
        parts=(
            _part("III. Giải pháp", items.bullets(), references),
            _part("IV. Nhiệm vụ", items.duties(), references),
        ),
        blocks=_block_states(campaign.year, scales, package),
    )


def _references(in_force: Mapping[int, ScoringScale]) -> dict[int, list[Reference]]:
    """By the row of the plan; codes of one scale together, blocks in their order."""
    rows = (
        Criterion.objects.filter(scale__in=in_force, plan_items__isnull=False)
        .order_by("scale__block__sort_order", "position")
        .values_list("plan_items", "scale", "code")
    )
    codes: defaultdict[int, dict[int, list[str]]] = defaultdict(dict)
    for item, scale, code in rows:
        codes[item].setdefault(scale, []).append(code)
    return {
        item: [Reference(in_force[scale], tuple(found)) for scale, found in scales.items()]
        for item, scales in codes.items()
    }


def _part(
    title: str, items: QuerySet[PlanItem], references: Mapping[int, list[Reference]]
) -> CoveredPart:
    return CoveredPart(
        title,
        tuple(
            CoveredItem(item, tuple(references.get(item.pk, ())))
            for item in items.order_by("position")
        ),
    )


def _block_states(
    year: int, scales: list[ScoringScale], package: CampaignPackage | None
) -> tuple[BlockState, ...]:
    found = {(one.block_id, one.status): one for one in scales}
    uses = {
        one.scale_id: one for one in PackageUse.objects.filter(package=package, scale__in=scales)
    }
    Status = ScoringScale.Status  # noqa: N806
    states = []
    for block in Block.objects.filter(memberships__year=year).distinct().order_by("sort_order"):
        scale = found.get((block.pk, Status.IN_FORCE))
        draft = found.get((block.pk, Status.DRAFT))
        states.append(BlockState(block, scale, draft, uses.get(scale.pk) if scale else None))
    return tuple(states)
