"""A document on its way to becoming a campaign: read by a worker, then agreed with by a person.

Nothing of it is the campaign's until `applied_at`: rows, names and facts wait in `draft`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.job import Job, JobQuerySet
from accounts.models import User
from accounts.workflow import Refused
from campaign.models.plan import Campaign
from campaign.models.source import SourceDocument
from files.models import StoredFile


class PlanReadingQuerySet(JobQuerySet["PlanReading"]):
    def newest_first(self) -> PlanReadingQuerySet:
        return self.order_by("-asked_at", "-pk")

    def without_texts(self) -> PlanReadingQuerySet:
        """For lists and for the job itself: document and draft are large."""
        return self.defer("source", "warnings", "draft")

    def unfinished(self) -> PlanReadingQuerySet:
        return self.filter(applied_at=None, discarded_at=None)


PlanReadingManager = models.Manager.from_queryset(PlanReadingQuerySet)


class PlanReading(Job):
    """Bản đọc kế hoạch: what was read in a document, and what people made of it since."""

    class Purpose(models.TextChoices):
        LAUNCH = "launch", "Đợt thi đua mới"
        AMENDMENT = "amendment", "Sửa đổi, bổ sung Kế hoạch"
        SOURCE = "source", "Kế hoạch nguồn thêm vào đợt"
        COPY = "copy", "Chép từ đợt trước"

    purpose = models.CharField("mục đích", max_length=10, choices=Purpose, default=Purpose.LAUNCH)
    # The campaign amended or added to; for a new one, the campaign it became.
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="readings")
    copied_from = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="+")
    stored = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    name = models.CharField("tên tệp", max_length=200)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    source = models.JSONField("văn bản", default=list)
    warnings = models.JSONField("cảnh báo", default=list)
    is_recognised = models.BooleanField("nhận dạng từ ảnh", default=False)
    draft = models.JSONField("bản đề xuất", default=dict)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    document = models.OneToOneField(
        SourceDocument, models.PROTECT, null=True, related_name="reading"
    )
    discarded_at = models.DateTimeField(null=True)

    objects = PlanReadingManager()

    class Meta(Job.Meta):
        verbose_name = "bản đọc kế hoạch"
        verbose_name_plural = "bản đọc kế hoạch"
        constraints = [
            *Job.Meta.constraints,
            models.CheckConstraint(
                condition=Q(applied_at=None, applied_by=None)
                | Q(applied_at__isnull=False, applied_by__isnull=False, campaign__isnull=False),
                name="a_reading_is_applied_by_somebody_to_something",
            ),
            models.CheckConstraint(
                condition=Q(applied_at=None) | Q(discarded_at=None),
                name="a_reading_is_applied_or_discarded",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=["launch", "copy"]) | Q(campaign__isnull=False),
                name="an_amendment_amends_a_campaign",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("campaign:reading", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        return self.state == self.State.DONE and not (self.applied_at or self.discarded_at)

    @property
    def makes_a_campaign(self) -> bool:
        return self.purpose in {self.Purpose.LAUNCH, self.Purpose.COPY}

    def keep(self, draft: dict[str, Any], *, by: User, at: datetime) -> bool:
        """Store what a person changed, unless somebody else stored meanwhile."""
        changes = {"draft": draft, "saved_by": by, "saved_at": at}
        kept = (
            PlanReading.objects.unfinished()
            .filter(pk=self.pk, state=self.State.DONE, revision=self.revision)
            .update(revision=self.revision + 1, **changes)
        )
        if kept:
            self.revision += 1
            self.draft, self.saved_by, self.saved_at = draft, by, at
        return bool(kept)

    def apply(
        self, campaign: Campaign, document: SourceDocument, *, by: User, at: datetime
    ) -> None:
        """It has become the campaign's; a second press finds it so."""
        unfinished = PlanReading.objects.unfinished().filter(pk=self.pk, revision=self.revision)
        if not unfinished.update(
            campaign=campaign, document=document, applied_at=at, applied_by=by
        ):
            raise Refused(
                "Bản đọc này vừa thay đổi hoặc đã được đưa vào đợt thi đua. Mời tải lại trang."
            )

    def discard(self, *, at: datetime) -> None:
        if not PlanReading.objects.unfinished().filter(pk=self.pk).update(discarded_at=at):
            raise Refused("Bản đọc này đã kết thúc nên không bỏ được.")
