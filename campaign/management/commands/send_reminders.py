"""`manage.py send_reminders --on 2024-03-21 [--dry-run]`: who is reminded of what on a day."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from campaign.actions.remind import BATCH, send_scheduled
from campaign.datasets.reminding import Call, scheduled_calls
from lib import clock
from lib.vietnamese import parse_date, short_date

HEADS = ("Người nhận", "Đơn vị", "Nội dung", "Hạn", "Mốc nhắc")


class Command(BaseCommand):
    help = "Ghi thư nhắc của một ngày; mỗi người một thư, chạy lại không gửi lần thứ hai."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", help="Ngày, ví dụ 2024-03-21; bỏ trống là hôm nay")
        parser.add_argument("--dry-run", action="store_true", help="Chỉ in, không ghi gì")
        parser.add_argument("--batch", type=int, default=BATCH, help="Số người trong một lượt ghi")

    def handle(self, *args: Any, **options: Any) -> None:
        on = _day(options["on"])
        if options["dry_run"]:
            self._show(scheduled_calls(on), on)
            return
        if options["batch"] < 1:
            raise CommandError("--batch phải từ 1 trở lên.")
        people = 0
        for written in send_scheduled(on=on, at=clock.now(), batch=options["batch"]):
            people += written
            self.stdout.write(f"Đã ghi thư cho {people} người.")
            self.stdout.flush()
        self.stdout.write(f"Ngày {short_date(on)}: nhắc {people} người.")

    def _show(self, calls: tuple[Call, ...], on: date) -> None:
        rows = [HEADS, *(row for call in calls for row in _rows(call))]
        widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())
        self.stdout.write(f"Ngày {short_date(on)}: sẽ nhắc {len(calls)} người. Chưa ghi gì.")


def _rows(call: Call) -> list[tuple[str, ...]]:
    return [
        (
            f"{call.user} <{call.user.email}>",
            item.due.obligation.unit.name,
            item.due.title,
            short_date(item.due.day),
            f"D{item.offset:+d}",
        )
        for item in call.items
    ]


def _day(text: str | None) -> date:
    if text is None:
        return clock.local_day(clock.now())
    try:
        return parse_date(text)
    except ValueError as problem:
        raise CommandError(str(problem)) from problem
