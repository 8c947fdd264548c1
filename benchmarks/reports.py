"""How long the consolidated report takes, step by step, at growing numbers of units.

Run by hand: `.venv/bin/python benchmarks/reports.py [UNITS ...]` (105, 500 and 1500 by default). It
makes a data folder of its own and removes it. Machines differ: read the ratios.
"""

import atexit
import os
import resource
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
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaign.models import Campaign
from lib import clock
from lib.official.docx import write_docx
from lib.official.pdf import write_pdf
from lib.sheet import write_xlsx
from reports.datasets.consolidated import read
from reports.datasets.snapshot import snapshot
from reports.documents import consolidated_document, consolidated_sheets

ACTIVITIES_PER_UNIT = 6


def quietly(command: str, **options: Any) -> None:
    with Path(os.devnull).open("w") as nowhere:
        call_command(command, stdout=nowhere, **options)


def measured(what: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    made = what()
    return made, time.perf_counter() - start


def times_at(units: int) -> list[float]:
    """Seconds for the figures, the DOCX, the PDF and the XLSX; prints the count of queries."""
    quietly("demo", units=units, activities=units * ACTIVITIES_PER_UNIT)
    campaign = Campaign.objects.get(code="2024")
    with CaptureQueriesContext(connection) as queries:
        frozen, figures = measured(lambda: snapshot(campaign, as_of=clock.now()))
    data = read(frozen)
    document, sheets = consolidated_document(data), consolidated_sheets(data)
    print(f"{units:>6} {len(queries):>8} ", end="")
    return [
        figures,
        measured(lambda: write_docx(document))[1],
        measured(lambda: write_pdf(document))[1],
        measured(lambda: write_xlsx(sheets))[1],
    ]


def main() -> None:
    for command in ("migrate", "load_units", "load_campaign"):
        quietly(command, verbosity=0)
    print(f"{'units':>6} {'queries':>8} {'figures':>8} {'DOCX':>7} {'PDF':>7} {'XLSX':>7}  seconds")
    smallest: list[float] = []
    for units in [int(word) for word in sys.argv[1:]] or [105, 500, 1500]:
        times = times_at(units)
        smallest = smallest or times
        ratios = [now / first for now, first in zip(times, smallest, strict=True)]
        print(" ".join(f"{seconds:>7.2f}" for seconds in times))
        print(f"{'ratio':>15} ", " ".join(f"{ratio:>7.1f}" for ratio in ratios))
    here = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"peak memory: {here} MB here, {child} MB in the PDF process")


if __name__ == "__main__":
    main()
