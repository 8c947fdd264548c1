"""The documents a campaign's plan consists of, and what each of them changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import User
from campaign.models.plan import Campaign, PlanItem
from files.models import StoredFile


class SourceDocument(models.Model):
    """Văn bản nguồn: the plan that launched the campaign, one that amends it, or one it refers to."""

    class Kind(models.TextChoices):
        LAUNCH = "launch", "Kế hoạch phát động"
        AMENDMENT = "amendment", "Văn bản sửa đổi, bổ sung"
        SOURCE = "source", "Kế hoạch nguồn"

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="documents", verbose_name="đợt thi đua"
    )
    kind = models.CharField("loại", max_length=10, choices=Kind)
    number = models.CharField("số, ký hiệu", max_length=50, blank=True)
    issued_on = models.DateField("ngày ban hành")
    issuer = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    subject = models.TextField("trích yếu")
    stored = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    name = models.CharField("tên tệp", max_length=200, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "văn bản nguồn"
        verbose_name_plural = "văn bản nguồn"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign"], condition=Q(kind="launch"), name="one_plan_launches_a_campaign"
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.subject


class PlanItemChange(models.Model):
    """What stood in a row of the plan before a document amended it (lịch sử mục của kế hoạch)."""

    item = models.ForeignKey(PlanItem, models.PROTECT, related_name="changes")
    document = models.ForeignKey(SourceDocument, models.PROTECT, related_name="changes")
    text_before = models.TextField("nguyên văn trước khi sửa")
    parties_before = models.JSONField("nơi được nêu tên trước khi sửa", default=list)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = "sửa đổi mục của kế hoạch"
        verbose_name_plural = "sửa đổi mục của kế hoạch"
        constraints = [
            models.UniqueConstraint(
                fields=["item", "document"], name="a_document_changes_a_row_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item.code}: {self.document}"
