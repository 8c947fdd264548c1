"""The final words of a document: every line with its numbers, punctuation and blanks.

Both writers and `lib.official.text` draw from here and add no word of their own, which is why the
Word file and the PDF say the same. Rules: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II; the Party's
lines after Hướng dẫn 36-HD/VPTW (2018).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TypeAlias

from lib.official.look import HEADER_SHARES, SIGNATURE_SHARES, Style
from lib.official.model import (
    Appendix,
    Block,
    Bullet,
    Column,
    Document,
    Facts,
    Form,
    Header,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    RowKind,
    Run,
    Signature,
    Table,
    Text,
)
from lib.vietnamese import clean, long_date

_GAP = "\u00a0"  # a blank to be filled by hand; ordinary spaces would collapse
_BLANK_NUMBER = _GAP * 6
_BLANK_DAY = f"ngày{_GAP * 5}tháng{_GAP * 5}năm {{year}}"
_POINTS = "abcdđeghiklmnopqrstuvxy"  # điểm go by the Vietnamese alphabet
_TENS = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")
_UNITS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_SECOND_LEVEL = 2

BAR_HEAD = "Biểu đồ"
BAR_SHARE = 0.25  # of the other columns together

RULE_SHARE = 0.4  # of the text above it: “from 1/3 to 1/2”
FULL_RULE = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph; `rule` is the share of its text that is underlined by a rule."""

    style: Style
    runs: tuple[Run, ...]
    rule: float = 0.0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Abreast:
    """Groups of lines side by side, level with one another: header, signatures.

    `shares` say how the groups divide the width.
    """

    sides: tuple[tuple[Line, ...], ...]
    shares: tuple[float, ...]


Piece: TypeAlias = Line | Table | Facts | PageBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What has its own page numbers: the document itself, then each appendix."""

    pieces: tuple[Piece, ...]
    heads: tuple[Abreast, ...] = ()
    ends: tuple[Abreast, ...] = ()
    last_lines: tuple[Line, ...] = ()
    landscape: bool = False


def parts(document: Document) -> Iterator[Part]:
    """The document, then its appendices, in their final words."""
    yield _main(document)
    for place, appendix in enumerate(document.appendices, start=1):
        label = f"Phụ lục {roman(place)}" if len(document.appendices) > 1 else "Phụ lục"
        yield Part(
            pieces=(
                _line(Style.APPENDIX, label),
                _line(Style.APPENDIX_TITLE, appendix.title.upper()),
                _line(Style.APPENDIX_REFERENCE, _reference(document, appendix)),
                *_pieces(appendix.blocks),
            ),
            landscape=appendix.landscape,
        )


def title(document: Document) -> str:
    """What the file's properties call it."""
    return clean(" ".join((document.kind, *document.subject.split())).strip())


