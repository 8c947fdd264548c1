"""Word and Excel files: a zip of XML, read whole and counted while it unfolds.

Nothing is ever written out of the archive, and no size in it is believed.
"""

import re
import stat
import struct
import zlib
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Final
from xml.parsers.expat import ExpatError
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from files.findings import Finding
from files.image import inspect_picture_inside
from files.ooxml import PartReader

MOST_ENTRIES: Final = 2_000
MOST_BYTES: Final = 100 * 1024 * 1024
RATIO: Final = 200
RATIO_FROM: Final = 20 * 1024 * 1024

_CHUNK = 64 * 1024
_END_OF_DIRECTORY = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 65_535
_ENCRYPTED_FLAG = 0x1
_ODD_NAME = re.compile(r"(?:^|/)\.\.?(?:/|$)|^/|\\|^[A-Za-z]:|[\x00-\x1f]")
_XML = (".xml", ".rels", ".vml")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp")
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")
_EMBEDDED_DOCUMENTS = (".xlsx", ".docx", ".pptx")  # the data of a chart lies in such a part

_BROKEN = (BadZipFile, ExpatError, zlib.error, EOFError, NotImplementedError, RuntimeError)
_ALSO_BROKEN = (OSError, ValueError, LookupError, struct.error)


def inspect_office(path: Path, *, kind: str) -> None:
    try:
        _check_announced(path)
        with ZipFile(path) as archive:
            entries = archive.infolist()
            _check_directory(entries)
            reader = PartReader(kind)
            _read_all(archive, entries, reader, path.stat().st_size)
            reader.finish()
    except (*_BROKEN, *_ALSO_BROKEN) as error:
        raise Finding("broken") from error


def _check_announced(path: Path) -> None:
    """The count at the end of the archive, before a list of that length is built."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT))
        tail = file.read()
    found = tail.rfind(_END_OF_DIRECTORY)
    if found < 0 or len(tail) - found < _END_SIZE:
        raise Finding("broken")
    (announced,) = struct.unpack_from("<H", tail, found + 10)
    if announced > MOST_ENTRIES:
        raise Finding("bomb")


def _check_directory(entries: list[ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise Finding("bomb")
    # Parts of an Office file are named without regard to case.
    names = [entry.orig_filename.lower() for entry in entries]
    if len(set(names)) != len(names) or any(_ODD_NAME.search(name) for name in names):
        raise Finding("broken")
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise Finding("encrypted")
    if any(stat.S_ISLNK(entry.external_attr >> 16) for entry in entries):
        raise Finding("broken")
    if any(entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for entry in entries):
        raise Finding("broken")
    _check_parts(names)


def _check_parts(names: Iterable[str]) -> None:
    for name in names:
        if name.endswith(_MACRO_PARTS) or "/activex/" in name:
            raise Finding("macro")
        if "/embeddings/" in name and not name.endswith(("/", *_EMBEDDED_DOCUMENTS)):
            raise Finding("embedded")
        if name.startswith("xl/externallinks/"):
            raise Finding("external")


def _read_all(archive: ZipFile, entries: list[ZipInfo], reader: PartReader, packed: int) -> None:
    unfolded = 0
    for entry in entries:
        name = entry.filename.lower()
        part = reader.part(name) if name.endswith(_XML) else None
        picture = BytesIO() if name.endswith(_PICTURES) else None
        with archive.open(entry) as content:
            while chunk := content.read(_CHUNK):
                unfolded += len(chunk)
                _check_unfolded(unfolded, packed)
                if part is not None:
                    part.feed(chunk)
                if picture is not None:
                    picture.write(chunk)
        if part is not None:
            part.close()
        if picture is not None:
            inspect_picture_inside(picture)


def _check_unfolded(unfolded: int, packed: int) -> None:
    if unfolded > MOST_BYTES or (unfolded > RATIO_FROM and unfolded > RATIO * packed):
        raise Finding("bomb")
