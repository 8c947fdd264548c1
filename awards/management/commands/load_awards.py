"""`manage.py load_awards`: the catalogue of awards and the rules they are given by."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from awards.importers.catalogue import load_catalogue
from lib.datafile import BadDataFile


class Command(BaseCommand):
    help = "Nạp danh mục danh hiệu, hình thức, điều kiện khen thưởng; chạy lại không đổi gì."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            tallies = load_catalogue()
        except BadDataFile as problem:
            raise CommandError(str(problem)) from problem
        for tally in tallies:
            self.stdout.write(f"{tally}.")
