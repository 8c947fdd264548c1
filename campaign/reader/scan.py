"""Scans: read by Tesseract where it is installed, page by page, and marked as recognised."""

import os
import re
import shutil
import subprocess
from io import BytesIO

import pypdfium2 as pdfium

from campaign.reader.lines import Line, Piece
from campaign.reader.refusal import Unreadable

MOST_SCANNED_PAGES = 40
_SCALE = 200 / 72
_SECONDS = 60
_LARGEST = 5_000.0
NOT_INSTALLED = "Tệp là bản quét, không có lớp chữ. Máy chủ chưa cài bộ nhận dạng chữ (tesseract-ocr-vie); hãy dùng bản Word hoặc PDF xuất từ Word."


def recognise(document: pdfium.PdfDocument) -> list[Piece]:
    program = shutil.which("tesseract")
    if program is None or not _knows_vietnamese(program):
        raise Unreadable(NOT_INSTALLED)
    if len(document) > MOST_SCANNED_PAGES:
        raise Unreadable(f"Bản quét có {len(document)} trang, vượt mức {MOST_SCANNED_PAGES} trang.")
    pieces: list[Piece] = []
    for number in range(len(document)):
        text = _read_page(program, document[number])
        gap = True
        for line in text.split("\n"):
            said = " ".join(line.split())
            if said and not re.fullmatch(r"\d{1,3}", said):
                pieces.append(Line(len(pieces) + 1, said, is_full=False, gap=gap, recognised=True))
            gap = not said
    return pieces


def _knows_vietnamese(program: str) -> bool:
    try:
        said = subprocess.run(  # noqa: S603  # found on PATH
            [program, "--list-langs"], capture_output=True, timeout=10, check=True
        )
    except (subprocess.SubprocessError, OSError):
        return False
    return b"vie" in said.stdout.split()


def _read_page(program: str, sheet: pdfium.PdfPage) -> str:
    scale = min(_SCALE, _LARGEST / max(*sheet.get_size(), 1.0))
    picture = BytesIO()
    sheet.render(scale=scale, grayscale=True).to_pil().save(picture, "PNG")
    try:
        done = subprocess.run(  # noqa: S603  # found on PATH, no shell
            [program, "stdin", "stdout", "-l", "vie", "--psm", "4"],
            input=picture.getvalue(), capture_output=True, timeout=_SECONDS, check=True,
            env={"OMP_THREAD_LIMIT": "1", "PATH": os.defpath},
        )  # fmt: skip
    except (subprocess.SubprocessError, OSError) as error:
        raise Unreadable("Không nhận dạng được chữ trong bản quét này.") from error
    return done.stdout.decode("utf-8", "replace")
