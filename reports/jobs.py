"""What the clock starts for the reports: take up those whose message or worker was lost."""

from datetime import datetime

from reports.models import Report
from reports.tasks import build_report

# A report takes some seconds, and one sweep has two minutes.
BATCH = 5


def sweep_reports(*, at: datetime) -> int:
    """Build every report that waits or was left by a worker that is gone."""
    failures = []
    due = list(Report.objects.claimable(at=at).values_list("pk", flat=True)[:BATCH])
    for pk in due:
        try:
            build_report(report_id=pk)
        except Exception as problem:  # noqa: BLE001 - noted on the row; the others do not wait
            failures.append(problem)
    if failures:
        raise ExceptionGroup("reports were not built", failures)
    return len(due)