def roman(number: int) -> str:
    """A number below 100 in Roman figures."""
    return _TENS[number // 10] + _UNITS[number % 10]


# --- The first page's form -----------------------------------------------------------------------


def _main(document: Document) -> Part:
    return Part(
        heads=_heads(document),
        pieces=(
            *_titles(document),
            *_addressees(document.addressees),
            *_optional(Style.KIND, document.decider.upper()),
            *_bases(document.bases),
            *_optional(Style.KIND, "QUYẾT ĐỊNH:" if document.decider else ""),
            *_pieces(document.body),
            *_optional(Style.BODY, _closed(document.closing)),
            *_optional(Style.NOTE, document.attachment_note),
        ),
        ends=tuple(_ends(document)),
        last_lines=_optional(Style.VERIFICATION, document.verification),
    )


def _ends(document: Document) -> Iterator[Abreast]:
    """Who signs: one person beside the recipients, or each side of the minutes in a column."""
    form, recipients = document.header.form, _recipients(document.recipients)
    if document.signatures:
        signers = tuple(_signature(one, form) for one in document.signatures)
        yield Abreast(signers, (1 / len(signers),) * len(signers))
        if recipients:
            yield Abreast((recipients, ()), SIGNATURE_SHARES)
        return
    signature = _signature(document.signature, form)
    if recipients or signature:
        yield Abreast((recipients, signature), SIGNATURE_SHARES)


def _heads(document: Document) -> tuple[Abreast, ...]:
    header = document.header
    names = (_party_names if header.form is Form.PARTY else _state_names)(header)
    below_number = (
        *((_line(Style.DRAFT, "DỰ THẢO"),) if document.draft else ()),
        *(() if document.kind else _optional(Style.LETTER_SUBJECT, document.subject)),
    )
    number = _optional(Style.NUMBER, number_line(header))
    place = _optional(Style.PLACE_DATE, place_line(header))
    return names, Abreast(((*number, *below_number), place), HEADER_SHARES)


def _state_names(header: Header) -> Abreast:
    issuer = (
        *_optional(Style.GOVERNING, header.governing_body.upper()),
        *_names(header.issuing_body),
    )
    nation = (
        _line(Style.STATE_NAME, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        _line(Style.MOTTO, "Độc lập - Tự do - Hạnh phúc", rule=FULL_RULE),
    )
    return Abreast((issuer, nation), HEADER_SHARES)


def _party_names(header: Header) -> Abreast:
    issuer = (
        *_optional(Style.GOVERNING, header.governing_body.upper()),
        *(_line(Style.ISSUING, name.upper()) for name in header.issuing_body),
        _line(Style.GOVERNING, "*"),
    )
    party = (_line(Style.PARTY_NAME, "ĐẢNG CỘNG SẢN VIỆT NAM", rule=FULL_RULE),)
    return Abreast((issuer, party), HEADER_SHARES)


def _names(issuing_body: Sequence[str]) -> Iterator[Line]:
    last = len(issuing_body) - 1
    for place, name in enumerate(issuing_body):
        yield _line(Style.ISSUING, name.upper(), rule=RULE_SHARE if place == last else 0.0)


def number_line(header: Header) -> str:
    """“Số: 05/BC-SNV”, in the Party's form “Số 12-KH/BTGTU”; blank until it is numbered."""
    if not header.symbol and not header.number:
        return ""
    number = header.number.strip() if header.number else _BLANK_NUMBER
    if number.isdigit():
        number = number.zfill(2)
    state = header.form is Form.STATE
    label = "Số: " if state else "Số "
    separator = ("/" if state else "-") if header.symbol else ""
    return f"{label}{number}{separator}{header.symbol}"


def place_line(header: Header) -> str:
    """“Tây Ninh, ngày 07 tháng 3 năm 2024”; the day blank until it is dated."""
    day = _day(header)
    return f"{header.place}, {day}" if header.place and day else day


def _day(header: Header) -> str:
    if header.issued_date is not None:
        return long_date(header.issued_date)
    if header.year is not None:
        return _BLANK_DAY.format(year=header.year)
    return ""


def _titles(document: Document) -> Iterator[Line]:
    if not document.kind:
        return
    subject = " ".join(document.subject.split())
    yield _line(Style.KIND, document.kind.upper(), rule=0.0 if subject else RULE_SHARE)
    if subject:
        yield _line(Style.SUBJECT, subject, rule=RULE_SHARE)


def _bases(bases: Sequence[str]) -> Iterator[Line]:
    yield from (_line(Style.BASIS, text) for text in _listed(bases))


def _addressees(addressees: Sequence[str]) -> Iterator[Line]:
    if len(addressees) == 1:
        yield _line(Style.ADDRESSEE, f"Kính gửi: {_listed(addressees)[0]}")
    elif addressees:
        yield _line(Style.ADDRESSEE, "Kính gửi:")
        yield from (_line(Style.ADDRESSEE_ITEM, f"- {text}") for text in _listed(addressees))


def _recipients(recipients: Sequence[str]) -> tuple[Line, ...]:
    if not recipients:
        return ()
    listed = (_line(Style.RECIPIENT, f"- {text}") for text in _listed(recipients))
    return (_line(Style.RECIPIENTS, "Nơi nhận:"), *listed)


def _signature(signature: Signature | None, form: Form) -> tuple[Line, ...]:
    if signature is None:
        return ()
    authority = [text.upper() for text in (*signature.authority, signature.position) if text]
    if form is Form.PARTY:
        authority = [_party_authority(text) for text in authority]
    return (
        *(_line(Style.AUTHORITY, text) for text in authority),
        *_optional(Style.SIGN_NOTE, signature.note),
        # Room for the hand and the seal stays where nobody is named yet.
        _line(Style.SIGNER, signature.name or _GAP),
    )


def _party_authority(text: str) -> str:
    """The Party writes T/M, K/T, T/L where the State writes TM., KT., TL."""
    for state, party in (("TM.", "T/M"), ("KT.", "K/T"), ("TL.", "T/L")):
        if text.startswith(state):
            return party + text.removeprefix(state)
    return text


def _reference(document: Document, appendix: Appendix) -> str:
    if appendix.reference:
        return appendix.reference
    header = document.header
    number = number_line(header).replace("Số: ", "số ").replace("Số ", "số ")
    issuer = f"của {header.issuer}" if header.issuer else ""
    words = (document.kind.capitalize() or "Công văn", number, _day(header), issuer)
    return f"(Kèm theo {' '.join(word for word in words if word)})"


# --- Lists and blocks ----------------------------------------------------------------------------


def _listed(items: Iterable[str]) -> list[str]:
    """Items of a list end with “;”, the last with “.”, whatever was typed."""
    bare = [text for text in (item.strip().rstrip(";.,").rstrip() for item in items) if text]
    return [*(f"{text};" for text in bare[:-1]), *(f"{text}." for text in bare[-1:])]


def _closed(text: str) -> str:
    """The text of a document ends with “./.”, written once."""
    bare = text.strip().removesuffix("./.").rstrip(". ")
    return f"{bare}./." if bare else ""


def _pieces(blocks: Iterable[Block]) -> Iterator[Piece]:
    count = [0, 0, 0]
    known = tuple(blocks)
    for block, following in zip_longest(known, known[1:]):
        if isinstance(block, Heading):
            yield _heading(block, count)
        elif isinstance(block, Paragraph):
            yield _paragraph(block, following)
        elif isinstance(block, Bullet):
            yield Line(Style.BULLET, (Run("- "), *_runs(block.text)))
        elif isinstance(block, Table):
            yield from _table(block)
        elif isinstance(block, Facts):
            yield Facts(tuple((f"{clean(name)}:", clean(value)) for name, value in block.rows))
        else:
            yield block


def _paragraph(paragraph: Paragraph, following: Block | None) -> Line:
    """One that leads into a list stays with it; into a table without a caption, at a distance."""
    runs = _runs(paragraph.text)
    if isinstance(following, Table) and not following.caption:
        return Line(Style.LEAD, runs)
    leads_a_list = isinstance(following, Bullet) and runs and runs[-1].text.rstrip().endswith(":")
    return Line(Style.LIST_LEAD if leads_a_list else Style.BODY, runs)


def _heading(heading: Heading, count: list[int]) -> Line:
    style = (Style.HEADING_1, Style.HEADING_2, Style.HEADING_3)[heading.level - 1]
    text = heading.text.upper() if heading.level == 1 else heading.text
    if not heading.numbered:
        return _line(style, text)
    count[heading.level - 1] += 1
    count[heading.level :] = [0] * (len(count) - heading.level)
    return _line(style, f"{_ordinal(heading.level, count[heading.level - 1])} {text}")


def _ordinal(level: int, place: int) -> str:
    if level == 1:
        return f"{roman(place)}."
    if level == _SECOND_LEVEL:
        return f"{place}."
    turn, letter = divmod(place - 1, len(_POINTS))
    return f"{_POINTS[letter] * (turn + 1)})"


def _table(table: Table) -> Iterator[Piece]:
    yield from _optional(Style.CAPTION, table.caption)
    columns = tuple(replace(column, header=clean(column.header)) for column in table.columns)
    rows = tuple(Row(tuple(clean(cell) for cell in row.cells), row.kind) for row in table.rows)
    if table.bars:
        columns += (Column(BAR_HEAD, sum(column.width for column in columns) * BAR_SHARE),)
        rows = tuple(
            row if row.kind is RowKind.GROUP else replace(row, cells=(*row.cells, ""))
            for row in rows
        )
    yield Table(columns, rows, bars=table.bars)


def _runs(text: Text) -> tuple[Run, ...]:
    runs = (Run(text),) if isinstance(text, str) else text
    return tuple(replace(run, text=clean(run.text)) for run in runs)


def _line(style: Style, text: str, rule: float = 0.0) -> Line:
    return Line(style, (Run(clean(text)),), rule)


def _optional(style: Style, text: str) -> tuple[Line, ...]:
    return (_line(style, text),) if text.strip() else ()
