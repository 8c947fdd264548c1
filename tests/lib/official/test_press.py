"""The appendices as our own press sets them: like WeasyPrint's to the line, and all of it tagged."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from pypdf import PdfReader

from lib.official.markup import html_page
from lib.official.model import (
    Align,
    Appendix,
    Bullet,
    Column,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    RowKind,
    Run,
    Table,
)
from lib.official.pdf import render_page, write_pdf
from lib.official.press import wire
from lib.official.press.faces import Face
from lib.official.press.lines import wrap
from lib.official.press.objects import Objects
from lib.official.wording import parts
from tests.lib.official.samples import LETTER, REPORT, SENT

FONTS = Path(settings.OFFICIAL_FONTS_DIR)
MIXED = Appendix(
    title="Danh mục có mọi thứ",
    landscape=True,
    blocks=(
        Heading(1, "Gửi kế hoạch"),
        Paragraph((Run("Sở Y tế:", bold=True), Run(" đã tổ chức 12 buổi nói chuyện. " * 12))),
        Bullet("Một dòng có gạch đầu dòng, số hiệu 170/KH-UBND và ngày 22/3/2024;"),
        SENT,
        PageBreak(),
        Heading(2, "Theo khối", numbered=False),
        Table(
            (Column("STT", 0.5, Align.CENTER), Column("Đơn vị", 3), Column("Số", 1, Align.RIGHT)),
            (
                Row(("Khối Nội chính",), RowKind.GROUP),
                *(Row((str(place), f"Đơn vị thứ {place}", "1.234,5")) for place in range(60)),
                Row(("", "Tổng cộng", "74.070"), RowKind.TOTAL),
            ),
        ),
    ),
)


def lines_of(content):
    """Page by page: where each line of text stands, to the point, and what it says."""
    pages = []
    for page in PdfReader(BytesIO(content)).pages:
        found = {}

        def note(text, _, place, font, size, found=found):
            if text.strip():
                x, y = place[4], place[5]
                found.setdefault(round(y), []).append((x, text))

        page.extract_text(visitor_text=note)
        pages.append([word for row in found.values() for _, text in row for word in text.split()])
    return pages


def test_the_press_breaks_lines_and_pages_where_weasyprint_does():
    document = replace(LETTER, appendices=(MIXED,))

    ours = lines_of(write_pdf(document))[1:]
    theirs = lines_of(render_page(html_page(document, FONTS), FONTS))[1:]

    # The page number is drawn first or last, and stands in the same place.
    assert [sorted(page) for page in ours] == [sorted(page) for page in theirs]


@pytest.fixture(scope="module")
def book():
    return pikepdf.open(BytesIO(write_pdf(replace(REPORT, appendices=(MIXED,)))))


def elements(node):
    if not isinstance(node, pikepdf.Dictionary) or "/S" not in node:
        return
    yield node
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        yield from elements(kid)


def test_every_mark_on_a_page_belongs_to_an_element_of_the_one_tree(book):
    tree = book.Root.StructTreeRoot
    document = tree.K[0] if isinstance(tree.K, pikepdf.Array) else tree.K
    known = {node.objgen for node in elements(document)}
    numbers = list(tree.ParentTree.Nums)
    places = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))

    assert [int(page.StructParents) for page in book.pages] == list(range(len(book.pages)))
    for page in list(book.pages)[2:]:  # behind the two of the report itself
        owners = places[int(page.StructParents)]
        marks = [
            int(operands[1]["/MCID"])
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "BDC" and "/MCID" in (operands[1] if len(operands) > 1 else {})
        ]
        assert sorted(marks) == list(range(len(owners)))
        assert {owner.objgen for owner in owners} <= known


def test_a_table_has_a_head_with_scopes_and_each_row_its_cells(book):
    tree = book.Root.StructTreeRoot
    document = tree.K[0] if isinstance(tree.K, pikepdf.Array) else tree.K
    tables = [node for node in elements(document) if node.S == "/Table"]
    head, body = tables[-1].K

    assert (head.S, body.S) == ("/THead", "/TBody")
    assert [cell.A.Scope for cell in head.K[0].K] == ["/Column"] * 3
    group, first, *_, total = body.K
    assert (len(group.K), int(group.K[0].A.ColSpan), len(first.K), len(total.K)) == (1, 3, 3, 3)
    assert len(body.K) == 62


def test_the_file_has_nothing_wrong_in_it(book):
    assert book.check_pdf_syntax() == []
    assert book.trailer.ID[0] == book.trailer.ID[1]


def test_the_appendices_are_listed_under_the_document_and_lead_to_their_pages(book):
    numbers = {page.objgen: place for place, page in enumerate(book.pages)}
    with book.open_outline() as outline:
        listed = outline.root[0].children

    leads = {item.title: numbers[item.destination[0].objgen] for item in listed}
    assert leads["Phụ lục"] == 2  # behind the two pages of the report itself
    assert outline.root[0].title not in leads


def test_thousands_of_small_objects_are_packed_and_read_back():
    objects = Objects()
    kept = objects.reserve()
    numbers = [objects.add(f"<</Place {place}/Above {kept} 0 R>>") for place in range(1000)]
    stream = objects.add_stream(b"drawn")
    objects.put(kept, f"[{' '.join(f'{number} 0 R' for number in numbers)}]")
    root = objects.add(
        f"<</Type/Catalog/Pages<</Kids[]/Count 0>>/All {kept} 0 R/One {stream} 0 R>>"
    )

    content = objects.finish(f"/Root {root} 0 R")

    file = pikepdf.open(BytesIO(content))
    assert [int(one.Place) for one in file.Root.All] == list(range(1000))
    assert file.Root.One.read_bytes() == b"drawn"
    assert len(content) < 12_000


def test_the_file_is_fit_to_be_kept(book):
    about = book.Root.Metadata.read_bytes().decode()

    assert 'pdfaid:part="3"' in about
    assert 'pdfaid:conformance="A"' in about
    assert "<pdfuaid:part>1</pdfuaid:part>" in about
    assert about.count("</rdf:RDF>") == 1
    assert book.Root.OutputIntents[0].S == "/GTS_PDFA1"
    assert "/ID" in book.trailer


def test_a_row_longer_than_a_page_and_a_word_wider_than_a_cell_lose_nothing():
    long = " ".join(f"từ{place}" for place in range(2000))
    table = Table((Column("A"), Column("B")), (Row((long, "w" * 120)),))
    appendix = Appendix(title="Dài", blocks=(table,))

    said = "".join(
        page.extract_text()
        for page in PdfReader(BytesIO(write_pdf(replace(LETTER, appendices=(appendix,))))).pages[1:]
    )

    words = "".join(said.split())
    assert all(f"từ{place}" in words for place in range(2000))
    assert said.count("w") == 120


def test_what_the_press_cannot_set_is_left_to_weasyprint():
    facts = Appendix(title="Phiếu", blocks=(Facts((("Mã", "X7"),)),))
    document = replace(LETTER, appendices=(facts,))

    assert [wire.is_settable(part) for part in parts(document)] == [False, False]
    assert "X7" in PdfReader(BytesIO(write_pdf(document))).pages[1].extract_text()


def test_parts_come_back_from_the_wire_as_they_were():
    _, part = parts(replace(LETTER, appendices=(MIXED,)))

    assert wire.unpack(wire.pack([part])) == [part]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", [""]),
        ("một hai", ["một hai"]),
        ("một\nhai", ["một", "hai"]),
        ("  một  \t hai ", ["một hai"]),
        ("một\u00a0hai bốn", ["một\u00a0hai", "bốn"]),
        ("170/KH-SVHTTDL", ["170/KH-", "SVHTTDL"]),
        ("20/3/2024–nay", ["20/3/2024–", "nay"]),
    ],
)
def test_lines_break_where_they_may(text, said):
    face = Face(FONTS / "400Regular/Tinos_400Regular.ttf", "Tinos")

    lines = wrap([(face, text)], 10, 46)

    assert [
        "".join(
            "".join(part.text for part in atom.glyphs) + (" " if atom.space_after else "")
            for atom in line.atoms
        ).rstrip(" ")
        for line in lines
    ] == said
