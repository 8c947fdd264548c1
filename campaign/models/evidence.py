"""Minh chứng: photos, files and links behind an activity or behind a figure of a report."""

from __future__ import annotations

from typing import Self
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from campaign.models.activity import Activity
from campaign.models.indicator import Indicator
from campaign.models.progress import ProgressReport
from files.models import StoredFile


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: User) -> Self:
        """Whoever sees the activity or the report sees what proves it."""
        return self.filter(
            Q(activity__in=Activity.objects.visible_to(user).values("pk"))
            | Q(report__in=ProgressReport.objects.visible_to(user).values("pk"))
        )

    def in_order(self) -> Self:
        """By the time they were added, with what a page shows of each."""
        return self.select_related("stored", "thumbnail", "added_by").order_by("added_at", "pk")

    def sent(self) -> Self:
        """What stands behind figures the board has got: of a report that was sent, or of an
        activity when a report with its figures was sent."""
        with_figures = ProgressReport.objects.sent().filter(
            figures__activity=OuterRef("activity"), submitted_at__gte=OuterRef("added_at")
        )
        return self.filter(Exists(with_figures) | Q(report__submitted_at__isnull=False))


EvidenceManager = models.Manager.from_queryset(EvidenceQuerySet)


class Evidence(models.Model):
    """One piece of evidence: a stored file (with a thumbnail where it is a picture) or a link.

    It belongs to an activity, or to a report: to the whole of it, or to one of its indicators.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, null=True, related_name="evidence")
    report = models.ForeignKey(ProgressReport, models.CASCADE, null=True, related_name="evidence")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+")
    stored = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    thumbnail = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    name = models.CharField("tên tệp", max_length=120, blank=True)
    link = models.URLField("đường dẫn", max_length=500, blank=True)
    caption = models.CharField("chú thích", max_length=200, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = EvidenceManager()

    class Meta:
        verbose_name = "minh chứng"
        verbose_name_plural = "minh chứng"
        constraints = [
            models.CheckConstraint(
                condition=Q(activity=None) ^ Q(report=None), name="evidence_of_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(indicator=None) | Q(report__isnull=False),
                name="evidence_of_a_figure_names_its_report",
            ),
            models.CheckConstraint(
                condition=Q(stored=None) ^ Q(link=""), name="evidence_is_a_file_or_a_link"
            ),
            models.UniqueConstraint(
                fields=["activity", "stored"],
                condition=Q(activity__isnull=False, stored__isnull=False),
                name="evidence_once_per_activity",
            ),
        ]

    def __str__(self) -> str:
        return self.caption or self.name or self.link

    @property
    def host(self) -> str:
        """Whose page a link leads to; shown, so that nobody follows it unawares."""
        return urlsplit(self.link).hostname or ""

    @property
    def is_picture(self) -> bool:
        return self.thumbnail_id is not None
