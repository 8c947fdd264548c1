from scoring.models.ballot import Ballot, BallotVoter
from scoring.models.block_year import Attendance, BlockMeeting, BlockYear, PledgeTarget
from scoring.models.package import CampaignPackage, PackageCriterion, PackageUse
from scoring.models.ranking import Ranking, RankingRow
from scoring.models.scale import Criterion, MemberConsent, ScoringScale
from scoring.models.sheet import CrossAssignment, Evidence, Level, Mark, ScoreSheet

__all__ = [
    "Attendance",
    "Ballot",
    "BallotVoter",
    "BlockMeeting",
    "BlockYear",
    "CampaignPackage",
    "Criterion",
    "CrossAssignment",
    "Evidence",
    "Level",
    "Mark",
    "MemberConsent",
    "PackageCriterion",
    "PackageUse",
    "PledgeTarget",
    "Ranking",
    "RankingRow",
    "ScoreSheet",
    "ScoringScale",
]
