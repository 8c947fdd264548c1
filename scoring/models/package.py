"""The campaign's package of criteria (bộ tiêu chí của Đợt thi đua), and how a block took it in.

Reference data: Ban Thi đua gives each block the same criteria, tied to rows of the plan, so that
duty IV.2.1 can be carried out in a scale that may already be in force.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import User
from campaign.models import Campaign, PlanItem
from scoring.formula import MethodName

WAYS = ("rebalance", "bonus", "reference")


class CampaignPackage(models.Model):
    """The criteria a campaign offers to the scales of the blocks."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="packages")
    code = models.CharField("mã nhóm", max_length=20)
    name = models.CharField("tên nhóm", max_length=300)
    amend_by = models.DateField("hạn đưa vào thang điểm")

    class Meta:
        verbose_name = "bộ tiêu chí của đợt thi đua"
        verbose_name_plural = "bộ tiêu chí của đợt thi đua"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="package_code_once"),
        ]

    def __str__(self) -> str:
        return self.name


class PackageCriterion(models.Model):
    """One criterion of the package, tied to the rows of the plan it scores."""

    package = models.ForeignKey(CampaignPackage, models.PROTECT, related_name="criteria")
    code = models.CharField("mã", max_length=20)
    position = models.PositiveSmallIntegerField("thứ tự")
    name = models.CharField("nội dung", max_length=500)
    max_points = models.DecimalField("điểm chuẩn", max_digits=7, decimal_places=2)
    method = models.CharField("cách chấm", max_length=10, choices=MethodName.choices())
    config = models.JSONField("cấu hình", default=dict)
    wording = models.CharField("cách chấm theo văn bản", max_length=500, blank=True)
    evidence_required = models.BooleanField("bắt buộc minh chứng", default=False)
    evidence_note = models.CharField("minh chứng", max_length=300, blank=True)
    verifier = models.CharField("nơi thẩm định", max_length=100, blank=True)
    plan_items = models.ManyToManyField(PlanItem, related_name="package_criteria")

    class Meta:
        verbose_name = "tiêu chí của đợt thi đua"
        verbose_name_plural = "tiêu chí của đợt thi đua"
        constraints = [
            models.UniqueConstraint(fields=["package", "code"], name="package_criterion_once"),
            models.CheckConstraint(
                condition=Q(max_points__gt=0), name="package_criterion_gives_points"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class PackageUse(models.Model):
    """How one version of a scale takes the package in (cách đưa vào thang điểm)."""

    class Way(models.TextChoices):
        REBALANCE = "rebalance", "Thêm nhóm, cân đối lại điểm các nhóm khác"
        BONUS = "bonus", "Tính vào điểm thưởng"
        REFERENCE = "reference", "Gắn vào các tiêu chí đã có"

    scale = models.ForeignKey("scoring.ScoringScale", models.CASCADE, related_name="package_uses")
    package = models.ForeignKey(CampaignPackage, models.PROTECT, related_name="uses")
    way = models.CharField("cách", max_length=10, choices=Way)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "cách đưa vào thang điểm"
        verbose_name_plural = "cách đưa vào thang điểm"
        constraints = [
            models.UniqueConstraint(fields=["scale", "package"], name="package_taken_once"),
            models.CheckConstraint(condition=Q(way__in=WAYS), name="package_way_known"),
        ]

    def __str__(self) -> str:
        return f"{self.package}: {self.get_way_display()}"
