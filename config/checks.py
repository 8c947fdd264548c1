"""What Django cannot know is unsafe on a real server; asked by `check --deploy` (R45)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import redis
from django.apps import AppConfig
from django.conf import settings
from django.core import checks

NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "glusterfs", "ceph"}


def check_database_disk(
    app_configs: Sequence[AppConfig] | None, **_: Any
) -> list[checks.CheckMessage]:
    """SQLite trusts the locks of its disk; those of a network disk do not hold."""
    database = settings.DATABASES["default"]
    if "sqlite" not in database["ENGINE"]:
        return []
    kind = file_system(Path(database["NAME"]), Path("/proc/mounts").read_text())
    if kind not in NETWORK:
        return []
    return [checks.Error(f"SQLite không được nằm trên ổ mạng ({kind}).", id="portal.E001")]


def file_system(path: Path, mounts: str) -> str:
    """The kind of file system a path lies on, from the table of mounts."""
    kinds = {where: kind for _, where, kind, *_ in map(str.split, mounts.splitlines())}
    return next((kinds[str(up)] for up in (path, *path.parents) if str(up) in kinds), "")


def check_queue_keeps_everything(
    app_configs: Sequence[AppConfig] | None, **_: Any
) -> list[checks.CheckMessage]:
    """A Redis that throws keys away when it is full throws work away."""
    if not settings.REDIS_URL:
        return []
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=3) as client:
            policy = client.config_get("maxmemory-policy")["maxmemory-policy"]
    except redis.RedisError as problem:
        return [checks.Warning(f"Không hỏi được Redis: {problem}", id="portal.W002")]
    if policy == "noeviction":
        return []
    return [
        checks.Error(
            f"Redis phải đặt maxmemory-policy noeviction, không phải {policy}.", id="portal.E002"
        )
    ]
