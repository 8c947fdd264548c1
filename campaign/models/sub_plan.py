"""A unit's own plan (kế hoạch triển khai), version by version.

A row is one version. Once submitted a version never changes: what is written after a return,
a withdrawal or an acceptance is the next version, a copy to begin with. So versions can be
compared, the first submission keeps its time, and reports read plain rows.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from accounts.models import AuditEvent, User
from accounts.workflow import Refused, Workflow
from campaign.models.obligation import Obligation
from campaign.models.plan import Campaign, PlanItem
from files.models import StoredFile
from lib import clock
from units.models import Unit
from units.permissions import Role, sees_province, standing


class SubPlanQuerySet(models.QuerySet["SubPlan"]):
    def visible_to(self, user: User) -> SubPlanQuerySet:
        """The unit itself sees all its versions; a khối trưởng those the block's units have
        sent; board, council and leadership those of every unit, once sent."""
        mine = standing(user)
        own = Q(unit__in=mine.units(Role.OFFICER, Role.HEAD))
        sent = Q(submitted_at__isnull=False)
        if sees_province(user):
            return self.filter(own | sent)
        for block, year in mine.led_blocks:
            own |= sent & Q(
                unit__block_memberships__block=block,
                unit__block_memberships__year=year,
                campaign__starts_on__year=year,
            )
        return self.filter(pk__in=SubPlan._base_manager.filter(own).values("pk"))

    def open(self) -> SubPlanQuerySet:
        """Versions that still wait for somebody; at most one per unit and campaign."""
        return self.filter(status__in=SubPlan.OPEN)

    def latest_versions(self) -> SubPlanQuerySet:
        newer = SubPlan._base_manager.filter(
            campaign=OuterRef("campaign"), unit=OuterRef("unit"), version__gt=OuterRef("version")
        )
        return self.filter(~Exists(newer))

    def sent(self) -> SubPlanQuerySet:
        """Versions the board has got and not declared void or given back on request."""
        return self.filter(submitted_at__isnull=False, voided_at=None).exclude(
            status=SubPlan.Status.WITHDRAWN
        )

    def counted(self, *, by: datetime | None = None) -> SubPlanQuerySet:
        """The newest version of each unit among those sent (by a moment): what reports count."""
        sent = SubPlan._base_manager.filter(submitted_at__isnull=False, voided_at=None).exclude(
            status=SubPlan.Status.WITHDRAWN
        )
        rows = self.sent()
        if by is not None:
            sent, rows = sent.filter(submitted_at__lte=by), rows.filter(submitted_at__lte=by)
        newer = sent.filter(
            campaign=OuterRef("campaign"), unit=OuterRef("unit"), version__gt=OuterRef("version")
        )
        return rows.filter(~Exists(newer))

    def awaiting_review(self) -> SubPlanQuerySet:
        return self.filter(status=SubPlan.Status.SUBMITTED).order_by("submitted_at", "pk")

    def under_review_by(self, user: User) -> SubPlanQuerySet:
        return self.filter(status=SubPlan.Status.UNDER_REVIEW, reviewer=user)


SubPlanManager = models.Manager.from_queryset(SubPlanQuerySet)


class SubPlan(Workflow):
    """One version of a unit's sub-plan for one campaign."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Đang soạn"
        AWAITING_HEAD = "awaiting_head", "Chờ thủ trưởng duyệt"
        SUBMITTED = "submitted", "Đã nộp"
        UNDER_REVIEW = "under_review", "Đang xem xét"
        RETURNED = "returned", "Trả lại bổ sung"
        ACCEPTED = "accepted", "Đã tiếp nhận"
        WITHDRAWN = "withdrawn", "Đã rút"
        SET_ASIDE = "set_aside", "Thôi dùng, đã nhận bản khác"

    OPEN = [Status.DRAFT, Status.AWAITING_HEAD, Status.SUBMITTED, Status.UNDER_REVIEW]

    MOVES = {
        Status.DRAFT: {Status.AWAITING_HEAD, Status.SUBMITTED, Status.SET_ASIDE},
        Status.AWAITING_HEAD: {Status.DRAFT, Status.SUBMITTED, Status.SET_ASIDE},
        Status.SUBMITTED: {Status.UNDER_REVIEW, Status.WITHDRAWN},
        Status.UNDER_REVIEW: {Status.SUBMITTED, Status.RETURNED, Status.ACCEPTED},
        Status.RETURNED: set(),
        Status.ACCEPTED: set(),
        Status.WITHDRAWN: set(),
        Status.SET_ASIDE: set(),
    }

    class Channel(models.TextChoices):
        PORTAL = "portal", "Trên cổng"
        EOFFICE = "eoffice", "Qua văn phòng điện tử"
        PAPER = "paper", "Bản giấy"
        EMAIL = "email", "Thư điện tử"

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="sub_plans", verbose_name="đợt thi đua"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sub_plans")
    version = models.PositiveSmallIntegerField("lần", default=1)
    status = models.CharField("trạng thái", max_length=20, choices=Status, default=Status.DRAFT)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    # The document the unit issued.
    document_number = models.CharField("Số, ký hiệu", max_length=50, blank=True)
    document_date = models.DateField("Ngày ban hành", null=True, blank=True)
    signer_name = models.CharField("Người ký", max_length=100, blank=True)
    signer_position = models.CharField("Chức vụ người ký", max_length=150, blank=True)
    legal_basis = models.TextField("Căn cứ ban hành", blank=True)

    # Its text, in the parts of the checklist.
    purpose = models.TextField("Mục đích, yêu cầu", blank=True)
    theme = models.TextField("Chủ đề, nội dung thi đua", blank=True)
    organisation = models.TextField("Tổ chức thực hiện", blank=True)
    commendation = models.TextField("Khen thưởng", blank=True)
    ho_chi_minh_link = models.TextField(
        "Gắn với học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh", blank=True
    )

    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    submitted_at = models.DateTimeField("đã nhận lúc", null=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    channel = models.CharField("gửi qua", max_length=10, choices=Channel, default=Channel.PORTAL)
    receipt_code = models.CharField("mã tiếp nhận", max_length=20, null=True, unique=True)  # noqa: DJ001  # unique, so empty must be NULL
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    reviewer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    return_due_date = models.DateField("hạn bổ sung", null=True)

    objects = SubPlanManager()

    TEXT_FIELDS = (
        "document_number", "document_date", "signer_name", "signer_position", "legal_basis",
        "purpose", "theme", "organisation", "commendation", "ho_chi_minh_link",
    )  # fmt: skip

    class Meta:
        verbose_name = "kế hoạch triển khai"
        verbose_name_plural = "kế hoạch triển khai"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "unit", "version"], name="sub_plan_version_once"
            ),
            models.UniqueConstraint(
                fields=["campaign", "unit"],
                condition=Q(status__in=["draft", "awaiting_head", "submitted", "under_review"]),
                name="one_open_sub_plan_per_unit",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None, receipt_code=None)
                | Q(
                    submitted_at__isnull=False,
                    submitted_by__isnull=False,
                    receipt_code__isnull=False,
                ),
                name="sub_plan_submitted_at_by_and_receipt_go_together",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "awaiting_head", "set_aside"], submitted_at=None)
                | (
                    ~Q(status__in=["draft", "awaiting_head", "set_aside"])
                    & Q(submitted_at__isnull=False)
                ),
                name="sub_plan_is_sent_once_submitted",
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_by=None)
                | Q(voided_at__isnull=False, voided_by__isnull=False, status="returned"),
                name="only_a_returned_sub_plan_is_void",
            ),
        ]
        indexes = [
            models.Index(fields=["campaign", "status", "submitted_at"]),
            models.Index(fields=["unit", "campaign", "version"]),
        ]

    def __str__(self) -> str:
        return f"Kế hoạch triển khai của {self.unit} (lần {self.version})"

    def get_absolute_url(self) -> str:
        return reverse("campaign:sub-plan", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_void(self) -> bool:
        return self.voided_at is not None

    def hand_to_head(self, *, by: User, at: datetime) -> None:
        self._move(self.Status.AWAITING_HEAD, by=by, at=at)

    def hand_back(self, *, by: User, at: datetime, reason: str) -> None:
        """The head of the unit gives the draft back to the officer."""
        self._move(self.Status.DRAFT, by=by, at=at, note=reason)

    def submit(self, *, by: User, at: datetime) -> None:
        """Send to Ban Thi đua. Never refused for being late: lateness is a label (R41)."""
        self._move(
            self.Status.SUBMITTED, by=by, at=at,
            submitted_at=at, submitted_by=by, receipt_code=self.new_receipt_code(),
        )  # fmt: skip

    def new_receipt_code(self) -> str:
        """Short enough to be read on the telephone, too sparse to be guessed."""
        return f"{self.campaign.code}-{uuid.uuid4().hex[:10].upper()}"

    def withdraw(self, *, by: User, at: datetime, reason: str) -> None:
        self._move(self.Status.WITHDRAWN, by=by, at=at, note=reason)

    def set_aside(self, *, by: User, at: datetime, reason: str) -> None:
        """An unsent draft gives way to a plan that came on paper; it stays readable."""
        self._move(self.Status.SET_ASIDE, by=by, at=at, note=reason)

    def take(self, *, by: User, at: datetime) -> None:
        self._move(self.Status.UNDER_REVIEW, by=by, at=at, reviewer=by)

    def put_back(self, *, by: User, at: datetime) -> None:
        """Back to the queue, for another reviewer."""
        self._move(self.Status.SUBMITTED, by=by, at=at, reviewer=None)

    def send_back(self, *, by: User, at: datetime, due: date, note: str) -> None:
        """Trả lại bổ sung, with a new due day; the reasons are rows of their own."""
        if due <= clock.local_day(at):
            raise Refused("Hạn bổ sung phải sau ngày hôm nay.")
        self._move(
            self.Status.RETURNED, by=by, at=at, note=note,
            decided_at=at, decided_by=by, return_due_date=due,
        )  # fmt: skip

    def declare_void(self, *, by: User, at: datetime, reason: str) -> None:
        """This submission does not count (an empty file, another document)."""
        if self.status != self.Status.RETURNED or self.is_void:
            raise Refused("Chỉ bản đã trả lại mới có thể bị coi là không hợp lệ.")
        self.voided_at, self.voided_by = at, by
        self.save(update_fields=["voided_at", "voided_by"])
        AuditEvent.objects.record(
            self, "voided", by=by, at=at, label="Lần gửi không hợp lệ, không tính", note=reason
        )

    def accept(self, *, by: User, at: datetime, note: str = "") -> None:
        self._move(self.Status.ACCEPTED, by=by, at=at, note=note, decided_at=at, decided_by=by)

    def obligation(self) -> Obligation:
        return Obligation.objects.get(
            campaign=self.campaign, unit=self.unit, kind=Obligation.Kind.SUB_PLAN
        )

    def claim_revision(self, revision: int, *, by: User, at: datetime) -> bool:
        """Count one save of the draft; False where somebody saved since the page was read."""
        same = SubPlan._base_manager.filter(pk=self.pk, revision=revision, status=self.Status.DRAFT)
        changed = same.update(revision=F("revision") + 1, saved_at=at, saved_by=by)
        if changed:
            self.revision, self.saved_at, self.saved_by = revision + 1, at, by
        return bool(changed)


class SubPlanFile(models.Model):
    """A file of a version: the signed document, or an annex."""

    class Kind(models.TextChoices):
        SIGNED = "signed", "Văn bản đã ký"
        ANNEX = "annex", "Phụ lục kèm theo"

    sub_plan = models.ForeignKey(SubPlan, models.CASCADE, related_name="files")
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField("tên tệp", max_length=120)
    kind = models.CharField("loại", max_length=10, choices=Kind, default=Kind.SIGNED)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sub_plan", "stored"], name="file_attached_once"),
        ]

    def __str__(self) -> str:
        return self.name


