"""The consolidated report: asked for, built by a worker, kept with the figures it froze."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from accounts.job import Job, JobQuerySet
from accounts.models import User
from campaign.models import Campaign
from files.models import StoredFile
from units.permissions import sees_province


class ReportQuerySet(JobQuerySet["Report"]):
    def visible_to(self, user: User) -> ReportQuerySet:
        """Board, council and leadership; nobody else reads a consolidated report."""
        return self if sees_province(user) else self.none()


ReportManager = models.Manager.from_queryset(ReportQuerySet)


class Report(Job):
    """Báo cáo tổng hợp due to Sở Nội vụ.

    `snapshot` holds the figures as they stood at `as_of`, frozen when building began, and
    `digest` is their SHA-256: a retry builds from the same figures, never from newer ones.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="reports")
    as_of = models.DateTimeField("chốt số liệu lúc")
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    snapshot = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    docx = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    xlsx = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    objects = ReportManager()

    class Meta(Job.Meta):
        verbose_name = "báo cáo tổng hợp"
        verbose_name_plural = "báo cáo tổng hợp"
        constraints = [
            *Job.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(state="done")
                | models.Q(docx__isnull=False, pdf__isnull=False, xlsx__isnull=False)
                & ~models.Q(digest=""),
                name="a_ready_report_has_its_three_files",
            ),
        ]

    def __str__(self) -> str:
        return f"Báo cáo tổng hợp {self.campaign} ({self.as_of:%d/%m/%Y})"

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.pk])
