"""The consolidated report: asked for, built by a worker, kept with the figures it froze."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.urls import reverse

from accounts.job import Job, JobQuerySet
from accounts.models import AuditEvent, User
from accounts.workflow import Refused
from campaign.models import Campaign, PlanItem, ReportingPeriod
from files.models import StoredFile
from lib import clock
from lib.vietnamese import moment, short_date
from reports.kinds import BY_CODE, PERIOD, PLANS, Kind, Level, symbol_of
from units.models import Block, Unit
from units.permissions import Role, sees_province, standing


class ReportQuerySet(JobQuerySet["Report"]):
    def visible_to(self, user: User) -> ReportQuerySet:
        """Board, council and leadership all of them; a block lead those of the block of that
        year, a unit's officers and head those of the unit."""
        if sees_province(user):
            return self
        mine = standing(user)
        own = models.Q(unit__in=mine.units(Role.OFFICER, Role.HEAD))
        for block, year in mine.led_blocks:
            own |= models.Q(block=block, campaign__starts_on__year=year)
        return self.filter(own)

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
        more.setdefault("kind", PERIOD.code if period else PLANS.code)
        report = self.create(
            campaign=campaign, period=period, as_of=as_of, asked_by=by, asked_at=at, **more
        )
        about = "; ".join(filter(None, [report.about.label, report.whose, str(period or "")]))
        AuditEvent.objects.record(
            report, "asked", by=by, at=at, label="Yêu cầu lập báo cáo",
            note=f"{about}; chốt số liệu đến {moment(as_of)}",
        )  # fmt: skip
        return report


ReportManager = models.Manager.from_queryset(ReportQuerySet)


class Report(Job):
    """Báo cáo tổng hợp due to Sở Nội vụ.

    `kind` says of which sections and appendices it is made (`reports.kinds`); `block`, `unit` or
    `item` whose it is, none of them the whole province's. `snapshot`
    holds the figures as they stood at `as_of`, frozen when building began, and `digest` is their
    SHA-256: a retry builds from the same figures, never from newer ones. `earlier` is the report
    this one supplements or replaces (bản bổ sung); `on_schedule` marks the one the clock asked
    for when the period closed.
    """

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="reports", verbose_name="đợt thi đua"
    )
    kind = models.CharField("loại báo cáo", max_length=12, default=PLANS.code)
    block = models.ForeignKey(Block, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    item = models.ForeignKey(PlanItem, models.PROTECT, null=True, related_name="+")
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
            models.CheckConstraint(
                condition=models.Q(block=None, unit=None)
                | models.Q(block=None, item=None)
                | models.Q(unit=None, item=None),
                name="a_report_has_one_scope",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=PERIOD.code, period__isnull=False)
                | ~models.Q(kind=PERIOD.code) & models.Q(period=None),
                name="the_report_of_a_period_names_it",
            ),
            models.UniqueConstraint(
                fields=["period"],
                condition=models.Q(on_schedule=True),
                name="one_scheduled_report_per_period",
            ),
        ]

    def __str__(self) -> str:
        day = short_date(clock.local_day(self.as_of))
        return f"{self.about.label} {self.period or self.campaign} ({day})"

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.pk])

    @property
    def about(self) -> Kind:
        return BY_CODE[self.kind]

    @property
    def whose(self) -> str:
        """The scope in words; empty for the whole province."""
        if self.item:
            return f"mục {self.item.code} của Kế hoạch"
        return str(self.unit or self.block or "")

    @property
    def symbol(self) -> str:
        """What follows its number: that of whoever issues it."""
        if self.block:
            return symbol_of(Level.BLOCK, self.block.code)
        if self.unit:
            return symbol_of(Level.UNIT, self.unit.code, self.unit.group)
        return symbol_of(Level.PROVINCE)

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
            self.campaign, as_of=as_of, by=by, at=at, earlier=self, **self._asked_for
        )

    def _from_same_figures(self, *, by: User, at: datetime, earlier: Report | None) -> Report:
        return Report.objects.ask(
            self.campaign, as_of=self.as_of, by=by, at=at, earlier=earlier,
            snapshot=self.snapshot, digest=self.digest, **self._asked_for,
        )  # fmt: skip

    @property
    def _asked_for(self) -> dict[str, Any]:
        """What a report after this one has from it."""
        return {name: getattr(self, name) for name in ("kind", "period", "block", "unit", "item")}
