"""A ZIP that is sent while it is made: nothing of it is kept, however large its files are.

Each member is hashed on its way out; the manifest, which names them all, comes last. Two runs
over the same members give the same bytes.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lib.vietnamese import nfc

CHUNK = 256 * 1024
MANIFEST = "manifest.json"
ALWAYS = (2024, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16


@dataclass(frozen=True)
class Member:
    """One file of the ZIP: where it lies, what it is, and how its content is opened."""

    name: str
    title: str
    open: Callable[[], IO[bytes]]


class _Outlet:
    """What the ZIP writes into; the chunks are taken away as they come."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = []

    def write(self, chunk: bytes) -> int:
        self._chunks.append(bytes(chunk))
        return len(chunk)

    def flush(self) -> None:
        """There is nothing behind it."""

    def taken(self) -> Iterator[bytes]:
        chunks, self._chunks = self._chunks, []
        yield from chunks


def stream_zip(members: Iterable[Member], about: dict[str, str]) -> Iterator[bytes]:
    """The ZIP in chunks; `about` says in the manifest what the whole is."""
    outlet, listed = _Outlet(), []
    with ZipFile(outlet, "w", ZIP_DEFLATED) as packed:  # type: ignore[call-overload]
        for member in members:
            digest, size = hashlib.sha256(), 0
            with member.open() as source, packed.open(_info(member.name), "w") as out:
                while chunk := source.read(CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    out.write(chunk)
                    yield from outlet.taken()
            listed.append(
                {"path": nfc(member.name), "title": member.title, "size": size,
                 "sha256": digest.hexdigest()}
            )  # fmt: skip
        told = json.dumps({**about, "files": listed}, ensure_ascii=False, indent=2)
        packed.writestr(_info(MANIFEST), told.encode())
    yield from outlet.taken()


def _info(name: str) -> ZipInfo:
    info = ZipInfo(nfc(name), ALWAYS)
    info.compress_type, info.external_attr = ZIP_DEFLATED, _READABLE
    return info
