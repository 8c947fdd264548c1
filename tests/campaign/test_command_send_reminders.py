from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Mail
from campaign.models import Digest, Reminder, ReminderRun
from tests.factories import ObligationFactory, OfficerFactory, UnitFactory

pytestmark = pytest.mark.django_db


def run(*words):
    out = StringIO()
    call_command("send_reminders", *words, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def officer():
    owed = ObligationFactory(unit=UnitFactory(name="Sở Tư pháp"))
    return OfficerFactory(owed.unit, full_name="Lê Thị Hoa", email="hoa@example.vn")


def test_a_dry_run_prints_the_table_and_writes_nothing(officer):
    heads, row, last = run("--on", "2024-03-21", "--dry-run")

    assert heads.split("  ")[0] == "Người nhận"
    assert row.split("  ") == [
        "Lê Thị Hoa <hoa@example.vn>", "Sở Tư pháp", "Kế hoạch triển khai", "22/3/2024", "D-1",
    ]  # fmt: skip
    assert last == "Ngày 21/3/2024: sẽ nhắc 1 người. Chưa ghi gì."
    rows = (Digest.objects, Reminder.objects, Mail.objects, ReminderRun.objects)
    assert [table.count() for table in rows] == [0, 0, 0, 0]


@pytest.mark.usefixtures("officer")
def test_a_run_writes_and_a_second_one_finds_nothing_left():
    assert run("--on", "2024-03-21")[-1] == "Ngày 21/3/2024: nhắc 1 người."
    assert run("--on", "2024-03-21")[-1] == "Ngày 21/3/2024: nhắc 0 người."
    assert run("--on", "2024-03-21", "--dry-run")[1:] == [
        "Ngày 21/3/2024: sẽ nhắc 0 người. Chưa ghi gì."
    ]


def test_what_is_no_day_is_said():
    with pytest.raises(CommandError, match="hôm kia"):
        run("--on", "hôm kia")
    with pytest.raises(CommandError, match="--batch"):
        run("--batch", "0")
