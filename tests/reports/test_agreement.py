"""The three writers agree, kind by kind: DOCX, PDF and screen say the same words and figures, and
the workbook holds the figures of the appendices."""

import re
from html import unescape
from io import BytesIO

import docx
import openpyxl
import pytest
from django.template.loader import render_to_string
from docx.oxml.ns import qn
from pypdf import PdfReader

from lib.official.docx import write_docx
from lib.official.pdf import begin_pdf
from lib.official.screen import shown_document
from lib.official.text import plain_text
from lib.sheet import write_xlsx
from reports.datasets.consolidated import read
from reports.datasets.scope import scope_of
from reports.datasets.snapshot import snapshot
from reports.documents import consolidated_document, consolidated_sheets
from reports.kinds import KINDS, PERIOD, Annex, Level
from tests.reports.period import CUT_OFF, play


@pytest.fixture
def months(province):
    """An indicator is tied to the row of the plan, so that the thematic tables have something."""
    months = play(province)
    months.talks.plan_items.set([province.covered])
    return months


def told(province, months, kind):
    """A report of the kind; its item is one that has indicators and activities."""
    item = province.covered if Level.ITEM in kind.levels else None
    scope = scope_of(province.campaign, item=item)
    period = months.may if kind is PERIOD else None
    return read(snapshot(province.campaign, CUT_OFF, period, kind, scope))


def squeezed(texts):
    return "".join("".join(texts).split())


def in_docx(document):
    """Paragraph by paragraph in the order of the file, those of tables in their place."""
    body = docx.Document(BytesIO(write_docx(document))).element.body
    return ["".join(text.text or "" for text in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]


def on_screen(document):
    page = render_to_string("reports/paper_lines.html", {"shown": shown_document(document)})
    page = re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "", page))


def test_every_kind_says_the_same_in_each_file_and_on_screen(province, months):
    datas = {kind: told(province, months, kind) for kind in KINDS}
    documents = {kind: consolidated_document(data) for kind, data in datas.items()}
    children = {kind: begin_pdf(document) for kind, document in documents.items()}
    for kind, document in documents.items():
        said = plain_text(document)
        assert squeezed(in_docx(document)) == squeezed(said), kind.code
        # The screen shows the paper without its appendices, in the same order.
        assert squeezed(said).startswith(squeezed([on_screen(document)])), kind.code
        with children[kind] as child:
            pages = PdfReader(BytesIO(child.result())).pages
        printed = squeezed(page.extract_text() for page in pages)
        words = [word for text in said for word in text.split()]
        assert [word for word in words if word not in printed] == [], kind.code


def test_the_workbook_is_composed_as_the_paper_is(province, months):
    for kind in KINDS:
        data = told(province, months, kind)
        book = openpyxl.load_workbook(BytesIO(write_xlsx(consolidated_sheets(data))))
        cells = {str(cell) for sheet in book for row in sheet.values for cell in row}
        assert (Annex.FIGURES in kind.annexes) is ("Biểu số liệu" in book.sheetnames)
        assert (Annex.WORKS in kind.annexes) is ("Công trình, phần việc" in book.sheetnames)
        assert (Annex.BY_UNIT in kind.annexes) is ("Theo đơn vị" in book.sheetnames)
        assert "Nguồn số liệu" in book.sheetnames
        for row in data.progress.indicators if data.progress else ():
            assert {row.code, row.name} <= cells
            (line,) = (one for one in book["Biểu số liệu"].values if one[1] == row.code)
            assert line[6] == (None if row.reached is None else float(row.reached))
