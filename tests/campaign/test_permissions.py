"""Who may do what: persons down, acts across; and what each of them is shown."""

import pytest

from campaign import permissions
from campaign.models import Activity, Obligation, SubPlan
from tests.factories import (
    ActivityFactory,
    AdministratorFactory,
    BlockFactory,
    BlockLeadFactory,
    BlockMembershipFactory,
    BoardHeadFactory,
    CouncilMemberFactory,
    HeadFactory,
    LeadershipFactory,
    MembershipFactory,
    OfficerFactory,
    ParticipationFactory,
    ReviewerFactory,
    SubPlanFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

ACTS = (
    ("draft", lambda user, plan: permissions.may_draft(user, plan.unit)),
    ("hand to head", permissions.may_hand_to_head),
    ("withdraw", permissions.may_withdraw),
    ("submit", permissions.may_submit),
    ("review", permissions.may_review),
    ("notes", permissions.may_read_internal_notes),
    ("decide", permissions.may_decide),
    ("register", lambda user, plan: permissions.may_register_receipt(user, plan.unit)),
    ("obligation", lambda user, plan: permissions.may_change_obligation(user, plan.obligation())),
    ("assign", lambda user, plan: permissions.may_assign_reviewers(user)),
)
WRITES = {"draft", "hand to head", "withdraw"}
REVIEWS = {"review", "notes", "register"}


def persons():
    """Everybody there is around one sub-plan under review, and what each may do with it."""
    block, unit = BlockFactory(), UnitFactory()
    BlockMembershipFactory(block=block, unit=unit)
    neighbour = UnitFactory()
    BlockMembershipFactory(block=block, unit=neighbour)
    taker = ReviewerFactory()
    gone = UserFactory(is_active=False)
    MembershipFactory(user=gone, unit=unit, head=True)
    was_head = UserFactory()
    MembershipFactory(user=was_head, unit=unit, head=True, over=True)
    plan = SubPlanFactory(under_review=True, unit=unit, reviewer=taker)
    return plan, {
        "officer": (OfficerFactory(unit=unit), WRITES),
        "head": (HeadFactory(unit=unit), WRITES | {"submit"}),
        "officer of the same block": (OfficerFactory(unit=neighbour), set()),
        "khối trưởng": (BlockLeadFactory(block=block), set()),
        "officer elsewhere": (OfficerFactory(), set()),
        "reviewer who took it": (taker, REVIEWS | {"decide"}),
        "another reviewer": (ReviewerFactory(), REVIEWS),
        "reviewer of the unit": (ReviewerFactory(unit=unit), set()),
        "board head": (BoardHeadFactory(), REVIEWS | {"decide", "obligation", "assign"}),
        "board head of the unit": (BoardHeadFactory(unit=unit), {"assign"}),
        "council member": (CouncilMemberFactory(), set()),
        "leadership": (LeadershipFactory(), set()),
        "administrator": (AdministratorFactory(), set()),
        "no role": (UserFactory(), set()),
        "closed account": (gone, set()),
        "former head": (was_head, set()),
    }


def test_each_person_may_do_their_acts_and_no_others():
    plan, known = persons()

    found = {
        name: {act for act, may in ACTS if may(user, plan)} for name, (user, _) in known.items()
    }

    assert found == {name: acts for name, (_, acts) in known.items()}


SEES_DRAFTS = {"officer", "head"}
SEES_SENT = SEES_DRAFTS | {
    "khối trưởng", "reviewer who took it", "another reviewer", "reviewer of the unit", "board head",
    "board head of the unit", "council member", "leadership",
}  # fmt: skip
SEES_OBLIGATION = SEES_SENT | {"officer of the same block"}


def test_each_person_sees_the_sent_version_or_not():
    plan, known = persons()

    found = {
        name
        for name, (user, _) in known.items()
        if plan in SubPlan.objects.visible_to(user)
    }  # fmt: skip

    assert found == SEES_SENT


def test_only_the_unit_sees_its_draft():
    plan, known = persons()
    SubPlan.objects.filter(pk=plan.pk).update(status=SubPlan.Status.WITHDRAWN, reviewer=None)
    draft = SubPlanFactory(unit=plan.unit, campaign=plan.campaign, version=2)

    found = {
        name
        for name, (user, _) in known.items()
        if draft in SubPlan.objects.visible_to(user)
    }  # fmt: skip

    assert found == SEES_DRAFTS


def test_the_ledger_is_open_to_the_block():
    plan, known = persons()
    owed = plan.obligation()

    found = {
        name
        for name, (user, _) in known.items()
        if owed in Obligation.objects.visible_to(user)
    }  # fmt: skip

    assert found == SEES_OBLIGATION


FOLLOWED = (
    ("add", lambda user, activity: permissions.may_add_activity(user, activity.registered_by)),
    ("lead", permissions.may_lead_activity),
    ("answer", lambda user, activity: permissions.may_answer_for(
        user, activity.participations.get())),
    ("see", lambda user, activity: activity in Activity.objects.visible_to(user)),
)  # fmt: skip


def test_the_lead_acts_the_others_answer_and_the_province_looks():
    block, unit = BlockFactory(), UnitFactory()
    BlockMembershipFactory(block=block, unit=unit)
    activity = ActivityFactory(lead_unit=unit, registered_by=UnitFactory())
    beside = ParticipationFactory(activity=activity).unit
    persons = {
        OfficerFactory(unit): {"lead", "see"},
        HeadFactory(unit): {"lead", "see"},
        OfficerFactory(activity.registered_by): {"add", "see"},
        OfficerFactory(beside): {"answer", "see"},
        OfficerFactory(): set(),
        BlockLeadFactory(block=block): {"see"},
        ReviewerFactory(unit=unit): {"see"},
        BoardHeadFactory(): {"see"},
        CouncilMemberFactory(): {"see"},
        LeadershipFactory(): {"see"},
        AdministratorFactory(): set(),
        UserFactory(): set(),
    }

    found = {user: {act for act, may in FOLLOWED if may(user, activity)} for user in persons}

    assert found == persons
