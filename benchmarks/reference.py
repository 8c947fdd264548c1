"""The same lists by the fastest writers we know, to hold ours against: Typst, XlsxWriter, bare XML.

They draw tables and nothing else: no form of an official document, no tags, no styles to edit.
Typst (`pip install typst`) is used here and nowhere else; without it its column stays empty.
"""

import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

from lib.official.model import Document, Row, RowKind, Table
from lib.official.text import plain_text
from lib.official.wording import Line, parts
from lib.sheet import Sheet

try:
    import typst
except ImportError:
    typst = None


def has_typst() -> bool:
    return typst is not None


def typst_pdf(document: Document, fonts: Path) -> bytes:
    """Every line and every table of the document, set by Typst."""
    pieces = ['#set page("a4", margin: (left: 30mm, right: 15mm, y: 20mm))']
    pieces.append('#set text(font: "Tinos", size: 14pt, lang: "vi")\n#set par(justify: true)')
    for part in parts(document):
        flipped = "true" if part.landscape else "false"
        pieces.append(f"#set page(flipped: {flipped})\n#counter(page).update(1)")
        for piece in part.pieces:
            if isinstance(piece, Line):
                pieces.append(f"#[{_quoted(piece.text)}]\n")
            elif isinstance(piece, Table):
                pieces.append(_typst_table(piece))
    source = "\n".join(pieces).encode()
    made: bytes = typst.compile(source, font_paths=[str(fonts)], ignore_system_fonts=True)
    return made


def _quoted(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'#"{plain}"'


def _typst_table(table: Table) -> str:
    widths = ", ".join(f"{column.width}fr" for column in table.columns)
    head = ", ".join(f"[*{_quoted(column.header)}*]" for column in table.columns)
    rows = ",\n".join(_typst_row(row, len(table.columns)) for row in table.rows)
    return (
        f"#set text(size: 12pt)\n#table(columns: ({widths}), stroke: .5pt,\n"
        f"table.header({head}),\n{rows})\n#set text(size: 14pt)"
    )


def _typst_row(row: Row, columns: int) -> str:
    if row.kind is RowKind.GROUP:
        return f"table.cell(colspan: {columns})[*{_quoted(row.cells[0])}*]"
    return ", ".join(f"[{_quoted(cell)}]" for cell in row.cells)


def bare_docx(document: Document) -> bytes:
    """Every text of the document as a paragraph of raw XML in a zip."""
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
        for text in plain_text(document)
    )
    xml = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>"
    )
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", xml)
    return written.getvalue()


def bare_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """Every cell as it is, without a format."""
    written = BytesIO()
    book = xlsxwriter.Workbook(written, {"constant_memory": True})
    for sheet in sheets:
        page = book.add_worksheet(sheet.title[:31])
        for place, row in enumerate(sheet.rows):
            for column, value in enumerate(row.values):
                page.write(place, column, "" if value is None else str(value))
    book.close()
    return written.getvalue()
