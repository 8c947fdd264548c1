import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from lib.sheet import (
    Column,
    Row,
    Sheet,
    write_csv,
    write_xlsx,
)
from lib.sheet_table import CUT, LONGEST_TEXT
from tests.lib.sheets import COLUMNS, ROWS, table

BROKEN = "Không đọc được bảng tính: tệp hỏng hoặc quá lớn. Hãy mở thử bằng Excel rồi lưu lại."


def opened(*sheets):
    return load_workbook(BytesIO(write_xlsx(sheets)))


def written_text(text):
    page = opened(Sheet("Một", (Column("Nội dung"),), [Row((text,))])).active
    return page["A2"].data_type, page["A2"].value


def test_a_table_stands_under_its_title():
    page = opened(table()).active

    assert [[cell.value for cell in line] for line in page.iter_rows()] == [
        ["Danh sách đơn vị gửi Kế hoạch", None, None, None, None],
        ["Tính đến ngày 25/3/2024", None, None, None, None],
        [None, None, None, None, None],
        ["Đơn vị", "Số KH", "Kinh phí", "Ngày gửi", "Tỷ lệ"],
        ["Khối Kinh tế", None, None, None, None],
        ["Sở Nội vụ", 2, 1234.5, datetime(2024, 3, 7), 0.9685],  # noqa: DTZ001
        ["Cộng", 2, 1234.5, None, 0.9685],
    ]


def test_cells_look_like_their_column_and_row():
    page = opened(table()).active

    assert [page.cell(6, column).number_format for column in range(1, 6)] == [
        *("@", "#,##0", "#,##0.00", "dd/mm/yyyy", "0.0%"),
    ]
    assert [page.cell(line, 1).font.bold for line in range(4, 8)] == [True, True, False, True]
    assert [page.column_dimensions[letter].width > 9 for letter in "ABCDE"] == [True] * 5


def test_a_sheet_is_ready_to_scroll_and_print():
    page = opened(table()).active

    assert page.freeze_panes == "A5"
    assert page.auto_filter.ref == "A4:E7"
    assert page.print_title_rows == "$4:$4"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.sheet_properties.pageSetUpPr.fitToPage, page.page_setup.fitToHeight) == (True, 0)
    assert page.oddFooter.center.text == "&P/&N"


def test_a_table_without_notes_and_rows_is_its_header():
    page = opened(table(notes=(), rows=())).active

    assert [cell.value for cell in page[1]] == [column.header for column in COLUMNS]
    assert page.auto_filter.ref == "A1:E1"


def test_rows_may_be_made_as_they_are_written():
    page = opened(table(rows=(row for row in ROWS))).active

    assert page.max_row == 7


def test_a_row_has_a_value_for_each_column():
    with pytest.raises(ValueError, match="zip"):
        write_xlsx([table(rows=[Row(("Sở Nội vụ",))])])


def test_same_rows_give_the_same_bytes():
    assert write_xlsx([table()]) == write_xlsx([table()])


def test_moments_are_local():
    sheet = Sheet(
        "Một", (Column("Lúc", kind="date"),), [Row((datetime(2024, 3, 21, 17, tzinfo=UTC),))]
    )

    assert opened(sheet).active["A2"].value == datetime(2024, 3, 22)  # noqa: DTZ001


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1", "-5 %", "@SUM(A1)", "'=1", "https://x.vn", "0012"),
        *("<r>1</r>", "a < b & c > d", " hai  khoảng ", "hai\ndòng"),
    ],
)
def test_text_stays_text(text):
    assert written_text(text) == ("s", text)


def test_text_like_an_escape_of_excel_stays_as_it_was_typed():
    content = write_xlsx([Sheet("Một", (Column("Mã"),), [Row(("_x0041_",))])])

    page = ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<t>_x005F_x0041_</t>" in page


def test_what_comes_again_is_written_again_in_the_look_of_its_row():
    rows = [Row((1, "1"), "total"), Row((Decimal(1), 1)), Row((None, ""))]

    page = opened(Sheet("Một", (Column("Số", kind="integer"), Column("Chữ")), rows)).active

    cells = [(cell.value, cell.data_type) for line in page["A2:B4"] for cell in line]
    assert cells == [(1, "n"), ("1", "s"), (1, "n"), (1, "n"), (None, "n"), (None, "n")]
    assert [page.cell(line, 1).font.bold for line in (2, 3)] == [True, False]


def test_a_column_past_z_has_its_address():
    columns = tuple(Column(f"Cột {place}") for place in range(28))

    assert opened(Sheet("Một", columns, [Row(range(28))])).active["AB2"].value == 27


def test_a_figure_that_is_none_stops_the_table():
    with pytest.raises(ValueError, match="NaN"):
        write_xlsx([Sheet("Một", (Column("Số"),), [Row((Decimal("NaN"),))])])


def test_a_poisoned_text_does_not_stop_the_table():
    assert written_text("kế\x01\x0b hoạch\ufffe\ud800") == ("s", "kế hoạch")


def test_a_text_too_long_is_cut_and_says_so():
    assert written_text("a" * 40_000) == ("s", "a" * LONGEST_TEXT + CUT)
    assert written_text("🎉" * 20_000) == ("s", "🎉" * (LONGEST_TEXT // 2) + CUT)
    assert written_text("a" * LONGEST_TEXT) == ("s", "a" * LONGEST_TEXT)


def test_tabs_have_names_excel_allows():
    titles = ["Khối: [1/2]?", "khối- -1-2--", "", "'", "History", "x" * 40, "X" * 40]

    workbook = opened(*(Sheet(title, (Column("A"),), []) for title in titles))

    assert workbook.sheetnames == [
        *("Khối- -1-2--", "khối- -1-2-- 2", "Trang", "Trang 2", "History 2"),
        *("x" * 31, "X" * 29 + " 2"),
    ]


def test_csv_is_for_machines_and_harmless():
    columns = (Column("=Cột"), Column("Giá trị"))
    values = [
        ("=1+1", 1),
        ("+84", Decimal("-1234.50")),
        ("-5 %", date(2024, 3, 7)),
        ("@a", datetime(2024, 3, 21, 17, tzinfo=UTC)),
        ("\tx", None),
        ("\rx", "Hoà, “ổn”"),
        ("\x01=1", "hai\ndòng"),
    ]

    content = write_csv(columns, [Row(pair) for pair in values])

    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))) == [
        ["'=Cột", "Giá trị"],
        ["'=1+1", "1"],
        ["'+84", "-1234.50"],
        ["'-5 %", "2024-03-07"],
        ["'@a", "2024-03-22T00:00:00+07:00"],
        ["'\tx", ""],
        ["'\nx", "Hoà, “ổn”"],
        ["'=1", "hai\ndòng"],
    ]
