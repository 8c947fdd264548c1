"""What is proposed to the Chairman, and what was decided."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from accounts.workflow import Refused, Workflow
from campaign.models import Campaign
from files.models import StoredFile
from units.permissions import has_a_role, sees_province


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: User) -> Self:
        return self if sees_province(user) else self.none()


ProposalManager = models.Manager.from_queryset(ProposalQuerySet)


class Proposal(models.Model):
    """The letter of Sở Nội vụ to the Chairman (tờ trình), with its nominations."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="award_proposals")
    number = models.CharField("số tờ trình", max_length=50, blank=True)
    dated_on = models.DateField("ngày", null=True, blank=True)
    signer_name = models.CharField("người ký", max_length=100, blank=True)
    signer_position = models.CharField("chức vụ người ký", max_length=150, blank=True)
    document = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = ProposalManager()

    class Meta:
        verbose_name = "tờ trình khen thưởng"
        verbose_name_plural = "tờ trình khen thưởng"

    def __str__(self) -> str:
        return f"Tờ trình {self.number or 'chưa có số'}"

    def get_absolute_url(self) -> str:
        return reverse("awards:proposal", args=[self.pk])


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: User) -> Self:
        """Published: whoever has a role. Before that the province."""
        if sees_province(user):
            return self
        return self.published() if has_a_role(user) else self.none()

    def published(self) -> Self:
        return self.filter(status="published")


DecisionManager = models.Manager.from_queryset(DecisionQuerySet)


class Decision(Workflow):
    """A decision on awards (quyết định khen thưởng). Never deleted; a single award is revoked."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Dự thảo"
        SIGNED = "signed", "Đã ký"
        PUBLISHED = "published", "Đã công bố"

    MOVES = {
        Status.DRAFT: {Status.SIGNED},
        Status.SIGNED: {Status.PUBLISHED},
        Status.PUBLISHED: set(),
    }

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="award_decisions", verbose_name="đợt thi đua"
    )
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    status = models.CharField("trạng thái", max_length=20, choices=Status, default=Status.DRAFT)
    number = models.CharField("số quyết định", max_length=50, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    subject = models.CharField("trích yếu", max_length=300)
    signer_name = models.CharField("người ký", max_length=100, blank=True)
    signer_position = models.CharField("chức vụ người ký", max_length=150, blank=True)
    document = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    document_name = models.CharField("tên tệp", max_length=120, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField("công bố lúc", null=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = DecisionManager()

    class Meta:
        verbose_name = "quyết định khen thưởng"
        verbose_name_plural = "quyết định khen thưởng"
        constraints = [
            models.UniqueConstraint(
                fields=["number", "decided_on"],
                condition=~Q(number=""),
                name="decision_number_once",
            ),
            models.CheckConstraint(
                condition=Q(status="draft", signed_at=None, signed_by=None)
                | (
                    ~Q(status="draft")
                    & ~Q(number="")
                    & ~Q(signer_name="")
                    & Q(decided_on__isnull=False, signed_at__isnull=False, signed_by__isnull=False)
                ),
                name="decision_signed_with_number_day_and_signer",
            ),
            models.CheckConstraint(
                condition=Q(
                    status="published", published_at__isnull=False, published_by__isnull=False
                )
                | (~Q(status="published") & Q(published_at=None, published_by=None)),
                name="decision_published_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"Quyết định {self.number or 'chưa có số'}"

    def get_absolute_url(self) -> str:
        return reverse("awards:decision", args=[self.pk])

    def sign(self, *, by: User, at: datetime) -> None:
        if not self.number or self.decided_on is None or not self.signer_name:
            raise Refused("Cần số, ngày quyết định và người ký trước khi ghi nhận đã ký.")
        self._move(self.Status.SIGNED, by=by, at=at, signed_at=at, signed_by=by)

    def publish(self, *, by: User, at: datetime) -> None:
        self._move(self.Status.PUBLISHED, by=by, at=at, published_at=at, published_by=by)
