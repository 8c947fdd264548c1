"""A worker is killed while it builds a report: the next one finishes it, once."""

import os
import signal

import pytest

from tests.portal import wait_for

pytestmark = pytest.mark.queue

DAY, AS_OF = "25/3/2024", "2024-03-25"
ROW = """
from reports.models import Report
from accounts.models import AuditEvent
report = Report.objects.get(pk={pk})
built = AuditEvent.objects.about(report).filter(verb="built").count()
files = [file.sha256 for file in (report.docx, report.pdf, report.xlsx)]
print(report.state, report.attempt, built, report.digest, *files)
"""


def row_of(portal, pk):
    """State, attempts, times it was finished, digest of its figures and of its three files."""
    told = portal.manage("shell", "--verbosity", "0", "-c", ROW.format(pk=pk))
    assert told.returncode == 0, told.stderr
    state, attempt, built, digest, *files = told.stdout.split()
    return state, int(attempt), int(built), digest, files


def kill_in_the_middle(portal, board, pk):
    wait_for(lambda: board.step_of(pk) > 1, seconds=30, what="the worker to begin")
    os.kill(portal.pid("worker"), signal.SIGKILL)


def test_the_next_worker_finishes_it_once(portal, board, tmp_path):
    pk = board.ask_for_report(DAY)

    kill_in_the_middle(portal, board, pk)

    killed_at = board.step_of(pk)
    wait_for(lambda: board.is_ready(pk), seconds=120, what="the next worker to finish")
    built = portal.manage(
        "build_report", "--campaign", "2024", "--as-of", AS_OF, "--out", str(tmp_path)
    )
    assert built.returncode == 0, built.stderr
    state, attempt, times, *papers = row_of(portal, pk)
    assert killed_at > 1
    assert (state, attempt, times) == ("done", 2, 1)
    assert papers == list(row_of(portal, pk + 1)[3:])
