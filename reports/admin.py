"""The consolidated reports that were asked for, to look at. They are asked for on the pages."""

from typing import Any

from django.contrib import admin

from accounts.admin import ReadOnlyAdmin, column
from reports.models import Report


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin[Report]):
    """How each went; not its figures, which an administrator has no business to read."""

    list_display = ("what", "as_of", "asked", "asker", "outcome", "tries", "problem")
    list_display_links = None
    list_filter = ("campaign", "state")
    list_select_related = ("campaign", "asked_by")
    ordering = ("-asked_at", "-pk")
    fields = list_display

    @column("Đợt thi đua", "campaign__starts_on")
    def what(self, report: Report) -> str:
        return str(report.campaign)

    @column("Lỗi")
    def problem(self, report: Report) -> str:
        return report.error

    @column("Yêu cầu lúc", "asked_at")
    def asked(self, report: Report) -> Any:
        return report.asked_at

    @column("Người yêu cầu", "asked_by__full_name")
    def asker(self, report: Report) -> str:
        return str(report.asked_by or "Lệnh của người vận hành")

    @column("Kết quả", "state")
    def outcome(self, report: Report) -> str:
        return report.get_state_display()

    @column("Số lần làm", "attempt")
    def tries(self, report: Report) -> int:
        return report.attempt
