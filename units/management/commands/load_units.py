"""`manage.py load_units`: bring the units and blocks of the data files into the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lib.datafile import BadDataFile
from units.importers import FOLDER, load_units


class Command(BaseCommand):
    help = "Nạp đơn vị, khối thi đua và thành viên khối từ tệp dữ liệu; chạy lại không đổi gì."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--folder", type=Path, default=FOLDER, help="Thư mục tệp dữ liệu khác của tỉnh"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            tallies = load_units(options["folder"])
        except BadDataFile as problem:
            raise CommandError(str(problem)) from problem
        for tally in tallies:
            self.stdout.write(f"{tally}.")
