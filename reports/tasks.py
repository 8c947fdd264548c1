"""What a worker does for the reports: build one, from a frozen snapshot to its paper and three
files; make the files of an edited paper anew.

The row is the job. Messages may be lost or doubled and a worker may be killed at any line: the
next one claims the row, reads the snapshot the first one froze, and finishes once.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from celery import shared_task
from django.db import transaction

from accounts.job import Job, LeaseLost
from accounts.models import AuditEvent
from files.actions import keep_document
from files.checks import Kind
from files.models import StoredFile
from lib import clock
from lib.official.docx import write_docx
from lib.official.pdf import PdfFailed, begin_pdf
from lib.sheet import write_xlsx
from reports import emails
from reports.datasets.consolidated import DIGEST_SHOWN, Consolidated, read
from reports.datasets.scope import scope_of
from reports.datasets.snapshot import Snapshot, digest, snapshot
from reports.datasets.words import Words, words_of
from reports.documents import consolidated_document, consolidated_sheets
from reports.drawing_up import paper_of
from reports.models import Paper, Printing, Report

log = logging.getLogger(__name__)

STEPS = (
    "Chốt số liệu",
    "Tổng hợp",
    "Viết bản DOCX",
    "Viết bảng XLSX",
    "Viết bản PDF",
    "Lưu tệp",
)
PRINTING_STEPS = ("Đọc bản thảo", *STEPS[2:])
WAIT = timedelta(seconds=20)
PATIENCE = 2.0  # seconds between two looks at the child and at the job's row

J = TypeVar("J", bound=Job)


@shared_task(name="reports.build_report")
def build_report(*, report_id: int) -> None:
    """Take the report up unless somebody else has it or it is done."""
    report = Report.objects.claim(report_id, at=clock.now())
    if report is not None:
        build_claimed(report)


def build_claimed(report: Report) -> None:
    """Build a report this process holds; what goes wrong is written down and raised."""
    _work(report, _build)


@shared_task(name="reports.print_paper")
def print_paper(*, printing_id: int) -> None:
    """Make the files of a paper, unless somebody else does or they are made."""
    printing = Printing.objects.claim(printing_id, at=clock.now())
    if printing is not None:
        _work(printing, _print)


def _work(job: J, act: Callable[[J], None]) -> None:
    try:
        act(job)
    except LeaseLost:
        log.info("%s %s was cancelled or taken over", job._meta.model_name, job.pk)
    except Exception as problem:
        log.exception("%s %s was not finished", job._meta.model_name, job.pk)
        _note_failure(job, problem)
        raise


def _note_failure(job: Job, problem: Exception) -> None:
    at = clock.now()
    try:
        job.fail(_sentence(problem), at=at, retry_at=at + job.attempt * WAIT)
    except LeaseLost:
        log.info("%s %s was cancelled or taken over", job._meta.model_name, job.pk)


def _sentence(problem: Exception) -> str:
    """What the page says; the name is for the telephone, the trace is in the log."""
    if isinstance(problem, PdfFailed):
        return str(problem)
    return f"Không lập được báo cáo (mã lỗi {type(problem).__name__})."


# --- the report ----------------------------------------------------------------------------------


def _build(report: Report) -> None:
    _begin(report, STEPS, 0)
    frozen = _frozen(report)
    _begin(report, STEPS, 1)
    data = read(frozen)
    words = words_of(paper_of(report, data))
    files = _write(report, STEPS, data, words)
    _begin(report, STEPS, len(STEPS) - 1)
    _keep(report, files)


def _begin(job: Job, steps: tuple[str, ...], step: int) -> None:
    job.begin_step(steps[step], done=step, of=len(steps), at=clock.now())


def _frozen(report: Report) -> Snapshot:
    """Freeze once: a retry reads what the first attempt froze."""
    if report.snapshot is None:
        scope = scope_of(report.campaign, block=report.block, unit=report.unit, item=report.item)
        figures = snapshot(report.campaign, report.as_of, report.period, report.about, scope)
        report.freeze(figures, digest(figures))
        return figures
    kept: Snapshot = report.snapshot
    return kept


def _write(job: Job, steps: tuple[str, ...], data: Consolidated, words: Words) -> dict[Kind, bytes]:
    """The three files; the last three of the steps before keeping them.

    The PDF is set in a process of its own while this one writes the rest. Whoever cancels does not
    wait for it, and a long one does not look abandoned.
    """
    document = consolidated_document(data, words)
    first = len(steps) - 4
    _begin(job, steps, first)
    with begin_pdf(document) as pdf:
        docx = write_docx(document)
        _begin(job, steps, first + 1)
        xlsx = write_xlsx(consolidated_sheets(data))
        _begin(job, steps, first + 2)
        while not pdf.wait(PATIENCE):
            job.renew(at=clock.now())
        return {Kind.DOCX: docx, Kind.PDF: pdf.result(), Kind.XLSX: xlsx}


def _keep(report: Report, files: dict[Kind, bytes]) -> None:
    """Refer to the three files and be done, in one step."""
    at = clock.now()
    with transaction.atomic():
        report.finish(at=at, **_stored(files))
        AuditEvent.objects.record(
            report, "built", by=None, at=at, label="Lập xong báo cáo",
            note=f"Mã số liệu {report.digest[:DIGEST_SHOWN]}",
        )  # fmt: skip
        if report.on_schedule:
            emails.draft_ready(report, at=at)


def _stored(files: dict[Kind, bytes]) -> dict[str, StoredFile]:
    at = clock.now()
    return {kind.value: keep_document(content, kind, at=at) for kind, content in files.items()}


# --- the files of an edited paper ----------------------------------------------------------------


def _print(printing: Printing) -> None:
    """The edition is noted before the words are read: a save in between makes the files look
    older than they are, never newer."""
    _begin(printing, PRINTING_STEPS, 0)
    paper = Paper.objects.select_related("report").get(pk=printing.paper_id)
    printing.begin_edition(paper.edition)
    data = read(paper.report.snapshot or {})
    files = _write(printing, PRINTING_STEPS, data, words_of(paper))
    _begin(printing, PRINTING_STEPS, len(PRINTING_STEPS) - 1)
    with transaction.atomic():
        printing.finish(at=clock.now(), **_stored(files))
