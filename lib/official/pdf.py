"""A document as a PDF: A4, Tinos embedded (the widths of Times New Roman), tagged, bookmarked.

What is read from the top is set by WeasyPrint, the lists behind it by `lib.official.press`. The
typesetting happens in a child process with limits of its own (`lib.official.render`): a document
that is too long, or hostile, costs that process and not the one that asked.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Self

from django.conf import settings

from lib.official.markup import FACES, html_of
from lib.official.model import Document
from lib.official.press import wire
from lib.official.wording import Part, parts

WALL_SECONDS = 120
TOO_SLOW = "Tạo PDF quá lâu nên đã dừng. Hãy chia nhỏ văn bản."

_ROOT = Path(__file__).resolve().parents[2]
_COMMAND = [sys.executable, "-m", "lib.official.render"]
# Python says so itself (status 3); the libraries below it abort, or the system ends the process.
_TOO_BIG = (3, -signal.SIGABRT, -signal.SIGTRAP, -signal.SIGSEGV, -signal.SIGKILL)

logger = logging.getLogger(__name__)


class PdfFailed(Exception):
    """The PDF could not be made; the text is a sentence for people."""


class Typesetting:
    """The child that sets one PDF: started at once, waited for a while at a time, ended on leaving.

    What it reads and writes are files without a name, so nobody has to stand by and feed it.
    """

    def __init__(self, html: str, fonts: Path, appendices: Sequence[Part] = ()) -> None:
        said = {"html": html, "fonts": str(fonts), "appendices": wire.pack(appendices)}
        self._ends = time.monotonic() + WALL_SECONDS
        self._page, self._complaint = TemporaryFile(), TemporaryFile()  # noqa: SIM115 - closed on leaving
        with TemporaryFile() as order:
            order.write(json.dumps(said).encode())
            order.seek(0)
            self._child = subprocess.Popen(  # noqa: S603 - our own module, no shell, nothing typed by people
                _COMMAND,
                stdin=order,
                stdout=self._page,
                stderr=self._complaint,
                cwd=_ROOT,
                env=_environment(),
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._child.kill()
        self._child.wait()
        self._page.close()
        self._complaint.close()

    def wait(self, seconds: float) -> bool:
        """Whether it has ended by then."""
        try:
            self._child.wait(timeout=max(0.0, min(seconds, self._ends - time.monotonic())))
        except subprocess.TimeoutExpired:
            return self._ends <= time.monotonic()
        return True

    def result(self) -> bytes:
        """The PDF; raises `PdfFailed`."""
        self.wait(WALL_SECONDS)
        if self._child.returncode is None:
            raise PdfFailed(TOO_SLOW)
        if self._child.returncode:
            raise PdfFailed(_reason(self._child.returncode, _whole(self._complaint)))
        return _whole(self._page)


def begin_pdf(document: Document) -> Typesetting:
    """Have the document set beside what the caller does meanwhile."""
    fonts = Path(settings.OFFICIAL_FONTS_DIR)
    if not all((fonts / name).is_file() for name, _, _ in FACES):
        raise PdfFailed("Chưa cài phông chữ để xuất PDF. Quản trị viên hãy chạy lại make run.")
    read, listed = _divided(list(parts(document)))
    return Typesetting(html_of(document, read, fonts), fonts, listed)


def write_pdf(document: Document) -> bytes:
    """The document as the bytes of a PDF file."""
    with begin_pdf(document) as child:
        return child.result()


def render_page(html: str, fonts: Path, appendices: Sequence[Part] = ()) -> bytes:
    """Typeset an HTML page, appendices behind it."""
    with Typesetting(html, fonts, appendices) as child:
        return child.result()


def _divided(every: list[Part]) -> tuple[list[Part], list[Part]]:
    """What is read from the top, and the appendices behind it where they are lines and tables."""
    main, *appendices = every
    if all(wire.is_settable(part) for part in appendices):
        return [main], appendices
    return every, []


def _whole(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


def _environment() -> dict[str, str]:
    """Only what the child needs; no address of a database, no key."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    # The same order of sets in every run, so that the same page gives the same bytes.
    # One arena: each further one takes 64 MB of the address space that is limited.
    fixed = {"LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "MALLOC_ARENA_MAX": "1"}
    return {**kept, **fixed}


def _reason(status: int, complaint: bytes) -> str:
    logger.error(
        "pdf failed", extra={"status": status, "tail": complaint[-2000:].decode(errors="replace")}
    )
    if status == -signal.SIGXCPU:
        return TOO_SLOW
    if status in _TOO_BIG:
        return "Văn bản quá lớn để tạo PDF. Hãy chia nhỏ văn bản."
    return "Không tạo được PDF. Sự cố đã được ghi lại cho quản trị viên."
