from tests.factories.accounts import (
    UserFactory,
)
from tests.factories.campaign import (
    AssignmentFactory,
    CampaignFactory,
    DutyFactory,
    DutyPartyFactory,
    ObligationFactory,
    PlanItemFactory,
    PlannedActivityFactory,
    SubPlanFactory,
    SubPlanFileFactory,
)
from tests.factories.files import (
    StoredFileFactory,
)
from tests.factories.units import (
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
    ReviewerFactory,
    SuccessionFactory,
    UnitFactory,
)

__all__ = [
    "AdministratorFactory",
    "AssignmentFactory",
    "BlockFactory",
    "BlockLeadFactory",
    "BlockMembershipFactory",
    "BoardHeadFactory",
    "CampaignFactory",
    "CouncilMemberFactory",
    "DutyFactory",
    "DutyPartyFactory",
    "HeadFactory",
    "LeadershipFactory",
    "MembershipFactory",
    "ObligationFactory",
    "OfficerFactory",
    "PlanItemFactory",
    "PlannedActivityFactory",
    "ReviewerFactory",
    "StoredFileFactory",
    "SubPlanFactory",
    "SubPlanFileFactory",
    "SuccessionFactory",
    "UnitFactory",
    "UserFactory",
]
