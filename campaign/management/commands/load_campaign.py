"""`manage.py load_campaign [CODE|all]`: bring a campaign and its plan into the database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import AuditEvent
from campaign.actions.activity import follow_all
from campaign.actions.plan import assign_duties, owe_sub_plans
from campaign.importers.indicators import load_indicators
from campaign.importers.plan import available, load_plan
from lib import clock
from lib.datafile import BadDataFile

ALL = "all"


class Command(BaseCommand):
    help = "Nạp Kế hoạch của đợt thi đua từ tệp dữ liệu; chạy lại không đổi gì."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", nargs="?", default=ALL, help="Mã đợt (ví dụ 2024) hoặc all")

    def handle(self, *args: Any, **options: Any) -> None:
        codes = available()
        if options["code"] != ALL:
            if options["code"] not in codes:
                raise CommandError(
                    f"Không có đợt “{options['code']}”. Các đợt có sẵn: {', '.join(codes)}."
                )
            codes = [options["code"]]
        try:
            with transaction.atomic():
                for code in codes:
                    self._load(code)
        except BadDataFile as problem:
            raise CommandError(str(problem)) from problem

    def _load(self, code: str) -> None:
        loaded = load_plan(code)
        campaign = loaded.campaign
        catalogue = load_indicators(campaign)
        added, removed = assign_duties(campaign, on=campaign.issued_on)
        owing = owe_sub_plans(campaign, on=campaign.issued_on)
        followed = follow_all(campaign, at=clock.now())
        lines = [
            *(str(tally) for tally in [*loaded.tallies, catalogue]),
            f"Giao nhiệm vụ cho từng đơn vị: thêm {added}, bỏ {removed}",
            f"Nghĩa vụ gửi kế hoạch triển khai: thêm {owing}",
            f"Hoạt động theo kế hoạch đã gửi: {followed}",
        ]
        if (
            loaded.did_something
            or catalogue.did_something
            or followed.did_something
            or (added or removed or owing)
        ):
            AuditEvent.objects.record(
                campaign, "loaded", by=None, at=clock.now(),
                label="Nạp Kế hoạch từ tệp dữ liệu", note="; ".join(lines),
            )  # fmt: skip
        self.stdout.write(f"{campaign.name} ({code})")
        for line in lines:
            self.stdout.write(f"  {line}.")
