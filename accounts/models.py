"""People, what they did, which form they have already sent, the letters we owe them, and the keys
by which programs read for them."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Case, F, Q, Value, When

from accounts.job import Job, JobQuerySet


class User(AbstractUser):
    """A person who signs in, by user name or by e-mail address."""

    first_name = None  # type: ignore[assignment]  # Vietnamese names are one field: họ và tên
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField("họ và tên", max_length=150)
    email = models.EmailField("thư điện tử", unique=True)
    is_demonstration = models.BooleanField("tài khoản mẫu", default=False)

    REQUIRED_FIELDS = ["full_name", "email"]

    class Meta:
        verbose_name = "người dùng"
        verbose_name_plural = "người dùng"

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def about(self, *subjects: models.Model) -> AuditEventQuerySet:
        wanted = models.Q(pk__in=())
        for subject in subjects:
            wanted |= models.Q(subject_type=subject._meta.label, subject_id=str(subject.pk))
        return self.filter(wanted).order_by("-at", "-pk")

    def record(
        self,
        subject: models.Model,
        verb: str,
        *,
        by: User | None,
        at: datetime,
        label: str,
        note: str = "",
    ) -> AuditEvent:
        return self.create(
            subject_type=subject._meta.label,
            subject_id=str(subject.pk),
            verb=verb,
            label=label,
            by=by,
            at=at,
            note=note,
        )


AuditEventManager = models.Manager.from_queryset(AuditEventQuerySet)


class AuditEvent(models.Model):
    """One thing that happened (nhật ký). The database refuses to change or delete a row.

    The subject is named, not linked, so the trace outlives the record it describes. `by` is
    empty where the portal itself acted. `label` is the sentence a person was shown.
    """

    at = models.DateTimeField("lúc")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=40)
    label = models.CharField(max_length=200)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    note = models.TextField(blank=True)

    objects = AuditEventManager()

    class Meta:
        verbose_name = "dòng nhật ký"
        verbose_name_plural = "nhật ký"
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "at"]),
            # What happened to any of them since: `accounts.past`.
            models.Index(fields=["subject_type", "verb", "at"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.verb} {self.subject_type}:{self.subject_id}"


class AuditSeal(models.Model):
    """One link of the hash chain over the audit trail.

    Sealing runs apart from the writes it seals, so that no two people wait for each other at
    the head of the chain (`docs/adr/0003-audit-chain.md`). `previous` is unique: a chain
    cannot fork even when two workers seal at once.
    """

    event = models.OneToOneField(AuditEvent, models.PROTECT, related_name="seal")
    previous = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.digest


class SentForm(models.Model):
    """A form that was already answered (R12): the same key gets the same answer again."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.UUIDField()
    digest = models.CharField(max_length=64)
    location = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="a_form_is_answered_once"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def of(self, user: User, listing: str) -> SavedViewQuerySet:
        return self.filter(user=user, listing=listing).order_by("pk")


SavedViewManager = models.Manager.from_queryset(SavedViewQuerySet)


class SavedView(models.Model):
    """A person's own way to look at a list (cách xem đã lưu): its filters, columns, order, under
    a name. It holds an address and no rows, so it opens what the person may see that day."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    listing = models.CharField(max_length=40)
    name = models.CharField("tên cách xem", max_length=60)
    query = models.CharField(max_length=1000, blank=True)
    is_default = models.BooleanField("mở đầu tiên", default=False)

    objects = SavedViewManager()

    class Meta:
        verbose_name = "cách xem đã lưu"
        verbose_name_plural = "cách xem đã lưu"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "listing", "name"], name="a_view_is_named_once"
            ),
            models.UniqueConstraint(
                fields=["user", "listing"], condition=models.Q(is_default=True),
                name="one_view_opens_first",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class MailQuerySet(JobQuerySet["Mail"]):
    def post(self, *, to: User, subject: str, body: str, at: datetime) -> Mail:
        return self.create(to=to, subject=subject, body=body, asked_at=at)


MailManager = models.Manager.from_queryset(MailQuerySet)


class Mail(Job):
    """A letter owed to a person. The row is the job; `message_id` stays the same when it is
    sent again, so that a mail program shows one letter even after a crash between sending
    and noting."""

    to = models.ForeignKey(User, models.CASCADE, related_name="mails")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    message_id = models.UUIDField(default=uuid.uuid4, unique=True)

    objects = MailManager()

    class Meta(Job.Meta):
        verbose_name = "thư"
        verbose_name_plural = "thư gửi đi"

    def __str__(self) -> str:
        return self.subject


class Attachment(models.Model):
    """A PDF that goes with a letter; like the letter's text, it is not kept once it was sent."""

    mail = models.OneToOneField(Mail, models.CASCADE, related_name="attachment")
    name = models.CharField("tên tệp", max_length=100)
    content = models.BinaryField()

    class Meta:
        verbose_name = "tệp kèm thư"
        verbose_name_plural = "tệp kèm thư"

    def __str__(self) -> str:
        return self.name


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def in_force(self, *, at: datetime) -> ApiTokenQuerySet:
        return self.filter(revoked_at=None, expires_at__gt=at)

    def newest_first(self) -> ApiTokenQuerySet:
        return self.order_by("-created_at", "-pk")


