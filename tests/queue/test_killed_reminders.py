"""The run of reminders is killed between two people: run again, each has had exactly one letter."""

import subprocess

import pytest

from tests.portal import ROOT

pytestmark = pytest.mark.queue

DAY = "2024-05-21"
EVERYBODY_OWES = """
from datetime import date
from campaign.models import Campaign, Obligation, ReportingPeriod
from lib import clock
from units.models import Unit
campaign, due = Campaign.objects.get(code="2024"), date(2024, 5, 22)
period = ReportingPeriod.objects.create(
    campaign=campaign, kind="ad_hoc", name="chuyên đề thử", status="open", due_date=due,
    data_from=date(2024, 5, 1), data_to=date(2024, 5, 20), opens_on=date(2024, 5, 20),
)
Obligation.objects.bulk_create(
    Obligation(campaign=campaign, unit=unit, kind="progress_report", period=period,
               due_date=due, closes_at=clock.closes_at(due))
    for unit in Unit.objects.exclude(code__startswith="DEMO")
)
"""
ROWS = f"""
from datetime import date
from campaign.models import Digest, Reminder
letters = Digest.objects.filter(day=date.fromisoformat("{DAY}"))
reminders = Reminder.objects.filter(digest__in=letters)
pairs = reminders.values("user", "obligation").distinct().count()
print(letters.count(), letters.values("user").distinct().count(),
      letters.exclude(mail=None).values("mail").distinct().count(), reminders.count(), pairs)
"""


def told(portal, *words):
    done = portal.manage(*words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows(portal):
    """Letters, people, mails, reminders, and pairs of person and obligation."""
    return tuple(map(int, told(portal, "shell", "--verbosity", "0", "-c", ROWS).split()))


def run_and_kill(portal):
    """Let it write to its first person and kill it before its last."""
    process = subprocess.Popen(
        portal.command("send_reminders", "--on", DAY, "--batch", "1"),
        env=portal.surroundings(), cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with process:
        first = process.stdout.readline()
        process.kill()
    assert first == "Đã ghi thư cho 1 người.\n"
    assert process.returncode == -9


def test_each_person_gets_exactly_one_letter(portal):
    told(portal, "shell", "--verbosity", "0", "-c", EVERYBODY_OWES)
    last = told(portal, "send_reminders", "--on", DAY, "--dry-run").splitlines()[-1]
    everybody = int(last.removeprefix("Ngày 21/5/2024: sẽ nhắc ").split()[0])

    run_and_kill(portal)

    written, people, mails, reminders, pairs = rows(portal)
    assert 0 < written < everybody
    assert (people, mails, pairs) == (written, written, reminders)
    told(portal, "send_reminders", "--on", DAY)
    letters, people, mails, reminders, pairs = rows(portal)
    assert (letters, people, mails) == (everybody, everybody, everybody)
    assert reminders == pairs
    assert told(portal, "send_reminders", "--on", DAY).endswith("nhắc 0 người.\n")
