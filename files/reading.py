"""`python -m files.reading KIND PATH…`: the words of each file, a JSON list of texts.

Runs confined (`lib/confined.py`). A paragraph is a line; a file that cannot be read is null.
Pictures of pages are not read; who scans gets no words. What is beyond `MOST_LETTERS` is left
out: a search needs no more of a document than that.
"""

import json
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

import pypdfium2 as pdfium

from lib.confined import confine
from lib.vietnamese import clean

MOST_LETTERS: Final = 200_000
MOST_PAGES: Final = 500

_CHUNK = 64 * 1024
_ENDS_A_LINE = frozenset({"p", "si", "is"})  # a paragraph of Word; a text of Excel
_ENDS_A_WORD = frozenset({"tab", "br", "cr"})
_WORD_PARTS = ("word/document.xml", "word/header", "word/footer", "word/footnotes.xml")
_BROKEN = (
    BadZipFile,
    pdfium.PdfiumError,
    expat.ExpatError,
    zlib.error,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    ValueError,
)
_SHEET_PARTS = ("xl/sharedStrings.xml", "xl/worksheets/sheet")


class _Part:
    """The texts of one XML part; names of tags without their namespaces."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._in_text = False
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def feed(self, chunk: bytes) -> None:
        self._parser.Parse(chunk, False)

    def _start(self, name: str, _: Mapping[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self._in_text = local == "t"
        if local in _ENDS_A_WORD:
            self.pieces.append(" ")

    def _end(self, name: str) -> None:
        self._in_text = False
        if name.rpartition(" ")[2] in _ENDS_A_LINE:
            self.pieces.append("\n")

    def _text(self, text: str) -> None:
        if self._in_text:
            self.pieces.append(text)


def _read_office(path: Path, parts: tuple[str, ...]) -> Iterator[str]:
    with ZipFile(path) as archive:
        for entry in archive.infolist():
            if not entry.filename.startswith(parts) or not entry.filename.endswith(".xml"):
                continue
            part = _Part()
            with archive.open(entry) as content:
                while chunk := content.read(_CHUNK):
                    part.feed(chunk)
                    yield "".join(part.pieces)
                    part.pieces.clear()
            yield "\n"


def _read_docx(path: Path) -> Iterator[str]:
    return _read_office(path, _WORD_PARTS)


def _read_xlsx(path: Path) -> Iterator[str]:
    return _read_office(path, _SHEET_PARTS)


def _read_pdf(path: Path) -> Iterator[str]:
    document = pdfium.PdfDocument(path)
    for number in range(min(len(document), MOST_PAGES)):
        sheet = document[number]
        words = sheet.get_textpage()
        yield words.get_text_bounded() + "\n"
        words.close()
        sheet.close()


def _read_txt(path: Path) -> Iterator[str]:
    content = path.read_bytes()
    is_wide = content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    yield content.decode("utf-16" if is_wide else "utf-8-sig", errors="replace")


READ: Mapping[str, Callable[[Path], Iterator[str]]] = {
    "docx": _read_docx,
    "xlsx": _read_xlsx,
    "pdf": _read_pdf,
    "txt": _read_txt,
}


def text_of(kind: str, path: Path) -> str:
    """At most `MOST_LETTERS` of it, cleaned, without empty lines."""
    kept, length = [], 0
    for piece in READ[kind](path):
        kept.append(piece)
        length += len(piece)
        if length > MOST_LETTERS:
            break
    lines = ("".join(kept))[:MOST_LETTERS].splitlines()
    return clean("\n".join(line for line in (" ".join(one.split()) for one in lines) if line))


def answer(kind: str, path: Path) -> str | None:
    try:
        return text_of(kind, path)
    except _BROKEN:
        return None


if __name__ == "__main__":
    confine()
    asked = zip(sys.argv[1::2], sys.argv[2::2], strict=True)
    json.dump([answer(kind, Path(path)) for kind, path in asked], sys.stdout)
