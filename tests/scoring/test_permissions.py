"""Who may do what: persons down, acts across."""

import pytest

from scoring import permissions
from tests.factories import (
    AdministratorFactory,
    BlockFactory,
    BlockLeadFactory,
    BlockMembershipFactory,
    BoardHeadFactory,
    CouncilMemberFactory,
    CrossAssignmentFactory,
    HeadFactory,
    LeadershipFactory,
    MembershipFactory,
    OfficerFactory,
    ReviewerFactory,
    ScoreSheetFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

SCALE = {"write scale", "edit scale", "note consents", "assign cross"}


def acts(world):
    sheet, assignment, lead_sheet = world
    scale, unit = sheet.scale, sheet.unit
    return {
        "write scale": lambda u: permissions.may_write_scale(u, scale.block, scale.year),
        "edit scale": lambda u: permissions.may_edit_scale(u, scale),
        "note consents": lambda u: permissions.may_note_consents(u, scale),
        "consent": lambda u: permissions.may_consent(u, unit),
        "coverage": permissions.may_read_coverage,
        "package day": permissions.may_set_package_day,
        "score self": lambda u: permissions.may_score_self(u, unit),
        "submit": lambda u: permissions.may_submit_sheet(u, sheet),
        "assign cross": lambda u: permissions.may_assign_cross(u, scale.block, scale.year),
        "cross-score": lambda u: permissions.may_cross_score(u, assignment),
        "appraise for block": lambda u: permissions.may_appraise_for_block(u, sheet),
        "appraise own as lead": lambda u: permissions.may_appraise_for_block(u, lead_sheet),
        "appraise for board": lambda u: permissions.may_appraise_for_board(u, sheet),
        "lock": lambda u: permissions.may_lock(u, sheet),
        "publish": permissions.may_publish_ranking,
    }


def persons():
    """One sheet of a unit, cross-scored by a neighbour, in a block somebody leads."""
    block = BlockFactory()
    unit, neighbour = (BlockMembershipFactory(block=block).unit for _ in range(2))
    lead = BlockLeadFactory(block)
    sheet = ScoreSheetFactory(submitted=True, unit=unit, scale__block=block)
    assignment = CrossAssignmentFactory(sheet=sheet, scorer=neighbour)
    lead_sheet = ScoreSheetFactory(
        submitted=True, unit=lead.memberships.get().unit, scale=sheet.scale
    )
    both = OfficerFactory(neighbour)
    MembershipFactory(user=both, unit=unit)
    head_at_home = BoardHeadFactory(unit)
    board = {"coverage", "appraise for board"}
    return (sheet, assignment, lead_sheet), {
        "officer": (OfficerFactory(unit), {"score self"}),
        "head": (HeadFactory(unit), {"score self", "submit", "consent"}),
        "officer of the scorer": (OfficerFactory(neighbour), {"cross-score"}),
        "officer of both": (both, {"score self"}),
        "officer elsewhere": (OfficerFactory(), set()),
        "khối trưởng": (lead, SCALE | {"appraise for block"}),
        "khối trưởng elsewhere": (BlockLeadFactory(), set()),
        "reviewer": (ReviewerFactory(), board),
        "reviewer of the unit": (ReviewerFactory(unit), {"coverage"}),
        "head of the board": (BoardHeadFactory(), board | {"package day", "lock", "publish"}),
        "head of the board, of the unit": (head_at_home, {"coverage", "package day", "publish"}),
        "council": (CouncilMemberFactory(), set()),
        "leadership": (LeadershipFactory(), set()),
        "administrator": (AdministratorFactory(), set()),
        "nobody": (UserFactory(), set()),
    }


def test_every_person_may_exactly_their_own():
    world, people = persons()
    table = acts(world)

    found = {
        name: {act for act, may in table.items() if may(person)}
        for name, (person, _) in people.items()
    }

    assert found == {name: allowed for name, (_, allowed) in people.items()}
