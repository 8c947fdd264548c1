"""Who may have a report built, and of whom, and who does what with its paper. Who may read it,
`Report.objects.visible_to` says."""

from accounts.models import User
from campaign.models import Campaign
from reports.models import Paper, Report
from units.models import Block, Unit
from units.permissions import (
    Role,
    is_board_head,
    is_board_reviewer,
    leads_block,
    sees_province,
    standing,
    writes_for,
)


def may_build_report(
    user: User, campaign: Campaign, *, block: Block | None = None, unit: Unit | None = None
) -> bool:
    """A reviewer or the head of Ban Thi đua starts any (bảng quyền: “start”); who leads a block
    that year its own, who writes for a unit that unit's, since they read nothing more in it."""
    if is_board_reviewer(user):
        return True
    if unit is not None:
        return writes_for(user, unit)
    return block is not None and leads_block(user, block.pk, campaign.year)


def may_ask_for_reports(user: User) -> bool:
    """Has something to ask for on the page of reports."""
    mine = standing(user)
    return bool(is_board_reviewer(user) or mine.led_blocks or mine.units(Role.OFFICER, Role.HEAD))


def may_read_reports(user: User) -> bool:
    return sees_province(user) or may_ask_for_reports(user)


def may_change_report(user: User, report: Report) -> bool:
    """Cancel it or have it built again: whoever could have asked for it."""
    return may_build_report(user, report.campaign, block=report.block, unit=report.unit)


def may_edit_paper(user: User, paper: Paper) -> bool:
    """Word it, have its files made, propose it, give it the number of the register."""
    return is_board_reviewer(user)


def may_approve_paper(user: User, paper: Paper) -> bool:
    """Approve it, hand it back, issue it: the head of Ban Thi đua."""
    return is_board_head(user)


def may_word_templates(user: User) -> bool:
    return is_board_reviewer(user)


# --- Tổng quan of a part ------------------------------------------------------------------------


def may_overlook_block(user: User, block: Block, campaign: Campaign) -> bool:
    """Its khối trưởng of the year, and who sees the province."""
    return sees_province(user) or leads_block(user, block.pk, campaign.year)


def may_overlook_unit(user: User, unit: Unit, campaign: Campaign) -> bool:
    """Its own people, the khối trưởng of its block of the year, and who sees the province."""
    if sees_province(user) or writes_for(user, unit):
        return True
    led = [block for block, year in standing(user).led_blocks if year == campaign.year]
    places = unit.block_memberships.filter(year=campaign.year, block__in=led)
    return bool(led) and places.exists()
