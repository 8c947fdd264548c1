import re
import zipfile
from dataclasses import replace
from io import BytesIO
from time import process_time

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from lxml import etree

from lib.official.docx import write_docx
from lib.official.model import Appendix, Column, PageBreak, Paragraph, Row, Table
from lib.official.text import plain_text
from tests.lib.official.samples import LETTER, MINUTES, RECEIPT, REPORT


@pytest.fixture(scope="module")
def report():
    return docx.Document(BytesIO(write_docx(REPORT)))


def xml_of(content, name="word/document.xml"):
    with zipfile.ZipFile(BytesIO(content)) as package:
        return etree.fromstring(package.read(name))


def texts(root):
    """The text of every paragraph that has any, in order."""
    paragraphs = ("".join(p.itertext(qn("w:t"))) for p in root.iter(qn("w:p")))
    return [text for text in paragraphs if text]


def paragraph(word, text):
    """The one paragraph with this text, in the body or in a table."""
    found = [p for p in word.element.body.iter(qn("w:p")) if "".join(p.itertext(qn("w:t"))) == text]
    assert len(found) == 1
    return found[0]


def style_of(word, text):
    style_id = paragraph(word, text).find(qn("w:pPr")).find(qn("w:pStyle")).get(qn("w:val"))
    return next(style for style in word.styles if style.style_id == style_id)


@pytest.mark.parametrize(
    "document", [REPORT, RECEIPT, LETTER, MINUTES, replace(REPORT, draft=True)]
)
def test_says_what_the_model_says(document):
    root = xml_of(write_docx(document))

    assert texts(root) == [line for line in plain_text(document) if line]


def test_pages_are_a4_with_the_margins_of_the_decree(report):
    pages = [
        (
            round(section.page_width.mm),
            round(section.page_height.mm),
            section.orientation,
            round(section.top_margin.mm),
            round(section.bottom_margin.mm),
            round(section.left_margin.mm),
            round(section.right_margin.mm),
        )
        for section in report.sections
    ]

    assert pages == [
        (210, 297, WD_ORIENT.PORTRAIT, 20, 20, 30, 15),
        (297, 210, WD_ORIENT.LANDSCAPE, 20, 20, 30, 15),
        (210, 297, WD_ORIENT.PORTRAIT, 20, 20, 30, 15),
    ]


def test_times_new_roman_and_vietnamese_everywhere(report):
    defaults = report.styles.element.find(qn("w:docDefaults"))
    fonts = defaults.find(f".//{qn('w:rFonts')}").attrib
    languages = set(defaults.find(f".//{qn('w:lang')}").attrib.values())

    assert fonts == {
        qn(f"w:{script}"): "Times New Roman" for script in ("ascii", "hAnsi", "cs", "eastAsia")
    }
    assert languages == {"vi-VN"}
    everywhere = [*report.element.iter(qn("w:rFonts")), *report.styles.element.iter(qn("w:rFonts"))]
    assert len(everywhere) == 1


@pytest.mark.parametrize(
    ("text", "size", "bold", "italic"),
    [
        ("UBND TỈNH TÂY NINH", 12, None, None),
        ("SỞ NỘI VỤ", 12, True, None),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True, None),
        ("Độc lập - Tự do - Hạnh phúc", 13, True, None),
        ("Số: 05/BC-SNV", 13, None, None),
        ("Tây Ninh, ngày 07 tháng 3 năm 2024", 13, None, True),
        ("BÁO CÁO", 14, True, None),
        (REPORT.subject, 14, True, None),
        ("Kính gửi: Ủy ban nhân dân tỉnh Tây Ninh.", 14, None, None),
        ("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;", 14, None, True),
        ("I. TÌNH HÌNH GỬI KẾ HOẠCH", 14, True, None),
        ("1. Theo Khối Thi đua", 14, True, None),
        ("a) Tuyên truyền", 14, None, None),
        ("Có 312 hoạt động.", 14, None, None),
        ("Nơi nhận:", 12, True, True),
        ("- Lưu: VT, BTĐ.", 11, None, None),
        ("PHÓ GIÁM ĐỐC", 14, True, None),
        ("Nguyễn Thị Ánh Nguyệt", 14, True, None),
        ("Phụ lục I", 14, True, None),
    ],
)
def test_sizes_and_faces(report, text, size, bold, italic):
    font = style_of(report, text).font

    assert (font.size.pt, font.bold, font.italic) == (size, bold, italic)


