"""Scales, sheets and rankings, to look at. They change by the pages of the portal."""

from datetime import datetime

from django.contrib import admin

from accounts.admin import ReadOnlyAdmin, column
from scoring.models import (
    CampaignPackage,
    CrossAssignment,
    PackageCriterion,
    Ranking,
    ScoreSheet,
    ScoringScale,
)


@admin.register(ScoringScale)
class ScoringScaleAdmin(ReadOnlyAdmin[ScoringScale]):
    list_display = ("where", "year", "version", "status", "total", "effective_date")
    list_filter = ("year", "status", "block")
    list_select_related = ("block",)
    ordering = ("-year", "block__sort_order", "version")
    fields = (*list_display, "bonus_cap", "honesty_percent", "change_note")

    @column("Khối", "block__sort_order")
    def where(self, scale: ScoringScale) -> str:
        return str(scale.block)


@admin.register(CampaignPackage)
class CampaignPackageAdmin(ReadOnlyAdmin[CampaignPackage]):
    list_display = ("code", "name", "whose", "amend_by")
    list_select_related = ("campaign",)
    ordering = ("-campaign__starts_on", "code")

    @column("Đợt thi đua", "campaign__starts_on")
    def whose(self, package: CampaignPackage) -> str:
        return str(package.campaign)


@admin.register(PackageCriterion)
class PackageCriterionAdmin(ReadOnlyAdmin[PackageCriterion]):
    list_display = ("code", "name", "max_points", "how", "verifier")
    list_filter = ("package",)
    ordering = ("package", "position")
    fields = (*list_display, "wording", "evidence_required", "evidence_note")

    @column("Cách chấm", "method")
    def how(self, criterion: PackageCriterion) -> str:
        return criterion.get_method_display()


@admin.register(ScoreSheet)
class ScoreSheetAdmin(ReadOnlyAdmin[ScoreSheet]):
    """Where each sheet stands. Its points are for those who may see them, on the pages."""

    list_display = ("who", "block", "year", "status", "submitted_at", "locked_at")
    list_filter = ("scale__year", "status", "scale__block")
    list_select_related = ("unit", "scale__block")
    search_fields = ("unit__search_key",)
    ordering = ("-scale__year", "unit__sort_order")
    fields = list_display

    @column("Đơn vị", "unit__sort_order")
    def who(self, sheet: ScoreSheet) -> str:
        return str(sheet.unit)

    @column("Khối", "scale__block__sort_order")
    def block(self, sheet: ScoreSheet) -> str:
        return str(sheet.scale.block)

    @column("Năm", "scale__year")
    def year(self, sheet: ScoreSheet) -> int:
        return sheet.scale.year


@admin.register(CrossAssignment)
class CrossAssignmentAdmin(ReadOnlyAdmin[CrossAssignment]):
    list_display = ("who", "whom", "since", "finished_at", "cancelled_at")
    list_select_related = ("scorer", "scored")
    ordering = ("-assigned_at", "pk")
    fields = list_display

    @column("Phân công lúc", "assigned_at")
    def since(self, given: CrossAssignment) -> datetime:
        return given.assigned_at

    @column("Đơn vị chấm", "scorer__sort_order")
    def who(self, given: CrossAssignment) -> str:
        return str(given.scorer)

    @column("Đơn vị được chấm", "scored__sort_order")
    def whom(self, given: CrossAssignment) -> str:
        return str(given.scored)


@admin.register(Ranking)
class RankingAdmin(ReadOnlyAdmin[Ranking]):
    """Which versions there are. Who came where is public only to the block, on its page."""

    list_display = ("where", "year", "version", "status", "published_at", "reason")
    list_filter = ("year", "status")
    list_select_related = ("block",)
    ordering = ("-year", "block__sort_order", "-version")
    fields = (*list_display, "digest")

    @column("Khối", "block__sort_order")
    def where(self, ranking: Ranking) -> str:
        return str(ranking.block)
