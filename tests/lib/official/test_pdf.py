import hashlib
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from pypdf import PdfReader

from lib.official import pdf
from lib.official.markup import html_page
from lib.official.model import Appendix, Column, PageBreak, Paragraph, Row, RowKind, Table
from lib.official.pdf import PdfFailed, render_page, write_pdf
from lib.official.text import plain_text
from tests.lib.official.samples import LETTER, MINUTES, RECEIPT, REPORT

MM = 72 / 25.4
FONTS = Path(settings.OFFICIAL_FONTS_DIR)


@pytest.fixture(scope="module")
def content():
    return write_pdf(REPORT)


@pytest.fixture(scope="module")
def report(content):
    return PdfReader(BytesIO(content))


def pieces(page):
    """What is drawn on a page: text, left and top in millimetres, size in points, font."""
    drawn = []
    height = float(page.mediabox.height)

    def note(text, current, matrix, font, size):
        if text.strip():
            left = matrix[4] * current[0] + current[4]
            top = height - (matrix[5] * current[3] + current[5])
            scale = abs(matrix[0] * current[0])
            name = str(font["/BaseFont"]).split("+")[1] if font else ""
            drawn.append((text.strip(), left / MM, top / MM, size * scale, name))

    page.extract_text(visitor_text=note)
    return drawn


def page_numbers(reader):
    return [[text for text, _, top, _, _ in pieces(page) if top < 18] for page in reader.pages]


def words(reader):
    """All words below the top margin, without the spaces that justified lines blur."""
    drawn = (text for page in reader.pages for text, _, top, _, _ in pieces(page) if top >= 18)
    return squeezed(drawn)


def squeezed(lines):
    return "".join("".join(lines).split())


@pytest.mark.parametrize("document", [RECEIPT, LETTER, MINUTES, replace(LETTER, draft=True)])
def test_says_what_the_model_says(document):
    reader = PdfReader(BytesIO(write_pdf(document)))

    assert words(reader) == squeezed(plain_text(document))


def test_report_says_what_the_model_says(report):
    said = words(report)

    head = squeezed(column.header for column in REPORT.appendices[0].blocks[0].columns)
    # The appendix's table runs over two pages, and its head is said on both.
    expected = squeezed(plain_text(REPORT))
    assert said.count(head) == expected.count(head) + 1
    row = "22/3/202466Đúnghạn"
    assert said.replace(row + head, row) == expected


def test_pages_are_a4(report):
    sizes = [
        (round(float(page.mediabox.width) / MM), round(float(page.mediabox.height) / MM))
        for page in report.pages
    ]

    assert sizes == [(210, 297), (210, 297), (297, 210), (297, 210), (210, 297)]


def test_text_keeps_the_margins_of_the_decree(report):
    lefts = [left for page in report.pages for _, left, _, _, _ in pieces(page)]
    tops = [top for page in report.pages for _, _, top, _, _ in pieces(page) if top >= 18]

    assert round(min(lefts)) == 30
    # The first baseline is one ascent below the margin of 20 mm.
    assert 23 < min(tops) < 26


def test_pages_are_numbered_from_the_second_and_again_in_each_appendix(report):
    assert page_numbers(report) == [[], ["2"], [], ["2"], []]


def test_page_number_is_in_the_middle_of_the_top_margin(report):
    ((_, left, top, size, _),) = [piece for piece in pieces(report.pages[1]) if piece[2] < 18]

    # Of the text, which is 165 mm wide and starts at 30 mm; a figure is 2.3 mm wide.
    assert (round(left), round(size)) == (111, 13)
    assert 8 < top < 16


@pytest.mark.parametrize(
    ("text", "size", "face"),
    [
        ("UBND TỈNH TÂY NINH", 12, "Tinos"),
        ("SỞ NỘI VỤ", 12, "Tinos-Bold"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, "Tinos-Bold"),
        ("Độc lập - Tự do - Hạnh phúc", 13, "Tinos-Bold"),
        ("Số: 05/BC-SNV", 13, "Tinos"),
        ("Tây Ninh, ngày 07 tháng 3 năm 2024", 13, "Tinos-Italic"),
        ("BÁO CÁO", 14, "Tinos-Bold"),
        ("I. TÌNH HÌNH GỬI KẾ HOẠCH", 14, "Tinos-Bold"),
        ("Có 312 hoạt động.", 14, "Tinos"),
        ("Nơi nhận:", 12, "Tinos-Bold-Italic"),
        ("- Lưu: VT, BTĐ.", 11, "Tinos"),
        ("PHÓ GIÁM ĐỐC", 14, "Tinos-Bold"),
        ("Nguyễn Thị Ánh Nguyệt", 14, "Tinos-Bold"),
        ("Phụ lục I", 14, "Tinos-Bold"),
        ("Sở Y tế", 12, "Tinos"),
    ],
)
def test_sizes_and_faces(report, text, size, face):
    drawn = [piece for page in report.pages for piece in pieces(page) if piece[0] == text]

    assert [(round(piece[3], 1), piece[4]) for piece in drawn] == [(size, face)]


