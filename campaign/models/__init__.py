"""The models of a campaign, one file per noun."""

from campaign.models.obligation import Extension, Obligation
from campaign.models.plan import Assignment, Campaign, Duty, DutyParty, PlanItem
from campaign.models.review import ChecklistMark, InternalNote, ReturnReason, ReviewAssignment
from campaign.models.sub_plan import Exclusion, PlannedActivity, SubPlan, SubPlanFile

__all__ = [
    "Assignment",
    "Campaign",
    "ChecklistMark",
    "Duty",
    "DutyParty",
    "Exclusion",
    "Extension",
    "InternalNote",
    "Obligation",
    "PlanItem",
    "PlannedActivity",
    "ReturnReason",
    "ReviewAssignment",
    "SubPlan",
    "SubPlanFile",
]
