"""Reference data an administrator keeps: units, blocks, who may act for whom."""

from typing import TypeVar, cast

from django.contrib import admin
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest

from accounts.models import AuditEvent, User
from units.importers import search_key
from units.models import Block, BlockMembership, Membership, Succession, Unit

M = TypeVar("M", bound=Model)


class TracedAdmin(admin.ModelAdmin[M]):
    """Adds and changes, never deletes: what ended gets its last day. Leaves a trace."""

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: M, form: ModelForm[M], change: bool) -> None:
        super().save_model(request, obj, form, change)
        AuditEvent.objects.record(
            obj,
            "changed" if change else "added",
            by=cast("User", request.user),
            at=request.at,  # type: ignore[attr-defined]
            label="Sửa dữ liệu danh mục" if change else "Thêm dữ liệu danh mục",
            note=f"{obj}: {', '.join(form.changed_data)}",
        )


class SuccessionInline(admin.TabularInline[Succession, Unit]):
    model = Succession
    fk_name = "from_unit"
    extra = 0
    autocomplete_fields = ("to_unit",)


@admin.register(Unit)
class UnitAdmin(TracedAdmin[Unit]):
    list_display = ("code", "name", "group", "valid_from", "valid_to", "sort_order")
    list_filter = ("group", "is_border")
    search_fields = ("search_key", "name", "code")
    ordering = ("sort_order",)
    inlines = (SuccessionInline,)

    def save_model(
        self, request: HttpRequest, obj: Unit, form: ModelForm[Unit], change: bool
    ) -> None:
        obj.search_key = search_key(obj)
        super().save_model(request, obj, form, change)


@admin.register(Block)
class BlockAdmin(TracedAdmin[Block]):
    list_display = ("code", "name", "kind", "tier", "sort_order")
    search_fields = ("code", "name")
    ordering = ("sort_order",)


@admin.register(BlockMembership)
class BlockMembershipAdmin(TracedAdmin[BlockMembership]):
    list_display = ("unit", "block", "year", "role", "is_illustrative")
    list_filter = ("year", "block", "role", "is_illustrative")
    list_select_related = ("unit", "block")
    search_fields = ("unit__search_key",)
    autocomplete_fields = ("unit", "block")
    ordering = ("-year", "block__sort_order", "unit__sort_order")


@admin.register(Membership)
class MembershipAdmin(TracedAdmin[Membership]):
    list_display = ("user", "unit", "role", "valid_from", "valid_to")
    list_filter = ("role",)
    list_select_related = ("user", "unit")
    search_fields = ("user__full_name", "user__username", "unit__search_key")
    autocomplete_fields = ("unit",)
    raw_id_fields = ("user",)
    ordering = ("unit__sort_order", "role", "pk")
