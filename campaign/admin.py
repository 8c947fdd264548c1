"""The plan and the work on it, to look at. They change by loading a plan or by the pages."""

from django.contrib import admin

from accounts.admin import ReadOnlyAdmin
from campaign.models import (
    Campaign,
    Duty,
    Extension,
    Obligation,
    PlanItem,
    ReviewAssignment,
    SubPlan,
)


@admin.register(Campaign)
class CampaignAdmin(ReadOnlyAdmin[Campaign]):
    list_display = ("code", "name", "issued_on", "starts_on", "ends_on", "sub_plan_due_date")
    ordering = ("-starts_on",)


@admin.register(PlanItem)
class PlanItemAdmin(ReadOnlyAdmin[PlanItem]):
    list_display = ("code", "kind", "text_issued", "campaign")
    list_filter = ("campaign", "kind")
    list_select_related = ("campaign",)
    search_fields = ("code", "text_issued", "text_corrected")
    ordering = ("campaign", "position")


@admin.register(Duty)
class DutyAdmin(ReadOnlyAdmin[Duty]):
    list_display = ("item", "verb", "is_request", "lead_basis")
    list_filter = ("verb", "is_request", "lead_basis")
    list_select_related = ("item",)
    ordering = ("item__campaign", "item__position")


@admin.register(Obligation)
class ObligationAdmin(ReadOnlyAdmin[Obligation]):
    list_display = ("unit", "kind", "level", "due_date", "extended_to", "met_at")
    list_filter = ("campaign", "kind", "level")
    list_select_related = ("unit",)
    search_fields = ("unit__search_key",)
    ordering = ("unit__sort_order",)


@admin.register(Extension)
class ExtensionAdmin(ReadOnlyAdmin[Extension]):
    list_display = ("obligation", "due_date", "document_number", "by", "at")
    list_select_related = ("obligation__unit", "by")
    ordering = ("-at",)


@admin.register(SubPlan)
class SubPlanAdmin(ReadOnlyAdmin[SubPlan]):
    """Where each version stands. What it says is for those who may see it, on the pages."""

    list_display = ("unit", "version", "status", "submitted_at", "reviewer")
    list_filter = ("campaign", "status", "channel")
    list_select_related = ("unit", "reviewer")
    search_fields = ("unit__search_key", "receipt_code")
    ordering = ("unit__sort_order", "version")
    fields = ("campaign", "unit", "version", "status", "submitted_at", "receipt_code", "reviewer")


@admin.register(ReviewAssignment)
class ReviewAssignmentAdmin(ReadOnlyAdmin[ReviewAssignment]):
    list_display = ("block", "year", "reviewer")
    list_select_related = ("block", "reviewer")
    ordering = ("-year", "block__sort_order")
