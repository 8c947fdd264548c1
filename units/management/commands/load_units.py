"""`manage.py load_units`: bring the units and blocks of the data files into the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lib.datafile import BadDataFile
from units.importers import load_units


class Command(BaseCommand):
    help = "Nạp đơn vị, khối thi đua và thành viên khối từ tệp dữ liệu; chạy lại không đổi gì."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            tallies = load_units()
        except BadDataFile as problem:
            raise CommandError(str(problem)) from problem
        for tally in tallies:
            self.stdout.write(f"{tally}.")
