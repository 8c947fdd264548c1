import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.job import LEASE
from files.store import all_stored
from lib import clock
from lib.official.pdf import PdfFailed
from reports.jobs import ask_for_drafts, sweep_reports
from reports.models import Report
from tests.factories import UserFactory
from tests.portal import ROOT
from tests.reports.conftest import AS_OF
from tests.reports.period import play

State = Report.State

# A worker that is killed, not stopped, when it comes to the PDF.
KILLED_WORKER = """
import os, signal, sys
import django
django.setup()
from reports import tasks
tasks.write_xlsx = lambda sheets: os.kill(os.getpid(), signal.SIGKILL)
tasks.build_report(report_id=int(sys.argv[1]))
"""


@pytest.fixture
def ask(province, at):
    def ask():
        return Report.objects.ask(province.campaign, as_of=AS_OF, by=UserFactory(), at=at)

    return ask


def test_sweeper_builds_what_waits(ask, at):
    one, two = ask(), ask()

    swept = sweep_reports(at=at)

    states = Report.objects.filter(pk__in=[one.pk, two.pk]).values_list("state", flat=True)
    assert (swept, set(states)) == (2, {State.DONE})


def test_sweeper_leaves_what_another_worker_holds(ask, at):
    report = ask()
    Report.objects.claim(report.pk, at=at)

    assert sweep_reports(at=at) == 0
    report.refresh_from_db()
    assert (report.state, report.attempt) == (State.RUNNING, 1)


def test_sweeper_takes_up_what_a_dead_worker_left(ask, at):
    report = ask()
    Report.objects.claim(report.pk, at=at - LEASE - timedelta(seconds=1))

    assert sweep_reports(at=at) == 1
    report.refresh_from_db()
    assert (report.state, report.attempt) == (State.DONE, 2)


def test_one_failure_does_not_keep_the_others_waiting(ask, at, settings, tmp_path):
    ask(), ask()
    settings.OFFICIAL_FONTS_DIR = tmp_path

    with pytest.raises(ExceptionGroup) as raised:
        sweep_reports(at=at)

    assert [type(problem) for problem in raised.value.exceptions] == [PdfFailed, PdfFailed]


def database_url():
    there = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{there['NAME']}"
    person, place = f"{there['USER']}:{there['PASSWORD']}", f"{there['HOST']}:{there['PORT']}"
    return f"postgres://{person}@{place}/{there['NAME']}"


@pytest.mark.database
def test_report_of_a_killed_worker_is_finished_once_by_the_next(real_commits, ask, tmp_path):
    report = ask()
    worker = subprocess.run(
        [sys.executable, "-c", KILLED_WORKER, str(report.pk)],
        env={
            **os.environ,
            "DATABASE_URL": database_url(),
            "DATA": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        },
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    report.refresh_from_db()
    left = (worker.returncode, report.state, report.step, report.attempt)
    frozen = report.digest

    now = clock.now()
    assert sweep_reports(at=now) == 0
    Report.objects.filter(pk=report.pk).update(lease_until=now - timedelta(seconds=1))
    swept = sweep_reports(at=now)

    report.refresh_from_db()
    assert left == (-signal.SIGKILL, State.RUNNING, "Viết bảng XLSX", 1), worker.stderr
    assert (swept, report.state, report.attempt, report.digest) == (1, State.DONE, 2, frozen)
    assert len(list(all_stored())) == 3


def test_a_period_that_closes_is_drafted_once_whatever_the_clock_does(province, at):
    months = play(province)
    due = months.may.due_date
    before, after = clock.closes_at(due) - timedelta(seconds=1), clock.closes_at(due)

    asked = [ask_for_drafts(at=before), ask_for_drafts(at=after), ask_for_drafts(at=after)]

    report = Report.objects.get(period=months.may)
    assert asked == [0, 1, 0]
    assert (report.as_of, report.on_schedule, report.asked_by) == (
        clock.closes_at(due) - timedelta(microseconds=1), True, None,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.ask(
            province.campaign, as_of=after, by=None, at=after, period=months.may, on_schedule=True
        )


def test_a_period_locked_early_is_drafted_as_it_stands(province):
    may = play(province).may
    early = clock.closes_at(may.due_date) - timedelta(days=2)
    may.lock(by=UserFactory(), at=early)

    assert ask_for_drafts(at=early) == 1
    assert Report.objects.get(period=may).as_of == early
    assert ask_for_drafts(at=early + timedelta(days=30)) == 0
