"""How a paper becomes files, and the signed copy that comes back."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from accounts.job import Job, JobQuerySet
from accounts.models import AuditEvent, User
from files.checks import LONGEST_NAME
from files.models import StoredFile
from reports.models.paper import Paper


class PrintingQuerySet(JobQuerySet["Printing"]):
    def newest(self, paper: Paper) -> Printing | None:
        return self.filter(paper=paper).order_by("-pk").first()

    def finished(self, paper: Paper) -> Printing | None:
        done = self.filter(paper=paper, state=Job.State.DONE)
        return done.select_related("docx", "pdf", "xlsx").order_by("-pk").first()

    def ask(self, paper: Paper, *, by: User | None, at: datetime) -> Printing:
        """Write down that files are wanted: the row is the job."""
        AuditEvent.objects.record(paper, "printing", by=by, at=at, label="Lập lại tệp báo cáo")
        return self.create(paper=paper, asked_by=by, asked_at=at)


PrintingManager = models.Manager.from_queryset(PrintingQuerySet)


class Printing(Job):
    """Files made from a paper as it was edited (lập tệp). `edition` is the paper's when they were
    begun: where it has moved on, the text has too."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="printings")
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    edition = models.PositiveIntegerField(default=0)
    docx = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    xlsx = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    objects = PrintingManager()

    class Meta(Job.Meta):
        verbose_name = "lần lập tệp"
        verbose_name_plural = "lần lập tệp"
        constraints = [
            *Job.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(state="done")
                | models.Q(docx__isnull=False, pdf__isnull=False, xlsx__isnull=False),
                name="a_finished_printing_has_its_three_files",
            ),
        ]

    def __str__(self) -> str:
        return f"Lập tệp: {self.paper}"

    def begin_edition(self, edition: int) -> None:
        """Which edition is being printed; said before its words are read."""
        self._change(edition=edition)


class SignedCopyQuerySet(models.QuerySet["SignedCopy"]):
    def newest_first(self) -> SignedCopyQuerySet:
        return self.order_by("-added_at", "-pk")


SignedCopyManager = models.Manager.from_queryset(SignedCopyQuerySet)


class SignedCopy(models.Model):
    """The signed PDF of an issued paper (bản đã ký), as it came back; never changed.

    `differences` names what its pages say otherwise than the issued PDF; `signatures` is what
    was found of digital signatures when it came (`lib.signed_pdf`).
    """

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="signed_copies")
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    has_words = models.BooleanField()
    differences = models.JSONField(default=list)
    signatures = models.JSONField(default=list)

    objects = SignedCopyManager()

    class Meta:
        verbose_name = "bản đã ký"
        verbose_name_plural = "bản đã ký"

    def __str__(self) -> str:
        return self.name

    @property
    def is_same(self) -> bool:
        """Its words are those of the issued PDF; a scan has none to compare."""
        return self.has_words and not self.differences
