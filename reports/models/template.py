"""The fixed texts of reports (mẫu lời văn), as the board words them: versions, never changed."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Max

from accounts.models import User
from reports.kinds import Kind

# What a template words, and so what a paper begins with. `datasets.fixed_texts` explains each.
TEXT_FIELDS = (
    "subject", "addressees", "bases", "opening", "closing", "recipients",
    "authority", "position", "signer",
)  # fmt: skip


class TextTemplateQuerySet(models.QuerySet["TextTemplate"]):
    def in_force(self, kind: Kind) -> TextTemplate | None:
        """The newest version of a kind, or of the texts kinds shared before each had its own;
        None where those that come with the portal stand."""
        own = self.filter(kind=kind.code).order_by("-version").first()
        return own or self.filter(kind=kind.older_texts).order_by("-version").first()

    def versions(self, kind: str) -> TextTemplateQuerySet:
        return self.filter(kind=kind).order_by("-version")

    def newest_version(self, kind: str) -> int:
        return self.filter(kind=kind).aggregate(Max("version"))["version__max"] or 0


TextTemplateManager = models.Manager.from_queryset(TextTemplateQuerySet)


class TextTemplate(models.Model):
    """One version of the fixed texts of a kind of report. The database refuses to change it.

    `texts` holds `TEXT_FIELDS`, with placeholders (chỗ điền) such as “{tên đợt}”.
    """

    kind = models.CharField(max_length=20)
    version = models.PositiveIntegerField("lần")
    texts = models.JSONField()
    note = models.CharField("lý do sửa", max_length=200, blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = TextTemplateManager()

    class Meta:
        verbose_name = "mẫu lời văn"
        verbose_name_plural = "mẫu lời văn"
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="template_version_once"),
        ]

    def __str__(self) -> str:
        return f"Mẫu lời văn, lần {self.version}"

    @classmethod
    def next_of(cls, kind: str, texts: dict[str, str], *, by: User, at: datetime) -> TextTemplate:
        """The version after the newest, not stored yet."""
        version = cls.objects.newest_version(kind) + 1
        return cls(kind=kind, version=version, texts=texts, saved_by=by, saved_at=at)
