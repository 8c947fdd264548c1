"""What differs between places, read from the environment and refused when it is unsafe.

Used by `settings.py` only, before Django is ready: nothing here may import models or settings.
"""

import os
import secrets
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured

KEY_LENGTH = 64
SHORTEST_KEY = 50


def secret_key(path: Path) -> str:
    """The key of this checkout, made once and readable by its owner only."""
    if not path.exists():
        mine = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(KEY_LENGTH))
        try:
            # A link, not a rename: of two processes that start at once the first key stays.
            path.hardlink_to(mine)
        except FileExistsError:
            pass
        finally:
            mine.unlink()
    return path.read_text()


def database(env: environ.Env, data: Path) -> dict[str, Any]:
    """SQLite in the data folder, or what DATABASE_URL names."""
    url = env.str("DATABASE_URL", default="")
    if not url or url.startswith("sqlite:///"):
        # By hand: the library decodes the address, and a "+" in a folder name became a space.
        name = url.removeprefix("sqlite:///") or str(data / "db.sqlite3")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                ),
            },
        }
    settings: dict[str, Any] = env.db_url("DATABASE_URL")
    options = {
        "connect_timeout": 5,
        # Compiling a statement (JIT) pays for queries of minutes; the chasing page of 5,000 units
        # took 15 s with it and 0.6 s without.
        "options": (
            "-c statement_timeout=15000 -c lock_timeout=5000"
            " -c idle_in_transaction_session_timeout=30000 -c jit=off"
        ),
        **settings.pop("OPTIONS", {}),
    }
    return {**settings, "OPTIONS": options, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def moment(text: str) -> datetime | None:
    """A moment of the training clock; local time unless it names another zone."""
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ImproperlyConfigured(
            f"PORTAL_NOW: không hiểu thời điểm {text!r}; viết như 2024-03-20T09:00."
        ) from None
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def started() -> datetime:
    """When this process began to believe the training clock, unless its parent says when."""
    return datetime.fromtimestamp(time.time(), UTC)


def refuse_unsafe(env: environ.Env) -> None:
    """A production set-up that is unsafe does not start (reliability rule R45)."""
    wrong = []
    if len(env.str("SECRET_KEY", default="")) < SHORTEST_KEY:
        wrong.append(f"SECRET_KEY phải có ít nhất {SHORTEST_KEY} ký tự")
    if env.bool("DEBUG", default=False):
        wrong.append("DEBUG phải tắt")
    if not env.list("ALLOWED_HOSTS", default=[]) or "*" in env.list("ALLOWED_HOSTS"):
        wrong.append("ALLOWED_HOSTS phải ghi rõ tên miền của cổng")
    if not env.str("EMAIL_URL", default=""):
        wrong.append("EMAIL_URL phải chỉ máy chủ thư, ví dụ smtp+tls://ten:mat-khau@may-chu:587")
    if env.str("PORTAL_NOW", default=""):
        wrong.append("PORTAL_NOW là đồng hồ tập huấn, không dùng trên hệ thống thật")
    if wrong:
        raise ImproperlyConfigured("Không khởi động với PRODUCTION=1: " + "; ".join(wrong) + ".")
