"""Who may do what with awards. When it is possible, the model says.

Nobody receives, appraises or decides on what their own unit sent: that is part of each
predicate, not of a page.
"""

from accounts.models import User
from awards.models import Candidate, Dossier, Lookalike, Meeting, Nomination
from units.models import BlockMembership, Unit
from units.permissions import (
    belongs_to,
    is_board_head,
    is_board_reviewer,
    is_council_member,
    is_head,
    leads_block,
    sees_province,
    writes_for,
)

# --- the guideline ----------------------------------------------------------------------------


def may_write_guideline(user: User) -> bool:
    return is_board_reviewer(user)


def may_issue_guideline(user: User) -> bool:
    return is_board_head(user)


# --- the unit ---------------------------------------------------------------------------------


def may_nominate(user: User, unit: Unit) -> bool:
    """Draft dossiers of the unit and what is in them."""
    return writes_for(user, unit)


def may_edit_dossier(user: User, dossier: Dossier) -> bool:
    return writes_for(user, dossier.unit)


def may_sign_dossier(user: User, dossier: Dossier) -> bool:
    return is_head(user, dossier.unit)


def may_withdraw_dossier(user: User, dossier: Dossier) -> bool:
    return is_head(user, dossier.unit)


def leads_block_of(user: User, unit: Unit, year: int) -> bool:
    """Whether the person is khối trưởng of the block the unit competes in that year."""
    place = BlockMembership.objects.filter(unit=unit, year=year).first()
    return place is not None and leads_block(user, place.block_id, year)


def may_note_block_vote(user: User, dossier: Dossier) -> bool:
    return leads_block_of(user, dossier.unit, dossier.campaign.year)


def may_read_personal_data(user: User, candidate: Candidate) -> bool:
    """The unit that gave them and the board that checks them; each look leaves a trace."""
    return writes_for(user, candidate.unit) or is_board_reviewer(user)


# --- Ban Thi đua ------------------------------------------------------------------------------


def may_see_reception(user: User) -> bool:
    return sees_province(user)


def may_receive(user: User, dossier: Dossier) -> bool:
    return is_board_reviewer(user) and not belongs_to(user, dossier.unit)


def may_appraise(user: User, nomination: Nomination) -> bool:
    return is_board_reviewer(user) and not belongs_to(user, nomination.dossier.unit)


def may_consult(user: User) -> bool:
    return is_board_reviewer(user)


def may_judge_pair(user: User, pair: Lookalike) -> bool:
    """Of neither side the person's own unit: who belongs to one is not asked about the other."""
    sides = [side.dossier.unit for side in (pair.nomination, pair.other) if side]
    return is_board_reviewer(user) and not any(belongs_to(user, unit) for unit in sides)


def may_see_lookalikes(user: User) -> bool:
    return is_board_reviewer(user)


def may_import_history(user: User) -> bool:
    return is_board_reviewer(user)


# --- council and decision ---------------------------------------------------------------------


def may_read_council(user: User) -> bool:
    """Opinions, meetings, letters and decisions in the making: whoever sees the province."""
    return sees_province(user)


def may_prepare_meeting(user: User) -> bool:
    return is_board_reviewer(user)


def may_run_meeting(user: User) -> bool:
    return is_board_head(user)


def may_vote(user: User, meeting: Meeting) -> bool:
    """A member of the council who was invited to this meeting."""
    return is_council_member(user) and meeting.attendances.filter(member=user).exists()


def may_note_decision(user: User) -> bool:
    """What the Chairman signed is noted, published and revoked by the head of Ban Thi đua."""
    return is_board_head(user)


def may_propose(user: User) -> bool:
    return is_board_reviewer(user)


def may_set_certificates(user: User) -> bool:
    return is_board_reviewer(user)


def may_read_statistics(user: User) -> bool:
    return sees_province(user)
