"""How long a plan takes to be read, and to become rows, at growing numbers of pages.

Run by hand: `.venv/bin/python benchmarks/reading.py [PAGES ...]` (10, 30, 100 and 300 by default). The plan
of 2024 is written out again and again, as plain text and as DOCX. Machines differ: read the ratios.
"""

import io
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from campaign.proposal.rows import rows_of
from campaign.reader.extract import extract
from campaign.reader.plan import read_source
from campaign.reader.record import as_json, source_lines

LETTERS_ON_A_PAGE = 2_600
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def text_of(pages: int) -> str:
    """The head once, then the parts as often as the pages need, then the tail."""
    plan = (ROOT / "campaign/data/2024/plan.md").read_text(encoding="utf-8").split("\n")
    head, body, tail = plan[:20], plan[20:222], plan[222:]
    once = sum(map(len, body))
    times = max(1, round(pages * LETTERS_ON_A_PAGE / once))
    return "\n".join([*head, *(body * times), *tail])


def docx_of(text: str) -> bytes:
    lines = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.split("\n"))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{WORD}"><w:body>{lines}</w:body></w:document>',
        )
    return made.getvalue()


def measured(what: Callable[[], Any]) -> tuple[Any, float]:
    start = time.process_time()
    made = what()
    return made, time.process_time() - start


def times_of(content: bytes) -> tuple[float, float, int]:
    """Seconds of the processor for reading and for the rows, and how many rows there are."""
    (source, read), reading = measured(lambda: _read(content))
    rows, rowing = measured(lambda: rows_of(read, source_lines(source)))
    return reading, rowing, len(rows)


def _read(content: bytes) -> tuple[Any, dict[str, Any]]:
    source = extract(content)
    return source, as_json(read_source(source))


if __name__ == "__main__":
    print(f"{'pages':>6} {'kind':>5} {'read':>8} {'rows':>8} {'ms/page':>8} {'found':>6}")
    for pages in [int(said) for said in sys.argv[1:]] or [10, 30, 100, 300]:
        text = text_of(pages)
        for kind, content in (("text", text.encode()), ("docx", docx_of(text))):
            reading, rowing, found = times_of(content)
            each = 1000 * (reading + rowing) / pages
            print(f"{pages:>6} {kind:>5} {reading:>7.2f}s {rowing:>7.2f}s {each:>8.1f} {found:>6}")
