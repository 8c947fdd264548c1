from datetime import date, time
from decimal import Decimal
from io import BytesIO
from time import monotonic
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from lib.sheet import (
    BadSheet,
    Cell,
    Column,
    Sheet,
    SheetRows,
    read_tsv,
    read_xlsx,
    write_xlsx,
)
from tests.lib.sheets import table

BROKEN = "Không đọc được bảng tính: tệp hỏng hoặc quá lớn. Hãy mở thử bằng Excel rồi lưu lại."


def workbook_bytes(fill):
    workbook = Workbook()
    fill(workbook)
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def with_rows(*rows):
    def fill(workbook):
        for row in rows:
            workbook.active.append(row)

    return workbook_bytes(fill)


def raw_workbook(sheet_xml, shared=None):
    """A workbook whose only page is this XML."""
    parts = dict(unpacked(write_xlsx([Sheet("Sheet", (Column("x"),), [])])))
    parts["xl/worksheets/sheet1.xml"] = sheet_xml
    if shared is not None:
        parts["xl/sharedStrings.xml"] = shared
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def unpacked(content):
    with ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


def page_xml(inner, dimension="A1"):
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<dimension ref="{dimension}"/><sheetData>{inner}</sheetData></worksheet>'
    )


def refusal(content, **limits):
    began = monotonic()
    with pytest.raises(BadSheet) as bad:
        read_xlsx(content, **limits)
    assert monotonic() - began < 25
    return str(bad.value)


def cells(content):
    (sheet,) = read_xlsx(content)
    return sheet.rows


def test_values_come_with_their_addresses():
    content = with_rows(
        ("Đơn vị", "Số"),
        (" Sở Nội vụ\n", 3),
        (),
        ("Cộng", 0.1 + 0.2, None, date(2024, 3, 7)),
        (" ",),
    )

    assert read_xlsx(content) == [
        SheetRows(
            "Sheet",
            is_hidden=False,
            rows=[
                [Cell("A1", "Đơn vị"), Cell("B1", "Số")],
                [Cell("A2", "Sở Nội vụ"), Cell("B2", Decimal(3))],
                [],
                [
                    Cell("A4", "Cộng"),
                    Cell("B4", Decimal("0.3")),
                    Cell("C4", None),
                    Cell("D4", date(2024, 3, 7)),
                ],
            ],
        )
    ]


def test_texts_are_cleaned_on_their_way_in():
    content = with_rows(("Hoa\u0300 Tha\u0300nh\u200b", "\u202e1,5", "'05"))

    assert [cell.value for cell in cells(content)[0]] == ["Hoà Thành", "1,5", "'05"]


def test_a_cell_without_a_usable_value_says_why():
    def fill(workbook):
        workbook.active["A1"] = "=B1*2"
        workbook.active["B1"] = "#REF!"
        workbook.active["C1"] = time(7, 30)

    assert [(cell.value, cell.problem) for cell in cells(workbook_bytes(fill))[0]] == [
        (None, "công thức chưa có kết quả, hãy mở bằng Excel rồi lưu lại"),
        (None, "ô đang báo lỗi #REF!"),
        (None, "ô ghi giờ, không phải ngày hay số"),
    ]


def test_a_formula_that_was_computed_is_its_result():
    content = raw_workbook(page_xml('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'))

    assert cells(content) == [[Cell("A1", Decimal(2))]]


def test_percentages_are_told_apart():
    def fill(workbook):
        workbook.active["A1"], workbook.active["B1"] = 0.15, 0.15
        workbook.active["A1"].number_format = "0.00%"

    shares = [Cell("A1", Decimal("0.15"), is_percent=True), Cell("B1", Decimal("0.15"))]
    assert cells(workbook_bytes(fill)) == [shares]


def test_yes_and_no_are_words():
    assert [cell.value for cell in cells(with_rows((True, False)))[0]] == ["True", "False"]


def test_hidden_pages_are_named_so_and_merged_cells_speak_once():
    def fill(workbook):
        workbook.active.append(("Tiêu đề", None, "x"))
        workbook.active.merge_cells("A1:B1")
        workbook.create_sheet("Ẩn").sheet_state = "hidden"

    first, hidden = read_xlsx(workbook_bytes(fill))

    assert [cell.value for cell in first.rows[0]] == ["Tiêu đề", None, "x"]
    assert (hidden.title, hidden.is_hidden, hidden.rows) == ("Ẩn", True, [])


def test_our_own_table_can_be_read_back():
    (sheet,) = read_xlsx(write_xlsx([table(notes=())]))

    assert [cell.value for cell in sheet.rows[2]] == [
        *("Sở Nội vụ", Decimal(2), Decimal("1234.5"), date(2024, 3, 7), Decimal("0.9685")),
    ]


