"""What the three files of a report say of one unit: name, number, its date, day sent, verdict."""

import re
from io import BytesIO

import docx
import openpyxl
from pypdf import PdfReader

from lib.vietnamese import short_date

VERDICT = re.compile(r"Đúng hạn|Trễ \d+ ngày")


def line_in_pdf(content, unit):
    pages = PdfReader(BytesIO(content)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    day = r"(\d+/\d+/\d{4})"
    cells = rf"{re.escape(unit)} (\S+) {day} {day} ({VERDICT.pattern})"
    return [(unit, *found) for found in re.findall(cells, text)]


def rows_in_docx(content):
    """The cells of every row of every table."""
    tables = docx.Document(BytesIO(content)).tables
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows]


def line_in_docx(content, unit):
    """In the list of what was sent; the sources of the figures name the unit again."""
    rows = (cells[1:6] for cells in rows_in_docx(content) if cells[1:2] == [unit])
    return [tuple(row) for row in rows if VERDICT.fullmatch(row[-1])]


def line_in_xlsx(content, unit):
    rows = openpyxl.load_workbook(BytesIO(content))["Danh sách"].iter_rows(values_only=True)
    return [
        (unit, number, short_date(issued), short_date(sent), verdict)
        for _, name, number, issued, sent, verdict, *_ in rows
        if name == unit
    ]
