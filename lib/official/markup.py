"""A document as one HTML page for the PDF's typesetter; it never reaches a browser.

Every text is escaped and no address is written: all the page may load are the four fonts its
style sheet names. The style sheet is made of the same table of looks as the Word styles.
"""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from lib.official.bars import height_in_points, image_address, in_words
from lib.official.look import (
    AFTER_RULE,
    CELL_PADDING,
    FACT_SHARES,
    GROUP_FILL,
    LOOKS,
    PDF_FONT,
    RULE_GAP,
    Look,
    Style,
)
from lib.official.measure import (
    LANDSCAPE,
    MARGIN_BOTTOM,
    MARGIN_LEFT,
    MARGIN_RIGHT,
    MARGIN_TOP,
    PAGE_NUMBER_FROM_TOP,
    PORTRAIT,
    column_widths,
    rule_width,
)
from lib.official.model import Align, Bar, Document, Facts, Row, RowKind, Run, Table
from lib.official.wording import Abreast, Line, Part, Piece, parts, title
from lib.vietnamese import clean

# The faces of the npm package @expo-google-fonts/tinos: file, weight, style.
FACES = (
    ("400Regular/Tinos_400Regular.ttf", "normal", "normal"),
    ("700Bold/Tinos_700Bold.ttf", "bold", "normal"),
    ("400Regular_Italic/Tinos_400Regular_Italic.ttf", "normal", "italic"),
    ("700Bold_Italic/Tinos_700Bold_Italic.ttf", "bold", "italic"),
)
_CELL_CLASS = {Align.LEFT: "l", Align.CENTER: "c", Align.RIGHT: "r", Align.JUSTIFY: "j"}
_PAGE_BREAK = '<div class="break"></div>'


def html_page(document: Document, fonts: Path) -> str:
    """The whole page, its style sheet inside; `fonts` is the folder of the four faces."""
    return html_of(document, list(parts(document)), fonts)


def html_of(document: Document, all_parts: Sequence[Part], fonts: Path) -> str:
    """The page of some parts of a document: all, or those that are not set elsewhere."""
    author = clean(document.header.issuer or " ".join(document.header.issuing_body))
    sheet = font_faces(fonts) + _STATIC_RULES + _pages(all_parts) + _looks()
    body = "".join(_part(part, place) for place, part in enumerate(all_parts))
    return (
        '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">'
        f'<title>{escape(title(document))}</title><meta name="author" content="{escape(author)}">'
        f"<style>{sheet}</style></head><body>{body}</body></html>"
    )


# --- Style sheet ---------------------------------------------------------------------------------


def font_faces(fonts: Path) -> str:
    return "".join(
        f'@font-face{{font-family:"{PDF_FONT}";src:url("{(fonts / name).resolve().as_uri()}");'
        f"font-weight:{weight};font-style:{style}}}"
        for name, weight, style in FACES
    )


_STATIC_RULES = f"""
*{{box-sizing:border-box;margin:0;padding:0}}
body{{font-family:"{PDF_FONT}";color:#000;line-height:1.15;orphans:2;widows:2;
overflow-wrap:break-word}}
h1,h2,h3,h4{{font-weight:normal}}
.break{{break-after:page}}
.rule{{border-top:.75pt solid #000;margin:{RULE_GAP}pt auto {AFTER_RULE}pt}}
.pair{{display:table;table-layout:fixed;width:100%}}
.row{{display:table-row}}
.side{{display:table-cell;vertical-align:top}}
.keep{{break-before:avoid;break-inside:avoid;margin-top:12pt}}
table{{table-layout:fixed;width:100%;border-collapse:collapse}}
tr{{break-inside:avoid}}
.ruled th,.ruled td{{border:.5pt solid #000;padding:2pt {CELL_PADDING}mm;vertical-align:top}}
.ruled thead th{{vertical-align:middle}}
.ruled tbody th{{text-align:left;background:#{GROUP_FILL}}}
.ruled .group{{break-after:avoid}}
.ruled .total td{{font-weight:bold}}
.l{{text-align:left}}.c{{text-align:center}}.r{{text-align:right}}.j{{text-align:justify}}
.bar{{display:block;width:100%;height:{height_in_points():.1f}pt;margin-top:2pt}}
.facts th,.facts td{{vertical-align:top;font-weight:normal;text-align:left;padding:3pt 0}}
"""


def _pages(all_parts: Iterable[Part]) -> str:
    """A page of its own for each part, so that numbers start again; none on a part's first."""
    number = LOOKS[Style.PAGE_NUMBER]
    lift = MARGIN_TOP - PAGE_NUMBER_FROM_TOP
    margins = f"{MARGIN_TOP}mm {MARGIN_RIGHT}mm {MARGIN_BOTTOM}mm {MARGIN_LEFT}mm"
    every_page = (
        f"@page{{margin:{margins};@top-center{{content:counter(page);vertical-align:bottom;"
        f'font:{number.size}pt "{PDF_FONT}";padding-bottom:{lift / 2}mm}}}}'
    )
    rules = [every_page]
    for place, part in enumerate(all_parts):
        page = LANDSCAPE if part.landscape else PORTRAIT
        rules.append(
            f".part{place}{{page:part{place};break-before:page}}"
            f"@page part{place}{{size:{page.width}mm {page.height}mm}}"
            f"@page :nth(1 of part{place}){{counter-reset:page 1;@top-center{{content:none}}}}"
        )
    return "".join(rules)


