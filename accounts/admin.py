"""What an administrator looks at on the ground floor: the audit trail, letters,
keys to the API. Sets the look."""

from collections.abc import Callable
from typing import Any, TypeVar

import django.contrib.auth.admin  # noqa: F401 - registers groups, which are taken off below
from allauth.account.admin import EmailAddress  # registers addresses likewise
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from accounts.actions.token import revoke_token
from accounts.models import ApiToken, AuditEvent, Mail
from lib import clock

M = TypeVar("M", bound=Model)

admin.site.site_header = "Quản trị Cổng Thi đua"
admin.site.site_title = "Quản trị Cổng Thi đua"
admin.site.index_title = "Danh mục, người dùng và nhật ký"

# Rights come from dated roles, addresses from the user: these two would only mislead.
for unused in (Group, EmailAddress):
    admin.site.unregister(unused)


class ReadOnlyAdmin(admin.ModelAdmin[M]):
    """To look at. What it shows changes by the pages of the portal, or never."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False


def name_of(label: str) -> str:
    """A kind of record as people call it; the label itself where the kind is no more."""
    try:
        return str(apps.get_model(label)._meta.verbose_name).capitalize()
    except LookupError:
        return label


class SubjectFilter(admin.SimpleListFilter):
    """By the kind of record the events are about."""

    title = "hồ sơ"
    parameter_name = "ho-so"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[str, str]]:
        kinds = AuditEvent.objects.order_by("subject_type").values_list("subject_type", flat=True)
        return sorted(
            ((kind, name_of(kind)) for kind in kinds.distinct()), key=lambda kind: kind[1]
        )

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[AuditEvent]
    ) -> QuerySet[AuditEvent]:
        return queryset.filter(subject_type=self.value()) if self.value() else queryset


def column(
    title: str, field: str | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A column of a list, named in Vietnamese and sorted by a field."""
    return admin.display(description=title, ordering=field, empty_value="–")


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin[AuditEvent]):
    """Nhật ký: who did what to which record, and when. Nobody can change it, here or elsewhere."""

    list_display = ("moment", "actor", "what", "subject", "remark", "sealed")
    list_display_links = None
    list_filter = (SubjectFilter,)
    list_select_related = ("by", "seal")
    date_hierarchy = "at"
    search_fields = ("by__full_name", "by__username", "label", "note", "subject_id")
    search_help_text = "Tìm theo người, việc, ghi chú hoặc số của hồ sơ"
    ordering = ("-at", "-pk")
    list_per_page = 50
    show_full_result_count = False

    @column("Lúc", "at")
    def moment(self, event: AuditEvent) -> Any:
        return event.at

    @column("Người thực hiện", "by__full_name")
    def actor(self, event: AuditEvent) -> str:
        return str(event.by) if event.by else "Cổng Thi đua (tự động)"

    @column("Việc", "label")
    def what(self, event: AuditEvent) -> str:
        return event.label

    @column("Ghi chú")
    def remark(self, event: AuditEvent) -> str:
        return event.note

    @column("Hồ sơ", "subject_type")
    def subject(self, event: AuditEvent) -> str:
        return f"{name_of(event.subject_type)} số {event.subject_id}"

    @admin.display(description="Đã niêm", boolean=True)
    def sealed(self, event: AuditEvent) -> bool:
        return hasattr(event, "seal")


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin[Mail]):
    """Letters and what became of them. Not what they say: some carry the key to a password."""

    list_display = ("asked", "receiver", "title", "outcome", "problem")
    list_display_links = None
    list_filter = ("state",)
    list_select_related = ("to",)
    search_fields = ("to__full_name", "to__username", "to__email", "subject")
    ordering = ("-asked_at", "-pk")
    list_per_page = 50
    fields = list_display

    @column("Lúc", "asked_at")
    def asked(self, mail: Mail) -> Any:
        return mail.asked_at

    @column("Người nhận", "to__full_name")
    def receiver(self, mail: Mail) -> str:
        return f"{mail.to} <{mail.to.email}>"

    @column("Tiêu đề", "subject")
    def title(self, mail: Mail) -> str:
        return mail.subject

    @column("Lỗi")
    def problem(self, mail: Mail) -> str:
        return mail.error

    @column("Kết quả", "state")
    def outcome(self, mail: Mail) -> str:
        return mail.get_state_display()


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin[ApiToken]):
    """Who lets programs read in their name, and how to end it. The keys themselves nobody knows."""

    list_display = ("owner", "named", "beginning", "reads", "made", "ends", "last_used", "ended")
    list_display_links = None
    list_select_related = ("user",)
    search_fields = ("user__full_name", "user__username", "name", "beginning")
    ordering = ("-created_at", "-pk")
    list_per_page = 50
    fields = list_display
    actions = ("revoke",)

    @column("Người giữ", "user__full_name")
    def owner(self, token: ApiToken) -> str:
        return str(token.user)

    @column("Tên khóa", "name")
    def named(self, token: ApiToken) -> str:
        return token.name

    @column("Phạm vi")
    def reads(self, token: ApiToken) -> str:
        return "; ".join(token.scope_labels)

    @column("Tạo lúc", "created_at")
    def made(self, token: ApiToken) -> Any:
        return token.created_at

    @column("Hết hạn lúc", "expires_at")
    def ends(self, token: ApiToken) -> Any:
        return token.expires_at

    @column("Dùng lần cuối", "used_at")
    def last_used(self, token: ApiToken) -> Any:
        return token.used_at

    @column("Thu hồi lúc", "revoked_at")
    def ended(self, token: ApiToken) -> Any:
        return token.revoked_at

    @admin.action(description="Thu hồi các khóa đã chọn", permissions=["view"])
    def revoke(self, request: HttpRequest, tokens: QuerySet[ApiToken]) -> None:
        for token in tokens.filter(revoked_at=None).select_related("user"):
            revoke_token(token, by=request.user, at=clock.now())  # type: ignore[arg-type]
        self.message_user(request, "Đã thu hồi. Chương trình dùng các khóa đó không đọc được nữa.")
