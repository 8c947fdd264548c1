"""Pieces of WordprocessingML (ISO/IEC 29500-1, chapter 17) written as text.

Tables of thousands of rows are the reason: text parsed once is fifty times faster than building
each cell through python-docx. Every text passes `escape`; what XML cannot hold was taken out by
the wording.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate, groupby, pairwise
from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls

from lib.official.bars import drawing
from lib.official.look import (
    AFTER_RULE,
    CELL_PADDING,
    FACT_SHARES,
    FONT,
    GROUP_FILL,
    LOOKS,
    RULE_GAP,
    Look,
    Style,
)
from lib.official.measure import POINTS_PER_MM, column_widths, rule_width
from lib.official.model import Align, Bar, Column, Facts, Row, RowKind, Run, Table
from lib.official.wording import Abreast, Line, Piece

_JUSTIFICATION = {
    Align.LEFT: "left",
    Align.CENTER: "center",
    Align.RIGHT: "right",
    Align.JUSTIFY: "both",
}
_TINY = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'

PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
# Word wants a paragraph after a table; this one takes no room.
AFTER_TABLE = f"<w:p><w:pPr>{_TINY}</w:pPr></w:p>"
BEFORE_SIGNATURE = (
    '<w:p><w:pPr><w:keepNext/><w:spacing w:before="0" w:after="0" w:line="240"'
    ' w:lineRule="exact"/></w:pPr></w:p>'
)


def twips(millimetres: float) -> int:
    return round(millimetres * POINTS_PER_MM * 20)


def _twips_of_points(points: float) -> int:
    return round(points * 20)


# --- Styles --------------------------------------------------------------------------------------


def styles() -> str:
    """The whole of `w:styles`: Times New Roman, Vietnamese, and one style for each kind of line."""
    kinds = "".join(_style(style, look) for style, look in LOOKS.items())
    fonts = " ".join(f'w:{script}="{FONT}"' for script in ("ascii", "hAnsi", "cs", "eastAsia"))
    return (
        f"<w:styles {nsdecls('w')}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/>"
        '<w:color w:val="000000"/><w:sz w:val="28"/><w:szCs w:val="28"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="vi-VN"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240"'
        ' w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:tblPr><w:tblInd w:w="0"'
        ' w:type="dxa"/></w:tblPr></w:style>'
        f"{kinds}</w:styles>"
    )


def _style(style: Style, look: Look) -> str:
    size = round(look.size * 2)
    face = ("<w:b/><w:bCs/>" if look.bold else "") + ("<w:i/><w:iCs/>" if look.italic else "")
    keep = "<w:keepNext/>" if look.keep_with_next else ""
    indent = (
        f'<w:ind w:left="{twips(look.side_indent)}" w:right="{twips(look.side_indent)}"'
        f' w:firstLine="{twips(look.first_indent)}"/>'
    )
    outline = (
        "" if look.outline_level is None else f'<w:outlineLvl w:val="{look.outline_level - 1}"/>'
    )
    return (
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{look.name}"/>'
        '<w:basedOn w:val="Normal"/><w:qFormat/>'
        f'<w:pPr>{keep}<w:spacing w:before="{_twips_of_points(look.before)}"'
        f' w:after="{_twips_of_points(look.after)}"/>{indent}'
        f'<w:jc w:val="{_JUSTIFICATION[look.align]}"/>{outline}</w:pPr>'
        f'<w:rPr>{face}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


# --- Lines ---------------------------------------------------------------------------------------


def line(piece: Line, room: float, *, keep: bool = False) -> str:
    """A paragraph, and the rule below it; `room` is the width it may fill, in millimetres."""
    keep_next = "<w:keepNext/>" if keep else ""
    runs = "".join(_run(run) for run in piece.runs)
    properties = f'<w:pPr><w:pStyle w:val="{piece.style}"/>{keep_next}</w:pPr>'
    return f"<w:p>{properties}{runs}</w:p>" + (_rule(piece, room, keep_next) if piece.rule else "")


def _rule(piece: Line, room: float, keep_next: str) -> str:
    """An empty paragraph whose upper border is the rule, as long as its indents leave it."""
    indent = twips((room - rule_width(piece, room)) / 2)
    return (
        f'<w:p><w:pPr>{keep_next}<w:pBdr><w:top w:val="single" w:sz="6" w:space="0"'
        f' w:color="000000"/></w:pBdr><w:spacing w:before="{_twips_of_points(RULE_GAP)}"'
        f' w:after="{_twips_of_points(AFTER_RULE)}" w:line="60" w:lineRule="exact"/>'
        f'<w:ind w:left="{indent}" w:right="{indent}"/></w:pPr></w:p>'
    )


def _run(run: Run) -> str:
    face = ("<w:b/><w:bCs/>" if run.bold else "") + ("<w:i/><w:iCs/>" if run.italic else "")
    properties = f"<w:rPr>{face}</w:rPr>" if face else ""
    return f"<w:r>{properties}{_text(run.text)}</w:r>"


def _text(text: str) -> str:
    escaped = escape(text).replace("\t", " ")
    return "<w:br/>".join(f'<w:t xml:space="preserve">{row}</w:t>' for row in escaped.split("\n"))


# --- Tables --------------------------------------------------------------------------------------


def abreast(rows: Iterable[Abreast], room: float, *, keep: bool) -> str:
    """Lines side by side in tables without borders: the header, the signatures."""
    tables = []
    for shares, alike in groupby(rows, key=lambda row: row.shares):
        widths = [room * share for share in shares]
        drawn = "".join(_row_abreast(row, widths, keep=keep) for row in alike)
        tables.append(_bare_table(widths, drawn))
    return BEFORE_SIGNATURE.join(tables)


def _row_abreast(row: Abreast, widths: Sequence[float], *, keep: bool) -> str:
    cells = "".join(
        _cell(width, "".join(line(one, width, keep=keep) for one in lines))
        for width, lines in zip(widths, row.sides, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def facts(piece: Facts, room: float) -> str:
    """Names and values in two columns without borders."""
    widths = [room * share for share in FACT_SHARES]
    rows = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(
            _cell(width, line(Line(Style.FACT, (Run(text),)), width))
            for width, text in zip(widths, row, strict=True)
        )
        + "</w:tr>"
        for row in piece.rows
    )
    return _bare_table(widths, rows) + AFTER_TABLE


def _bare_table(widths: Sequence[float], rows: str) -> str:
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"{_grid([twips(width) for width in widths])}{rows}</w:tbl>"
    )


def _cell(width: float, content: str) -> str:
    inside = content or "<w:p/>"
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/></w:tcPr>{inside}</w:tc>'


def _grid(widths: Iterable[int]) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"


def table(piece: Table, room: float) -> str:
    """A ruled table: fixed widths, its head repeated on every page, no row broken across pages."""
    widths = _whole_twips(column_widths(piece.columns, room))
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    head = "".join(
        _table_cell(width, _cell_line(Style.CELL_HEAD, column.header), centred=True)
        for width, column in zip(widths, piece.columns, strict=True)
    )
    bars = piece.bars or (None,) * len(piece.rows)
    rows = "".join(
        _row(row, widths, piece.columns, _bar(bar, widths[-1], place) if bar else None)
        for place, (row, bar) in enumerate(zip(piece.rows, bars, strict=True), start=1)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:left w:w="{twips(CELL_PADDING)}" w:type="dxa"/>'
        f'<w:right w:w="{twips(CELL_PADDING)}" w:type="dxa"/>'
        '</w:tblCellMar><w:tblLook w:firstRow="1" w:noVBand="1"/></w:tblPr>'
        f"{_grid(widths)}<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"
        f"{rows}</w:tbl>{AFTER_TABLE}"
    )


def _whole_twips(widths: Sequence[float]) -> list[int]:
    """Widths in twips that add up to the rounded sum exactly."""
    edges = [twips(edge) for edge in accumulate(widths)]
    return [right - left for left, right in pairwise([0, *edges])]


def _bar(bar: Bar, width: int, place: int) -> str:
    """A paragraph of the cell that holds the bar."""
    room = width / 20 / POINTS_PER_MM - 2 * CELL_PADDING
    return f'<w:p><w:pPr><w:pStyle w:val="{Style.CELL}"/></w:pPr>{drawing(bar, room, place)}</w:p>'


def _row(row: Row, widths: Sequence[int], columns: Sequence[Column], bar: str | None = None) -> str:
    if row.kind is RowKind.GROUP:
        content = _cell_line(Style.CELL, row.cells[0], bold=True, keep=True)
        cells = _table_cell(sum(widths), content, span=len(widths), filled=True)
    else:
        bold = row.kind is RowKind.TOTAL
        lines = [
            _cell_line(Style.CELL, text, column.align, bold=bold)
            for text, column in zip(row.cells, columns, strict=True)
        ]
        if bar:
            lines[-1] = bar
        cells = "".join(map(_table_cell, widths, lines))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cell_line(
    style: Style,
    text: str,
    align: Align | None = None,
    *,
    bold: bool = False,
    keep: bool = False,
) -> str:
    keep_next = "<w:keepNext/>" if keep else ""
    justified = f'<w:jc w:val="{_JUSTIFICATION[align]}"/>' if align else ""
    face = "<w:rPr><w:b/><w:bCs/></w:rPr>" if bold else ""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep_next}{justified}</w:pPr>'
        f"<w:r>{face}{_text(text)}</w:r></w:p>"
    )


def _table_cell(
    width: int, content: str, *, span: int = 1, filled: bool = False, centred: bool = False
) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{GROUP_FILL}"/>' if filled else ""
    middle = '<w:vAlign w:val="center"/>' if centred else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{fill}{middle}</w:tcPr>'
        f"{content}</w:tc>"
    )


def piece(block: Piece, room: float, *, keep: bool = False) -> str:
    """Any piece of a part's body."""
    if isinstance(block, Line):
        return line(block, room, keep=keep)
    if isinstance(block, Table):
        return table(block, room)
    if isinstance(block, Facts):
        return facts(block, room)
    return PAGE_BREAK
