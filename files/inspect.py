"""`python -m files.inspect KIND PATH`: read a file whole and print what is wrong, or “ok”.

Runs confined (`lib/confined.py`), for what it reads may have been made to break it.
"""

import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from files.findings import Finding
from files.image import inspect_image
from files.office import inspect_office
from files.pdf import inspect_pdf
from lib.confined import confine

INSPECT: Mapping[str, Callable[[Path], None]] = {
    "pdf": inspect_pdf,
    "docx": partial(inspect_office, kind="docx"),
    "xlsx": partial(inspect_office, kind="xlsx"),
    "jpg": partial(inspect_image, kind="jpg"),
    "png": partial(inspect_image, kind="png"),
}


def verdict(kind: str, path: Path) -> str:
    try:
        INSPECT[kind](path)
    except Finding as finding:
        return finding.key
    return "ok"


if __name__ == "__main__":
    confine()
    sys.stdout.write(verdict(sys.argv[1], Path(sys.argv[2])))
