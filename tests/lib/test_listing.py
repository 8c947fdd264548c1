"""What an address asks of a list, and what comes of it; plain values only."""

from datetime import date

from lib.listing import (
    EVERYTHING,
    LARGEST_PAGE,
    Empty,
    Listing,
    Order,
    as_typed,
    in_order,
    plain,
    read,
    sheet_columns,
    sheet_rows,
    sort_out,
)

PEOPLE = Listing(
    key="nguoi",
    title="Người",
    row="",
    empty=Empty("Không có ai"),
    orders=(Order("thuong", "Thứ tự thường", ()), Order("khac", "Cách khác", ())),
    sizes=(50, 100),
    aliases={"gia-truoc": "-sinh"},
    columns=(
        plain("ten", "Tên", lambda row: row[0], sort=("name",)),
        plain("khoi", "Khối", lambda row: "A", is_on=False, in_every_sheet=True),
        plain("sinh", "Ngày sinh", lambda row: row[1], 12, "date", sort=("born",)),
        plain("diem", "Điểm", lambda row: row[2], 8, "integer", is_on=False),
    ),
)
ROWS = [("Ấp Bắc", date(1990, 1, 2), 2), ("Đào", None, 1), ("Dân", date(1980, 5, 6), 10)]


def keys(**typed):
    asked = read(PEOPLE, dict(typed))
    return [column.key for column in asked.columns]


def test_columns_are_those_asked_for_in_the_order_declared():
    assert keys() == ["ten", "sinh"]
    assert keys(cot=["diem", "sinh"]) == ["ten", "sinh", "diem"]
    assert keys(cot=["diem"]) == ["ten", "diem"]
    assert keys(cot=[EVERYTHING]) == ["ten", "khoi", "sinh", "diem"]


def test_what_is_not_known_is_as_usual():
    asked = read(PEOPLE, {"cot": ["da-bo"], "sap_xep": ["-da-bo"], "so_dong": ["7"]})

    assert asked == read(PEOPLE, {})
    assert (asked.sorting, asked.size) == ("thuong", 50)


def test_only_what_can_be_sorted_by_is():
    assert read(PEOPLE, {"sap_xep": ["-sinh"]}).sorting == "-sinh"
    assert read(PEOPLE, {"sap_xep": ["khac"]}).sorting == "khac"
    assert read(PEOPLE, {"sap_xep": ["diem"]}).sorting == "thuong"
    assert read(PEOPLE, {"sap_xep": ["gia-truoc"]}).sorting == "-sinh"


def test_the_shortest_address_asks_the_same():
    for typed in (
        {},
        {"so_dong": [EVERYTHING], "cot": ["ten"]},
        {"sap_xep": ["-sinh"], "cot": ["diem", "ten"], "so_dong": ["100"]},
    ):
        asked = read(PEOPLE, typed)
        assert read(PEOPLE, as_typed(PEOPLE, asked)) == asked
    assert as_typed(PEOPLE, read(PEOPLE, {"cot": ["ten", "sinh"], "so_dong": ["50"]})) == {}
    assert read(PEOPLE, {"so_dong": [EVERYTHING]}).size == LARGEST_PAGE


def test_rows_that_are_no_query_sort_as_vietnamese_and_nothing_is_last():
    def names(order):
        return [row[0] for row in in_order(ROWS, PEOPLE, read(PEOPLE, {"sap_xep": [order]}))]

    assert names("ten") == ["Ấp Bắc", "Dân", "Đào"]
    assert names("sinh") == ["Dân", "Ấp Bắc", "Đào"]
    assert names("-sinh") == ["Ấp Bắc", "Dân", "Đào"]
    assert names("thuong") == [row[0] for row in ROWS]


def test_a_sheet_holds_the_columns_asked_for_and_those_only_a_sheet_has():
    columns = read(PEOPLE, {"cot": ["diem"]}).in_sheet

    assert [column.header for column in sheet_columns(columns)] == ["STT", "Tên", "Khối", "Điểm"]
    assert [tuple(row.values) for row in sheet_rows(columns, ROWS[:2])] == [
        (1, "Ấp Bắc", "A", 2),
        (2, "Đào", "A", 1),
    ]


def test_an_act_says_which_rows_it_leaves_alone_and_why():
    found = sort_out(ROWS, lambda row: "" if row[1] else "Chưa biết ngày sinh.")

    assert [row[0] for row in found.will] == ["Ấp Bắc", "Dân"]
    assert [(row[0], why) for row, why in found.wont] == [("Đào", "Chưa biết ngày sinh.")]
