"""Does the store hold what the database says, byte for byte? Run after every restore."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from files import store
from files.models import StoredFile


class Command(BaseCommand):
    help = "Đối chiếu kho tệp với cơ sở dữ liệu: tệp thiếu, tệp bị thay đổi, tệp không ai dùng."

    def handle(self, *args: Any, **options: Any) -> None:
        known: set[str] = set()
        wrong = 0
        for sha256 in StoredFile.objects.values_list("sha256", flat=True).iterator():
            known.add(sha256)
            found = store.digest_of(sha256)
            if found != sha256:
                wrong += 1
                self.stdout.write(f"{'bị thay đổi' if found else 'thiếu'}: {sha256}")
        orphans = store.find_orphans(known)
        for sha256 in orphans:
            # The sweeper takes it away after two days; until then a form may still come.
            self.stdout.write(f"không ai dùng: {sha256}")
        summary = f"{len(known)} tệp, {wrong} sai lệch, {len(orphans)} không ai dùng"
        if wrong:
            raise CommandError(summary)
        self.stdout.write(summary)