def test_paragraphs_are_justified_and_indented(report):
    form = style_of(report, "Có 312 hoạt động.").paragraph_format

    assert (form.alignment, round(form.first_line_indent.mm, 1), form.space_before.pt) == (
        3,
        12.7,
        6,
    )


def test_headings_make_an_outline(report):
    found = [
        (style_of(report, text).name, text)
        for text in ("I. TÌNH HÌNH GỬI KẾ HOẠCH", "2. Đơn vị chưa gửi", "b) Khen thưởng")
    ]

    assert [name for name, _ in found] == ["Heading 1", "Heading 2", "Heading 3"]


def test_header_is_a_table_without_borders_shared_40_to_60(report):
    table = report.tables[0]
    widths = [column.width for column in table.columns]

    assert [cell.text.split("\n")[0] for cell in table.rows[0].cells] == [
        "UBND TỈNH TÂY NINH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ]
    assert [cell.text for cell in table.rows[1].cells] == [
        "Số: 05/BC-SNV",
        "Tây Ninh, ngày 07 tháng 3 năm 2024",
    ]
    assert round(widths[0] / sum(widths), 2) == 0.4
    assert table._tbl.find(f".//{qn('w:tblBorders')}") is None


def test_rules_are_drawn_and_as_long_as_the_decree_says(report):
    """Under the issuing body and the subject 1/3 to 1/2 of the text, under the motto all of it."""
    left, right = (cell._tc for cell in report.tables[0].rows[0].cells)
    drawn = [
        (cell.iter(qn("w:pBdr")), int(cell.find(f".//{qn('w:tcW')}").get(qn("w:w"))))
        for cell in (left, right)
    ]
    lengths = []
    for borders, width in drawn:
        (border,) = borders
        indent = border.getparent().find(qn("w:ind"))
        free = int(indent.get(qn("w:left"))) + int(indent.get(qn("w:right")))
        lengths.append((width - free) / 20)

    # In points: “SỞ NỘI VỤ” at 12 pt is 62 wide in Times New Roman Bold, the motto at 13 pt 160.
    assert [round(length) for length in lengths] == [25, 160]
    assert "_" not in "".join(texts(report.element.body))


def test_page_number_in_the_top_margin_but_not_on_first_pages(report):
    fields = [
        [
            field.get(qn("w:instr")).strip()
            for field in section.header._element.iter(qn("w:fldSimple"))
        ]
        for section in report.sections
    ]
    first = [list(section.first_page_header._element.itertext()) for section in report.sections]

    assert fields == [["PAGE"]] * 3
    assert ["".join(text) for text in first] == [""] * 3
    assert [section.different_first_page_header_footer for section in report.sections] == [True] * 3
    assert [round(section.header_distance.mm) for section in report.sections] == [10] * 3


def test_page_numbers_start_again_in_each_appendix(report):
    starts = [
        section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for section in report.sections
    ]

    assert starts == ["1", "1", "1"]


def test_table_repeats_its_head_and_breaks_no_row(report):
    table = next(table for table in report.tables if table.cell(0, 0).text == "STT")
    heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
    unbroken = [row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows]

    assert heads == [True, *[False] * 6]
    assert unbroken == [True] * 7


def test_group_row_spans_all_columns_and_stays_with_its_first_entry(report):
    group = paragraph(report, "I. Khối Thi đua Văn hóa - Xã hội")

    assert group.getparent().find(f".//{qn('w:gridSpan')}").get(qn("w:val")) == "6"
    assert group.find(f".//{qn('w:keepNext')}") is not None


def test_columns_are_aligned_and_fill_the_page(report):
    table = next(table for table in report.tables if table.cell(0, 0).text == "STT")
    alignments = [cell.paragraphs[0].alignment for cell in table.rows[2].cells]

    assert alignments == [1, 0, 0, 1, 2, 0]
    assert round(sum(column.width for column in table.columns) / 36000) == 165


def test_narrow_column_is_as_wide_as_the_word_in_its_head(report):
    table = next(table for table in report.tables if table.cell(0, 0).text == "STT")

    # “STT” is 8 mm wide at 12 pt, the padding 2 × 1,5 mm; asked were 9,9 mm.
    assert table.columns[0].width.mm > 11


def test_signature_is_kept_together_with_the_last_paragraph(report):
    kept = [
        paragraph(report, text).find(f".//{qn('w:keepNext')}") is not None
        for text in (
            "Trên đây là báo cáo tổng hợp của Sở Nội vụ./.",
            "Nơi nhận:",
            "KT. GIÁM ĐỐC",
            "PHÓ GIÁM ĐỐC",
        )
    ]

    assert kept == [True] * 4
    assert report.tables[2].rows[0]._tr.find(f".//{qn('w:cantSplit')}") is not None


def test_each_side_of_minutes_signs_in_a_column_of_its_own():
    minutes = docx.Document(BytesIO(write_docx(MINUTES)))
    signers, recipients = minutes.tables[-2:]

    positions = [cell.paragraphs[0].text for cell in signers.rows[0].cells]
    assert positions == ["ĐẠI DIỆN ĐƠN VỊ ĐƯỢC KIỂM TRA", "THƯ KÝ", "TRƯỞNG ĐOÀN"]
    assert len({round(column.width.mm) for column in signers.columns}) == 1
    assert recipients.rows[0].cells[0].paragraphs[0].text == "Nơi nhận:"


def test_page_break_is_one():
    document = replace(LETTER, body=(Paragraph("a"), PageBreak(), Paragraph("b")))

    breaks = list(xml_of(write_docx(document)).iter(qn("w:br")))

    assert [item.get(qn("w:type")) for item in breaks] == ["page"]


def test_same_document_same_bytes():
    assert write_docx(REPORT) == write_docx(REPORT)


def test_word_opens_it_as_a_file_of_today(report):
    modes = [
        setting.get(qn("w:val"))
        for setting in report.settings.element.iter(qn("w:compatSetting"))
        if setting.get(qn("w:name")) == "compatibilityMode"
    ]

    assert modes == ["15"]


def test_properties_name_the_document(report):
    about = report.core_properties

    assert about.title == f"Báo cáo {REPORT.subject}"
    assert (about.author, about.created.date().isoformat()) == ("Sở Nội vụ", "2024-03-07")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "</w:t></w:r></w:p><w:p><w:r><w:t>official part 1</w:t></w:r></w:p>",
        "official part 0",
        "]]> & <!DOCTYPE x> {{ 7 * 7 }}",
    ],
)
def test_markup_stays_text(hostile):
    table = Table((Column(hostile),), (Row((hostile,)),))
    document = replace(LETTER, body=(Paragraph(hostile), table))

    found = texts(xml_of(write_docx(document)))

    assert found.count(hostile) == 3


