"""Where contents lie: outside the web's reach, each under its own SHA-256, written once.

A content first becomes whole and durable under a temporary name, then takes its place in one
step; so what has a place can be read. Only the sweeper takes a content away, and never one that
was placed within the last two days: between the two stands a lock on one file.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Final

from django.conf import settings

CHUNK: Final = 256 * 1024
GRACE: Final = timedelta(hours=48)

_INCOMING = "incoming"
_LOCK = "lock"
_SEARCHED = "searched"
_SEARCH_EVERY = timedelta(hours=1)
_SHA256_LENGTH = 64


class StoreUnavailable(OSError):
    """The store cannot be written or read now: full, read-only, gone (T14). Answered with 503."""


@dataclass(frozen=True)
class Incoming:
    """A content that is whole but has no place yet."""

    path: Path
    sha256: str
    size: int


def path_of(sha256: str) -> Path:
    return Path(settings.FILES_ROOT) / relative_path(sha256)


def relative_path(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def store(content: bytes | IO[bytes]) -> tuple[str, int]:
    """Keep a content that is ours to trust, as the documents we build; the same twice is once."""
    with receive(content) as incoming:
        place(incoming)
        return incoming.sha256, incoming.size


@contextmanager
def receive(content: bytes | IO[bytes]) -> Iterator[Incoming]:
    """Write a content to disk under a name of its own, for as long as it is looked at."""
    stream = BytesIO(content) if isinstance(content, bytes) else content
    digest, size = hashlib.sha256(), 0
    with _unavailable():
        folder = Path(settings.FILES_ROOT) / _INCOMING
        folder.mkdir(parents=True, exist_ok=True)
        file = NamedTemporaryFile(dir=folder, delete=False)  # noqa: SIM115  # `finally` below
    path = Path(file.name)
    try:
        with _unavailable(), file:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        yield Incoming(path, digest.hexdigest(), size)
    finally:
        path.unlink(missing_ok=True)


def place(incoming: Incoming) -> None:
    """Give a content its place. What lies there already is the same, if it is whole."""
    final = path_of(incoming.sha256)
    with _unavailable(), _locked(fcntl.LOCK_SH):
        final.parent.mkdir(parents=True, exist_ok=True)
        if final.exists() and final.stat().st_size == incoming.size:
            os.utime(final)  # young again, so that the sweeper leaves it
            return
        incoming.path.chmod(0o440)
        incoming.path.replace(final)
        for folder in (final.parent, final.parent.parent, Path(settings.FILES_ROOT)):
            _sync(folder)


def open_stored(sha256: str) -> IO[bytes]:
    with _unavailable():
        return path_of(sha256).open("rb")


def digest_of(sha256: str) -> str:
    """What the content under this name really hashes to; empty when nothing is there."""
    try:
        with path_of(sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def all_stored() -> Iterator[str]:
    """The names of everything that has a place."""
    for path in Path(settings.FILES_ROOT).glob("??/??/*"):
        if len(path.name) == _SHA256_LENGTH:
            yield path.name


def find_orphans(known: set[str]) -> list[str]:
    """What lies in the store and no record knows."""
    return sorted(sha256 for sha256 in all_stored() if sha256 not in known)


def is_search_due() -> bool:
    """Looking through the whole store once an hour is enough; asking begins the next hour."""
    with _unavailable(), _locked(fcntl.LOCK_EX) as now:
        marker = Path(settings.FILES_ROOT) / _SEARCHED
        is_due = (
            not marker.exists() or now - marker.stat().st_mtime >= _SEARCH_EVERY.total_seconds()
        )
        if is_due:
            marker.touch()
        return is_due


def remove_old(sha256: str) -> bool:
    """Take a content away unless somebody placed it within the last two days."""
    path = path_of(sha256)
    with _unavailable(), _locked(fcntl.LOCK_EX) as now:
        is_old = path.exists() and now - path.stat().st_mtime > GRACE.total_seconds()
        if is_old:
            path.unlink()
        return is_old


def remove_old_incoming() -> int:
    """Clear what uploads left behind when their process was killed."""
    with _unavailable(), _locked(fcntl.LOCK_EX) as now:
        folder = Path(settings.FILES_ROOT) / _INCOMING
        left = [
            path for path in folder.glob("*") if now - path.stat().st_mtime > GRACE.total_seconds()
        ]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)


@contextmanager
def _locked(how: int) -> Iterator[float]:
    """Hold the store's lock; gives the file system's own time, which is what ages its files."""
    path = Path(settings.FILES_ROOT) / _LOCK
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        fcntl.flock(file, how)
        os.utime(path)
        yield path.stat().st_mtime


@contextmanager
def _unavailable() -> Iterator[None]:
    try:
        yield
    except StoreUnavailable:
        raise
    except OSError as error:
        raise StoreUnavailable(error.errno, f"Kho tệp chưa dùng được: {error.strerror}") from error


def _sync(folder: Path) -> None:
    """A name is durable only when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
