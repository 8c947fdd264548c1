"""How long the consolidated report takes, step by step, at growing numbers of units.

Run by hand: `.venv/bin/python benchmarks/reports.py [UNITS ...]` (105, 500 and 1500 by default). It
makes a data folder of its own and removes it. Machines differ: read the ratios.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
SIZES = [int(word) for word in sys.argv[1:]] or [105, 500, 1500]
ACTIVITIES_PER_UNIT = 6


def measured(what: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    made = what()
    return made, time.perf_counter() - start


def main() -> None:
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

    for command in ("migrate", "load_units", "load_campaign"):
        call_command(command, verbosity=0, stdout=open(os.devnull, "w"))
    print(f"{'units':>6} {'queries':>8} {'figures':>8} {'DOCX':>7} {'PDF':>7} {'XLSX':>7}  seconds")
    smallest: list[float] = []
    for units in SIZES:
        call_command(
            "demo", units=units, activities=units * ACTIVITIES_PER_UNIT,
            stdout=open(os.devnull, "w"),
        )  # fmt: skip
        campaign = Campaign.objects.get(code="2024")
        with CaptureQueriesContext(connection) as queries:
            frozen, figures = measured(lambda: snapshot(campaign, as_of=clock.now()))  # noqa: B023
        data = read(frozen)
        document, sheets = consolidated_document(data), consolidated_sheets(data)
        times = [figures] + [
            measured(write)[1]
            for write in (
                lambda: write_docx(document),  # noqa: B023
                lambda: write_pdf(document),  # noqa: B023
                lambda: write_xlsx(sheets),  # noqa: B023
            )
        ]
        smallest = smallest or times
        print(f"{units:>6} {len(queries):>8} " + " ".join(f"{seconds:>7.2f}" for seconds in times))
        print(
            f"{'':>6} {'ratio':>8} "
            + " ".join(f"{now / first:>7.1f}" for now, first in zip(times, smallest, strict=True))
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"peak memory: {peak} MB here, {child} MB in the PDF process")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATA": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        main()
