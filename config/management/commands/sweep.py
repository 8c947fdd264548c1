"""Run every sweeper once, without a worker: for a cron job, or when the queue is down."""

from typing import Any

from django.core.management.base import BaseCommand

from config.tasks import SWEEPERS, sweep_all
from lib import clock


class Command(BaseCommand):
    help = "Làm một lượt những việc nền còn sót, không cần tiến trình nền."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in sweep_all(SWEEPERS, at=clock.now()).items():
            self.stdout.write(f"{name}: {count}")
