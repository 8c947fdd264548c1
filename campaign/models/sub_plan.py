"""A unit's own plan (kế hoạch triển khai), version by version, and what it registers."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from campaign.models.indicator import Indicator
from campaign.models.obligation import Obligation
from campaign.models.plan import Campaign, PlanItem
from campaign.models.submission import Submission, SubmissionQuerySet, submission_constraints
from files.models import StoredFile
from units.models import Unit


class SubPlanQuerySet(SubmissionQuerySet["SubPlan"]):
    pass


SubPlanManager = models.Manager.from_queryset(SubPlanQuerySet)


class SubPlan(Submission):
    """One version of a unit's sub-plan for one campaign."""

    SERIES = ("campaign", "unit")
    YEAR = "campaign__starts_on__year"
    short_title = "kế hoạch"

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="sub_plans", verbose_name="đợt thi đua"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sub_plans")

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

    objects = SubPlanManager()

    TEXT_FIELDS = (
        "document_number", "document_date", "signer_name", "signer_position", "legal_basis",
        "purpose", "theme", "organisation", "commendation", "ho_chi_minh_link",
    )  # fmt: skip

    class Meta:
        verbose_name = "kế hoạch triển khai"
        verbose_name_plural = "kế hoạch triển khai"
        constraints = submission_constraints("sub_plan", ("campaign", "unit"))
        indexes = [
            models.Index(fields=["campaign", "status", "submitted_at"]),
            models.Index(fields=["unit", "campaign", "version"]),
        ]

    def __str__(self) -> str:
        return f"Kế hoạch triển khai của {self.unit} (lần {self.version})"

    def get_absolute_url(self) -> str:
        return reverse("campaign:sub-plan", args=[self.pk])

    def campaign_code(self) -> str:
        return self.campaign.code

    def obligation(self) -> Obligation:
        return Obligation.objects.get(
            campaign=self.campaign, unit=self.unit, kind=Obligation.Kind.SUB_PLAN
        )


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


class ActivityFacts(models.Model):
    """What is known of an activity, registered or under way (công trình, phần việc, hoạt động)."""

    class Kind(models.TextChoices):
        ACTIVITY = "activity", "Hoạt động"
        WORK = "work", "Công trình, phần việc"
        SPONSORSHIP = "sponsorship", "Đỡ đầu, kết nghĩa"

    kind = models.CharField("Loại", max_length=12, choices=Kind, default=Kind.ACTIVITY)
    title = models.CharField("Nội dung hoạt động", max_length=500)
    lead_text = models.CharField("Bộ phận chủ trì", max_length=200, blank=True)
    participants_text = models.CharField("Nơi phối hợp khác", max_length=300, blank=True)
    beneficiary = models.CharField("Nơi được đỡ đầu, hỗ trợ", max_length=200, blank=True)
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

    FACTS = (
        "kind", "title", "lead_text", "participants_text", "beneficiary", "place", "starts_on",
        "ends_on", "quantity", "quantity_unit", "cost", "cost_source", "product",
        "person_responsible",
    )  # fmt: skip

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class PlannedActivity(ActivityFacts):
    """An activity, work or target a version registers (công trình, phần việc, chỉ tiêu).

    `key` is the same in every version of the unit's plan, so an activity can be followed.
    """

    sub_plan = models.ForeignKey(SubPlan, models.CASCADE, related_name="activities")
    key = models.UUIDField(default=uuid.uuid4)
    position = models.PositiveSmallIntegerField("STT")
    plan_items = models.ManyToManyField(PlanItem, related_name="planned_activities")
    lead_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="led_activities",
        verbose_name="Đơn vị chủ trì",
    )  # fmt: skip
    participants = models.ManyToManyField(
        Unit, blank=True, related_name="joined_activities", verbose_name="Đơn vị phối hợp"
    )

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


class RegisteredTarget(models.Model):
    """What a version promises for one indicator over the whole campaign (chỉ tiêu đăng ký)."""

    sub_plan = models.ForeignKey(SubPlan, models.CASCADE, related_name="targets")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    value = models.DecimalField("đăng ký", max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = "chỉ tiêu đăng ký"
        verbose_name_plural = "chỉ tiêu đăng ký"
        constraints = [
            models.UniqueConstraint(fields=["sub_plan", "indicator"], name="one_target_each"),
            models.CheckConstraint(condition=Q(value__gte=0), name="target_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"


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
