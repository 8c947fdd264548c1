"""`python -m files.thumbnail PATH…`: a small picture of each, as a JSON list of base64.

Runs confined (`lib/confined.py`). What cannot be read is an empty text; the others are made all
the same. The small picture says nothing but what it shows: no place, no camera, no comment.
"""

import json
import sys
from base64 import b64encode
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps

from lib.confined import confine

LONGEST_SIDE: Final = 320
QUALITY: Final = 80

_BROKEN = (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, Image.DecompressionBombError)  # fmt: skip


def thumbnail(path: Path) -> bytes:
    """A JPEG, upright, at most 320 points on its longer side; empty where there is no picture."""
    try:
        with Image.open(path) as picture:
            # A JPEG is read at a fraction of its size: a phone's twelve million points in no time.
            picture.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _on_white(upright)
    except _BROKEN:
        return b""


def _on_white(picture: Image.Image) -> bytes:
    """On a sheet of its own, so that nothing the picture carried along comes with it."""
    layered = picture.convert("RGBA")
    sheet = Image.new("RGB", layered.size, "white")
    sheet.paste(layered, mask=layered)
    content = BytesIO()
    sheet.save(content, "JPEG", quality=QUALITY, optimize=True)
    return content.getvalue()


if __name__ == "__main__":
    confine()
    made = [b64encode(thumbnail(Path(path))).decode() for path in sys.argv[1:]]
    json.dump(made, sys.stdout)
