"""What an official document says: plain frozen values, without a word about how it is drawn.

Every text is a `Text`: a plain string, or a tuple of `Run` where some words are bold or italic.
Numbers of headings and appendices, the punctuation of lists and the blanks of a document not yet
numbered are not typed by the caller; `lib.official.wording` adds them.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeAlias


class Form(Enum):
    """Whose rules of form the document follows (thể thức văn bản)."""

    STATE = "state"  # Nghị định 30/2020/NĐ-CP
    PARTY = "party"  # the Party's own form: ĐẢNG CỘNG SẢN VIỆT NAM, number 12-KH/BTGTU


class Align(Enum):
    """How the text of a line or a table's column is set."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


class RowKind(Enum):
    """What a row of a table is: an entry, the name of a group of entries, or a sum."""

    DATA = "data"
    GROUP = "group"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a line, set alike."""

    text: str
    bold: bool = False
    italic: bool = False


Text: TypeAlias = str | tuple[Run, ...]


# --- The parts of the form ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The top of the first page: who issues, number and symbol, place and day (ô số 1 to 4).

    `symbol` is what follows the number: “BC-SNV”, or “KH/BTGTU” in the Party's form. `issuer` is
    the issuing body as a sentence names it (“Sở Nội vụ”); an appendix refers to it. Without an
    `issued_date` the day and month stay blank and `year` is printed.
    """

    issuing_body: tuple[str, ...]
    governing_body: str = ""
    symbol: str = ""
    number: str | None = None
    place: str = ""
    issued_date: date | None = None
    year: int | None = None
    issuer: str = ""
    form: Form = Form.STATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signs (ô số 7): “TM. ỦY BAN NHÂN DÂN”, “KT. CHỦ TỊCH”; the position; the name."""

    position: str
    name: str = ""
    authority: tuple[str, ...] = ()
    note: str = ""


# --- The blocks of the body ---------------------------------------------------------------------

DEEPEST_HEADING = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """A titled mục (level 1, “I.”), khoản (2, “1.”) or điểm (3, “a)”); numbered by the wording."""

    level: int
    text: str
    numbered: bool = True

    def __post_init__(self) -> None:
        if not 1 <= self.level <= DEEPEST_HEADING:
            raise ValueError("A heading is of level 1, 2 or 3.")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text, justified, its first line indented."""

    text: Text


@dataclass(frozen=True, slots=True)
class Bullet:
    """One item of a list, led by a dash (gạch đầu dòng)."""

    text: Text


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; widths are relative to one another."""

    header: str
    width: float = 1.0
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. A group row has one cell, which spans all columns."""

    cells: tuple[str, ...]
    kind: RowKind = RowKind.DATA


@dataclass(frozen=True, slots=True)
class BarPiece:
    """A part of a bar: how much, in which state's colour, and its word."""

    value: int
    tone: str
    word: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A row's figures as a bar from zero to the whole, pieces end to end."""

    pieces: tuple[BarPiece, ...]
    whole: int


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table (biểu); its head is repeated on every page, no row is broken across pages.

    With `bars`, one for each row or None, it is the chart and the figures behind it at once: the
    wording adds a last column, empty but for them.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    bars: tuple[Bar | None, ...] = ()

    def __post_init__(self) -> None:
        if self.bars and len(self.bars) != len(self.rows):
            raise ValueError("A table with bars has one for each row, or None.")
        if not self.columns or any(column.width <= 0 for column in self.columns):
            raise ValueError("A table has columns, each of some width.")
        for place, row in enumerate(self.rows, start=1):
            expected = 1 if row.kind is RowKind.GROUP else len(self.columns)
            if len(row.cells) != expected:
                raise ValueError(f"Row {place} has {len(row.cells)} cells instead of {expected}.")


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and their values side by side, without rules: the middle of a receipt (phiếu)."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


Block: TypeAlias = Heading | Paragraph | Bullet | Table | Facts | PageBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class Appendix:
    """A phụ lục: on its own pages, numbered from 1; Roman numbers when there are several.

    `reference` replaces the usual line “(Kèm theo Báo cáo số … của …)”.
    """

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An official document (văn bản hành chính), from its header to its appendices.

    Without a `kind` it is a letter (công văn): the subject then stands under the number. `bases`
    are the căn cứ; `decider` heads them in a decision (“CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …”), which the
    wording then ends with “QUYẾT ĐỊNH:”. `closing` the last sentence, which the wording ends with “./.”. `recipients`
    is the nơi nhận, its last line “Lưu: …”. Minutes (biên bản) have `signatures` instead of
    `signature`: who signs for each side, side by side, then the recipients. `verification` is a last line that says how to check
    the document (mã kiểm tra).
    """

    header: Header
    subject: str
    kind: str = ""
    addressees: tuple[str, ...] = ()
    decider: str = ""
    bases: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()
    closing: str = ""
    attachment_note: str = ""
    signature: Signature | None = None
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()
    verification: str = ""
    appendices: tuple[Appendix, ...] = ()
    draft: bool = False
