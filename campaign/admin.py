"""The plan and the work on it, to look at. They change by loading a plan or by the pages."""

from datetime import datetime

from django.contrib import admin

from accounts.admin import ReadOnlyAdmin, column
from campaign.models import (
    Campaign,
    Duty,
    Extension,
    Indicator,
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
    list_display = ("code", "kind", "text_issued")
    list_filter = ("campaign", "kind")
    fields = ("code", "kind", "heading", "text_issued", "text_corrected")
    list_select_related = ("campaign",)
    search_fields = ("code", "text_issued", "text_corrected")
    ordering = ("campaign", "position")


@admin.register(Duty)
class DutyAdmin(ReadOnlyAdmin[Duty]):
    list_display = ("code", "verb", "is_request", "basis")
    list_filter = ("verb", "is_request")
    list_select_related = ("item",)
    ordering = ("item__campaign", "item__position")
    fields = list_display

    @column("Mục", "item__position")
    def code(self, duty: Duty) -> str:
        return str(duty.item)

    @column("Căn cứ xác định chủ trì", "lead_basis")
    def basis(self, duty: Duty) -> str:
        return duty.get_lead_basis_display()


@admin.register(Indicator)
class IndicatorAdmin(ReadOnlyAdmin[Indicator]):
    list_display = ("code", "name", "measure", "aggregate", "relation", "is_active")
    list_filter = ("campaign", "aggregate", "is_active")
    search_fields = ("code", "name")
    ordering = ("campaign", "position")


@admin.register(Obligation)
class ObligationAdmin(ReadOnlyAdmin[Obligation]):
    list_display = ("who", "kind", "level", "level_reason", "due_date", "extended_to", "met_at")
    list_filter = ("campaign", "kind", "level")
    list_select_related = ("unit",)
    search_fields = ("unit__search_key",)
    ordering = ("unit__sort_order",)
    fields = list_display

    @column("Đơn vị", "unit__sort_order")
    def who(self, owed: Obligation) -> str:
        return str(owed.unit)


@admin.register(Extension)
class ExtensionAdmin(ReadOnlyAdmin[Extension]):
    list_display = ("who", "due_date", "document_number", "reason", "author", "given")
    list_select_related = ("obligation__unit", "by")
    ordering = ("-at",)
    fields = list_display

    @column("Nghĩa vụ", "obligation__unit__sort_order")
    def who(self, extension: Extension) -> str:
        return str(extension.obligation)

    @column("Người cho gia hạn", "by__full_name")
    def author(self, extension: Extension) -> str:
        return str(extension.by)

    @column("Lúc", "at")
    def given(self, extension: Extension) -> datetime:
        return extension.at


@admin.register(SubPlan)
class SubPlanAdmin(ReadOnlyAdmin[SubPlan]):
    """Where each version stands. What it says is for those who may see it, on the pages."""

    list_display = ("who", "version", "status", "submitted_at", "receipt_code", "person")
    list_filter = ("campaign", "status", "channel")
    list_select_related = ("unit", "reviewer")
    search_fields = ("unit__search_key", "receipt_code")
    ordering = ("unit__sort_order", "version")
    fields = list_display

    @column("Đơn vị", "unit__sort_order")
    def who(self, plan: SubPlan) -> str:
        return str(plan.unit)

    @column("Người xem xét", "reviewer__full_name")
    def person(self, plan: SubPlan) -> str | None:
        return str(plan.reviewer) if plan.reviewer else None


@admin.register(ReviewAssignment)
class ReviewAssignmentAdmin(ReadOnlyAdmin[ReviewAssignment]):
    list_display = ("what", "when", "who")
    list_select_related = ("block", "reviewer")
    ordering = ("-year", "block__sort_order")
    fields = list_display

    @column("Khối thi đua", "block__sort_order")
    def what(self, assignment: ReviewAssignment) -> str:
        return str(assignment.block)

    @column("Năm", "year")
    def when(self, assignment: ReviewAssignment) -> str:
        return str(assignment.year)

    @column("Chuyên viên", "reviewer__full_name")
    def who(self, assignment: ReviewAssignment) -> str:
        return str(assignment.reviewer)
