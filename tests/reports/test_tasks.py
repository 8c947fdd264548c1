from datetime import timedelta

import pytest

from accounts.job import ATTEMPTS, LEASE
from accounts.models import AuditEvent
from files.store import open_stored
from lib import clock
from lib.official.pdf import PdfFailed
from reports.datasets.snapshot import digest, snapshot
from reports.models import Report
from reports.tasks import STEPS, build_claimed, build_report
from tests.factories import SubPlanFactory, UserFactory
from tests.reports.conftest import AS_OF, LATE_AT

State = Report.State


@pytest.fixture
def report(province, at):
    return Report.objects.ask(province.campaign, as_of=AS_OF, by=UserFactory(), at=at)


def later(at, claims=1):
    return at + claims * (LEASE + timedelta(seconds=1))


def test_report_is_built_with_its_three_files(report):
    build_report(report_id=report.pk)

    report.refresh_from_db()
    assert (report.state, report.attempt, report.steps_done) == (State.DONE, 1, len(STEPS))
    assert [file.kind for file in (report.docx, report.pdf, report.xlsx)] == ["docx", "pdf", "xlsx"]
    with open_stored(report.pdf.sha256) as pdf:
        assert pdf.read(5) == b"%PDF-"
    assert report.digest == digest(report.snapshot)


def test_both_ends_are_told_in_the_history(report):
    build_report(report_id=report.pk)

    events = AuditEvent.objects.about(report)
    assert [event.verb for event in events] == ["built", "asked"]


def test_doubled_message_builds_once(report):
    build_report(report_id=report.pk)
    first = Report.objects.get(pk=report.pk)
    build_report(report_id=report.pk)

    second = Report.objects.get(pk=report.pk)
    assert (second.attempt, second.finished_at) == (1, first.finished_at)
    assert AuditEvent.objects.about(report).filter(verb="built").count() == 1


def test_next_worker_builds_from_the_figures_the_first_one_froze(report, province, at):
    killed = Report.objects.claim(report.pk, at=at)
    figures = snapshot(province.campaign, AS_OF)
    killed.freeze(figures, digest(figures))
    SubPlanFactory(submitted=True, unit=province.missing, submitted_at=LATE_AT)
    Report.objects.filter(pk=report.pk).update(lease_until=at - timedelta(seconds=1))

    build_report(report_id=report.pk)

    report.refresh_from_db()
    assert (report.state, report.attempt, report.digest) == (State.DONE, 2, digest(figures))
    assert digest(snapshot(province.campaign, AS_OF)) != report.digest


def test_worker_that_comes_back_late_changes_nothing(report, at):
    slow = Report.objects.claim(report.pk, at=at)
    quick = Report.objects.claim(report.pk, at=later(at))

    build_claimed(slow)

    report.refresh_from_db()
    assert (report.state, report.attempt, report.snapshot) == (State.RUNNING, 2, None)
    build_claimed(quick)
    report.refresh_from_db()
    assert (report.state, report.attempt) == (State.DONE, 2)


def test_cancelled_report_is_left_alone(report, at):
    working = Report.objects.claim(report.pk, at=at)
    report.cancel(by=report.asked_by, at=at)

    build_claimed(working)

    report.refresh_from_db()
    assert (report.state, report.docx, report.pdf, report.xlsx) == (
        State.CANCELLED, None, None, None,
    )  # fmt: skip


def test_failure_is_noted_raised_and_tried_again_later(report, settings, tmp_path):
    settings.OFFICIAL_FONTS_DIR = tmp_path

    with pytest.raises(PdfFailed):
        build_report(report_id=report.pk)

    report.refresh_from_db()
    assert (report.state, report.step) == (State.QUEUED, "Viết bản DOCX")
    assert report.next_try_at > clock.now()
    assert report.error == (
        "Chưa cài phông chữ để xuất PDF. Quản trị viên hãy chạy lại make run."
    )  # fmt: skip


def test_report_that_fails_each_time_is_given_up(report, settings, tmp_path):
    settings.OFFICIAL_FONTS_DIR = tmp_path
    for _ in range(ATTEMPTS):
        Report.objects.filter(pk=report.pk).update(next_try_at=None)
        with pytest.raises(PdfFailed):
            build_report(report_id=report.pk)

    report.refresh_from_db()
    assert (report.state, report.attempt) == (State.FAILED, ATTEMPTS)


def test_error_that_is_no_sentence_is_told_by_its_name(report, settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "file"
    settings.FILES_ROOT.write_text("no folder can be made here")

    with pytest.raises(OSError, match="Kho tệp"):
        build_report(report_id=report.pk)

    report.refresh_from_db()
    assert report.error == "Không lập được báo cáo (mã lỗi StoreUnavailable)."
