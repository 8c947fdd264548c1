"""Wake a worker after the commit. Losing the wake-up loses nothing: a sweeper finds the row.

A broker that refuses or hangs must not fail or slow the page: we try once and wait a second, every
error is only logged, and after one we stop trying for a while.
"""

import logging
import time
from functools import partial
from typing import Any

from celery import Task
from django.db import transaction

log = logging.getLogger(__name__)

PAUSE_SECONDS = 30.0
# A connection kept from before a restart would have to fail first, and by default a hung broker
# is asked three times (measured: nine seconds). So: a fresh one, asked once.
ONE_TRY = {
    "socket_timeout": 1.0,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
    "connect_retries_timeout": 1,
}


class _Silence:
    """When this process last found the broker out of reach."""

    until = 0.0


def hand_over(task: Task[Any, Any], **ids: int) -> None:
    """Nudge a worker with ids once the surrounding transaction is committed."""
    transaction.on_commit(partial(_nudge, task, ids), robust=True)


def _nudge(task: Task[Any, Any], ids: dict[str, int]) -> None:
    if time.monotonic() < _Silence.until:
        return
    try:
        with task.app.connection_for_write(transport_options=ONE_TRY) as connection:
            # The stubs of Celery do not know that a task takes a connection.
            task.apply_async(kwargs=ids, connection=connection, retry=False)  # type: ignore[call-arg]
    except Exception:
        # Whatever the broker's client raises, the row is safe and the sweeper will find it.
        _Silence.until = time.monotonic() + PAUSE_SECONDS
        log.warning("broker out of reach, %s waits for the sweeper", task.name, exc_info=True)
