"""Are the tallies of activities true? Counts them anew and says what had been wrong."""

from typing import Any

from django.core.management.base import BaseCommand

from campaign.actions.tally import recount_tallies


class Command(BaseCommand):
    help = "Đếm lại từ đầu bảng đếm hoạt động theo đơn vị và theo mục; báo chỗ đã sai, nếu có."

    def handle(self, *args: Any, **options: Any) -> None:
        for sentence in recount_tallies() or ["Bảng đếm hoạt động: đúng."]:
            self.stdout.write(sentence)
