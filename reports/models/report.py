"""The consolidated report: asked for, built by a worker, kept with the figures it froze."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.urls import reverse

from accounts.job import Job, JobQuerySet
from accounts.models import AuditEvent, User
from accounts.workflow import Refused
from campaign.models import Campaign, ReportingPeriod
from files.models import StoredFile
from lib import clock
from lib.vietnamese import moment, short_date
from units.permissions import sees_province


class ReportQuerySet(JobQuerySet["Report"]):
    def visible_to(self, user: User) -> ReportQuerySet:
        """Board, council and leadership; nobody else reads a consolidated report."""
        return self if sees_province(user) else self.none()

    def newest_first(self) -> ReportQuerySet:
        return self.order_by("-asked_at", "-pk")

    def without_figures(self) -> ReportQuerySet:
        """For lists and progress: the snapshot is large and not shown there."""
        return self.defer("snapshot")

    def ask(
        self,
        campaign: Campaign,
        *,
        as_of: datetime,
        by: User | None,
        at: datetime,
        period: ReportingPeriod | None = None,
        **more: Any,
    ) -> Report:
        """Write down that a report is wanted: the row is the job."""
        report = self.create(
            campaign=campaign, period=period, as_of=as_of, asked_by=by, asked_at=at, **more
        )
        about = f"Số liệu {period}; chốt" if period else "Chốt"
        AuditEvent.objects.record(
            report, "asked", by=by, at=at, label="Yêu cầu lập báo cáo",
            note=f"{about} số liệu đến {moment(as_of)}",
        )  # fmt: skip
        return report


ReportManager = models.Manager.from_queryset(ReportQuerySet)


class Report(Job):
    """Báo cáo tổng hợp due to Sở Nội vụ.

    With a `period` it also tells what units reported up to the end of that period. `snapshot`
    holds the figures as they stood at `as_of`, frozen when building began, and `digest` is their
    SHA-256: a retry builds from the same figures, never from newer ones. `earlier` is the report
    this one supplements or replaces (bản bổ sung); `on_schedule` marks the one the clock asked
    for when the period closed.
    """

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="reports", verbose_name="đợt thi đua"
    )
    period = models.ForeignKey(
        ReportingPeriod, models.PROTECT, null=True, related_name="+", verbose_name="kỳ báo cáo"
    )
    earlier = models.ForeignKey("self", models.PROTECT, null=True, related_name="later")
    on_schedule = models.BooleanField(default=False)
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
            models.UniqueConstraint(
                fields=["period"],
                condition=models.Q(on_schedule=True),
                name="one_scheduled_report_per_period",
            ),
        ]

    def __str__(self) -> str:
        day = short_date(clock.local_day(self.as_of))
        return f"Báo cáo tổng hợp {self.period or self.campaign} ({day})"

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.pk])

    @property
    def can_cancel(self) -> bool:
        return not self.is_final

    @property
    def can_retry(self) -> bool:
        return self.state in {self.State.FAILED, self.State.CANCELLED}

    def freeze(self, snapshot: dict[str, Any], digest: str) -> None:
        """Keep the figures; only the worker that holds the job may."""
        self._change(snapshot=snapshot, digest=digest)

    def cancel(self, *, by: User, at: datetime) -> None:
        """Stop it, waiting or running; the worker notices at its next step and writes nothing."""
        unfinished = Report.objects.filter(
            pk=self.pk, state__in=[self.State.QUEUED, self.State.RUNNING]
        )
        changes = {"state": self.State.CANCELLED, "lease_until": None, "next_try_at": None}
        with transaction.atomic():
            if not unfinished.update(finished_at=at, **changes):
                raise Refused("Báo cáo này đã kết thúc nên không hủy được.")
            AuditEvent.objects.record(self, "cancelled", by=by, at=at, label="Hủy lập báo cáo")

    def again(self, *, by: User, at: datetime) -> Report:
        """The same report anew: a row of its own, from the figures already frozen.

        Not this row again, because a worker that comes back late must not find its attempt.
        """
        if not self.can_retry:
            raise Refused("Chỉ lập lại báo cáo đã hủy hoặc không thực hiện được.")
        return self._from_same_figures(by=by, at=at, earlier=self.earlier)

    def supplement(self, *, as_of: datetime, by: User, at: datetime) -> Report:
        """A version after this one (bản bổ sung): at its own cut-off the very same figures, at a
        later one whatever has come since."""
        if self.state != self.State.DONE:
            raise Refused("Chỉ lập bản bổ sung cho báo cáo đã lập xong.")
        if as_of < self.as_of:
            raise Refused("Bản bổ sung không thể chốt số liệu trước bản nó bổ sung.")
        if as_of == self.as_of:
            return self._from_same_figures(by=by, at=at, earlier=self)
        return Report.objects.ask(
            self.campaign, as_of=as_of, by=by, at=at, period=self.period, earlier=self
        )

    def _from_same_figures(self, *, by: User, at: datetime, earlier: Report | None) -> Report:
        return Report.objects.ask(
            self.campaign, as_of=self.as_of, by=by, at=at, period=self.period, earlier=earlier,
            snapshot=self.snapshot, digest=self.digest,
        )  # fmt: skip
