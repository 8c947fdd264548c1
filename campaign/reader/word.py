"""Word files (.docx) by their structure: paragraphs with their automatic numbers, and tables.

The parts are read out of the archive within bounds and parsed without entities, network or
unlimited depth. Text struck out by a reviewer is left out, text he put in is kept.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from campaign.reader import legacy
from campaign.reader.columns import is_layout
from campaign.reader.lines import Line, Piece, Row, Source
from campaign.reader.numbering import Numbering
from campaign.reader.refusal import Unreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_LARGEST_PART = 30 * 1024 * 1024
_MOST_ENTRIES = 2_000
_WIDE_GAP = re.compile(r"(?:\t+| {3,})\s*(?=[A-ZĐÀ-Ỹ])")
_STANDS_RIGHT = re.compile(r"^Độc lập|, ngày .*tháng")
_BREAKS = {f"{W}br", f"{W}cr"}
_SKIPPED = {
    f"{W}del",
    f"{W}moveFrom",
    f"{W}txbxContent",
    f"{W}instrText",
    f"{W}delText",
    f"{W}footnoteReference",
}


def read_word(content: bytes) -> Source:
    if content.startswith(_OLD_WORD):
        if _ENCRYPTED in content:
            raise Unreadable("Tệp Word có mật khẩu. Hãy bỏ mật khẩu rồi chọn lại.")
        raise Unreadable(
            "Tệp là dạng Word cũ (.doc). Hãy mở ra, chọn “Lưu thành…” dạng .docx rồi chọn lại."
        )
    try:
        with ZipFile(BytesIO(content)) as archive:
            document = _part(archive, "word/document.xml")
            numbering = _part(archive, "word/numbering.xml", is_needed=False)
            styles = _part(archive, "word/styles.xml", is_needed=False)
    except (
        BadZipFile,
        etree.XMLSyntaxError,
        OSError,
        ValueError,
        RuntimeError,
        NotImplementedError,
        EOFError,
    ) as error:
        raise Unreadable("Tệp Word bị hỏng hoặc không đúng dạng .docx.") from error
    body = document.find(f"{W}body") if document is not None else None
    if body is None:
        raise Unreadable("Tệp Word không có nội dung.")
    pieces = _Reader(Numbering(numbering, styles)).read(body)
    return legacy.in_unicode(pieces, is_old=_has_old_fonts(document, styles))


def _part(archive: ZipFile, name: str, *, is_needed: bool = True) -> etree._Element | None:
    if len(archive.infolist()) > _MOST_ENTRIES:
        raise Unreadable("Tệp Word có quá nhiều phần.")
    if name not in archive.namelist():
        if is_needed:
            raise Unreadable("Tệp không phải là văn bản Word (.docx).")
        return None
    with archive.open(name) as part:
        content = part.read(_LARGEST_PART + 1)
    if len(content) > _LARGEST_PART:
        raise Unreadable("Tệp Word sau khi giải nén quá lớn, không phải là một kế hoạch.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise Unreadable("Tệp Word bị hỏng hoặc không đúng dạng .docx.")
    return root


def _has_old_fonts(document: etree._Element, styles: etree._Element | None) -> bool:
    for root in (document, styles):
        for fonts in root.iter(f"{W}rFonts") if root is not None else ():
            if any(value.startswith((".Vn", "VNI-")) for value in fonts.attrib.values()):
                return True
    return False


class _Reader:
    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.pieces: list[Piece] = []
        self.gap = False

    def read(self, body: etree._Element) -> list[Piece]:
        for element in _flattened(body):
            if element.tag == f"{W}p":
                self._paragraph(element)
            else:
                self._table(element)
        return self.pieces

    def _paragraph(self, element: etree._Element) -> None:
        label = self.numbering.label(element)
        for place, text in enumerate(_texts(element)):
            said = f"{label} {text}" if label and place == 0 and text else text
            self._line(said)

    def _line(self, text: str) -> None:
        if text:
            self.pieces.append(Line(len(self.pieces) + 1, text, is_whole=True, gap=self.gap))
        self.gap = not text

    def _table(self, element: etree._Element) -> None:
        rows = list(_grid(element, self.numbering))
        if not rows:
            return
        if is_layout(rows):
            for row in rows:
                for cell in row:
                    for text in cell.split("\n"):
                        self._line(text)
            return
        for row in rows:
            self.pieces.append(Row(len(self.pieces) + 1, tuple(row)))


def _flattened(parent: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables, those in content controls and insertions too."""
    for element in parent:
        if element.tag in {f"{W}p", f"{W}tbl"}:
            yield element
        elif element.tag in {
            f"{W}sdt",
            f"{W}sdtContent",
            f"{W}ins",
            f"{W}customXml",
            f"{W}smartTag",
        }:
            yield from _flattened(element)


def _texts(paragraph: etree._Element) -> list[str]:
    """The lines of a paragraph; Word's own line break (Shift+Enter) divides them."""
    said: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag in _SKIPPED:
            continue
        if element.tag == f"{W}t":
            said.append(element.text or "")
        elif element.tag == f"{W}tab":
            said.append("\t")
        elif element.tag in _BREAKS:
            said.append("\n")
        elif element.tag in {f"{W}noBreakHyphen", f"{W}softHyphen"}:
            said.append("-" if element.tag.endswith("noBreakHyphen") else "")
        else:
            waiting.extend(reversed(element))
    return [part for line in "".join(said).split("\n") for part in _beside(line)]


def _beside(line: str) -> list[str]:
    """A head or a foot without a table: its two columns are held apart by tabs or spaces."""
    parts = [" ".join(part.split()) for part in _WIDE_GAP.split(line.strip())]
    if len(parts) == 2 and (_STANDS_RIGHT.search(parts[1]) or parts[1].isupper()):  # noqa: PLR2004
        return parts
    return [" ".join(parts)]


def _grid(table: etree._Element, numbering: Numbering) -> Iterator[list[str]]:
    """Rows of one width: a cell over several rows stands in each, over several columns once."""
    above: list[str] = []
    for row in _rows(table):
        cells: list[str] = []
        for cell in _cells(row):
            properties = cell.find(f"{W}tcPr")
            merge = properties.find(f"{W}vMerge") if properties is not None else None
            goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
            place = len(cells)
            text = above[place] if goes_on and place < len(above) else _cell_text(cell, numbering)
            cells += [text, *[""] * (_span(properties) - 1)]
        if any(cells):
            above = cells
            yield cells


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for element in table:
        if element.tag == f"{W}tr":
            yield element
        elif element.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins"}:
            yield from _rows(element)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for element in row:
        if element.tag == f"{W}tc":
            yield element
        elif element.tag in {f"{W}sdt", f"{W}sdtContent"}:
            yield from _cells(element)


def _span(properties: etree._Element | None) -> int:
    span = properties.find(f"{W}gridSpan") if properties is not None else None
    value = span.get(f"{W}val", "1") if span is not None else "1"
    return min(max(int(value), 1), 60) if value.isdigit() else 1


def _cell_text(cell: etree._Element, numbering: Numbering) -> str:
    lines: list[str] = []
    for element in _flattened(cell):
        if element.tag == f"{W}tbl":
            lines += ["\n".join(filter(None, row)) for row in _grid(element, numbering)]
            continue
        label = numbering.label(element)
        texts = _texts(element)
        lines += [
            f"{label} {text}" if label and not place else text for place, text in enumerate(texts)
        ]
    return "\n".join(line for line in lines if line)
