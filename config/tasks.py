"""What has to be looked at again and again, whether or not a message arrives."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from celery import shared_task

from accounts.jobs import seal_audit, sweep_keys, sweep_mail
from awards.jobs import sweep_lookalikes
from campaign.jobs import sweep_periods, sweep_readings, sweep_reminders
from files.jobs import sweep_staged, sweep_texts
from lib import clock
from reports.jobs import sweep_reports, sweep_weekly

log = logging.getLogger(__name__)


class Sweeper(Protocol):
    """Takes up what was left lying at a moment; says how much it was."""

    __name__: str

    def __call__(self, *, at: datetime) -> int: ...


SWEEPERS: Sequence[Sweeper] = (
    sweep_mail, sweep_periods, sweep_reminders, sweep_readings, sweep_reports, sweep_weekly,
    sweep_lookalikes,
    sweep_staged, sweep_texts, seal_audit, sweep_keys,
)  # fmt: skip


def sweep_all(sweepers: Sequence[Sweeper], *, at: datetime) -> dict[str, int]:
    """Run every sweeper; one that fails does not keep the others from their work."""
    done, failures = {}, []
    for sweeper in sweepers:
        try:
            done[sweeper.__name__] = sweeper(at=at)
        except Exception as problem:
            log.exception("sweeper %s failed", sweeper.__name__)
            failures.append(problem)
    if failures:
        raise ExceptionGroup("sweepers failed", failures)
    return done


@shared_task(name="config.sweep")
def sweep() -> None:
    sweep_all(SWEEPERS, at=clock.now())
