"""What a worker does for a campaign: read the document of a plan, confined, into a draft.

The row is the job: a message may be lost or doubled, and a worker may be killed at any line.
"""

import json
import logging
from datetime import date, timedelta
from typing import Any, Final

from celery import shared_task

from accounts.job import LeaseLost
from campaign.datasets.directory import directory
from campaign.models import PlanReading
from campaign.proposal.draft import as_json, begin
from campaign.proposal.facts import facts_of
from campaign.proposal.matching import match_all
from campaign.proposal.rows import rows_of
from files import store
from lib import clock
from lib.confined import Failed, run

log = logging.getLogger(__name__)

STEPS = ("Đọc văn bản", "Khớp tên cơ quan")
# Tesseract takes a few seconds a page of a scan; a task may take two minutes in all.
SECONDS: Final = 100
LEASE: Final = timedelta(seconds=SECONDS + 30)
WAIT = timedelta(seconds=20)
TOO_MUCH = (
    "Không đọc được tệp trong giới hạn thời gian và bộ nhớ cho phép; tệp có thể bị hỏng. "
    "Hãy mở ra, lưu lại rồi gửi lại."
)


@shared_task(name="campaign.read_document")
def read_document(*, reading_id: int) -> None:
    """Take the document up unless somebody else has it or it is read."""
    reading = PlanReading.objects.claim(reading_id, at=clock.now())
    if reading is None:
        return
    try:
        _read(reading)
    except LeaseLost:
        log.info("reading %s was taken over", reading.pk)
    except Exception as problem:
        log.exception("document %s was not read", reading.pk)
        at = clock.now()
        said = f"Không đọc được văn bản (mã lỗi {type(problem).__name__})."
        reading.fail(said, at=at, retry_at=at + reading.attempt * WAIT)
        raise


def _read(reading: PlanReading) -> None:
    reading.begin_step(STEPS[0], done=0, of=len(STEPS), at=clock.now(), lease=LEASE)
    said = _ask_the_reader(reading)
    if refusal := said.get("refused"):
        reading.fail(refusal, at=clock.now())
        return
    reading.begin_step(STEPS[1], done=1, of=len(STEPS), at=clock.now())
    rows = rows_of(said, said["source"])
    facts = facts_of(said, rows)
    on = day_of(facts, reading)
    names = [name for row in rows for name in row.names]
    draft = begin(facts, rows, match_all(names, directory(on=on)))
    reading.finish(
        at=clock.now(),
        source=said["source"],
        warnings=said["warnings"],
        is_recognised=said["recognised"],
        draft=as_json(draft),
    )


def day_of(facts: dict[str, str], reading: PlanReading) -> date:
    """The day whose units are meant: that of the document, else that of reading it."""
    said = facts["issued_on"]
    return date.fromisoformat(said) if said else clock.local_day(reading.asked_at)


def _ask_the_reader(reading: PlanReading) -> dict[str, Any]:
    """What the confined process answers; what it dies of is the file's fault."""
    if reading.stored is None:
        return {"refused": "Bản đọc này không có tệp."}
    path = store.path_of(reading.stored.sha256)
    try:
        answer: dict[str, Any] = json.loads(run("campaign.reader", str(path), seconds=SECONDS))
    except Failed:
        return {"refused": TOO_MUCH}
    return answer
