"""`manage.py build_report --campaign 2024 --as-of 2024-03-25 --out DIR`: the report, at once."""

from argparse import ArgumentParser
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from campaign.models import Campaign, ReportingPeriod
from files.models import StoredFile
from files.store import open_stored
from lib import clock
from lib.vietnamese import parse_date
from reports.models import Report
from reports.tasks import build_claimed


class Command(BaseCommand):
    help = "Lập báo cáo tổng hợp ngay tại đây và ghi ba tệp DOCX, PDF, XLSX vào một thư mục."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--campaign", required=True, help="Mã đợt thi đua, ví dụ 2024")
        parser.add_argument("--as-of", required=True, help="Chốt đến hết ngày, ví dụ 2024-03-25")
        parser.add_argument("--period", help="Tên kỳ báo cáo, ví dụ “tháng 5/2024”")
        parser.add_argument("--out", required=True, type=Path, help="Thư mục ghi ba tệp")

    def handle(self, *args: Any, **options: Any) -> None:
        campaign = Campaign.objects.filter(code=options["campaign"]).first()
        if campaign is None:
            raise CommandError(f"Không có đợt thi đua mã “{options['campaign']}”.")
        as_of = _end_of(_day(options["as_of"]))
        report = _claimed(campaign, as_of, _period(campaign, options["period"]))
        build_claimed(report)
        if report.state != Report.State.DONE:
            raise CommandError("Báo cáo đã bị hủy hoặc do tiến trình khác thực hiện.")
        folder: Path = options["out"]
        folder.mkdir(parents=True, exist_ok=True)
        name = f"bao-cao-tong-hop-{campaign.code}-{clock.local_day(as_of):%Y-%m-%d}"
        for stored in (report.docx, report.pdf, report.xlsx):
            if stored is not None:
                self.stdout.write(str(_copy(stored, folder / f"{name}.{stored.kind}")))


def _day(text: str) -> date:
    try:
        return parse_date(text)
    except ValueError as problem:
        raise CommandError(str(problem)) from problem


def _end_of(day: date) -> datetime:
    """The last moment of the day in Tây Ninh; today's figures run up to now."""
    return min(clock.closes_at(day) - timedelta(microseconds=1), clock.now())


def _period(campaign: Campaign, name: str | None) -> ReportingPeriod | None:
    if not name:
        return None
    known = ReportingPeriod.objects.filter(campaign=campaign).begun()
    period = known.filter(name=name).first()
    if period is None:
        raise CommandError(
            f"Không có kỳ báo cáo “{name}” đã mở. Các kỳ: {', '.join(map(str, known))}."
        )
    return period


def _claimed(campaign: Campaign, as_of: datetime, period: ReportingPeriod | None) -> Report:
    """Asked for and taken in one step, so that no worker takes it in between."""
    at = clock.now()
    with transaction.atomic():
        asked = Report.objects.ask(campaign, as_of=as_of, by=None, at=at, period=period)
        report = Report.objects.claim(asked.pk, at=at)
    if report is None:
        raise CommandError("Không nhận được việc lập báo cáo.")
    return report


def _copy(stored: StoredFile, path: Path) -> Path:
    with open_stored(stored.sha256) as content:
        path.write_bytes(content.read())
    return path.resolve()