def test_national_name_stays_on_one_line_beside_the_issuing_body(report):
    tops = {text: round(top) for text, _, top, _, _ in pieces(report.pages[0])}

    assert tops["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"] == tops["UBND TỈNH TÂY NINH"]
    assert tops["Số: 05/BC-SNV"] == tops["Tây Ninh, ngày 07 tháng 3 năm 2024"]


def test_recipients_stand_left_level_with_the_authority(report):
    places = {text: (left, top) for text, left, top, _, _ in pieces(report.pages[1])}

    assert round(places["Nơi nhận:"][0]) == 30
    assert places["KT. GIÁM ĐỐC"][0] > 105
    assert abs(places["Nơi nhận:"][1] - places["KT. GIÁM ĐỐC"][1]) < 1.5


def test_only_our_fonts_and_all_of_them_inside(report):
    fonts = {}
    for page in report.pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font["/DescendantFonts"][0]
            fonts[inner["/BaseFont"].split("+")[1]] = "/FontFile2" in inner["/FontDescriptor"]

    assert fonts == dict.fromkeys(
        ("Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-Bold-Italic"), True
    )


def test_is_tagged_titled_and_in_vietnamese(report):
    catalogue = report.root_object

    assert catalogue["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a PDF's boolean, not Python's
    assert catalogue["/Lang"] == "vi"
    assert report.metadata.title == f"Báo cáo {REPORT.subject}"
    assert report.metadata.author == "Sở Nội vụ"
    assert b"pdfuaid:part" in report.root_object["/Metadata"].get_data()


def test_bookmarks_follow_the_headings(report):
    def titles(outline):
        return [titles(item) if isinstance(item, list) else item.title for item in outline]

    assert titles(report.outline) == [
        "BÁO CÁO",
        [
            "I. TÌNH HÌNH GỬI KẾ HOẠCH",
            ["1. Theo Khối Thi đua", "2. Đơn vị chưa gửi"],
            "II. CÔNG TRÌNH, PHẦN VIỆC ĐĂNG KÝ",
            ["a) Tuyên truyền", "b) Khen thưởng"],
            "III. ĐỀ XUẤT, KIẾN NGHỊ",
            "Phụ lục I",
            ["DANH SÁCH ĐƠN VỊ GỬI KẾ HOẠCH"],
            "Phụ lục II",
            ["NHIỆM VỤ CHƯA CÓ HOẠT ĐỘNG ĐĂNG KÝ"],
        ],
    ]


def test_same_document_same_bytes(content):
    assert hashlib.sha256(write_pdf(REPORT)).digest() == hashlib.sha256(content).digest()


def test_a_thousand_rows_repeat_their_head_and_end_each_row_on_its_page():
    columns = (Column("STT", 0.4), Column("Đơn vị", 3), Column("Ghi chú"))
    rows = []
    for place in range(1000):
        if place % 100 == 0:
            rows.append(Row((f"Khối {place // 100}",), RowKind.GROUP))
        rows.append(Row((str(place), f"Đơn vị\nsố {place}", "")))
    appendix = Appendix(title="Danh sách", blocks=(Table(columns, tuple(rows)),))
    document = replace(LETTER, appendices=(appendix,))

    reader = PdfReader(BytesIO(write_pdf(document)))

    pages = [[text for text, _, top, *_ in pieces(page) if top >= 18] for page in reader.pages[1:]]
    assert [page.count("STT") for page in pages] == [1] * len(pages)
    numbers = [text for page in pages for text in page if text.startswith("số ")]
    assert numbers == [f"số {place}" for place in range(1000)]
    # The last words of a page are the end of a row, never a group's name or half an entry.
    assert [page[-1].startswith("số ") for page in pages] == [True] * len(pages)


def test_markup_and_poison_stay_text_and_nothing_is_fetched():
    hostile = (
        "<script>alert(1)</script><img src='file:///etc/hostname'>"
        "<link rel=attachment href='file:///etc/hostname'><style>@import 'http://127.0.0.1:9/a'"
    )
    body = (Paragraph(hostile), Paragraph("a\x01b\ud800c\ufffe\x0b"))
    document = replace(LETTER, subject="V/v </title><script>", body=body)

    reader = PdfReader(BytesIO(write_pdf(document)))

    assert words(reader) == squeezed(plain_text(document))
    assert dict(reader.attachments) == {}


@pytest.mark.parametrize(
    "hostile",
    [
        '<link rel="attachment" href="file:///etc/hostname">',
        '<img src="file:///etc/hostname">',
        '<img src="http://127.0.0.1:9/a.png">',
        '<link rel="stylesheet" href="file:///etc/hostname">',
        '<style>@import "ftp://127.0.0.1/a.css"</style>',
        f'<img src="{FONTS.as_uri()}/../../../package.json">',
        f'<img src="{FONTS.as_uri()}/%2e%2e/%2e%2e/a.ttf">',
        f'<img src="{FONTS.as_uri()}/package.json">',
        '<img src="file://localhost/etc/hostname">',
    ],
)
def test_an_address_that_slips_into_the_page_ends_the_rendering(hostile):
    with pytest.raises(PdfFailed, match="Không tạo được PDF"):
        render_page(f"<html><body>{hostile}a</body></html>", FONTS)


def test_page_without_addresses_is_rendered():
    """The refusals above are of the addresses, not of the pages around them."""
    content = render_page("<html lang=vi><title>a</title><body>a</body></html>", FONTS)

    assert content[:5] == b"%PDF-"


def test_endless_rendering_is_stopped(monkeypatch):
    monkeypatch.setattr(pdf, "WALL_SECONDS", 0.2)

    with pytest.raises(PdfFailed, match="quá lâu"):
        render_page(html_page(REPORT, FONTS), FONTS)


@pytest.mark.parametrize(
    ("ending", "sentence"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "quá lâu"),
        ("import sys; sys.exit(3)", "quá lớn"),
        ("import os; os.abort()", "quá lớn"),
        ("raise SystemExit('boom')", "Không tạo được PDF"),
    ],
)
def test_each_ending_of_the_child_has_its_sentence(monkeypatch, ending, sentence):
    monkeypatch.setattr(pdf, "_COMMAND", [pdf.sys.executable, "-c", ending])

    with pytest.raises(PdfFailed, match=sentence):
        render_page("<p>a</p>", FONTS)


