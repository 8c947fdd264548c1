"""Who may do what with obligations and with what units send. When, the model says."""

from accounts.models import User
from campaign.models import (
    Activity,
    Evidence,
    Obligation,
    Participation,
    ProgressReport,
    Submission,
    Visit,
)
from units.models import Membership, Unit
from units.permissions import (
    belongs_to,
    has_a_role,
    is_administrator,
    is_board_head,
    is_board_reviewer,
    is_head,
    is_leadership,
    leads_block,
    standing,
    writes_for,
)


def may_draft(user: User, unit: Unit) -> bool:
    """Start or edit what the unit sends: its sub-plan, its reports."""
    return writes_for(user, unit)


def may_submit(user: User, submission: Submission) -> bool:
    """The head of the unit answers for what leaves it (Thủ trưởng ký, chịu trách nhiệm)."""
    return is_head(user, submission.unit)


def may_hand_to_head(user: User, submission: Submission) -> bool:
    return writes_for(user, submission.unit)


def may_withdraw(user: User, submission: Submission) -> bool:
    return writes_for(user, submission.unit)


def may_review(user: User, submission: Submission) -> bool:
    """A reviewer of Ban Thi đua, but never of a unit the person belongs to."""
    return is_board_reviewer(user) and not belongs_to(user, submission.unit)


def may_decide(user: User, submission: Submission) -> bool:
    """The reviewer who took it, or the head of the board."""
    return may_review(user, submission) and (
        submission.reviewer_id == user.pk or is_board_head(user)
    )


def may_read_internal_notes(user: User, submission: Submission) -> bool:
    return may_review(user, submission)


def may_register_receipt(user: User, unit: Unit) -> bool:
    """Enter what came on paper or by e-office in the unit's name (nhập thay)."""
    return is_board_reviewer(user) and not belongs_to(user, unit)


def may_change_obligation(user: User, obligation: Obligation) -> bool:
    """Extend or exempt: the head of Ban Thi đua, in the year of a block also its khối trưởng, and
    not for the person's own unit."""
    step = obligation.step
    is_lead = step is not None and leads_block(user, step.block_id, step.year)
    return (is_board_head(user) or is_lead) and not belongs_to(user, obligation.unit)


def may_assign_reviewers(user: User) -> bool:
    return is_board_head(user)


# --- reminders and chasing ----------------------------------------------------------------------


def may_read_chasing(user: User) -> bool:
    """Who has not sent what, and what was written to whom: the board, and the leadership reads."""
    return is_board_reviewer(user) or is_leadership(user)


def may_chase(user: User) -> bool:
    """Remind units and make letters; also of one's own unit, since nothing is decided by it."""
    return is_board_reviewer(user)


def may_change_schedule(user: User) -> bool:
    return is_board_head(user)


def may_read_outbox(user: User) -> bool:
    """See which letters left the portal, and have a failed one sent again."""
    return is_board_reviewer(user) or is_administrator(user)


# --- evidence -----------------------------------------------------------------------------------


def may_prove_activity(user: User, activity: Activity) -> bool:
    """Add evidence: who writes for the unit that leads it, or for one that takes part."""
    writing = standing(user).units(Membership.Role.OFFICER, Membership.Role.HEAD)
    taking_part = activity.participations.filter(unit__in=writing)
    return activity.lead_unit_id in writing or taking_part.exists()


def may_prove_report(user: User, report: ProgressReport) -> bool:
    return writes_for(user, report.unit)


def may_change_evidence(user: User, evidence: Evidence) -> bool:
    """Put it right or take it away: who may add, and answers for this very piece."""
    if evidence.activity is not None and not may_prove_activity(user, evidence.activity):
        return False
    return answers_for_evidence(user, evidence)


def answers_for_evidence(user: User, evidence: Evidence) -> bool:
    """Who added it, or writes for the unit it speaks for; asks nothing of the database."""
    if evidence.report is not None:
        return may_prove_report(user, evidence.report)
    activity = evidence.activity
    is_own = evidence.added_by_id == user.pk
    return activity is not None and (is_own or writes_for(user, activity.lead_unit))


def may_set_periods(user: User) -> bool:
    """Set, open, lock and reopen reporting periods."""
    return is_board_head(user)


def may_add_activity(user: User, unit: Unit) -> bool:
    """Add to what the unit does in the campaign, beside what its sub-plan registered."""
    return writes_for(user, unit)


def may_lead_activity(user: User, activity: Activity) -> bool:
    """Say how it goes, ask others to take part, fold it: the unit that owns its figures."""
    return writes_for(user, activity.lead_unit)


def may_answer_for(user: User, participation: Participation) -> bool:
    """Confirm or contest in the name of the unit that is said to take part."""
    return writes_for(user, participation.unit)


def may_edit_indicators(user: User) -> bool:
    """The catalogue is the whole campaign's: the head of the board answers for it."""
    return is_board_head(user)


# --- Inspection ----------------------------------------------------------------------------------


def may_plan_inspections(user: User) -> bool:
    """Make rounds of inspection and choose whom they visit."""
    return is_board_reviewer(user)


def may_change_visit(user: User, visit: Visit) -> bool:
    """Day, team and outcome of a visit: Ban Thi đua, but never at a unit the person belongs to."""
    return is_board_reviewer(user) and not belongs_to(user, visit.unit)


def may_write_minutes(user: User, visit: Visit) -> bool:
    """Ban Thi đua and the members of the team who have an account; nobody about their own unit."""
    if belongs_to(user, visit.unit) or not has_a_role(user):
        return False
    return is_board_reviewer(user) or visit.members.filter(user=user).exists()


def may_read_minutes(user: User, visit: Visit) -> bool:
    """Who sees the visit, once it was held; before that the minutes are for those who write them."""
    return visit.is_written or may_write_minutes(user, visit)


def may_answer_follow_up(user: User, obligation: Obligation) -> bool:
    return writes_for(user, obligation.unit)


def may_judge_follow_up(user: User, obligation: Obligation) -> bool:
    """Whether a shortcoming is mended says Ban Thi đua, and nobody of the unit itself."""
    return is_board_reviewer(user) and not belongs_to(user, obligation.unit)


def may_read_plans(user: User) -> bool:
    """Hand in the document of a plan and go through what was read in it."""
    return is_board_reviewer(user)


def may_launch(user: User) -> bool:
    """Let what was agreed with become a campaign, or change one: the head of the board answers."""
    return is_board_head(user)
