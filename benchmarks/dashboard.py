"""What the pages of a province cost at 300, 1,500 and 5,000 units, the overview above all.

Run by hand, with a PostgreSQL of its own:
`scripts/pgtmp.sh .venv/bin/python benchmarks/dashboard.py [UNITS ...]` (300, 1500 and 5000 by
default; 20 activities and 200 figures a unit). Told are milliseconds of the best of three and
queries: of the overview's page, of what it counts of activities, of the same figures asked of the
rows themselves in one statement, of the same statement over the tallies, of counting the tallies
anew, and of the main pages. Machines differ: read the ratios and the growth.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = tempfile.TemporaryDirectory()
os.environ |= {"DATA": FOLDER.name, "DJANGO_SETTINGS_MODULE": "config.settings"}
os.environ.setdefault("PORTAL_NOW", "2024-11-20T09:00")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from campaign import tallied
from campaign.actions.tally import recount_tallies
from campaign.datasets import tally
from campaign.models import Activity, Campaign, Figure, PlanItem, ReportingPeriod
from lib import clock
from reports.demo import accounts, scale, scale_reports
from units.models import Membership, Unit

ACTIVITIES_PER_UNIT, MONTHS, INDICATORS = 20, 8, 25
KINDS = (PlanItem.Kind.SOLUTION_HEADING.value, PlanItem.Kind.ASSIGNMENT_BULLET.value)
Role = Membership.Role

# Activities by block and by row of the plan, from the rows themselves and from the tallies.
OF_ROWS = f"""
SELECT 'unit', m.block_id, NULL::bigint, SUM(registered), SUM(done), SUM(planned + running)
FROM ({tallied.unit_counts(tallied.EVERYBODY)}) t
LEFT JOIN units_blockmembership m ON m.unit_id = t.unit_id AND m.year = 2024 GROUP BY 2
UNION ALL
SELECT 'item', m.block_id, t.item_id, SUM(registered), SUM(done), SUM(planned + running)
FROM ({tallied.item_counts(tallied.EVERYBODY)}) t
JOIN campaign_planitem p ON p.id = t.item_id AND p.kind IN {KINDS!r}
LEFT JOIN units_blockmembership m ON m.unit_id = t.unit_id AND m.year = 2024 GROUP BY 2, 3
"""  # noqa: S608 - constants
OF_TALLIES = OF_ROWS.replace(f"({tallied.unit_counts(tallied.EVERYBODY)})", tallied.UNITS).replace(
    f"({tallied.item_counts(tallied.EVERYBODY)})", tallied.ITEMS
)


def quietly(command: str, **options: Any) -> None:
    with Path(os.devnull).open("w") as nowhere:
        call_command(command, stdout=nowhere, **options)


def measured(what: Callable[[], Any], times: int = 3) -> tuple[float, int]:
    """The best of a few, in milliseconds, and the queries of one."""
    best, queries = float("inf"), 0
    for _ in range(times):
        with CaptureQueriesContext(connection) as asked:
            start = time.perf_counter()
            what()
            best = min(best, (time.perf_counter() - start) * 1000)
        queries = len(asked)
    return best, queries


def executed(statement: str) -> Callable[[], Any]:
    def run() -> Any:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall()

    return run


def counted(campaign: Campaign, on: date) -> Callable[[], Any]:
    """What the overview counts of activities, by the functions it uses."""
    rows = PlanItem.objects.filter(campaign=campaign, kind__in=KINDS)
    return lambda: (
        tally.by_block(campaign, on=on),
        tally.by_item_and_block(campaign, list(rows)),
        tally.of_all(campaign),
    )


def pages(campaign: Campaign) -> dict[str, tuple[str, str]]:
    """The main pages, each with the role of who opens it."""
    duty = PlanItem.objects.filter(campaign=campaign).duties().in_order()[0]
    period = ReportingPeriod.objects.filter(campaign=campaign).latest("data_to")
    unit = Unit.objects.in_protocol_order().last()
    return {
        "Tổng quan": (reverse("reports:overview"), Role.LEADERSHIP),
        "Việc của tôi": (reverse("reports:home"), Role.BOARD_HEAD),
        "Sổ nghĩa vụ": (reverse("campaign:sub-plans"), Role.BOARD_HEAD),
        "Xem xét": (reverse("campaign:queue"), Role.REVIEWER),
        "Hoạt động": (reverse("campaign:activities"), Role.BOARD_HEAD),
        "Đơn vị": (reverse("units:unit", args=[unit.code if unit else ""]), Role.BOARD_HEAD),
        "Kế hoạch": (reverse("campaign:plan", args=[campaign.code]), Role.BOARD_HEAD),
        "Nhiệm vụ": (
            reverse("campaign:plan-item", args=[campaign.code, duty.code]),
            Role.BOARD_HEAD,
        ),
        "Kỳ báo cáo": (reverse("campaign:period", args=[period.pk]), Role.BOARD_HEAD),
        "Đôn đốc": (reverse("campaign:chasing"), Role.BOARD_HEAD),
        "Lịch": (reverse("campaign:calendar"), Role.BOARD_HEAD),
    }


def opened(address: str, role: str) -> tuple[float, int]:
    client = Client()
    client.force_login(User.objects.filter(memberships__role=role).order_by("pk")[0])
    client.get(address)  # the first visit also notes that the session began
    return measured(lambda: client.get(address))


def grown(campaign: Campaign, units: int) -> float:
    """Seconds it took to make the province."""
    start = time.perf_counter()
    now = clock.now()
    scale.grow(campaign, units=units, activities=units * ACTIVITIES_PER_UNIT, now=now)
    scale_reports.report_much(campaign, periods=MONTHS, figures=INDICATORS, now=now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return time.perf_counter() - start


def main() -> None:
    if connection.vendor != "postgresql":
        sys.exit("PostgreSQL only: scripts/pgtmp.sh .venv/bin/python benchmarks/dashboard.py")
    settings.ALLOWED_HOSTS = ["testserver"]
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    for command in ("migrate", "load_units", "load_campaign"):
        quietly(command, verbosity=0)
    accounts.make_accounts(password=accounts.PASSWORD)
    campaign = Campaign.objects.get(code="2024")
    for units in [int(word) for word in sys.argv[1:]] or [300, 1500, 5000]:
        seconds = grown(campaign, units)
        print(
            f"\n{units} units, {Activity.objects.count()} activities, {Figure.objects.count()} "
            f"figures, made in {seconds:.0f} s"
        )
        today = clock.local_day(clock.now())
        bare, _ = measured(executed(OF_TALLIES))
        rows = {
            "activities counted": measured(counted(campaign, today)),
            "  bare SQL, tallies": (bare, 1),
            "  bare SQL, rows": measured(executed(OF_ROWS), times=1),
            "tallies anew": measured(recount_tallies, times=1),
            **{name: opened(*place) for name, place in pages(campaign).items()},
        }
        print(f"{'':22} {'ms':>8} {'queries':>8} {'to bare SQL':>12}")
        for name, (cost, queries) in rows.items():
            print(f"{name:22} {cost:8.0f} {queries:8} {cost / bare:12.1f}", flush=True)


if __name__ == "__main__":
    main()
