"""The process that typesets one PDF and ends: `python -m lib.official.render`.

Reads JSON {"html", "fonts", "appendices"} on its input and writes the PDF to its output. It limits its own
memory and processor time, reaches no network, and reads no file but the fonts. Nothing else
imports WeasyPrint; `lib.official.pdf` starts this.
"""

import gc
import hashlib
import json
import resource
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint import HTML  # noqa: TID251 - the one place
from weasyprint.urls import (  # noqa: TID251 - the one place
    FatalURLFetchingError,
    URLFetcher,
    URLFetcherResponse,
)

from lib.official.press.archive import say_accessible
from lib.official.press.binding import bind
from lib.official.press.wire import unpack
from lib.official.wording import Part

MEMORY = 1536 * 1024 * 1024
CPU_SECONDS = 60
OUT_OF_MEMORY = 3  # exit status


class FontsOnly(URLFetcher):
    """Fetches fonts of one folder and `data:` addresses; any other address ends the rendering."""

    def __init__(self, fonts: Path) -> None:
        super().__init__(
            allowed_protocols=("data", "file"), allow_redirects=False, fail_on_errors=True
        )
        self._fonts = fonts.resolve()

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not (url.lower().startswith("data:") or self._is_font(url)):
            raise FatalURLFetchingError(f"Not allowed: {url[:80]}")
        return super().fetch(url, headers)

    def _is_font(self, url: str) -> bool:
        address = urlsplit(url)
        if address.scheme.lower() != "file" or address.netloc:
            return False
        path = Path(unquote(address.path)).resolve()
        return path.suffix == ".ttf" and path.is_relative_to(self._fonts)


def render(html: str, fonts: Path, appendices: Sequence[Part] = ()) -> bytes:
    """The PDF of a page and its appendices: tagged, with bookmarks, fit to be kept (PDF/A-3a,
    PDF/UA-1); the same bytes for the same page."""
    page = HTML(string=html, url_fetcher=FontsOnly(fonts))
    front: bytes = page.write_pdf(
        finisher=say_accessible,
        pdf_variant="pdf/a-3a",
        pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
    )
    return bind(front, appendices, fonts) if appendices else front


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.disable()  # the process is short; collecting costs a seventh of the time
    try:
        order = json.load(sys.stdin.buffer)
        pdf = render(order["html"], Path(order["fonts"]), unpack(order.get("appendices", ())))
    except (MemoryError, SystemError):  # Python itself stumbles when an allocation fails
        return OUT_OF_MEMORY
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
