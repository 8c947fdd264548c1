"""Kiểm tra việc thực hiện (Kế hoạch, mục IV.3.6): rounds, visits, findings, what has to follow."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import AuditEvent, User
from accounts.workflow import Refused, Workflow
from campaign.models.obligation import Obligation
from campaign.models.plan import Campaign, PlanItem
from files.models import StoredFile
from lib import clock
from lib.vietnamese import short_date
from units.models import Unit
from units.permissions import Role, has_a_role, sees_province, standing


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
        """The board and those who see the province; members of the team; the visited unit.

        That is: that there is a visit. Its minutes are another matter (`may_read_minutes`).
        """
        if sees_province(user):
            return self
        if not has_a_role(user):
            return self.none()
        units = standing(user).units(Role.OFFICER, Role.HEAD, Role.BLOCK_LEAD)
        teams = VisitMember.objects.filter(user=user).values("visit")
        return self.filter(Q(unit__in=units) | Q(pk__in=teams))

    def standing_in_the_plan(self) -> VisitQuerySet:
        """Those that were or will be: all but the cancelled."""
        return self.exclude(status=Visit.Status.CANCELLED)

    def in_order(self) -> VisitQuerySet:
        return self.order_by("day", "unit__sort_order", "pk")


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
    begins = models.TimeField("bắt đầu lúc", null=True, blank=True)
    ends = models.TimeField("kết thúc lúc", null=True, blank=True)
    unit_signer = models.CharField("người ký của đơn vị", max_length=150, blank=True)
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
            models.CheckConstraint(
                condition=Q(begins=None) | Q(ends=None) | Q(begins__lt=F("ends")),
                name="visit_begins_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"Kiểm tra {self.unit}"

    def get_absolute_url(self) -> str:
        return reverse("campaign:visit", args=[self.pk])

    @property
    def is_written(self) -> bool:
        """Its minutes are more than a draft: the visit took place."""
        return self.status in {self.Status.HELD, self.Status.CLOSED}

    @property
    def is_editable(self) -> bool:
        return self.status in {self.Status.PLANNED, self.Status.HELD}

    def hold(self, *, by: User, at: datetime) -> None:
        if self.day > clock.local_day(at):
            raise Refused(f"Cuộc kiểm tra định vào ngày {short_date(self.day)}, chưa đến ngày.")
        self._move(self.Status.HELD, by=by, at=at)

    def close(self, *, by: User, at: datetime) -> None:
        """Kết luận: findings are final and what must follow stands in the ledger."""
        self._move(self.Status.CLOSED, by=by, at=at)

    def cancel(self, *, by: User, at: datetime, reason: str) -> None:
        self._move(self.Status.CANCELLED, by=by, at=at, note=reason)

    def claim_revision(self, revision: int) -> bool:
        """Count one save; False where somebody saved or moved it since the page was read."""
        same = type(self)._base_manager.filter(pk=self.pk, revision=revision, status=self.status)
        changed = same.update(revision=F("revision") + 1)
        if changed:
            self.revision = revision + 1
        return bool(changed)


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

    def decide(self, verdict: Verdict, *, by: User, at: datetime, note: str) -> None:
        """Once: of two reviewers who press at once one wins."""
        waiting = type(self).objects.filter(pk=self.pk, verdict=self.Verdict.WAITING)
        if not waiting.update(verdict=verdict, verdict_note=note, decided_by=by, decided_at=at):
            raise Refused("Kết quả này vừa được người khác xem xét. Mời tải lại trang để xem.")
        AuditEvent.objects.record(
            self.obligation, verdict, by=by, at=at, label=verdict.label, note=note
        )


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
