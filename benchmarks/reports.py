"""What a consolidated report costs: gathering, DOCX, PDF, XLSX at growing numbers of units.

Run by hand: `.venv/bin/python benchmarks/reports.py [UNITS ...]` (300, 1500 and 5000 by default).
It makes a data folder of its own and removes it. Every step runs in a process of its own; told
are seconds of the processor, its peak of memory, and the ratio to the fastest writer we know of
the same lists (`benchmarks/reference.py`). Machines differ: read the ratios.
"""

import atexit
import json
import math
import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

FOLDER = tempfile.mkdtemp()
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ |= {"DATA": FOLDER, "DJANGO_SETTINGS_MODULE": "config.settings"}
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from benchmarks import reference
from campaign.models import Campaign
from lib import clock
from lib.official.docx import write_docx
from lib.official.pdf import write_pdf
from lib.sheet import write_xlsx
from reports.datasets.consolidated import read
from reports.datasets.snapshot import snapshot
from reports.documents import consolidated_document, consolidated_sheets
from reports.kinds import PROGRESS

ACTIVITIES_PER_UNIT = 6


def quietly(command: str, **options: Any) -> None:
    with Path(os.devnull).open("w") as nowhere:
        call_command(command, stdout=nowhere, **options)


def measured(act: Callable[[], Any]) -> tuple[float, int]:
    """Seconds of the processor and megabytes at the peak, in a process that does only this."""
    connections.close_all()
    here, there = os.pipe()
    child = os.fork()
    if not child:
        act()
        own, below = (
            resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        seconds = sum(one.ru_utime + one.ru_stime for one in (own, below))
        # A child of its own (the typesetter) is where a PDF's memory goes.
        peak = below.ru_maxrss or own.ru_maxrss
        os.write(there, json.dumps([seconds, peak // 1024]).encode())
        os._exit(0)
    os.close(there)
    with os.fdopen(here) as told:
        answer = told.read()
    os.waitpid(child, 0)
    return tuple(json.loads(answer)) if answer else (math.nan, 0)


def costs_at(units: int) -> dict[str, tuple[float, int]]:
    quietly("demo", units=units, activities=units * ACTIVITIES_PER_UNIT)
    campaign = Campaign.objects.get(code="2024")
    at = clock.now()

    def gather() -> Any:
        return read(snapshot(campaign, at, None, PROGRESS))

    with CaptureQueriesContext(connection) as queries:
        data = gather()
    document, sheets = consolidated_document(data), consolidated_sheets(data)
    print(f"\n{units} units: {len(queries)} queries")
    costs = {
        "gathering": measured(gather),
        "DOCX": measured(lambda: write_docx(document)),
        "  bare XML": measured(lambda: reference.bare_docx(document)),
        "PDF": measured(lambda: write_pdf(document)),
        "XLSX": measured(lambda: write_xlsx(sheets)),
        "  bare XlsxWriter": measured(lambda: reference.bare_xlsx(sheets)),
    }
    if reference.has_typst():
        fonts = Path(settings.OFFICIAL_FONTS_DIR)
        costs["  Typst"] = measured(lambda: reference.typst_pdf(document, fonts))
    return costs


REFERENCES = {"DOCX": "  bare XML", "PDF": "  Typst", "XLSX": "  bare XlsxWriter"}


def main() -> None:
    for command in ("migrate", "load_units", "load_campaign"):
        quietly(command, verbosity=0)
    before: dict[str, tuple[float, int]] = {}
    last = 0
    for units in [int(word) for word in sys.argv[1:]] or [300, 1500, 5000]:
        costs = costs_at(units)
        print(f"{'':18} {'seconds':>8} {'MB':>6} {'to reference':>13} {'exponent':>9}")
        for name, (seconds, memory) in costs.items():
            held = costs.get(REFERENCES.get(name, ""))
            ratio = f"{seconds / held[0]:.2f}" if held and held[0] else ""
            grew = ""
            if name in before and before[name][0] and seconds:
                grew = f"{math.log(seconds / before[name][0]) / math.log(units / last):.2f}"
            print(f"{name:18} {seconds:8.2f} {memory:6} {ratio:>13} {grew:>9}", flush=True)
        before, last = costs, units


if __name__ == "__main__":
    main()
