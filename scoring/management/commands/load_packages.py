"""`manage.py load_packages`: the criteria each campaign offers to the scales of the blocks."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from campaign.models import Campaign
from lib.datafile import BadDataFile
from scoring.importers.data import has_package, load_package


class Command(BaseCommand):
    help = "Nạp bộ tiêu chí của các đợt thi đua từ tệp dữ liệu; chạy lại không đổi gì."

    def handle(self, *args: Any, **options: Any) -> None:
        for code in Campaign.objects.order_by("code").values_list("code", flat=True):
            if not has_package(code):
                continue
            try:
                tallies = load_package(code)
            except BadDataFile as problem:
                raise CommandError(str(problem)) from problem
            for tally in tallies:
                self.stdout.write(f"{tally}.")
