"""Is what the portal keeps whole and in agreement with itself? For after a restore, or weekly."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import IntegrityError, connection

from accounts.models import AuditEvent
from accounts.seal import broken_seals
from campaign.datasets.ledger_faults import ledger_faults
from campaign.datasets.tally import tally_faults
from config.views import oldest_job_seconds, unapplied_migrations
from lib import clock

# Sealing and waiting work are looked at every 30 seconds; nobody needs to hear of less than this.
PATIENCE = timedelta(hours=1)

Examination = Callable[[datetime], Iterator[str]]


def examine_database(at: datetime) -> Iterator[str]:
    """Migrations, and rows that refer to nothing."""
    if left := unapplied_migrations():
        yield f"Còn {left} bước nâng cấp cơ sở dữ liệu chưa chạy: manage.py migrate."
    try:
        connection.check_constraints()
    except IntegrityError as problem:
        yield f"Cơ sở dữ liệu có dòng trỏ tới dòng không tồn tại: {problem}"


def examine_audit_trail(at: datetime) -> Iterator[str]:
    for event in broken_seals():
        yield f"Nhật ký: dòng số {event} không khớp với niêm của nó."
    waiting = AuditEvent.objects.filter(seal=None, at__lt=at - PATIENCE).count()
    if waiting:
        yield f"Nhật ký: {waiting} dòng cũ hơn một giờ chưa được niêm; tiến trình nền có chạy không?"


def examine_files(at: datetime) -> Iterator[str]:
    out = StringIO()
    try:
        call_command("check_files", stdout=out)
    except CommandError:
        for line in out.getvalue().splitlines():
            if not line.startswith("không ai dùng"):
                yield f"Kho tệp: {line}"


def examine_ledger(at: datetime) -> Iterator[str]:
    for fault in ledger_faults():
        yield f"Sổ nghĩa vụ: {fault}"


def examine_tallies(at: datetime) -> Iterator[str]:
    for fault in tally_faults():
        yield f"Bảng đếm: {fault}: manage.py recount_tallies."


def examine_jobs(at: datetime) -> Iterator[str]:
    waited = oldest_job_seconds(at=at)
    if waited > PATIENCE.total_seconds():
        yield f"Việc nền chờ lâu nhất đã chờ {waited // 60} phút; tiến trình nền có chạy không?"


EXAMINATIONS: tuple[tuple[str, Examination], ...] = (
    ("Cơ sở dữ liệu", examine_database),
    ("Nhật ký", examine_audit_trail),
    ("Kho tệp", examine_files),
    ("Sổ nghĩa vụ", examine_ledger),
    ("Bảng đếm", examine_tallies),
    ("Việc nền", examine_jobs),
)


class Command(BaseCommand):
    help = "Khám toàn bộ dữ liệu: cơ sở dữ liệu, nhật ký, kho tệp, sổ nghĩa vụ, bảng đếm, việc nền."

    def handle(self, *args: Any, **options: Any) -> None:
        at, wrong = clock.now(), 0
        for name, examine in EXAMINATIONS:
            found = list(examine(at))
            wrong += len(found)
            for sentence in found or [f"{name}: tốt."]:
                self.stdout.write(sentence)
        if wrong:
            raise CommandError(f"Có {wrong} điều cần xử lý.")
