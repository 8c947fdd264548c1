"""The catalogue of awards, to look at. It changes with its data files (`load_awards`)."""

from django.contrib import admin

from accounts.admin import ReadOnlyAdmin
from awards.models import AwardForm, BaseSalary, EligibilityRule, PaperTemplate


@admin.register(AwardForm)
class AwardFormAdmin(ReadOnlyAdmin[AwardForm]):
    list_display = ("name", "kind", "decider", "is_thematic", "valid_from", "valid_to")
    list_filter = ("kind", "decider", "is_thematic")
    search_fields = ("code", "name")
    ordering = ("position", "valid_from")


@admin.register(BaseSalary)
class BaseSalaryAdmin(ReadOnlyAdmin[BaseSalary]):
    list_display = ("valid_from", "amount", "legal_basis")
    ordering = ("valid_from",)


@admin.register(PaperTemplate)
class PaperTemplateAdmin(ReadOnlyAdmin[PaperTemplate]):
    list_display = ("kind", "ground", "recipient", "number", "valid_from", "valid_to")
    list_filter = ("kind",)
    ordering = ("kind", "ground", "valid_from")


@admin.register(EligibilityRule)
class EligibilityRuleAdmin(ReadOnlyAdmin[EligibilityRule]):
    list_display = ("code", "sentence", "severity", "legal_basis", "valid_from", "valid_to")
    list_filter = ("severity",)
    ordering = ("position", "valid_from")
