"""What a worker does for the reports: build one, from a frozen snapshot to three files.

The row is the job. Messages may be lost or doubled and a worker may be killed at any line: the
next one claims the row, reads the snapshot the first one froze, and finishes once.
"""

import logging
from datetime import timedelta

from celery import shared_task
from django.db import transaction

from accounts.job import LeaseLost
from accounts.models import AuditEvent
from files.actions import keep_document
from files.checks import Kind
from lib import clock
from lib.official.docx import write_docx
from lib.official.pdf import PdfFailed, write_pdf
from lib.sheet import write_xlsx
from reports.datasets.consolidated import DIGEST_SHOWN, Consolidated, read
from reports.datasets.snapshot import Snapshot, digest, snapshot
from reports.documents import consolidated_document, consolidated_sheets
from reports.models import Report

log = logging.getLogger(__name__)

STEPS = (
    "Chốt số liệu",
    "Tổng hợp",
    "Viết bản DOCX",
    "Viết bản PDF",
    "Viết bảng XLSX",
    "Lưu tệp",
)
WAIT = timedelta(seconds=20)


@shared_task(name="reports.build_report")
def build_report(*, report_id: int) -> None:
    """Take the report up unless somebody else has it or it is done."""
    report = Report.objects.claim(report_id, at=clock.now())
    if report is not None:
        build_claimed(report)


def build_claimed(report: Report) -> None:
    """Build a report this process holds; what goes wrong is written down and raised."""
    try:
        _build(report)
    except LeaseLost:
        log.info("report %s was cancelled or taken over", report.pk)
    except Exception as problem:
        log.exception("report %s was not built", report.pk)
        _note_failure(report, problem)
        raise


def _note_failure(report: Report, problem: Exception) -> None:
    at = clock.now()
    try:
        report.fail(_sentence(problem), at=at, retry_at=at + report.attempt * WAIT)
    except LeaseLost:
        log.info("report %s was cancelled or taken over", report.pk)


def _sentence(problem: Exception) -> str:
    """What the page says; the name is for the telephone, the trace is in the log."""
    if isinstance(problem, PdfFailed):
        return str(problem)
    return f"Không lập được báo cáo (mã lỗi {type(problem).__name__})."


def _build(report: Report) -> None:
    _begin(report, 0)
    frozen = _frozen(report)
    _begin(report, 1)
    data = read(frozen)
    files = _write(report, data)
    _begin(report, len(STEPS) - 1)
    _keep(report, files)


def _begin(report: Report, step: int) -> None:
    report.begin_step(STEPS[step], done=step, of=len(STEPS), at=clock.now())


def _frozen(report: Report) -> Snapshot:
    """Freeze once: a retry reads what the first attempt froze."""
    if report.snapshot is None:
        figures = snapshot(report.campaign, report.as_of, report.period)
        report.freeze(figures, digest(figures))
        return figures
    kept: Snapshot = report.snapshot
    return kept


def _write(report: Report, data: Consolidated) -> dict[Kind, bytes]:
    document = consolidated_document(data)
    _begin(report, 2)
    docx = write_docx(document)
    _begin(report, 3)
    pdf = write_pdf(document)
    _begin(report, 4)
    return {
        Kind.DOCX: docx,
        Kind.PDF: pdf,
        Kind.XLSX: write_xlsx(consolidated_sheets(data)),
    }


def _keep(report: Report, files: dict[Kind, bytes]) -> None:
    """Refer to the three files and be done, in one step."""
    at = clock.now()
    with transaction.atomic():
        kept = {kind.value: keep_document(content, kind, at=at) for kind, content in files.items()}
        report.finish(at=at, **kept)
        AuditEvent.objects.record(
            report, "built", by=None, at=at, label="Lập xong báo cáo",
            note=f"Mã số liệu {report.digest[:DIGEST_SHOWN]}",
        )  # fmt: skip