def test_poison_characters_do_not_stop_the_writer():
    document = replace(LETTER, subject="a\x01b\ud800c\ufffe", body=(Paragraph("\x0b\x00d"),))

    found = texts(xml_of(write_docx(document)))

    assert (found.count("abc"), found.count("d")) == (1, 1)


def test_nothing_outside_is_referred_to():
    document = replace(LETTER, body=(Paragraph("file:///etc/passwd http://example.com/a.png"),))
    content = write_docx(document)

    with zipfile.ZipFile(BytesIO(content)) as package:
        relations = [package.read(name) for name in package.namelist() if name.endswith(".rels")]
    assert [re.findall(rb'TargetMode="External"', text) for text in relations] == [[]] * len(
        relations
    )


def test_five_thousand_rows_are_quick():
    columns = tuple(Column(f"Cột {place}") for place in range(8))
    rows = tuple(Row(tuple(f"Ô {row}.{place}" for place in range(8))) for row in range(5000))
    appendix = Appendix(title="Danh sách", blocks=(Table(columns, rows),), landscape=True)
    document = replace(REPORT, appendices=(appendix,))

    start = process_time()
    content = write_docx(document)
    took = process_time() - start

    assert took < 4  # 0.4 s on two cores; a table built cell by cell takes a minute
    assert texts(xml_of(content))[-1] == "Ô 4999.7"
