from datetime import date

import pytest

from lib.datafile import BadDataFile, read_rows

COLUMNS = ("code", "is_border", "sort_order", "valid_to", "successor")


def written(tmp_path, *lines):
    path = tmp_path / "units.csv"
    path.write_text("\n".join([",".join(COLUMNS), *lines]) + "\n", encoding="utf-8")
    return path


def test_a_row_is_read_as_what_it_means(tmp_path):
    path = written(tmp_path, 'SNV,1,10,2025-02-28,"Sở Nội vụ | Sở Y tế"')

    (row,) = read_rows(path, COLUMNS)

    assert row.needed("code") == "SNV"
    assert row.flag("is_border") is True
    assert row.whole("sort_order") == 10
    assert row.day("valid_to") == date(2025, 2, 28)
    assert row.parts("successor") == ["Sở Nội vụ", "Sở Y tế"]


def test_an_empty_day_is_no_day(tmp_path):
    (row,) = read_rows(written(tmp_path, "SNV,1,10,,"), COLUMNS)

    assert (row.day("valid_to"), row.parts("successor")) == (None, [])


def test_letters_in_pieces_become_whole(tmp_path):
    (row,) = read_rows(written(tmp_path, "So\u031b\u0309,1,10,,"), COLUMNS)

    assert row.text("code") == "Sở"


@pytest.mark.parametrize(
    ("line", "read", "sentence"),
    [
        (",1,10,,", lambda row: row.needed("code"), "units.csv, dòng 2: thiếu “code”."),
        (
            "SNV,có,10,,",
            lambda row: row.flag("is_border"),
            "units.csv, dòng 2: “is_border” là “có”, chỉ nhận 0, 1.",
        ),
        (
            "SNV,1,mười,,",
            lambda row: row.whole("sort_order"),
            "units.csv, dòng 2: “sort_order” phải là số nguyên, đang là “mười”.",
        ),
        (
            "SNV,1,10,28/02/2025,",
            lambda row: row.day("valid_to"),
            "units.csv, dòng 2: “valid_to” phải ở dạng năm-tháng-ngày, đang là “28/02/2025”.",
        ),
    ],
)
def test_a_fault_names_file_and_line(tmp_path, line, read, sentence):
    (row,) = read_rows(written(tmp_path, line), COLUMNS)

    with pytest.raises(BadDataFile) as problem:
        read(row)

    assert str(problem.value) == sentence


@pytest.mark.parametrize("line", ["SNV,1,10", "SNV,1,10,,,thừa"])
def test_a_line_with_other_cells_than_columns_is_refused(tmp_path, line):
    with pytest.raises(BadDataFile, match=r"^units.csv, dòng 2: số ô không khớp với số cột.$"):
        read_rows(written(tmp_path, line), COLUMNS)


def test_other_columns_are_refused(tmp_path):
    with pytest.raises(BadDataFile, match=r"^units.csv, dòng 1: phải có đúng các cột code, name.$"):
        read_rows(written(tmp_path), ("code", "name"))