ApiTokenManager = models.Manager.from_queryset(ApiTokenQuerySet)


class ApiToken(models.Model):
    """Khóa truy cập API: by it a program reads in a person's name, within `scopes`.

    Only the SHA-256 of the key is kept. A fast digest is right here, unlike for a password: the
    key is 256 random bits, so there is nothing to guess and no need to make each guess slow; and
    the digest can be looked up in an index. `beginning` lets a person tell two keys apart.

    `minute_at` and `minute_count` count the requests of the minute begun last, in the same UPDATE
    that notes the use: exact, and the same for every process.
    """

    class Scope(models.TextChoices):
        """What a key may read, at most; the rights of its owner narrow it further."""

        CAMPAIGNS = "dot-thi-dua:doc", "Đợt thi đua và kỳ báo cáo"
        PLAN = "ke-hoach:doc", "Các mục của Kế hoạch"
        UNITS = "don-vi:doc", "Đơn vị và khối thi đua"
        OBLIGATIONS = "nghia-vu:doc", "Nghĩa vụ gửi và tình hình gửi"
        ACTIVITIES = "hoat-dong:doc", "Hoạt động, công trình, phần việc"
        FIGURES = "so-lieu:doc", "Số liệu tổng hợp theo chỉ tiêu"
        RANKINGS = "xep-hang:doc", "Xếp hạng đã công bố"
        REPORTS = "bao-cao:doc", "Báo cáo đã ban hành và tệp của báo cáo"

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    name = models.CharField("tên khóa", max_length=80)
    beginning = models.CharField("bắt đầu bằng", max_length=12)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField("phạm vi", default=list)
    created_at = models.DateTimeField("tạo lúc")
    expires_at = models.DateTimeField("hết hạn lúc")
    revoked_at = models.DateTimeField("thu hồi lúc", null=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    used_at = models.DateTimeField("dùng lần cuối", null=True)
    minute_at = models.DateTimeField(null=True, editable=False)
    minute_count = models.PositiveIntegerField(default=0, editable=False)

    objects = ApiTokenManager()

    class Meta:
        verbose_name = "khóa truy cập API"
        verbose_name_plural = "khóa truy cập API"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"], condition=Q(revoked_at=None), name="api_token_named_once"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="api_token_expires_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="api_token_revoked_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.beginning}…)"

    def is_expired(self, *, at: datetime) -> bool:
        return at >= self.expires_at

    def may_read(self, scope: str) -> bool:
        return scope in self.scopes

    @property
    def scope_labels(self) -> list[str]:
        return [scope.label for scope in self.Scope if scope in self.scopes]

    def used_in_minute(self, *, at: datetime) -> int:
        return self.minute_count if self.minute_at == _minute_of(at) else 0

    def note_use(self, *, at: datetime) -> None:
        """Count a request; two at once count as two."""
        minute = _minute_of(at)
        begun = Case(When(minute_at=minute, then=F("minute_count")), default=Value(0))
        ApiToken.objects.filter(pk=self.pk).update(
            used_at=at, minute_at=minute, minute_count=begun + 1
        )


def _minute_of(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
