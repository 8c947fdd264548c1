"""Reference data an administrator keeps: people and their roles, units, blocks."""

from http import HTTPStatus
from typing import Any, TypeVar, cast

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest, HttpResponse

from accounts.admin import column
from accounts.models import AuditEvent, User
from lib.vietnamese import short_date
from units.backends import has_permission
from units.forms import NewPersonForm, PersonForm, TemporaryPasswordForm
from units.importers import search_key
from units.models import Block, BlockMembership, Membership, Succession, Unit

M = TypeVar("M", bound=Model)

admin.site.has_permission = has_permission  # type: ignore[method-assign]


def trace(request: HttpRequest, subject: Model, verb: str, label: str, note: str) -> None:
    AuditEvent.objects.record(
        subject, verb, by=cast("User", request.user), at=request.at,  # type: ignore[attr-defined]
        label=label, note=note,
    )  # fmt: skip


def changed_labels(form: ModelForm[Any]) -> str:
    """What was changed, in the words of the form; never the values: one may be a password."""
    return ", ".join(str(form.fields[name].label or name) for name in form.changed_data)


class TracedAdmin(admin.ModelAdmin[M]):
    """Adds and changes, never deletes: what ended gets its last day. Leaves a trace."""

    added, changed = "Thêm dữ liệu danh mục", "Sửa dữ liệu danh mục"

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: M, form: ModelForm[M], change: bool) -> None:
        super().save_model(request, obj, form, change)
        verb, label = ("changed", self.changed) if change else ("added", self.added)
        trace(request, obj, verb, label, f"{obj}: {changed_labels(form)}")

    def save_formset(
        self,
        request: HttpRequest,
        form: ModelForm[M],
        formset: BaseInlineFormSet[Any, Any, Any],
        change: bool,
    ) -> None:
        super().save_formset(request, form, formset, change)
        for row in formset.new_objects:
            trace(request, row, "added", self.added, str(row))
        for row, names in formset.changed_objects:
            trace(request, row, "changed", self.changed, f"{row}: {', '.join(names)}")


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
    added, changed = "Giao vai trò", "Sửa vai trò"
    list_display = ("user", "unit", "role", "valid_from", "valid_to")
    list_filter = ("role",)
    list_select_related = ("user", "unit")
    search_fields = ("user__full_name", "user__username", "unit__search_key", "unit__name")
    autocomplete_fields = ("unit", "user")
    ordering = ("unit__sort_order", "role", "pk")


class MembershipInline(admin.TabularInline[Membership, User]):
    """The roles of a person; one that ends gets its last day, so that the past stays true."""

    model = Membership
    extra = 0
    autocomplete_fields = ("unit",)
    can_delete = False


@admin.register(User)
class PersonAdmin(TracedAdmin[User], UserAdmin[User]):
    """People who sign in: made here with their roles, closed here, never deleted."""

    added, changed = "Thêm người dùng, vai trò", "Sửa người dùng, vai trò"
    form, add_form = PersonForm, NewPersonForm
    change_password_form = TemporaryPasswordForm
    change_user_password_template = "units/admin_password.html"  # noqa: S105 - a file name
    fieldsets = (
        (None, {"fields": ("full_name", "username", "email", "password")}),
        ("Tình trạng", {"fields": ("is_active", "is_demonstration", "last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("full_name", "username", "email", "password1", "password2")}),
    )
    readonly_fields = ("is_demonstration", "last_login", "date_joined")
    inlines = (MembershipInline,)
    list_display = ("username", "full_name", "email", "roles", "is_active", "last_login")
    list_filter = ("is_active", "is_demonstration", "memberships__role")
    search_fields = (
        "username", "full_name", "email", "memberships__unit__search_key",
        "memberships__unit__name",
    )  # fmt: skip
    search_help_text = "Tìm theo tên đăng nhập, họ và tên, thư điện tử hoặc đơn vị"
    filter_horizontal = ()
    ordering = ("username",)
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("memberships__unit")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Nobody closes their own account by mistake."""
        return self.readonly_fields + (("is_active",) if obj == request.user else ())

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Whoever holds the server is not changed from the web by an administrator."""
        is_above = obj is not None and obj.is_superuser and obj != request.user
        allowed = super().has_change_permission(request, obj)
        return allowed and (not is_above or cast("User", request.user).is_superuser)

    @transaction.atomic
    def user_change_password(
        self,
        request: HttpRequest,
        id: str,  # noqa: A002 - Django's name
        form_url: str = "",
    ) -> HttpResponse:
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
            person = User.objects.get(pk=id)
            trace(request, person, "password_set", "Đặt mật khẩu tạm", str(person))
        return response

    @column("Vai trò")
    def roles(self, person: User) -> str:
        return "; ".join(
            f"{row.get_role_display()} – {row.unit}"
            + (f" (đến {short_date(row.valid_to)})" if row.valid_to else "")
            for row in person.memberships.all()
        )
