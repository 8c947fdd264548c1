"""The portal in one command: database, first data, web server, worker and scheduler."""

import fcntl
import os
import socket
import sys
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand

from config.loading import load_once
from config.supervisor import Child, Supervisor
from reports.demo.accounts import PASSWORD, shown_accounts


def take_over(path: Path) -> TextIO:
    """Hold the lock of this data folder as long as we live; a lock of the dead is free."""
    lock = path.open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        running = lock.read().strip()
        raise CommandError(
            f"Cổng đang chạy rồi với thư mục dữ liệu {settings.DATA} ({running})."
        ) from None
    lock.truncate(0)
    lock.write(f"tiến trình {os.getpid()}, {address()}")
    lock.flush()
    return lock


def address() -> str:
    host = "localhost" if settings.HOST in {"127.0.0.1", "0.0.0.0"} else settings.HOST  # noqa: S104
    return f"http://{host}:{settings.PORT}/"


def ask_for_port() -> None:
    """Say now, in words, what the web server would say in a trace."""
    family = socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.HOST, settings.PORT))
        except OSError as problem:
            raise CommandError(
                f"Không mở được {settings.HOST}, cổng {settings.PORT} ({problem.strerror}). "
                f"Có thể một chương trình khác đang dùng; hãy thử PORT={settings.PORT + 1} make run."
            ) from None


def web() -> list[str]:
    shared_memory = Path("/dev/shm")  # noqa: S108 - heartbeats of the server, no data
    place = ["--worker-tmp-dir", str(shared_memory)] if shared_memory.is_dir() else []
    host = f"[{settings.HOST}]" if ":" in settings.HOST else settings.HOST
    return [
        *(sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"{host}:{settings.PORT}"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--backlog", "2048"),
        *("--timeout", "60", "--graceful-timeout", "15", "--keep-alive", "15"),
        *("--max-requests", "2000", "--max-requests-jitter", "200", "--log-level", "warning"),
        *("--no-control-socket", "--pid", str(settings.RUN_DIR / "gunicorn.pid")),
        *place,
    ]


def celery() -> list[str]:
    # In a container everything is root, and nothing is unpickled: the warning helps nobody.
    root = ("-W", "ignore:You're running the worker with superuser privileges")
    return [sys.executable, *root, "-m", "celery", "--quiet", "-A", "config"]


def worker() -> list[str]:
    # The file queue has no second reader to wait for, and one process is easier to kill cleanly.
    pool = ("prefork", "--concurrency", "2") if settings.REDIS_URL else ("solo",)
    return [
        *(*celery(), "worker", "--pool", *pool),
        *("--loglevel", "WARNING", "--without-gossip", "--without-mingle"),
    ]


def scheduler() -> list[str]:
    return [
        *(*celery(), "beat", "--loglevel", "WARNING"),
        *("--schedule", str(settings.RUN_DIR / "schedule"), "--pidfile", ""),
    ]


class Command(BaseCommand):
    help = "Mở cổng: cơ sở dữ liệu, dữ liệu ban đầu, máy chủ web, tiến trình nền và bộ hẹn giờ."

    def handle(self, *args: Any, **options: Any) -> None:
        lock = take_over(settings.RUN_DIR / "portal.lock")
        ask_for_port()
        if settings.PRODUCTION:
            call_command("check", deploy=True, fail_level="WARNING")
            call_command("collectstatic", interactive=False, verbosity=0)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        if load_once(settings.RUN_DIR, with_demonstration=not settings.PRODUCTION):
            self.stdout.write("Đã nạp dữ liệu ban đầu.")
        self.stdout.write(f"Cổng Thi đua mở tại {address()}")
        self._name_accounts()
        self.stdout.write(f"Dữ liệu ở {settings.DATA}; dừng bằng Ctrl-C.")
        self.stdout.flush()
        self._supervise()
        lock.close()
        self.stdout.write("Đã dừng.")

    def _name_accounts(self) -> None:
        """One demonstration account per role, where the demonstration was loaded."""
        shown = shown_accounts()
        if not shown:
            return
        self.stdout.write(f"Tài khoản mẫu, mật khẩu chung {PASSWORD}:")
        for account in shown:
            self.stdout.write(f"  {account.user_name:<22}{account.role} – {account.unit_name}")

    def _supervise(self) -> None:
        run = settings.RUN_DIR
        # One offset of the training clock for all, also for a child started an hour later.
        shared = {"PORTAL_NOW_SINCE": settings.PORTAL_NOW_SINCE.isoformat()}
        children = [
            Child("Máy chủ web", web(), run / "web.pid"),
            Child("Tiến trình nền", worker(), run / "worker.pid"),
            Child("Bộ hẹn giờ", scheduler(), run / "scheduler.pid"),
        ]
        Supervisor(children, {**os.environ, **shared}, self.stderr.write).run()
