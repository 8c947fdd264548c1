"""`manage.py read_plan FILE`: what the reader makes of a plan document, as JSON. Stores nothing."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lib.confined import Failed, run

# A scan of forty pages is read by Tesseract at a few seconds a page.
SECONDS = 300


class Command(BaseCommand):
    help = "Đọc một văn bản kế hoạch (.docx, .pdf, .txt, .md) và in nội dung đọc được dạng JSON; không lưu gì."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="Tệp văn bản kế hoạch")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"Không có tệp “{path}”.")
        try:
            read = json.loads(run("campaign.reader", str(path.resolve()), seconds=SECONDS))
        except Failed as failed:
            raise CommandError(
                "Không đọc được tệp trong giới hạn thời gian và bộ nhớ cho phép; tệp có thể bị hỏng."
            ) from failed
        if "refused" in read:
            raise CommandError(read["refused"])
        del read["source"]
        self.stdout.write(json.dumps(read, ensure_ascii=False, indent=1))
