import pytest

from campaign.importers.activities import BadTable, read_grid


def test_header_row_names_the_columns_in_any_order():
    grid = [["STT", "Đơn vị chủ trì", "NỘI DUNG", "Ghi chú"], ["1", "SNV", "Hội thi", "x"]]

    table = read_grid(grid)

    assert [(row.number, row.cells) for row in table.rows] == [
        (2, {"lead": "SNV", "title": "Hội thi"})
    ]
    assert table.ignored == ("Ghi chú",)


def test_title_lines_stand_above_the_header_and_numbers_stay_those_of_the_sheet():
    grid = [["Bảng hoạt động"], [], ["Nội dung", "Mục KH"], ["", ""], ["Hội thi", "II.1"]]

    table = read_grid(grid)

    assert [row.number for row in table.rows] == [5]


def test_without_a_header_the_columns_are_ours():
    table = read_grid([["Hội thi", "II.1", "SNV"]])

    assert table.rows[0].cells == {"title": "Hội thi", "plan_codes": "II.1", "lead": "SNV"}


def test_a_column_of_ordinals_is_passed_over():
    table = read_grid([["1", "Hội thi"], ["2.", "Hội diễn"]])

    assert [row.cells["title"] for row in table.rows] == ["Hội thi", "Hội diễn"]


@pytest.mark.parametrize(
    ("grid", "sentence"),
    [
        ([[""]], "Không thấy dòng hoạt động nào. Hãy chép cả các dòng có nội dung."),
        (
            [["Nội dung", "Hoạt động"], ["a", "b"]],
            "Có hai cột cùng nghĩa “Nội dung”; hãy bỏ bớt một cột.",
        ),
        (
            [["x"] * 16],
            "Có 16 cột, nhiều hơn 15 cột của bảng. Hãy chép kèm dòng tiêu đề để Cổng nhận đúng cột.",
        ),
        (
            [["x"]] * 501,
            "Có 501 dòng, mỗi lần nhận tối đa 500 dòng; hãy chia thành nhiều lần.",
        ),
    ],
)
def test_a_table_that_cannot_be_read_says_why(grid, sentence):
    with pytest.raises(BadTable) as refusal:
        read_grid(grid)

    assert str(refusal.value) == sentence
