"""Lines put together again as the writer meant them.

A page, a narrow window or a converter breaks a sentence anywhere. It goes on in the next line when
the line was full, or when the next one begins in lower case and the sentence has not ended.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from campaign.reader.lines import Line, Piece, Row, Warned
from campaign.reader.markers import Level, marker

_CLOSED = re.compile(r"[.;:!?…][”\"»)\]]*$")
_RULE = re.compile(r"[\s\-–—_=*.~]{3,}|\*+")
_PAGE_NUMBER = re.compile(
    r"(?:trang\s+)?[-–—]?\s*(\d{1,3})\s*[-–—]?(?:\s*/\s*\d{1,3})?", re.IGNORECASE
)
_OWN_LINE = re.compile(
    r"Nơi nhận|Kính gửi|Căn cứ |Số\s*:|(?:TM|KT|TL|TUQ|Q)\.|T/M|K/T"
    r"|(?:Đơn vị|Cơ quan|Thời gian|Thời hạn|Chủ trì|Phối hợp|Tiến độ|Sản phẩm)[^.;:]{0,40}:",
    re.IGNORECASE,
)  # fmt: skip
_LONG, _SHORT, _LONGEST = 100, 40, 10_000


@dataclass(slots=True)
class Paragraph:
    text: str
    first: int
    last: int
    joints: list[tuple[int, int]] = field(default_factory=list)
    """Where in the text another line begins, and which."""

    def line_at(self, place: int) -> int:
        return max((line for start, line in self.joints if start <= place), default=self.first)


@dataclass(slots=True)
class Table:
    rows: list[Row] = field(default_factory=list)


Block = Paragraph | Table


@dataclass(slots=True)
class Mended:
    blocks: list[Block]
    warnings: list[Warned]


def mend(pieces: Sequence[Piece]) -> Mended:
    blocks: list[Block] = []
    warnings: list[Warned] = []
    before: Line | None = None
    for piece in _without_page_numbers(pieces):
        last = blocks[-1] if blocks else None
        if isinstance(piece, Row):
            if not isinstance(last, Table):
                last = Table()
                blocks.append(last)
            last.rows.append(piece)
            before = None
        elif _RULE.fullmatch(piece.text):
            before = None
        elif before and isinstance(last, Paragraph) and _goes_on(last, before, piece, warnings):
            _join(last, piece)
            before = piece
        else:
            blocks.append(Paragraph(piece.text, piece.number, piece.number))
            before = piece
    return Mended(blocks, warnings)


def _without_page_numbers(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Numbers alone on a line that count upwards, one after another, are those of the pages."""
    alone = {
        piece.number: int(found[1])
        for piece in pieces
        if isinstance(piece, Line)
        and not piece.is_whole
        and (found := _PAGE_NUMBER.fullmatch(piece.text))
    }
    pages: set[int] = set()
    expected = None
    for line, value in alone.items():
        if value == expected or (expected is None and value <= 2):  # noqa: PLR2004  # the first is not printed
            pages.add(line)
            expected = value + 1
    for piece in pieces:
        if piece.number not in pages:
            yield piece


def _goes_on(last: Paragraph, before: Line, line: Line, warnings: list[Warned]) -> bool:
    if len(last.text) > _LONGEST or _begins(line, before, last.text):
        return False
    if before.is_full and not line.gap:
        return True
    return _is_cut(last.text, line, warnings)


def _begins(line: Line, before: Line, said: str) -> bool:
    """The line opens a paragraph by its own first sign."""
    text, is_closed = line.text, _is_closed(said)
    if _OWN_LINE.match(text) and (is_closed or not text[:1].islower()):
        return True
    found = marker(text)
    if found is None:
        return False
    if found.level in {Level.DASH, Level.PLUS} and not is_closed:
        # “tổ chức chính trị / - xã hội”: a dash within a sentence that happens to begin a line.
        goes_on = before.is_full and not line.gap and not _is_heading(said)
        return not goes_on and not (found.rest[:1].islower() and len(said) > _SHORT)
    return is_closed or not found.rest[:1].islower() or found.level is not Level.NUMBER


def _is_closed(said: str) -> bool:
    return bool(_CLOSED.search(said[-_SHORT:]))


def _is_heading(said: str) -> bool:
    found = marker(said)
    return said.isupper() or (found is not None and found.level < Level.LETTER)


def _is_cut(before: str, line: Line, warnings: list[Warned]) -> bool:
    """The sentence before was cut by a page or by the file, not ended by its writer."""
    if _is_closed(before) or before.isupper():
        return False
    if line.text.lstrip(' (“"')[:1].islower():
        if line.gap or line.is_whole:
            warnings.append(Warned(line.number, "Câu bị ngắt sang đoạn khác, đã nối lại."))
        return True
    item = marker(before)
    is_unfinished = item is not None and item.level >= Level.LETTER and len(before) > _LONG
    if is_unfinished and line.text.endswith((".", ";")):
        warnings.append(
            Warned(line.number, "Câu trước chưa kết thúc nên đã nối đoạn này vào; xin xem lại.")
        )
        return True
    return False


def _join(paragraph: Paragraph, line: Line) -> None:
    paragraph.joints.append((len(paragraph.text) + 1, line.number))
    paragraph.text = f"{paragraph.text} {line.text}"
    paragraph.last = line.number
