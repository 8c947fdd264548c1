"""The models of a campaign, one file per noun."""

from campaign.models.activity import Activity, Participation
from campaign.models.block_step import BlockStep
from campaign.models.calendar import CalendarKey
from campaign.models.evidence import Evidence
from campaign.models.indicator import Indicator
from campaign.models.inspection import (
    Finding,
    FollowUpAnswer,
    FollowUpFile,
    InspectionRound,
    Visit,
    VisitMember,
)
from campaign.models.obligation import Extension, Obligation
from campaign.models.plan import Assignment, Campaign, Duty, DutyParty, PlanItem
from campaign.models.progress import (
    Adjustment,
    Exemplar,
    Figure,
    FigureQuestion,
    ProgressReport,
    ReportingPeriod,
    ReportReturnReason,
    ReportSection,
)
from campaign.models.reading import PlanReading
from campaign.models.reminder import ChasingLetter, Digest, Reminder, ReminderRule, ReminderRun
from campaign.models.review import ChecklistMark, InternalNote, ReturnReason, ReviewAssignment
from campaign.models.source import PlanItemChange, SourceDocument
from campaign.models.sub_plan import (
    Exclusion,
    PlannedActivity,
    RegisteredTarget,
    SubPlan,
    SubPlanFile,
)
from campaign.models.submission import Submission
from campaign.models.tally import ItemTally, UnitTally

__all__ = [
    "Activity",
    "Adjustment",
    "Assignment",
    "BlockStep",
    "CalendarKey",
    "Campaign",
    "ChasingLetter",
    "ChecklistMark",
    "Digest",
    "Duty",
    "DutyParty",
    "Evidence",
    "Exclusion",
    "Exemplar",
    "Extension",
    "Figure",
    "FigureQuestion",
    "Finding",
    "FollowUpAnswer",
    "FollowUpFile",
    "Indicator",
    "InspectionRound",
    "InternalNote",
    "ItemTally",
    "Obligation",
    "Participation",
    "PlanItem",
    "PlanItemChange",
    "PlanReading",
    "PlannedActivity",
    "ProgressReport",
    "RegisteredTarget",
    "Reminder",
    "ReminderRule",
    "ReminderRun",
    "ReportReturnReason",
    "ReportSection",
    "ReportingPeriod",
    "ReturnReason",
    "ReviewAssignment",
    "SourceDocument",
    "SubPlan",
    "SubPlanFile",
    "Submission",
    "UnitTally",
    "Visit",
    "VisitMember",
]
