"""Work that a worker does later. The row is the job; a queue message is only a wake-up.

A worker claims a row with one UPDATE, renews its lease while it works and finishes with an
UPDATE that names the attempt it claimed. A worker that was killed lets its lease run out and
the next one takes over; one that comes back late cannot finish twice.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

LEASE = timedelta(seconds=settings.JOB_LEASE_SECONDS)
ATTEMPTS = 3


class LeaseLost(Exception):
    """Another worker has taken the job over, or somebody cancelled it: stop, write nothing."""


M = TypeVar("M", bound="Job")


class JobQuerySet(models.QuerySet[M]):
    def claimable(self, *, at: datetime) -> Self:
        """Rows that wait for a worker, or whose worker is gone."""
        waiting = Q(state=Job.State.QUEUED, next_try_at=None) | Q(
            state=Job.State.QUEUED, next_try_at__lte=at
        )
        abandoned = Q(state=Job.State.RUNNING, lease_until__lt=at)
        return self.filter(waiting | abandoned).order_by("pk")

    def claim(self, pk: int, *, at: datetime) -> M | None:
        """Take the job, or nothing where somebody else has it or it is done."""
        exhausted = self.claimable(at=at).filter(pk=pk, attempt__gte=ATTEMPTS)
        if exhausted.order_by().update(
            state=Job.State.FAILED, lease_until=None, error="Đã thử nhiều lần mà chưa xong."
        ):
            return None
        taken = (
            self.claimable(at=at)
            .filter(pk=pk)
            .order_by()
            .update(
                state=Job.State.RUNNING,
                attempt=F("attempt") + 1,
                lease_until=at + LEASE,
                next_try_at=None,
                error="",
            )
        )
        return self.get(pk=pk) if taken else None

    def queue_again(self, pk: int) -> bool:
        """Give a job that was given up all its tries anew; False where it was not given up."""
        return bool(
            self.filter(pk=pk, state=Job.State.FAILED)
            .order_by()
            .update(state=Job.State.QUEUED, attempt=0, next_try_at=None, finished_at=None, error="")
        )


class Job(models.Model):
    class State(models.TextChoices):
        QUEUED = "queued", "Đang chờ"
        RUNNING = "running", "Đang thực hiện"
        DONE = "done", "Đã xong"
        FAILED = "failed", "Không thực hiện được"
        CANCELLED = "cancelled", "Đã hủy"

    state = models.CharField("tình trạng", max_length=10, choices=State, default=State.QUEUED)
    asked_at = models.DateTimeField()
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    step = models.CharField(max_length=100, blank=True)
    steps_done = models.PositiveSmallIntegerField(default=0)
    steps_total = models.PositiveSmallIntegerField(default=1)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(state="running", lease_until__isnull=False)
                | (~Q(state="running") & Q(lease_until=None)),
                name="%(class)s_runs_under_a_lease",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(finished_at__isnull=False),
                name="%(class)s_done_has_a_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "lease_until"])]

    @property
    def is_final(self) -> bool:
        return self.state not in {self.State.QUEUED, self.State.RUNNING}

    @property
    def percent(self) -> int:
        return 100 * self.steps_done // max(self.steps_total, 1)

    def _mine(self) -> models.QuerySet[Any]:
        return type(self)._base_manager.filter(
            pk=self.pk, state=self.State.RUNNING, attempt=self.attempt
        )

    def _change(self, **changes: Any) -> None:
        if not self._mine().update(**changes):
            raise LeaseLost
        for name, value in changes.items():
            setattr(self, name, value)

    def begin_step(
        self, step: str, *, done: int, of: int, at: datetime, lease: timedelta = LEASE
    ) -> None:
        """Say what is being done and keep the job for another lease."""
        self._change(step=step, steps_done=done, steps_total=of, lease_until=at + lease)

    def renew(self, *, at: datetime, lease: timedelta = LEASE) -> None:
        """Still at the same step: nobody else is to take the job over."""
        self._change(lease_until=at + lease)

    def finish(self, *, at: datetime, **changes: Any) -> None:
        self._change(
            state=self.State.DONE,
            lease_until=None,
            finished_at=at,
            steps_done=self.steps_total,
            **changes,
        )

    def fail(self, error: str, *, at: datetime, retry_at: datetime | None = None) -> None:
        """Wait until `retry_at` where there are tries left, else give up and say why."""
        again = retry_at is not None and self.attempt < ATTEMPTS
        self._change(
            state=self.State.QUEUED if again else self.State.FAILED,
            lease_until=None,
            next_try_at=retry_at if again else None,
            finished_at=None if again else at,
            error=error[:300],
        )
