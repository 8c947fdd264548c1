"""How long the totals of a period take at growing numbers of units and months.

Run by hand: `.venv/bin/python benchmarks/totals.py [UNITSxMONTHS ...]` (105x3, 300x6 and 1000x12 by
default; 30 indicators each). It makes a data folder of its own and removes it. Machines differ:
read the ratios. The number of queries must not move.
"""

import atexit
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

FOLDER = tempfile.mkdtemp()
atexit.register(shutil.rmtree, FOLDER)
os.environ |= {"DATA": FOLDER, "DJANGO_SETTINGS_MODULE": "config.settings"}
os.environ.setdefault("PORTAL_NOW", "2024-06-20T09:00")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaign.datasets.totals import totals, totals_of_indicator, totals_of_units
from campaign.models import Campaign, Figure, Indicator, ReportingPeriod
from units.models import Unit

INDICATORS = 30
SIZES = ["105x3", "300x6", "1000x12"]


def quietly(command: str, **options: Any) -> None:
    with Path(os.devnull).open("w") as nowhere:
        call_command(command, stdout=nowhere, **options)


def measured(what: Callable[[], Any]) -> tuple[float, int]:
    """Seconds and queries."""
    with CaptureQueriesContext(connection) as queries:
        start = time.perf_counter()
        what()
        return time.perf_counter() - start, len(queries)


def costs_at(units: int, months: int) -> list[tuple[float, int]]:
    """Of the whole province with its blocks and units, of one indicator, of one unit."""
    quietly("demo", units=units, periods=months, figures=INDICATORS)
    campaign = Campaign.objects.get(code="2024")
    period = ReportingPeriod.objects.filter(campaign=campaign).latest("data_to")
    unit = Unit.objects.in_protocol_order()[0]

    def everything() -> list[object]:
        seen = totals(campaign, period)
        return [seen.province, seen.blocks, seen.units]

    indicator = Indicator.objects.filter(campaign=campaign).in_order()[1]
    return [
        measured(everything),
        measured(lambda: totals_of_indicator(indicator, period).units),
        measured(lambda: totals_of_units([unit], campaign, period).units),
    ]


def main() -> None:
    for command in ("migrate", "load_units", "load_campaign"):
        quietly(command, verbosity=0)
    print(f"{'size':>8} {'figures':>8} {'all':>8} {'one CT':>8} {'one unit':>8}  seconds; queries")
    smallest: list[float] = []
    for size in sys.argv[1:] or SIZES:
        units, months = map(int, size.split("x"))
        costs = costs_at(units, months)
        times, queries = [cost[0] for cost in costs], [cost[1] for cost in costs]
        smallest = smallest or times
        print(f"{size:>8} {Figure.objects.count():>8} ", end="")
        print(" ".join(f"{seconds:>8.2f}" for seconds in times), f" {queries}")
        ratios = [now / first for now, first in zip(times, smallest, strict=True)]
        print(f"{'ratio':>17} ", " ".join(f"{ratio:>8.1f}" for ratio in ratios))


if __name__ == "__main__":
    main()
