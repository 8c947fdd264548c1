"""What PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) ask of a file, clause by clause, as far as
a file can be asked without a validator: one document with both kinds of appendices and a chart."""

from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from lib.official.model import Bar, BarPiece, Column, Heading, Paragraph, Row, Table
from lib.official.pdf import write_pdf
from tests.lib.official.samples import REPORT
from tests.lib.official.test_press import MIXED

BAR = Bar((BarPiece(4, "green", "đúng hạn"), BarPiece(1, "red", "trễ hạn")), 6)
CHART = Table((Column("Khối"), Column("Đã gửi")), (Row(("Nội chính", "5")),), bars=(BAR,))
STANDARD = {
    "Document", "Part", "Sect", "Div", "NonStruct", "H1", "H2", "H3", "H4", "P", "L", "LI", "Lbl",
    "LBody", "Table", "THead", "TBody", "TR", "TH", "TD", "Span", "Figure", "Link", "Caption",
}  # fmt: skip
TEXT_SHOWN = {"Tj", "TJ", "'", '"'}


@pytest.fixture(scope="module")
def content():
    body = (Heading(1, "Kết quả"), Heading(2, "Gửi kế hoạch"), Paragraph("Đã gửi 5/6."), CHART)
    document = replace(REPORT, body=body, appendices=(*REPORT.appendices, MIXED))
    return write_pdf(document)


@pytest.fixture(scope="module")
def book(content):
    return pikepdf.open(BytesIO(content))


def dictionaries(book):
    return [thing for thing in book.objects if isinstance(thing, Dictionary | Stream)]


def fonts(book):
    return [thing for thing in dictionaries(book) if thing.get("/Type") == "/Font"]


def test_the_header_and_trailer(content, book):
    """6.1.2, 6.1.3: a comment of four bytes above 127 after the version; an identifier; no key."""
    version, comment = content.splitlines()[:2]
    assert version.startswith(b"%PDF-1.")
    assert comment[:1] == b"%"
    assert len([byte for byte in comment[1:5] if byte > 127]) == 4
    assert len(book.trailer.ID) == 2
    assert "/Encrypt" not in book.trailer


def test_nothing_acts_and_nothing_comes_from_outside(book):
    """6.6.1, 6.1.7: no script, no launching, no file beside this one, no old compression."""
    known = dictionaries(book)
    assert not any({"/JS", "/AA", "/OpenAction"} & set(thing.keys()) for thing in known)
    assert [thing for thing in known if isinstance(thing, Stream) and "/F" in thing] == []
    filters = {str(thing.get("/Filter", "")) for thing in known if isinstance(thing, Stream)}
    assert not any("LZW" in one for one in filters)


def test_colours_have_a_profile_inside(book):
    """6.2.2: one output intent, its ICC profile embedded."""
    (intent,) = book.Root.OutputIntents
    assert (intent.S, int(intent.DestOutputProfile.N)) == (Name("/GTS_PDFA1"), 3)
    assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"


def test_every_font_is_inside_with_its_letters(book):
    """6.2.11: embedded, a way from codes to letters, widths of the font's own."""
    outer = [font for font in fonts(book) if font.Subtype == "/Type0"]
    assert len(outer) >= 4
    for font in outer:
        (inner,) = font.DescendantFonts
        assert "/FontFile2" in inner.FontDescriptor
        assert (str(font.Encoding), str(inner.CIDToGIDMap)) == ("/Identity-H", "/Identity")
        assert "beginbf" in font.ToUnicode.read_bytes().decode()
        assert "/W" in inner


def test_it_says_what_it_is_and_in_which_language(book):
    """6.6.4 and UA 7.1, 7.2: both marks, a title that is shown, the language."""
    about = book.open_metadata()
    assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "A")
    assert about["pdfuaid:part"] == "1"
    assert about["dc:title"].startswith("Báo cáo")
    assert str(book.Root.Lang) == "vi"
    assert bool(book.Root.MarkInfo.Marked)
    assert bool(book.Root.ViewerPreferences.DisplayDocTitle)


def test_pages_are_read_in_the_order_of_the_tags(book):
    """UA 7.18.3: the tab order of every page that can have annotations; here of every page."""
    for page in book.pages:
        assert page.obj.get("/Tabs", Name("/S")) == "/S"
        assert "/StructParents" in page.obj


def elements(book):
    return [thing for thing in dictionaries(book) if "/S" in thing and "/P" in thing]


def test_tags_are_those_of_the_standard_and_figures_speak(book):
    """UA 7.1, 7.3: no unknown role without a mapping; each figure has words."""
    roles = {str(one.S).removeprefix("/") for one in elements(book)}
    mapped = {str(name).removeprefix("/") for name in book.Root.StructTreeRoot.get("/RoleMap", {})}
    assert roles - mapped <= STANDARD
    assert all(str(one.Alt).strip() for one in elements(book) if one.S == "/Figure")
    assert any(one.S == "/Figure" for one in elements(book))


def test_headings_skip_no_level(book):
    """UA 7.4.2."""
    levels = []
    root = book.Root.StructTreeRoot
    queue = list(root.K) if isinstance(root.K, Array) else [root.K]
    while queue:
        node = queue.pop(0)
        if not isinstance(node, Dictionary) or "/S" not in node:
            continue
        name = str(node.S)
        if name[1:2] == "H" and name[2:].isdigit():
            levels.append(int(name[2:]))
        kids = node.get("/K", [])
        queue[:0] = list(kids) if isinstance(kids, Array) else [kids]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_every_text_is_tagged_or_decoration(book):
    """UA 7.1: nothing is shown outside a marked piece of the page."""
    for page in book.pages:
        depth = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            depth += (name in {"BDC", "BMC"}) - (name == "EMC")
            assert depth > 0 or name not in TEXT_SHOWN, operands
        assert depth == 0