def test_child_limits_its_own_memory_and_time():
    probe = (
        "import resource, sys, io; from lib.official import render;"
        "sys.stdin = io.TextIOWrapper(io.BytesIO(b'{}'))\n"
        "try: render.main()\n"
        "except KeyError: pass\n"
        "print(resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_CPU)[0])"
    )

    done = pdf.subprocess.run(
        [pdf.sys.executable, "-c", probe], capture_output=True, cwd=pdf._ROOT, check=True
    )

    assert done.stdout.split() == [b"1610612736", b"60"]


@pytest.mark.parametrize(
    ("limit", "sentence"), [("MEMORY = 150 << 20", "quá lớn"), ("CPU_SECONDS = 1", "quá lâu")]
)
def test_document_beyond_the_limits_is_refused(monkeypatch, limit, sentence):
    limited = (
        f"import sys; from lib.official import render; render.{limit}; sys.exit(render.main())"
    )
    monkeypatch.setattr(pdf, "_COMMAND", [pdf.sys.executable, "-c", limited])
    rows = tuple(Row((str(place),)) for place in range(1500))
    table = Table((Column("STT"),), rows)

    with pytest.raises(PdfFailed, match=sentence):
        write_pdf(replace(LETTER, body=(table,)))


def test_child_inherits_no_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "x")
    monkeypatch.setenv("DATABASE_URL", "postgres://portal")

    assert {"SECRET_KEY", "DATABASE_URL"} & set(pdf._environment()) == set()


def test_missing_fonts_are_said_at_once(settings, tmp_path):
    settings.OFFICIAL_FONTS_DIR = tmp_path

    with pytest.raises(PdfFailed, match="phông chữ"):
        write_pdf(LETTER)


def test_page_break_starts_a_page():
    document = replace(LETTER, body=(Paragraph("trước"), PageBreak(), Paragraph("sau")))

    reader = PdfReader(BytesIO(write_pdf(document)))

    places = [
        page
        for page, drawn in enumerate(map(pieces, reader.pages))
        for text, *_ in drawn
        if text in ("trước", "sau")
    ]
    assert places == [0, 1]


def test_a_row_longer_than_a_page_and_a_word_wider_than_a_cell_lose_nothing():
    long = " ".join(f"từ{place}" for place in range(3000))
    table = Table((Column("A"), Column("B")), (Row((long, "w" * 120)),))
    document = replace(LETTER, body=(table,))

    reader = PdfReader(BytesIO(write_pdf(document)))

    drawn = [piece for page in reader.pages for piece in pieces(page)]
    said = "".join(text.replace(" ", "") for text, _, top, *_ in drawn if 18 <= top <= 278)
    assert re.findall(r"từ(\d+)", said) == [str(place) for place in range(3000)]
    assert said.count("w") == 120
    assert max(len(text) for text, *_ in drawn if set(text) == {"w"}) < 50