def test_limits_are_inclusive():
    content = with_rows(*((n, n) for n in range(5)))

    assert len(read_xlsx(content, max_rows=5, max_columns=2)[0].rows) == 5
    assert refusal(content, max_rows=4) == (
        "Trang “Sheet” quá lớn: có dữ liệu ở ô B5; tối đa 4 dòng, 60 cột."
    )
    assert refusal(content, max_columns=1) == (
        "Trang “Sheet” quá lớn: có dữ liệu ở ô B1; tối đa 5.000 dòng, 1 cột."
    )


def test_one_cell_in_the_last_corner():
    corner = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    content = raw_workbook(page_xml(corner, "A1:XFD1048576"))

    assert refusal(content) == (
        "Trang “Sheet” quá lớn: có dữ liệu ở ô XFD1048576; tối đa 5.000 dòng, 60 cột."
    )


def test_a_styled_but_empty_corner_does_no_harm():
    inner = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row><row r="1048576"/>'

    assert cells(raw_workbook(page_xml(inner, "A1:XFD1048576"))) == [[Cell("A1", Decimal(1))]]


def test_a_million_rows():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 1_048_577))

    assert refusal(raw_workbook(page_xml(rows))) == (
        "Trang “Sheet” quá lớn: có dữ liệu ở ô A5001; tối đa 5.000 dòng, 60 cột."
    )


def test_a_row_beyond_all_pages():
    far = page_xml('<row r="2000000000"><c r="A2000000000"><v>1</v></c></row>')

    assert refusal(raw_workbook(far)) == "Trang “Sheet” có số dòng không hợp lệ."


def test_one_long_text_in_every_cell():
    shared = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<si><t>{'x' * 32_000}</t></si></sst>"
    )
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 5_000))

    assert refusal(raw_workbook(page_xml(rows), shared)) == (
        "Bảng tính có quá nhiều nội dung: tối đa 200.000 ô. Hãy chia thành nhiều tệp."
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        with_rows(("x",))[:-300],
        raw_workbook('<!DOCTYPE a [<!ENTITY b "x">]>' + page_xml("&b;")),
        raw_workbook(page_xml("<row>")),
    ],
    ids=["empty", "head", "cut", "doctype", "not closed"],
)
def test_what_is_no_workbook(content):
    assert refusal(content) == BROKEN


def test_a_bomb():
    assert refusal(raw_workbook(page_xml(" " * 110 * 1024 * 1024))) == (
        "Bảng tính sau khi giải nén quá lớn nên không đọc được."
    )


def test_an_old_or_encrypted_workbook():
    assert refusal(b"\xd0\xcf\x11\xe0" + bytes(500)) == (
        "Bảng tính có mật khẩu hoặc thuộc dạng .xls cũ. "
        "Hãy bỏ mật khẩu, lưu lại dạng .xlsx rồi gửi lại."
    )


@pytest.mark.parametrize(
    ("pasted", "rows"),
    [
        ("", []),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\t\tb", [["a", "", "b"]]),
        ("a\n\nb", [["a"], [""], ["b"]]),
        ('"hai\ndòng"\tb\nc', [["hai\ndòng", "b"], ["c"]]),
        ('"nói ""được""\nlàm được"\tb', [['nói "được"\nlàm được', "b"]]),
        ('"Dân vận khéo" năm 2024\tb', [['"Dân vận khéo" năm 2024', "b"]]),
        ('"Dân vận khéo"\tb', [['"Dân vận khéo"', "b"]]),
        ('"mở mà không đóng\tb', [['"mở mà không đóng', "b"]]),
        (" Hoa\u0300 \t\u00a0", [["Hoà", ""]]),
    ],
)
def test_read_tsv(pasted, rows):
    assert read_tsv(pasted) == rows


@pytest.mark.parametrize(
    ("pasted", "sentence"),
    [
        ("a\n" * 5_001, "Đoạn dán có 5.001 dòng, 1 cột; tối đa 5.000 dòng, 60 cột."),
        ("a\t" * 60 + "a", "Đoạn dán có 1 dòng, 61 cột; tối đa 5.000 dòng, 60 cột."),
        ("a" * 1_000_001, "Đoạn dán quá dài. Hãy dán thành nhiều lần hoặc gửi tệp .xlsx."),
    ],
    ids=["rows", "columns", "length"],
)
def test_read_tsv_has_limits(pasted, sentence):
    with pytest.raises(BadSheet) as bad:
        read_tsv(pasted)

    assert str(bad.value) == sentence


def test_read_tsv_is_quick_on_quotes_without_end():
    began = monotonic()

    read_tsv('"\t' * 25 + '""' * 400_000)

    assert monotonic() - began < 2
