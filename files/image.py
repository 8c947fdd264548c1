"""Pictures: what they say they are, whole, and not larger than a scanner makes them."""

from pathlib import Path
from typing import IO, Final

from PIL import Image, UnidentifiedImageError

from files.findings import Finding

MOST_PIXELS: Final = 40_000_000

# Our own limit is asked before anything is unpacked; Pillow's warning would come too late.
Image.MAX_IMAGE_PIXELS = None

# Phones save two pictures in one JPEG and call it MPO.
_FORMATS = {"jpg": frozenset({"JPEG", "MPO"}), "png": frozenset({"PNG"})}
# What Pillow raises over broken input, beside its own class.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError)


def inspect_image(path: Path, *, kind: str) -> None:
    try:
        with Image.open(path) as image:
            if image.format not in _FORMATS[kind]:
                raise Finding("mismatch")
            _check_pixels(image)
            image.load()
    except _BROKEN as error:
        raise Finding("broken") from error


def inspect_picture_inside(content: IO[bytes]) -> None:
    """A picture in a document: only its size matters, an unknown format is the reader's affair."""
    try:
        with Image.open(content) as image:
            _check_pixels(image)
    except UnidentifiedImageError:
        return
    except _BROKEN as error:
        raise Finding("broken") from error


def _check_pixels(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise Finding("pixels")
