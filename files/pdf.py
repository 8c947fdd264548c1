"""PDF: whole, open to everybody, and nothing in it acts by itself.

A signature is welcome: what counts is what a reader would run, not that a form field exists.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pikepdf

from files.findings import Finding

MOST_PAGES: Final = 5_000
MOST_OBJECTS: Final = 500_000
DEEPEST: Final = 60

_TAIL = 2048
_ACTING_KEYS = frozenset(
    {"/JS", "/JavaScript", "/AA", "/EF", "/EmbeddedFiles", "/XFA", "/RichMediaContent"}
)
_ACTING_ACTIONS = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/GoToE",
        "/Rendition",
        "/RichMediaExecute",
    }
)
_ACTING_TYPES = frozenset({"/EmbeddedFile", "/RichMedia"})
_CONTAINERS = (pikepdf.Dictionary, pikepdf.Stream, pikepdf.Array)


def inspect_pdf(path: Path) -> None:
    _check_tail(path)
    try:
        with pikepdf.open(path) as pdf:
            if pdf.is_encrypted:
                raise Finding("encrypted")
            _check_pages(pdf)
            if any(_acts(thing) for thing in _everything(pdf)):
                raise Finding("active")
    except pikepdf.PasswordError as error:
        raise Finding("encrypted") from error
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, RecursionError) as error:
        raise Finding("broken") from error


def _check_tail(path: Path) -> None:
    """A repairing reader opens half a file too, without its last pages; so look for the end."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        if b"%%EOF" not in file.read():
            raise Finding("broken")


def _check_pages(pdf: pikepdf.Pdf) -> None:
    count = len(pdf.pages)
    if count == 0:
        raise Finding("broken")
    if count > MOST_PAGES:
        raise Finding("pages")


def _everything(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every object, those inside object streams too, and what lies directly within each."""
    for count, root in enumerate(pdf.objects):
        if count > MOST_OBJECTS:
            raise Finding("broken")
        waiting = [(root, 0)]
        while waiting:
            thing, depth = waiting.pop()
            if depth > DEEPEST:
                raise Finding("broken")
            if isinstance(thing, _CONTAINERS):
                yield thing
                waiting.extend((part, depth + 1) for part in _direct_parts(thing))


def _direct_parts(thing: pikepdf.Object) -> Iterator[pikepdf.Object]:
    if isinstance(thing, pikepdf.Array):
        parts = list(thing)
    else:
        parts = [value for _, value in thing.items()]
    for part in parts:
        if isinstance(part, _CONTAINERS) and not part.is_indirect:
            yield part


def _acts(thing: pikepdf.Object) -> bool:
    if isinstance(thing, pikepdf.Array):
        return False
    if not _ACTING_KEYS.isdisjoint(thing.keys()):
        return True
    names = {str(thing[key]) for key in ("/Type", "/Subtype") if key in thing}
    action = str(thing["/S"]) if "/S" in thing else ""
    return action in _ACTING_ACTIONS or not _ACTING_TYPES.isdisjoint(names)
