"""Scans: read by Tesseract where it is installed, page by page, and marked as recognised."""

import csv
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO, StringIO

import pypdfium2 as pdfium

from campaign.reader.layout import lay_out
from campaign.reader.lines import Piece
from campaign.reader.page import Box, Page, Word, lines_of
from campaign.reader.refusal import Unreadable

MOST_SCANNED_PAGES = 40
NOT_INSTALLED = "Tệp là bản quét, không có lớp chữ. Máy chủ chưa cài bộ nhận dạng chữ (tesseract-ocr-vie); hãy dùng bản Word hoặc PDF xuất từ Word."
_SCALE = 200 / 72
_LARGEST = 4_000.0
_SECONDS = 60
_LINE, _WORD = "4", "5"


def recognise(document: pdfium.PdfDocument) -> list[Piece]:
    program = shutil.which("tesseract")
    if program is None or not _knows_vietnamese(program):
        raise Unreadable(NOT_INSTALLED)
    if len(document) > MOST_SCANNED_PAGES:
        raise Unreadable(f"Bản quét có {len(document)} trang, vượt mức {MOST_SCANNED_PAGES} trang.")
    pages = [_read_page(program, document[number]) for number in range(len(document))]
    return [replace(piece, recognised=True) for piece in lay_out(pages)]


def _knows_vietnamese(program: str) -> bool:
    try:
        said = subprocess.run(  # noqa: S603  # found on PATH
            [program, "--list-langs"], capture_output=True, timeout=10, check=True
        )
    except (subprocess.SubprocessError, OSError):
        return False
    return b"vie" in said.stdout.split()


def _read_page(program: str, sheet: pdfium.PdfPage) -> Page:
    width, height = sheet.get_size()
    scale = min(_SCALE, _LARGEST / max(width, height, 1.0))
    picture = BytesIO()
    sheet.render(scale=scale, grayscale=True).to_pil().save(picture, "PNG")
    try:
        done = subprocess.run(  # noqa: S603  # found on PATH, no shell
            [program, "stdin", "stdout", "-l", "vie", "tsv"],
            input=picture.getvalue(), capture_output=True, timeout=_SECONDS, check=True,
            env={"OMP_THREAD_LIMIT": "1", "PATH": os.defpath},
        )  # fmt: skip
    except (subprocess.SubprocessError, OSError) as error:
        raise Unreadable("Không nhận dạng được chữ trong bản quét này.") from error
    words = _words(done.stdout.decode("utf-8", "replace"), scale, height)
    return Page(width, height, lines_of(list(words)))


def _words(table: str, scale: float, height: float) -> Iterator[Word]:
    """Words in the places Tesseract found them, each as high as its line."""
    bottom = top = 0.0
    for row in csv.DictReader(StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        left, right = int(row["left"]), int(row["left"]) + int(row["width"])
        if row["level"] == _LINE:
            top = height - int(row["top"]) / scale
            bottom = top - int(row["height"]) / scale
        elif row["level"] == _WORD and row["text"].strip():
            yield Word(row["text"].strip(), Box(left / scale, bottom, right / scale, top))
