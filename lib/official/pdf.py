"""A document as a PDF: A4, Tinos embedded (the widths of Times New Roman), tagged, bookmarked.

What is read from the top is set by WeasyPrint, the lists behind it by `lib.official.press`. The typesetting happens in a child process with limits of its own (`lib.official.render`): a
document that is too long, or hostile, costs that process and not the one that asked.
"""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from lib.official.markup import FACES, html_of
from lib.official.model import Document
from lib.official.press import wire
from lib.official.wording import Part, parts

WALL_SECONDS = 120

_ROOT = Path(__file__).resolve().parents[2]
_COMMAND = [sys.executable, "-m", "lib.official.render"]
# Python says so itself (status 3); the libraries below it abort, or the system ends the process.
_TOO_BIG = (3, -signal.SIGABRT, -signal.SIGTRAP, -signal.SIGSEGV, -signal.SIGKILL)

logger = logging.getLogger(__name__)


class PdfFailed(Exception):
    """The PDF could not be made; the text is a sentence for people."""


def write_pdf(document: Document) -> bytes:
    """The document as the bytes of a PDF file."""
    fonts = Path(settings.OFFICIAL_FONTS_DIR)
    if not all((fonts / name).is_file() for name, _, _ in FACES):
        raise PdfFailed("Chưa cài phông chữ để xuất PDF. Quản trị viên hãy chạy lại make run.")
    read, listed = _divided(list(parts(document)))
    return render_page(html_of(document, read, fonts), fonts, listed)


def _divided(every: list[Part]) -> tuple[list[Part], list[Part]]:
    """What is read from the top, and the appendices behind it where they are lines and tables."""
    main, *appendices = every
    if all(wire.is_settable(part) for part in appendices):
        return [main], appendices
    return every, []


def render_page(html: str, fonts: Path, appendices: Sequence[Part] = ()) -> bytes:
    """Typeset an HTML page in a child process, appendices behind it; raises `PdfFailed`."""
    said = {"html": html, "fonts": str(fonts), "appendices": wire.pack(appendices)}
    order = json.dumps(said).encode()
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell, nothing typed by people
            _COMMAND,
            input=order,
            capture_output=True,
            cwd=_ROOT,
            env=_environment(),
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PdfFailed("Tạo PDF quá lâu nên đã dừng. Hãy chia nhỏ văn bản.") from None
    if done.returncode:
        raise PdfFailed(_reason(done))
    return done.stdout


def _environment() -> dict[str, str]:
    """Only what the child needs; no address of a database, no key."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    # The same order of sets in every run, so that the same page gives the same bytes.
    # One arena: each further one takes 64 MB of the address space that is limited.
    fixed = {"LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "MALLOC_ARENA_MAX": "1"}
    return {**kept, **fixed}


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    logger.error(
        "pdf failed",
        extra={"status": done.returncode, "tail": done.stderr[-2000:].decode(errors="replace")},
    )
    if done.returncode == -signal.SIGXCPU:
        return "Tạo PDF quá lâu nên đã dừng. Hãy chia nhỏ văn bản."
    if done.returncode in _TOO_BIG:
        return "Văn bản quá lớn để tạo PDF. Hãy chia nhỏ văn bản."
    return "Không tạo được PDF. Sự cố đã được ghi lại cho quản trị viên."
