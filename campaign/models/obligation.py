"""One ledger of everything owed: who owes what, by when, and whether it was met."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from accounts.models import AuditEvent, User
from accounts.workflow import Refused
from campaign.models.block_step import OF_BOARD, BlockStep
from campaign.models.plan import Campaign
from lib import clock
from lib.vietnamese import short_date
from units.models import Unit
from units.permissions import Role, sees_province, standing


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def visible_to(self, user: User) -> ObligationQuerySet:
        """Own unit; units of the same block, but for what has to be mended after an inspection;
        everything for board, council and leadership."""
        if sees_province(user):
            return self
        mine = standing(user)
        own = Q(unit__in=mine.units(Role.OFFICER, Role.HEAD, Role.BLOCK_LEAD))
        for block, year in mine.own_blocks:
            # What an inspection found at a unit is between the unit and the board.
            own |= ~Q(kind=Obligation.Kind.FOLLOW_UP) & Q(
                unit__block_memberships__block=block,
                unit__block_memberships__year=year,
                campaign__starts_on__year=year,
            )
            own |= Q(step__block=block, step__year=year)
        return self.filter(pk__in=type(self)(self.model).filter(own).values("pk"))

    def to_be_done_by(self, user: User) -> ObligationQuerySet:
        """The steps of a block's year that this person answers for: those of their units, and
        those of Ban Thi đua for its people."""
        mine = standing(user)
        of_board = Q(step__kind__in=OF_BOARD)
        own = ~of_board & Q(unit__in=mine.units(Role.OFFICER, Role.HEAD, Role.BLOCK_LEAD))
        if mine.has(Role.REVIEWER, Role.BOARD_HEAD):
            own |= of_board
        return self.filter(own, step__isnull=False)

    def of_kind(self, kind: str) -> ObligationQuerySet:
        return self.filter(kind=kind)

    def required(self) -> ObligationQuerySet:
        return self.filter(level=Obligation.Level.REQUIRED)

    def owed(self) -> ObligationQuerySet:
        """Asked for at all, required or encouraged."""
        return self.exclude(level=Obligation.Level.EXEMPT)

    def met(self) -> ObligationQuerySet:
        return self.filter(met_at__isnull=False)

    def met_on_time(self) -> ObligationQuerySet:
        return self.filter(met_at__lt=F("closes_at"))

    def met_late(self) -> ObligationQuerySet:
        return self.filter(met_at__gte=F("closes_at"))

    def outstanding(self) -> ObligationQuerySet:
        return self.owed().filter(met_at=None)

    def overdue(self, *, at: datetime) -> ObligationQuerySet:
        return self.outstanding().filter(closes_at__lte=at)


ObligationManager = models.Manager.from_queryset(ObligationQuerySet)


class Obligation(models.Model):
    """What one unit owes (nghĩa vụ gửi). Late and overdue are computed, never stored.

    `closes_at` is the first moment that is too late, kept beside the dates so that the
    database can compare; `due_date` is the original day and stays visible after an extension.
    `met_at` is when the first submission that counts was received.
    """

    class Kind(models.TextChoices):
        SUB_PLAN = "sub_plan", "Kế hoạch triển khai"
        PROGRESS_REPORT = "progress_report", "Báo cáo kỳ"
        FOLLOW_UP = "follow_up", "Khắc phục sau kiểm tra"
        BLOCK_STEP = "block_step", "Việc trong năm của khối"

    class Level(models.TextChoices):
        REQUIRED = "required", "Phải gửi"
        ENCOURAGED = "encouraged", "Khuyến khích gửi"
        EXEMPT = "exempt", "Miễn"

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, related_name="obligations",
        verbose_name="đợt thi đua",
    )  # fmt: skip
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="obligations")
    kind = models.CharField("nội dung", max_length=20, choices=Kind)
    period = models.ForeignKey(
        "campaign.ReportingPeriod", models.PROTECT, null=True, related_name="obligations",
        verbose_name="kỳ báo cáo",
    )  # fmt: skip
    finding = models.OneToOneField(
        "campaign.Finding", models.PROTECT, null=True, related_name="obligation",
        verbose_name="nội dung kiểm tra",
    )  # fmt: skip
    step = models.ForeignKey(
        BlockStep,
        models.PROTECT,
        null=True,
        related_name="obligations",
        verbose_name="mốc của khối",
    )
    level = models.CharField("mức độ", max_length=10, choices=Level, default=Level.REQUIRED)
    level_reason = models.CharField("lý do", max_length=300, blank=True)
    due_date = models.DateField("hạn gửi")
    extended_to = models.DateField("gia hạn đến", null=True)
    closes_at = models.DateTimeField()
    met_at = models.DateTimeField("đã gửi lúc", null=True)

    objects = ObligationManager()

    class Meta:
        verbose_name = "nghĩa vụ"
        verbose_name_plural = "sổ nghĩa vụ"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "unit"],
                condition=Q(kind="sub_plan"),
                name="one_sub_plan_owed_per_unit",
            ),
            models.UniqueConstraint(fields=["period", "unit"], name="one_report_owed_per_period"),
            models.UniqueConstraint(fields=["step", "unit"], name="a_step_is_owed_once"),
            models.CheckConstraint(
                condition=Q(kind="sub_plan", period=None, finding=None)
                | Q(kind="progress_report", period__isnull=False, finding=None)
                | Q(kind="follow_up", period=None, finding__isnull=False)
                | Q(kind="block_step", period=None, finding=None),
                name="an_obligation_names_what_is_owed",
            ),
            # The year of a block is no campaign's: it was there before and goes on after it.
            models.CheckConstraint(
                condition=Q(kind="block_step", step__isnull=False, campaign=None)
                | (~Q(kind="block_step") & Q(step=None, campaign__isnull=False)),
                name="owed_in_a_campaign_or_in_a_block",
            ),
            models.CheckConstraint(
                condition=Q(extended_to=None) | Q(extended_to__gt=F("due_date")),
                name="an_extension_gives_time",
            ),
            models.CheckConstraint(
                condition=~Q(level="exempt") | ~Q(level_reason=""), name="exempt_with_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["campaign", "kind", "level", "met_at"]),
            models.Index(fields=["campaign", "unit", "met_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.title} – {self.unit}"

    @property
    def title(self) -> str:
        """What is owed, in words; fetch `period`, `finding` and `step__block` along where many
        are shown."""
        if self.period is not None:
            return f"Báo cáo {self.period}"
        if self.finding is not None:
            return f"Khắc phục sau kiểm tra: {self.finding}"
        return str(self.step) if self.step is not None else self.get_kind_display()

    @property
    def effective_due_date(self) -> date:
        return self.extended_to or self.due_date

    @property
    def is_owed(self) -> bool:
        return self.level != self.Level.EXEMPT

    @property
    def is_on_time(self) -> bool:
        return self.met_at is not None and self.met_at < self.closes_at

    @property
    def is_late(self) -> bool:
        return self.met_at is not None and self.met_at >= self.closes_at

    @cached_property
    def days_late(self) -> int:
        return clock.days_late(self.effective_due_date, self.met_at) if self.met_at else 0

    @cached_property
    def working_days_late(self) -> int:
        return clock.working_days_late(self.effective_due_date, self.met_at) if self.met_at else 0

    def is_overdue(self, *, at: datetime) -> bool:
        return self.is_owed and self.met_at is None and at >= self.closes_at

    def exempt(self, *, by: User, at: datetime, reason: str) -> None:
        self._set_level(self.Level.EXEMPT, by=by, at=at, reason=reason)

    def require_again(self, *, by: User, at: datetime, reason: str) -> None:
        self._set_level(self.Level.REQUIRED, by=by, at=at, reason=reason)

    def encourage(self, *, by: User, at: datetime, reason: str) -> None:
        self._set_level(self.Level.ENCOURAGED, by=by, at=at, reason=reason)

    def _set_level(self, level: Level, *, by: User, at: datetime, reason: str) -> None:
        if self.level == level:
            raise Refused(f"{self.unit} đã ở mức “{level.label}”.")
        self.level, self.level_reason = level, reason
        self.save(update_fields=["level", "level_reason"])
        AuditEvent.objects.record(self, level, by=by, at=at, label=level.label, note=reason)

    def extend(self, extension: Extension) -> None:
        """Move this unit's due day; only this unit's."""
        if extension.due_date <= self.effective_due_date:
            now_due = short_date(self.effective_due_date)
            raise Refused(f"Hạn mới phải sau hạn hiện tại, {now_due}.")
        extension.save()
        self.extended_to = extension.due_date
        self.closes_at = clock.closes_at(extension.due_date)
        self.save(update_fields=["extended_to", "closes_at"])
        AuditEvent.objects.record(
            self, "extended", by=extension.by, at=extension.at,
            label=f"Gia hạn đến {short_date(extension.due_date)}", note=extension.reason,
        )  # fmt: skip

    def note_met(self, met_at: datetime | None) -> None:
        """Keep the moment of the first submission that counts; a fact, so no move."""
        self.met_at = met_at
        self.save(update_fields=["met_at"])


# What is owed within a campaign, and can be scored and chased there.
CAMPAIGN_KINDS = tuple(kind for kind in Obligation.Kind if kind != Obligation.Kind.BLOCK_STEP)


class Extension(models.Model):
    """Gia hạn: who moved a due day, to when, why, and under which document."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="extensions")
    due_date = models.DateField("hạn mới")
    reason = models.CharField("lý do", max_length=300)
    document_number = models.CharField("số văn bản", max_length=50)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "gia hạn"
        verbose_name_plural = "gia hạn"

    def __str__(self) -> str:
        return f"{self.obligation} → {self.due_date}"