class PlannedActivity(models.Model):
    """An activity, work or target a version registers (công trình, phần việc, chỉ tiêu).

    `key` is the same in every version of the unit's plan, so an activity can be followed.
    """

    sub_plan = models.ForeignKey(SubPlan, models.CASCADE, related_name="activities")
    key = models.UUIDField(default=uuid.uuid4)
    position = models.PositiveSmallIntegerField("STT")
    title = models.CharField("Nội dung hoạt động", max_length=500)
    plan_items = models.ManyToManyField(PlanItem, related_name="planned_activities")
    lead_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="led_activities",
        verbose_name="Đơn vị chủ trì",
    )  # fmt: skip
    lead_text = models.CharField("Bộ phận chủ trì", max_length=200, blank=True)
    participants = models.ManyToManyField(
        Unit, blank=True, related_name="joined_activities", verbose_name="Đơn vị phối hợp"
    )
    participants_text = models.CharField("Nơi phối hợp khác", max_length=300, blank=True)
    place = models.CharField("Địa điểm", max_length=200, blank=True)
    starts_on = models.DateField("Bắt đầu", null=True, blank=True)
    ends_on = models.DateField("Kết thúc", null=True, blank=True)
    quantity = models.DecimalField(
        "Số lượng", max_digits=12, decimal_places=2, null=True, blank=True
    )
    quantity_unit = models.CharField("Đơn vị tính", max_length=40, blank=True)
    cost = models.DecimalField(
        "Kinh phí (triệu đồng)", max_digits=14, decimal_places=2, null=True, blank=True
    )
    cost_source = models.CharField("Nguồn kinh phí", max_length=150, blank=True)
    product = models.CharField("Sản phẩm, kết quả", max_length=300, blank=True)
    person_responsible = models.CharField("Người phụ trách", max_length=100, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "hoạt động đăng ký"
        verbose_name_plural = "hoạt động đăng ký"
        constraints = [
            models.UniqueConstraint(fields=["sub_plan", "key"], name="activity_once_per_version"),
            models.CheckConstraint(
                condition=Q(quantity=None) | Q(quantity__gte=0), name="quantity_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(cost=None) | Q(cost__gte=0), name="cost_not_negative"
            ),
        ]
        indexes = [models.Index(fields=["sub_plan", "position"])]

    def __str__(self) -> str:
        return self.title


class Exclusion(models.Model):
    """ "Không áp dụng": why a duty or a solution is not covered, in the unit's words."""

    sub_plan = models.ForeignKey(SubPlan, models.CASCADE, related_name="exclusions")
    plan_item = models.ForeignKey(PlanItem, models.PROTECT, related_name="+")
    reason = models.CharField("Lý do không áp dụng", max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sub_plan", "plan_item"], name="excluded_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="excluded_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_item.code}: {self.reason}"
