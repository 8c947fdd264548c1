"""What may happen while a report is being built: cancelled, asked for twice, overtaken by new data,
longer than its lease, too big for the memory it is given."""

import sys
import time
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from django.urls import reverse

from accounts.job import ATTEMPTS, LEASE
from files.store import open_stored
from lib import clock
from lib.official import pdf
from lib.official.model import Column, Row, Table
from lib.official.pdf import PdfFailed
from reports import tasks
from reports.actions.report import retry_report
from reports.datasets.snapshot import digest, snapshot
from reports.models import Report
from reports.tasks import build_report
from tests.factories import ReviewerFactory, SubPlanFactory, UserFactory
from tests.reports.conftest import AS_OF, LATE_AT
from tests.reports.papers import Typed

State = Report.State
SLEEPING = [sys.executable, "-c", "import time; time.sleep(60)"]
SHORT_OF_MEMORY = "import sys; from lib.official import render; render.MEMORY = 150 << 20; sys.exit(render.main())"


@pytest.fixture
def report(province, at):
    return Report.objects.ask(province.campaign, as_of=AS_OF, by=UserFactory(), at=at)


@pytest.fixture
def meanwhile(monkeypatch):
    """Let something happen while the DOCX is written and the PDF is being set."""
    write = tasks.write_docx

    def let(act):
        def write_docx(document):
            act()
            return write(document)

        monkeypatch.setattr(tasks, "write_docx", write_docx)

    return let


@pytest.fixture
def _typed(monkeypatch):
    monkeypatch.setattr(tasks, "begin_pdf", lambda document: Typed(b"%PDF-"))


def test_cancelling_ends_the_typesetting_and_keeps_nothing(report, meanwhile, monkeypatch):
    monkeypatch.setattr(pdf, "_COMMAND", SLEEPING)
    began = time.monotonic()
    meanwhile(lambda: Report.objects.get(pk=report.pk).cancel(by=UserFactory(), at=clock.now()))

    build_report(report_id=report.pk)

    report.refresh_from_db()
    assert time.monotonic() - began < 30
    assert (report.state, report.docx, report.pdf, report.lease_until) == (
        State.CANCELLED, None, None, None,
    )  # fmt: skip


def test_cancelling_is_noticed_while_only_the_typesetting_goes_on(report, monkeypatch):
    waited = []

    class Endless(Typed):
        def wait(self, seconds):
            waited.append(seconds)
            Report.objects.get(pk=report.pk).cancel(by=UserFactory(), at=clock.now())
            return False

    monkeypatch.setattr(tasks, "begin_pdf", lambda document: Endless(b""))
    build_report(report_id=report.pk)

    report.refresh_from_db()
    assert (report.state, report.docx, waited) == (State.CANCELLED, None, [tasks.PATIENCE])


def test_a_step_longer_than_the_lease_is_not_taken_over(report, monkeypatch, at):
    moments = [at, at + LEASE * 0.8, at + LEASE * 1.6, at + LEASE * 2.4]
    taken = []

    class Slow(Typed):
        def wait(self, seconds):
            taken.append(Report.objects.claim(report.pk, at=moments[0]))
            if len(moments) > 1:
                moments.pop(0)
                return False
            return True

    monkeypatch.setattr(tasks, "begin_pdf", lambda document: Slow(b"%PDF-"))
    monkeypatch.setattr(tasks.clock, "now", lambda: moments[0])
    build_report(report_id=report.pk)

    report.refresh_from_db()
    assert taken == [None] * 4
    assert (report.state, report.attempt) == (State.DONE, 1)


@pytest.mark.usefixtures("_typed")
def test_the_same_job_run_twice_at_once_is_done_once(report, meanwhile):
    meanwhile(lambda: build_report(report_id=report.pk))

    build_report(report_id=report.pk)

    report.refresh_from_db()
    assert (report.state, report.attempt) == (State.DONE, 1)
    assert report.paper.sections.count() == len({row.code for row in report.paper.sections.all()})


@pytest.mark.usefixtures("_typed")
def test_data_that_change_meanwhile_change_nothing(report, province, meanwhile):
    before = digest(snapshot(province.campaign, AS_OF))
    meanwhile(
        lambda: SubPlanFactory(
            submitted=True, unit=province.missing, submitted_at=LATE_AT,
            document_number="999/KH-SGDĐT",
        )
    )  # fmt: skip

    build_report(report_id=report.pk)

    report.refresh_from_db()
    with open_stored(report.docx.sha256) as file:
        tables = docx.Document(BytesIO(file.read())).tables
    printed = {cell.text for table in tables for row in table.rows for cell in row.cells}
    assert digest(snapshot(province.campaign, AS_OF)) != report.digest == before
    assert "170/KH-SVHTTDL" in printed
    assert "999/KH-SGDĐT" not in printed


def test_a_report_too_big_for_its_memory_says_so_and_the_portal_goes_on(
    report, client, monkeypatch
):
    reviewer = ReviewerFactory()
    client.force_login(reviewer)
    monkeypatch.setattr(pdf, "_COMMAND", [sys.executable, "-c", SHORT_OF_MEMORY])
    rows = tuple(Row((str(place),)) for place in range(1500))
    write = tasks.consolidated_document

    def consolidated_document(data, words):
        return replace(write(data, words), body=(Table((Column("STT"),), rows),))

    monkeypatch.setattr(tasks, "consolidated_document", consolidated_document)
    Report.objects.filter(pk=report.pk).update(attempt=ATTEMPTS - 1)  # the last one begins
    with pytest.raises(PdfFailed):
        build_report(report_id=report.pk)

    page = client.get(reverse("reports:report", args=[report.pk]))

    text = page.content.decode()
    assert page.status_code == 200
    assert "Văn bản quá lớn để tạo PDF. Hãy chia nhỏ văn bản." in text
    assert reverse("reports:report-retry", args=[report.pk]) in text
    assert client.get("/").status_code == 200

    monkeypatch.undo()
    report.refresh_from_db()
    again = retry_report(report, by=reviewer, at=clock.now())
    build_report(report_id=again.pk)
    assert Report.objects.get(pk=again.pk).state == State.DONE
