"""A table with bars is the chart and its figures at once: vector in Word, in the PDF, on a page."""

from dataclasses import replace
from io import BytesIO

import docx
import pikepdf
import pytest

from lib.official.docx import write_docx
from lib.official.model import Bar, BarPiece, Column, Row, RowKind, Table
from lib.official.pdf import write_pdf
from lib.official.screen import shown_document
from lib.official.text import plain_text
from tests.lib.official.samples import LETTER

BAR = Bar((BarPiece(4, "green", "đúng hạn"), BarPiece(1, "red", "trễ hạn")), 6)
TABLE = Table(
    (Column("Khối"), Column("Đã gửi")),
    (Row(("Khối Nội chính", "5")), Row(("Tổng cộng", "5"), RowKind.TOTAL)),
    bars=(BAR, None),
)
DOCUMENT = replace(LETTER, body=(TABLE,))
WORDS = "đúng hạn 4, trễ hạn 1; tất cả 6"


def test_the_figures_stay_text_beside_the_bar():
    lines = plain_text(DOCUMENT)

    assert lines[lines.index("Khối") :][:9] == [
        "Khối", "Đã gửi", "Biểu đồ", "Khối Nội chính", "5", "", "Tổng cộng", "5", "",
    ]  # fmt: skip


def test_word_draws_one_group_of_two_shapes_in_proportion():
    word = docx.Document(BytesIO(write_docx(DOCUMENT)))
    (drawn,) = word.element.body.iter("{*}inline")
    about = next(drawn.iter("{*}docPr"))
    lengths = [int(shape.find(".//{*}ext").get("cx")) for shape in drawn.iter("{*}wsp")]

    assert about.get("descr") == WORDS
    assert lengths[0] == pytest.approx(4 * lengths[1], rel=0.01)
    assert list(word.element.body.iter("{*}blip")) == []


def test_the_pdf_tags_the_bar_as_a_figure_and_holds_no_picture():
    book = pikepdf.open(BytesIO(write_pdf(DOCUMENT)))

    figures = [
        str(thing.Alt)
        for thing in book.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure"
    ]
    assert figures == [WORDS]
    assert not any(
        isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
        for thing in book.objects
    )


def test_a_page_shows_the_same_marks():
    (table,) = (piece for piece in shown_document(DOCUMENT) if piece.table)

    assert [bool(bar) for _, bar in table.rows] == [True, False]
    assert f'aria-label="{WORDS}"' in table.rows[0][1]


def test_there_is_a_bar_or_none_for_each_row():
    with pytest.raises(ValueError, match="one for each row"):
        replace(TABLE, bars=(BAR,))
