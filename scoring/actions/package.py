"""Taking the campaign's package into the scale of a block, in one of three ways."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from lib.vietnamese import short_date
from scoring.actions.scale import edit_scale
from scoring.datasets.content import CriterionContent, ScaleContent
from scoring.datasets.editing import freed_code, next_code, with_package, without
from scoring.formula import MethodName, Section
from scoring.models import CampaignPackage, PackageUse, ScoringScale
from scoring.permissions import may_set_package_day

ZERO = Decimal(0)


@dataclass(frozen=True)
class Taking:
    """One of the three ways, and what it needs: the group it goes into, the cap of bonuses, or
    the rows of the plan tied to each criterion."""

    way: str
    parent: str = ""
    cap: Decimal = ZERO
    ties: dict[str, tuple[str, ...]] = field(default_factory=dict)


def package_leaves(package: CampaignPackage) -> list[CriterionContent]:
    rows = package.criteria.order_by("position").prefetch_related("plan_items")
    return [
        CriterionContent(
            code=row.code,
            name=row.name,
            max_points=row.max_points,
            method=row.method,
            config=row.config,
            wording=row.wording,
            evidence_required=row.evidence_required,
            evidence_note=row.evidence_note,
            verifier=row.verifier,
            plan_codes=tuple(
                item.code for item in sorted(row.plan_items.all(), key=lambda item: item.position)
            ),
            package_code=row.code,
        )
        for row in rows
    ]


def as_group(
    content: ScaleContent, package: CampaignPackage, leaves: list[CriterionContent], parent: str
) -> ScaleContent:
    """Re-balance: the package as a group inside another; the block then takes the points it
    needs from other criteria until the sums fit."""
    kept = _without_package(content)
    code = package.code if parent == package.code[0] else next_code(kept, parent or None)
    code = freed_code(kept, code)
    group = CriterionContent(
        code=code, name=package.name, max_points=sum((one.max_points for one in leaves), ZERO),
        method=MethodName.GROUP.value, parent=parent or None,
    )  # fmt: skip
    return with_package(kept, group, _recoded(leaves, package.code, code))


def as_bonus(
    content: ScaleContent, package: CampaignPackage, leaves: list[CriterionContent], cap: Decimal
) -> ScaleContent:
    """As bonus points: the package counts beside the total, up to the cap of the scale."""
    kept = _without_package(content)
    code = next_code(kept, None)
    group = CriterionContent(
        code=code, name=package.name, max_points=sum((one.max_points for one in leaves), ZERO),
        method=MethodName.GROUP.value, section=Section.BONUS.value,
    )  # fmt: skip
    raised = replace(kept, bonus_cap=max(kept.bonus_cap, cap))
    return with_package(raised, group, _recoded(leaves, package.code, code))


def as_reference(content: ScaleContent, ties: dict[str, tuple[str, ...]]) -> ScaleContent:
    """Only rows of the plan beside criteria that are already there, by the criterion's code."""
    kept = _without_package(content)
    tied = (
        replace(one, plan_codes=tuple(dict.fromkeys((*one.plan_codes, *ties.get(one.code, ())))))
        for one in kept.criteria
    )
    return replace(kept, criteria=tuple(tied))


def _recoded(leaves: list[CriterionContent], before: str, after: str) -> list[CriterionContent]:
    return [replace(one, code=one.code.replace(before, after, 1)) for one in leaves]


def _without_package(content: ScaleContent) -> ScaleContent:
    """Whatever was taken from the package before, so that a second way replaces the first."""
    groups = {one.parent for one in content.criteria if one.package_code}
    for code in groups:
        only = [one for one in content.criteria if one.parent == code]
        if code and all(one.package_code for one in only):
            content = without(content, code)
    for one in content.criteria:
        if one.package_code:
            content = without(content, one.code)
    return content


@transaction.atomic
def take_package(
    scale: ScoringScale,
    package: CampaignPackage,
    taking: Taking,
    *,
    by: User,
    at: datetime,
    revision: int,
) -> None:
    """Change the draft in the way that was chosen, and keep which way it was."""
    label = f"Đưa nội dung Đợt thi đua vào thang điểm: {PackageUse.Way(taking.way).label}"
    leaves = package_leaves(package)

    def change(content: ScaleContent) -> ScaleContent:
        match taking.way:
            case PackageUse.Way.REBALANCE:
                return as_group(content, package, leaves, taking.parent)
            case PackageUse.Way.BONUS:
                return as_bonus(content, package, leaves, taking.cap)
            case _:
                return as_reference(content, taking.ties)

    edit_scale(scale, change, by=by, at=at, revision=revision, label=label)
    PackageUse.objects.update_or_create(
        scale=scale, package=package, defaults={"way": taking.way, "by": by, "at": at}
    )


@transaction.atomic
def set_package_day(package: CampaignPackage, day: date, *, by: User, at: datetime) -> None:
    """By when the blocks are to have taken the package in."""
    require(may_set_package_day(by))
    if day < package.campaign.issued_on:
        raise Refused("Hạn đưa vào thang điểm không thể trước ngày ban hành Kế hoạch.")
    package.amend_by = day
    package.save(update_fields=["amend_by"])
    label = f"Hạn đưa nội dung Đợt thi đua vào thang điểm: {short_date(day)}"
    AuditEvent.objects.record(package, "day_set", by=by, at=at, label=label)
