"""A scale as its pages show it: the tree with sums, what is wrong, what the members say."""

from dataclasses import dataclass
from decimal import Decimal

from campaign.models import Campaign, PlanItem
from lib.vietnamese import number
from scoring.datasets.content import CriterionContent, ScaleContent, content_of
from scoring.datasets.double_count import Doubled, activities_of, doubled
from scoring.formula import Fault, MethodName, Section, describe, method_from, tree_faults
from scoring.formula.tree import sums_below
from scoring.models import MemberConsent, PackageUse, ScoringScale
from units.models import BlockMembership, Unit


@dataclass(frozen=True)
class ScaleLine:
    """One criterion as a line of the table."""

    content: CriterionContent
    depth: int
    words: str
    method: str
    plan_items: tuple[tuple[str, str], ...]
    below: Decimal | None
    faults: tuple[str, ...]

    @property
    def is_group(self) -> bool:
        return self.content.is_group

    @property
    def is_unlimited(self) -> bool:
        """A deduction without a maximum shows no points."""
        return self.content.section == Section.DEDUCTION and not self.content.max_points


@dataclass(frozen=True)
class ScalePart:
    """Content, bonuses or deductions, with what they add up to."""

    section: Section
    lines: tuple[ScaleLine, ...]
    total: Decimal


@dataclass(frozen=True)
class ScaleTable:
    content: ScaleContent
    parts: tuple[ScalePart, ...]
    faults: tuple[Fault, ...]
    doubled: tuple[Doubled, ...]

    @property
    def can_be_put_in_force(self) -> bool:
        return not self.faults


def all_faults(content: ScaleContent) -> list[Fault]:
    """Sums that do not fit, and configurations that make no sense; by criterion."""
    found = tree_faults(content.nodes(), content.total)
    for one in content.criteria:
        if not one.is_group:
            formula = method_from(one.method, one.config)
            found.extend(Fault(one.code, said) for said in formula.faults(one.max_points))
    bonus = sum(
        (one.max_points for one in content.criteria if one.section == Section.BONUS), Decimal(0)
    )
    if bonus and not content.bonus_cap:
        found.append(Fault("", "Thang có điểm thưởng nhưng mức thưởng tối đa đang là 0."))
    return found


def scale_table(scale: ScoringScale) -> ScaleTable:
    content = content_of(scale)
    faults = all_faults(content)
    texts = dict(
        PlanItem.objects.filter(campaign__starts_on__year=scale.year).values_list(
            "code", "text_issued"
        )
    )
    sums, depths = sums_below(content.nodes()), depths_of(content)
    lines = [
        ScaleLine(
            content=one,
            depth=depths[one.code],
            words=describe(one.method, one.config, one.max_points),
            method=MethodName(one.method).label,
            plan_items=tuple((code, texts.get(code, "")) for code in one.plan_codes),
            below=sums.get(one.code, Decimal(0)) if one.is_group else None,
            faults=tuple(fault.message for fault in faults if fault.code == one.code),
        )
        for one in content.criteria
    ]
    return ScaleTable(
        content=content,
        parts=tuple(part for section in Section if (part := _part(section, lines)).lines),
        faults=tuple(faults),
        doubled=tuple(doubled(content, activities_of(scale.year))),
    )


def _part(section: Section, lines: list[ScaleLine]) -> ScalePart:
    mine = tuple(line for line in lines if line.content.section == section)
    roots = (line.content.max_points for line in mine if line.content.parent is None)
    return ScalePart(section, mine, sum(roots, Decimal(0)))


def depths_of(content: ScaleContent) -> dict[str, int]:
    depths: dict[str, int] = {}
    for one in content.criteria:
        depths[one.code] = depths[one.parent] + 1 if one.parent else 0
    return depths


@dataclass(frozen=True)
class MemberRow:
    """A member of the block and what it says to a draft; None where it has not been asked."""

    membership: BlockMembership
    consent: MemberConsent | None


@dataclass(frozen=True)
class Consents:
    rows: tuple[MemberRow, ...]

    @property
    def agreed(self) -> int:
        return sum(bool(row.consent and row.consent.agrees) for row in self.rows)

    @property
    def asked(self) -> int:
        return len(self.rows)

    @property
    def is_enough(self) -> bool:
        """More than half of the members agree (quá nửa số thành viên)."""
        return self.agreed * 2 > self.asked

    @property
    def in_words(self) -> str:
        return f"{number(self.agreed)}/{number(self.asked)} thành viên đồng ý"


def consents_of(scale: ScoringScale) -> Consents:
    said = {one.unit_id: one for one in scale.consents.select_related("by")}
    return Consents(tuple(MemberRow(row, said.get(row.unit_id)) for row in scale.members()))


@dataclass(frozen=True)
class Said:
    """What one member said to a draft."""

    unit: Unit
    agrees: bool
    note: str = ""


def campaign_of(year: int) -> Campaign | None:
    """The campaign whose package the scales of a year may take in."""
    return Campaign.objects.filter(starts_on__year=year).order_by("-starts_on", "-pk").first()


def use_of(scale: ScoringScale) -> PackageUse | None:
    return scale.package_uses.select_related("package").first()