def _looks() -> str:
    cell, head, fact = LOOKS[Style.CELL], LOOKS[Style.CELL_HEAD], LOOKS[Style.FACT]
    return (
        "".join(f".{style}{{{_declarations(look)}}}" for style, look in LOOKS.items())
        + f".ruled{{font-size:{cell.size}pt}}.facts{{font-size:{fact.size}pt}}"
        + f".ruled thead th{{font-size:{head.size}pt;text-align:{head.align.value}}}"
    )


def _declarations(look: Look) -> str:
    keep = ";break-after:avoid" if look.keep_with_next else ""
    return (
        f"font-size:{look.size}pt;font-weight:{'bold' if look.bold else 'normal'}"
        f";font-style:{'italic' if look.italic else 'normal'};text-align:{look.align.value}"
        f";margin:{look.before}pt {look.side_indent}mm {look.after}pt"
        f";text-indent:{look.first_indent}mm{keep}"
    )


# --- Body ----------------------------------------------------------------------------------------


def _part(part: Part, place: int) -> str:
    room = (LANDSCAPE if part.landscape else PORTRAIT).text_width
    heads = _abreast(part.heads, room, "pair")
    pieces = "".join(_piece(piece, room) for piece in part.pieces)
    ends = _abreast(part.ends, room, "pair keep")
    last = "".join(_line(line, room) for line in part.last_lines)
    return f'<section class="part{place}">{heads}{pieces}{ends}{last}</section>'


def _abreast(rows: Iterable[Abreast], room: float, name: str) -> str:
    return "".join(
        f'<div class="{name}">{"".join(_row_abreast(row, room) for row in alike)}</div>'
        for _, alike in groupby(rows, key=lambda row: row.shares)
    )


def _row_abreast(row: Abreast, room: float) -> str:
    sides = "".join(
        f'<div class="side" style="width:{share:.4%}">'
        + "".join(_line(line, room * share) for line in side)
        + "</div>"
        for share, side in zip(row.shares, row.sides, strict=True)
    )
    return f'<div class="row">{sides}</div>'


def _piece(piece: Piece, room: float) -> str:
    if isinstance(piece, Line):
        return _line(piece, room)
    if isinstance(piece, Table):
        return _table(piece, room)
    if isinstance(piece, Facts):
        return _facts(piece)
    return _PAGE_BREAK


def _line(line: Line, room: float) -> str:
    tag = _tag(line.style)
    runs = "".join(_run(run) for run in line.runs)
    drawn = f'<{tag} class="{line.style}">{runs}</{tag}>'
    if not line.rule:
        return drawn
    return f'{drawn}<div class="rule" style="width:{rule_width(line, room):.2f}mm"></div>'


def _tag(style: Style) -> str:
    if style is Style.KIND:
        return "h1"
    level = LOOKS[style].outline_level
    return "p" if level is None else f"h{level + 1}"


def _run(run: Run) -> str:
    text = _text(run.text)
    if run.italic:
        text = f"<i>{text}</i>"
    return f"<b>{text}</b>" if run.bold else text


def _text(text: str) -> str:
    return escape(text).replace("\t", " ").replace("\n", "<br>")


def _facts(facts: Facts) -> str:
    widths = "".join(f'<col style="width:{share:.0%}">' for share in FACT_SHARES)
    rows = "".join(
        f'<tr><th scope="row">{_text(name)}</th><td>{_text(value)}</td></tr>'
        for name, value in facts.rows
    )
    return f'<table class="facts"><colgroup>{widths}</colgroup><tbody>{rows}</tbody></table>'


def _table(table: Table, room: float) -> str:
    widths = "".join(
        f'<col style="width:{width / room:.3%}">' for width in column_widths(table.columns, room)
    )
    head = "".join(f'<th scope="col">{_text(column.header)}</th>' for column in table.columns)
    classes = [_CELL_CLASS[column.align] for column in table.columns]
    bars = table.bars or (None,) * len(table.rows)
    rows = "".join(_row(row, classes, bar) for row, bar in zip(table.rows, bars, strict=True))
    return (
        f'<table class="ruled"><colgroup>{widths}</colgroup><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _row(row: Row, classes: list[str], bar: Bar | None) -> str:
    if row.kind is RowKind.GROUP:
        cell = f'<th colspan="{len(classes)}" scope="rowgroup">{_text(row.cells[0])}</th>'
        return f'<tr class="group">{cell}</tr>'
    cells = "".join(
        f'<td class="{name}">{_text(text)}</td>'
        for name, text in zip(classes, row.cells, strict=True)
    )
    if bar:
        drawn = f'<img class="bar" alt="{escape(in_words(bar))}" src="{image_address(bar)}">'
        cells = f"{cells.removesuffix('</td>')}{drawn}</td>"
    kind = ' class="total"' if row.kind is RowKind.TOTAL else ""
    return f"<tr{kind}>{cells}</tr>"
