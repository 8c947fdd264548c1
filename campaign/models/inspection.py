"""Kiểm tra việc thực hiện (Kế hoạch, mục IV.3.6): rounds, visits, findings, what has to follow."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from accounts.workflow import Workflow
from campaign.models.obligation import Obligation
from campaign.models.plan import Campaign, PlanItem
from files.models import StoredFile
from units.models import Unit
from units.permissions import Role, sees_province, standing


class InspectionRound(models.Model):
    """Một đợt kiểm tra: the plan of visits, under which document, between which days."""

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="inspection_rounds", verbose_name="đợt thi đua"
    )
    name = models.CharField("tên đợt kiểm tra", max_length=200)
    basis = models.CharField("văn bản ban hành kế hoạch kiểm tra", max_length=200, blank=True)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "đợt kiểm tra"
        verbose_name_plural = "đợt kiểm tra"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "name"], name="inspection_round_once"),
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")), name="round_starts_before_it_ends"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("campaign:inspection-round", args=[self.pk])


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, user: User) -> VisitQuerySet:
        """The board and those who see the province; members of the team; the visited unit."""
        if sees_province(user):
            return self
        units = standing(user).units(Role.OFFICER, Role.HEAD)
        teams = VisitMember.objects.filter(user=user).values("visit")
        return self.filter(Q(unit__in=units) | Q(pk__in=teams))


VisitManager = models.Manager.from_queryset(VisitQuerySet)


class Visit(Workflow):
    """Một cuộc kiểm tra at one unit, from the appointment to its minutes (biên bản)."""

    class Status(models.TextChoices):
        PLANNED = "planned", "Đã lên lịch"
        HELD = "held", "Đã kiểm tra"
        CLOSED = "closed", "Đã kết luận"
        CANCELLED = "cancelled", "Đã hủy"

    MOVES = {
        Status.PLANNED: {Status.HELD, Status.CANCELLED},
        Status.HELD: {Status.CLOSED},
        Status.CLOSED: set(),
        Status.CANCELLED: set(),
    }

    round = models.ForeignKey(InspectionRound, models.PROTECT, related_name="visits")
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="visits", verbose_name="đơn vị được kiểm tra"
    )
    status = models.CharField("trạng thái", max_length=20, choices=Status, default=Status.PLANNED)
    day = models.DateField("ngày kiểm tra")
    place = models.CharField("địa điểm", max_length=200, blank=True)
    attendance = models.TextField("thành phần của đơn vị", blank=True)
    course = models.TextField("nội dung, diễn biến", blank=True)
    conclusion = models.TextField("kết luận, kiến nghị", blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = VisitManager()

    class Meta:
        verbose_name = "cuộc kiểm tra"
        verbose_name_plural = "cuộc kiểm tra"
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="one_visit_per_unit_and_round"),
        ]

    def __str__(self) -> str:
        return f"Kiểm tra {self.unit}"

    def get_absolute_url(self) -> str:
        return reverse("campaign:visit", args=[self.pk])

    def hold(self, *, by: User, at: datetime) -> None:
        self._move(self.Status.HELD, by=by, at=at)

    def close(self, *, by: User, at: datetime) -> None:
        """Kết luận: findings are final and what must follow stands in the ledger."""
        self._move(self.Status.CLOSED, by=by, at=at)

    def cancel(self, *, by: User, at: datetime, reason: str) -> None:
        self._move(self.Status.CANCELLED, by=by, at=at, note=reason)


class VisitMember(models.Model):
    """Somebody of the team (đoàn kiểm tra); without an account where the body has none here."""

    class Role(models.TextChoices):
        HEAD = "head", "Trưởng đoàn"
        SECRETARY = "secretary", "Thư ký"
        MEMBER = "member", "Thành viên"

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="members")
    role = models.CharField("vai trò", max_length=10, choices=Role, default=Role.MEMBER)
    name = models.CharField("họ và tên", max_length=150)
    position = models.CharField("chức vụ, cơ quan", max_length=200, blank=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "thành viên đoàn kiểm tra"
        verbose_name_plural = "thành viên đoàn kiểm tra"
        constraints = [
            models.UniqueConstraint(
                fields=["visit"], condition=Q(role="head"), name="one_head_of_a_team"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Finding(models.Model):
    """What a visit found; with `due_date` it becomes an obligation once the visit is closed."""

    class Kind(models.TextChoices):
        STRENGTH = "strength", "Ưu điểm"
        SHORTCOMING = "shortcoming", "Tồn tại, hạn chế"
        REQUEST = "request", "Kiến nghị"

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="findings")
    kind = models.CharField("loại", max_length=12, choices=Kind)
    plan_item = models.ForeignKey(
        PlanItem, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="mục của Kế hoạch",
    )  # fmt: skip
    text = models.CharField("nội dung", max_length=1000)
    due_date = models.DateField("hạn khắc phục", null=True, blank=True)

    class Meta:
        verbose_name = "nội dung ghi nhận"
        verbose_name_plural = "nội dung ghi nhận"
        constraints = [
            models.CheckConstraint(
                condition=Q(due_date=None) | ~Q(kind="strength"), name="a_strength_needs_no_mending"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class FollowUpAnswer(models.Model):
    """What the unit says it has done about a finding; the board accepts it or asks again."""

    class Verdict(models.TextChoices):
        WAITING = "waiting", "Chờ Ban Thi đua xem xét"
        ACCEPTED = "accepted", "Đã khắc phục"
        ASKED_AGAIN = "asked_again", "Cần làm tiếp"

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="answers")
    text = models.TextField("kết quả khắc phục")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    verdict = models.CharField(max_length=12, choices=Verdict, default=Verdict.WAITING)
    verdict_note = models.CharField("ý kiến", max_length=500, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "kết quả khắc phục"
        verbose_name_plural = "kết quả khắc phục"
        constraints = [
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(verdict="waiting"), name="one_answer_waits"
            ),
            models.CheckConstraint(
                condition=Q(verdict="waiting", decided_by=None, decided_at=None)
                | ~Q(verdict="waiting") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="follow_up_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="asked_again") | ~Q(verdict_note=""),
                name="asked_again_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class FollowUpFile(models.Model):
    """A file that shows what was done about a finding."""

    answer = models.ForeignKey(FollowUpAnswer, models.CASCADE, related_name="files")
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField("tên tệp", max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "stored"], name="follow_up_file_once"),
        ]

    def __str__(self) -> str:
        return self.name
