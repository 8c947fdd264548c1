"""A table that leaves, is filled in with another program, and comes back."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from lib.roundtrip.difference import differences
from lib.roundtrip.model import alike
from lib.roundtrip.reader import NotThisTable, open_returned, read
from lib.roundtrip.writer import write
from tests.lib.roundtrips import FIRST, FIXED, IDENTITY, OPEN, edited

# Written by `write`, changed as in `test_differences…`, then opened and saved again by
# LibreOffice 7.4 (`soffice --headless --convert-to xlsx`), with the key below.
BY_LIBREOFFICE = Path(__file__).with_name("data") / "roundtrip-libreoffice.xlsx"
KEY_OF_THE_DATA = "khoa-cua-tep-mau"


@pytest.fixture
def content():
    return write(IDENTITY, [OPEN])


def back(content, form=OPEN, asked=IDENTITY):
    return read(open_returned(content, asked), form)


def fill_in(page):
    """What a person does: a number, a new day, an answer taken back, a row emptied, one added."""
    page[f"E{FIRST}"] = 15
    page[f"D{FIRST + 1}"] = "9/4/2024"
    page[f"F{FIRST + 1}"] = None
    for column in "CDEF":
        page[f"{column}{FIRST + 2}"] = None
    page[f"C{FIRST + 3}"] = "Giải việt dã"
    page[f"E{FIRST + 3}"] = 0.1 + 0.2


def summary(changes):
    return [
        (change.kind, change.title, [(cell.address, cell.old, cell.new) for cell in change.cells])
        for change in changes
    ]


CHANGED = [
    ("changed", "Hội thi", [(f"E{FIRST}", "12,5", "15")]),
    ("changed", "Về nguồn", [(f"D{FIRST + 1}", "", "9/4/2024"), (f"F{FIRST + 1}", "Có", "")]),
    ("added", "Giải việt dã", [(f"C{FIRST + 3}", "", "Giải việt dã"), (f"E{FIRST + 3}", "", "0,3")]),
    ("removed", "Tặng quà", [("", "Tặng quà", ""), ("", "0", "")]),
]  # fmt: skip


def test_what_comes_back_untouched_says_the_same(content):
    reading = back(content)

    assert (reading.problems, differences(OPEN, reading)) == ((), [])


def test_markup_somebody_typed_comes_back_as_it_was_typed():
    first, *others = OPEN.lines
    form = replace(
        OPEN, lines=[replace(first, values={**first.values, "title": "<r><x></r>"}), *others]
    )
    reading = back(write(IDENTITY, [form]), form)

    assert (reading.problems, differences(form, reading)) == ((), [])


def test_the_same_table_makes_the_same_pages(content):
    again = load_workbook(BytesIO(write(IDENTITY, [OPEN])))["Bảng"]

    assert list(again.values) == list(load_workbook(BytesIO(content))["Bảng"].values)


def test_differences_are_told_cell_by_cell(content):
    with edited(content) as (page, saved):
        fill_in(page)

    reading = back(saved.getvalue())

    assert reading.problems == ()
    assert summary(differences(OPEN, reading)) == CHANGED


def test_a_workbook_saved_by_libreoffice_says_the_same(settings):
    settings.SECRET_KEY = KEY_OF_THE_DATA

    reading = back(BY_LIBREOFFICE.read_bytes())

    assert reading.problems == ()
    assert summary(differences(OPEN, reading)) == CHANGED


def test_only_inputs_are_open_and_the_rest_is_locked_and_hidden(content):
    workbook = load_workbook(BytesIO(content))
    page = workbook["Bảng"]
    open_cells = {
        cell.coordinate for row in page.iter_rows() for cell in row if not cell.protection.locked
    }

    assert page.protection.sheet
    assert open_cells == {f"{column}{FIRST + n}" for column in "CDEF" for n in range(8)}
    assert page.column_dimensions["A"].hidden
    assert [rule.type for rule in page.data_validations.dataValidation] == ["decimal", "list"]
    assert workbook["Cổng Thi đua"].sheet_state == "veryHidden"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"kind": "khac", "title": "Báo cáo"}, "Tệp này là “Bảng thử”, không phải “Báo cáo”."),
        ({"unit": "SYT", "unit_name": "Sở Y tế"}, "là của Sở Tây Ninh, còn trang này là của Sở Y tế."),
        ({"scope": "2025", "scope_name": "Đợt 2025"}, "thuộc Đợt Thi đua 2024, còn trang này thuộc Đợt 2025."),
        ({"version": 3}, "thuộc bản lần 2, tải về 10:21 ngày 22/3/2024; bản đang soạn là lần 3."),
        ({"state": "c3"}, "từ đó nội dung trên Cổng đã được sửa."),
    ],
)  # fmt: skip
def test_another_table_is_refused_by_name(content, asked, sentence):
    with pytest.raises(NotThisTable) as refused:
        open_returned(content, replace(IDENTITY, **asked))

    assert sentence in str(refused.value)
    assert "Mời tải" in str(refused.value)


def test_a_workbook_of_no_portal_or_with_a_forged_identity_is_refused(content):
    forged, plain = load_workbook(BytesIO(content)), load_workbook(BytesIO(content))
    signed = forged["Cổng Thi đua"]["A2"].value
    forged["Cổng Thi đua"]["A2"] = f"{signed[:9]}{'x' if signed[9] != 'x' else 'y'}{signed[10:]}"
    del plain["Cổng Thi đua"]

    for workbook in (forged, plain):
        saved = BytesIO()
        workbook.save(saved)
        with pytest.raises(NotThisTable, match="không phải do Cổng lập"):
            open_returned(saved.getvalue(), IDENTITY)


@pytest.mark.parametrize(
    ("cell", "value", "problem"),
    [
        ("E0", "=1/0", "ô E{}: công thức chưa có kết quả, hãy mở bằng Excel rồi lưu lại."),
        ("B0", 7, "ô B{}: ô khóa, không sửa được; xin ghi lại như cũ: “1”."),
        ("A0", "k9", "ô A{}: dòng này không có trong bảng đã tải về."),
        ("A1", "k1", "ô A{}: dòng này lặp lại dòng 5."),
        ("D-1", "Hạn", "ô D{}: tiêu đề cột “Ngày” không còn ở chỗ của nó. Xin không thêm, xóa hay đổi chỗ cột."),
    ],
)  # fmt: skip
def test_a_broken_or_locked_cell_is_named(content, cell, value, problem):
    column, row = cell[0], FIRST + int(cell[1:])
    with edited(content) as (page, saved):
        page[f"{column}{row}"] = value

    assert back(saved.getvalue()).problems == (f"Trang “Bảng”, {problem.format(row)}",)


def test_a_table_whose_lines_are_given_neither_grows_nor_shrinks():
    content = write(IDENTITY, [FIXED])
    with edited(content) as (page, grown):
        page[f"C{FIRST + 3}"] = "Thêm"
    with edited(content) as (page, shrunk):
        page.delete_rows(FIRST + 1)
    with edited(content) as (page, emptied):
        page[f"F{FIRST + 1}"] = page[f"C{FIRST + 1}"] = None

    assert back(grown.getvalue(), FIXED).problems == (
        f"Trang “Bảng”, ô C{FIRST + 3}: ô này nằm ngoài bảng.",
    )
    assert back(shrunk.getvalue(), FIXED).problems == ("Trang “Bảng”: thiếu dòng “Về nguồn”.",)
    changes = differences(FIXED, back(emptied.getvalue(), FIXED))
    assert [(change.kind, len(change.cells)) for change in changes] == [("changed", 2)]


def test_a_page_that_is_gone_is_named(content):
    workbook, saved = load_workbook(BytesIO(content)), BytesIO()
    workbook["Bảng"].title = "Trang khác"
    workbook.save(saved)

    assert back(saved.getvalue()).problems == ("Tệp không còn trang “Bảng”.",)


@pytest.mark.parametrize(
    ("kind", "old", "new", "same"),
    [
        ("text", "Hội thi", " Hội  thi", True),
        ("text", "1,5", "1,50", False),
        ("day", "5/4/2024", "05/04/2024", True),
        ("day", "5/4/2024", "mai", False),
        ("decimal", "1250", "1.250,0", True),
        ("decimal", "", "0", False),
    ],
)
def test_what_reads_the_same_is_no_difference(kind, old, new, same):
    assert alike(kind, old, new) is same
