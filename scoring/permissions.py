"""Who may do what in the scoring. When it is possible, the model says.

Nobody scores their own unit above the self level: that is part of each predicate, not of a page.
"""

from accounts.models import User
from scoring.models import Ballot, BlockYear, CrossAssignment, ScoreSheet, ScoringScale
from units.models import Block, Unit
from units.permissions import (
    belongs_to,
    is_board_head,
    is_board_reviewer,
    is_head,
    leads_block,
    sees_province,
    standing,
    writes_for,
)


def may_write_scale(user: User, block: Block, year: int) -> bool:
    """The khối trưởng writes the scale of its block and puts it in force."""
    return leads_block(user, block.pk, year)


def may_edit_scale(user: User, scale: ScoringScale) -> bool:
    return leads_block(user, scale.block_id, scale.year)


def may_note_consents(user: User, scale: ScoringScale) -> bool:
    """What the members said at a meeting is noted by the khối trưởng."""
    return leads_block(user, scale.block_id, scale.year)


def may_consent(user: User, unit: Unit) -> bool:
    """In writing: the head of the member answers for it."""
    return is_head(user, unit)


def may_read_coverage(user: User) -> bool:
    return is_board_reviewer(user)


def may_set_package_day(user: User) -> bool:
    return is_board_head(user)


def may_score_self(user: User, unit: Unit) -> bool:
    return writes_for(user, unit)


def may_submit_sheet(user: User, sheet: ScoreSheet) -> bool:
    return is_head(user, sheet.unit)


def may_assign_cross(user: User, block: Block, year: int) -> bool:
    return leads_block(user, block.pk, year)


def may_cross_score(user: User, assignment: CrossAssignment) -> bool:
    """Who writes for the assigned unit, and has nothing to do with the scored one."""
    return writes_for(user, assignment.scorer) and not belongs_to(user, assignment.scored)


def may_appraise_for_block(user: User, sheet: ScoreSheet) -> bool:
    """The khối trưởng, but never its own sheet: that one the board appraises."""
    scale = sheet.scale
    return leads_block(user, scale.block_id, scale.year) and not belongs_to(user, sheet.unit)


def may_appraise_for_board(user: User, sheet: ScoreSheet) -> bool:
    return is_board_reviewer(user) and not belongs_to(user, sheet.unit)


def may_lock(user: User, sheet: ScoreSheet) -> bool:
    return is_board_head(user) and not belongs_to(user, sheet.unit)


def may_publish_ranking(user: User) -> bool:
    return is_board_head(user)


def may_rank(user: User, block: Block, year: int) -> bool:
    """Draft the order of a block: its khối trưởng for the block, the board for the province."""
    return leads_block(user, block.pk, year) or is_board_reviewer(user)


# --- the year of a block ------------------------------------------------------------------------


def may_see_block_year(user: User, block: Block, year: int) -> bool:
    """The members of the block in that year, and who sees the province."""
    return sees_province(user) or (block.pk, year) in standing(user).own_blocks


def may_run_block_year(user: User, block: Block, year: int) -> bool:
    """Pledge, meetings, votes and hand-over are the khối trưởng's to run."""
    return leads_block(user, block.pk, year)


def may_set_days(user: User, block: Block, year: int) -> bool:
    """The khối trưởng gives the block its days, or Ban Thi đua does."""
    return leads_block(user, block.pk, year) or is_board_reviewer(user)


def may_vote(user: User, ballot: Ballot, unit: Unit) -> bool:
    """The head votes for the unit; nobody can be sent to vote in the head's place (ADR 0017)."""
    year = ballot.block_year
    is_member = unit.block_memberships.filter(block=year.block_id, year=year.year).exists()
    return is_member and is_head(user, unit)


def may_receive(user: User, year: BlockYear) -> bool:
    """The head of the unit that leads the block next takes over."""
    return year.handed_over_to is not None and is_head(user, year.handed_over_to)
