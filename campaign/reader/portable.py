"""PDF files: words with their places by PDFium, ruled tables, and scans by Tesseract."""

from collections.abc import Iterator
from ctypes import c_float
from itertools import islice

import pypdfium2 as pdfium
from pypdfium2 import raw

from campaign.reader import legacy, scan
from campaign.reader.layout import lay_out
from campaign.reader.letters import Letters
from campaign.reader.lines import Source, Warned
from campaign.reader.page import Box, Page, Word, lines_of
from campaign.reader.refusal import Unreadable
from campaign.reader.ruled import tables_of

MOST_PAGES = 300
_MOST_SHAPES = 20_000
_MOST_LETTERS = 60_000
_SEGMENTS_OF_A_BOX = 5
_LEAST_LETTERS = 20
_QUARTER, _HALF = 90, 180
_READABLE = 0.6


def read_portable(content: bytes) -> Source:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Unreadable("Tệp PDF có mật khẩu. Hãy bỏ mật khẩu rồi chọn lại.") from error
        raise Unreadable("Tệp PDF bị hỏng hoặc chưa đủ.") from error
    if len(document) > MOST_PAGES:
        raise Unreadable(
            f"Tệp PDF có {len(document)} trang, vượt mức {MOST_PAGES} trang của một kế hoạch."
        )
    try:
        return _read(document)
    except pdfium.PdfiumError as error:
        raise Unreadable("Tệp PDF bị hỏng hoặc chưa đủ.") from error


def _read(document: pdfium.PdfDocument) -> Source:
    counts: list[int] = []
    pages: list[Page] = []
    for number in range(len(document)):
        sheet = document[number]
        words = _words(sheet)
        counts.append(sum(len(word.text) for word in words))
        pages.append(_page(sheet, words))
        sheet.close()
    if sum(counts) < _LEAST_LETTERS * len(counts):
        return Source(scan.recognise(document))
    source = legacy.in_unicode(lay_out(pages), is_old=False)
    _check_letters(source)
    for number, count in enumerate(counts, start=1):
        if count == 0:
            source.warnings.append(
                Warned(1, f"Trang {number} không có chữ (có thể là ảnh quét) nên chưa đọc.")
            )
    return source


def _check_letters(source: Source) -> None:
    """A text layer of signs that are no letters comes from a broken font: it cannot be read."""
    text = "".join(getattr(piece, "text", "") for piece in source.pieces)
    letters = [c for c in text if not c.isspace()]
    readable = sum(c.isalnum() or c in ".,;:-/()“”" for c in letters)
    if readable < len(letters) * _READABLE:
        raise Unreadable(
            "Lớp chữ của tệp PDF bị hỏng phông. Hãy dùng bản Word, hoặc in lại ra PDF."
        )


def _page(sheet: pdfium.PdfPage, words: list[Word]) -> Page:
    width, height = sheet.get_size()
    tables, rest = tables_of(words, list(_shapes(sheet)))
    return Page(width, height, lines_of(rest), tables)


def _words(sheet: pdfium.PdfPage) -> list[Word]:
    text_page = sheet.get_textpage()
    count = text_page.count_chars()
    if count > _MOST_LETTERS:
        raise Unreadable("Một trang của tệp PDF có quá nhiều chữ, không phải là một kế hoạch.")
    words = list(Letters(text_page).pieces())
    text_page.close()
    if sheet.get_rotation() == 0:
        return words
    return [Word(word.text, _turned(sheet, word.box), is_ended=word.is_ended) for word in words]


def _turned(sheet: pdfium.PdfPage, box: Box) -> Box:
    """A page shown lying down keeps its words standing up."""
    turn = sheet.get_rotation()
    if turn == 0:
        return box
    width, height = sheet.get_size()
    if turn == _QUARTER:
        return Box(box.bottom, height - box.right, box.top, height - box.left)
    if turn == _HALF:
        return Box(width - box.right, height - box.top, width - box.left, height - box.bottom)
    return Box(width - box.top, box.left, width - box.bottom, box.right)


def _shapes(sheet: pdfium.PdfPage) -> Iterator[Box]:
    """Boxes that are drawn, and the straight lines of what is drawn in one stroke of the pen."""
    drawn = sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)
    parts = (box for shape in drawn for box in _parts(shape))
    for box in islice(parts, _MOST_SHAPES):
        yield _turned(sheet, box)


def _parts(shape: pdfium.PdfObject) -> Iterator[Box]:
    count = raw.FPDFPath_CountSegments(shape.raw)
    if count <= _SEGMENTS_OF_A_BOX:
        yield Box(*shape.get_bounds())
        return
    matrix = shape.get_matrix()
    last: tuple[float, float] | None = None
    x, y = c_float(), c_float()
    for number in range(min(count, _MOST_SHAPES)):
        segment = raw.FPDFPath_GetPathSegment(shape.raw, number)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        if last and raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO:
            (left, right), (bottom, top) = (sorted(pair) for pair in zip(last, point, strict=True))
            yield Box(left, bottom, right, top)
        last = point
