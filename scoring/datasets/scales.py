"""The blocks of a year and the scale each works by: the first page of the scoring."""

from collections import defaultdict
from dataclasses import dataclass

from accounts.models import User
from scoring.models import PackageUse, ScoringScale
from units.models import Block, BlockMembership
from units.permissions import leads_block, sees_province, standing


@dataclass(frozen=True)
class BlockScales:
    """A block in a year: its scale in force, a draft, and how the campaign came into it."""

    block: Block
    members: int
    lead: BlockMembership | None
    in_force: ScoringScale | None
    draft: ScoringScale | None
    use: PackageUse | None
    is_led: bool


def block_scales(user: User, year: int) -> list[BlockScales]:
    blocks = _blocks(user, year)
    members: defaultdict[int, list[BlockMembership]] = defaultdict(list)
    for row in BlockMembership.objects.filter(year=year, block__in=blocks).select_related("unit"):
        members[row.block_id].append(row)
    scales = ScoringScale.objects.visible_to(user).filter(year=year, block__in=blocks)
    found = {(one.block_id, one.status): one for one in scales}
    uses = {
        one.scale_id: one
        for one in PackageUse.objects.filter(scale__in=scales).select_related("package")
    }
    return [_row(user, year, block, members[block.pk], found, uses) for block in blocks]


def _blocks(user: User, year: int) -> list[Block]:
    rows = Block.objects.filter(memberships__year=year).distinct().order_by("sort_order")
    if not sees_province(user):
        own = [block for block, of_year in standing(user).own_blocks if of_year == year]
        rows = rows.filter(pk__in=own)
    return list(rows)


def _row(
    user: User,
    year: int,
    block: Block,
    members: list[BlockMembership],
    found: dict[tuple[int, str], ScoringScale],
    uses: dict[int, PackageUse],
) -> BlockScales:
    Status = ScoringScale.Status  # noqa: N806
    in_force = found.get((block.pk, Status.IN_FORCE))
    draft = found.get((block.pk, Status.DRAFT))
    leads = [row for row in members if row.role == BlockMembership.Role.LEAD]
    return BlockScales(
        block=block,
        members=len(members),
        lead=leads[0] if leads else None,
        in_force=in_force,
        draft=draft,
        use=uses.get(in_force.pk) if in_force else None,
        is_led=leads_block(user, block.pk, year),
    )
