import random
import sqlite3
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cmp_to_key

import pytest
from django.db import connection

from lib import vietnamese

IN_ORDER = [
    *("An", "Àn", "Ản", "Ãn", "Án", "Ạn", "Ánh", "Ăn", "Ân", "Ba", "bà", "Bà", "Bá", "Châu"),
    *("Dũng", "Đặng", "Đô", "Em", "Êm", "Hoà", "Hoá", "Hòa", "Nam", "Nghĩa", "Ngọc", "Ô", "Ơn"),
    *("Tân", "Tần", "Tẩn", "Tẫn", "tấn", "Tận", "Ú", "Ưng"),
]
DISTRICTS = [
    "Bến Cầu",
    "Châu Thành",
    "Dương Minh Châu",
    "Gò Dầu",
    "Hòa Thành",
    "Tân Biên",
    "Tân Châu",
    "Tây Ninh",
    "Trảng Bàng",
]
VOWELS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"
LETTERS = VOWELS + VOWELS.upper() + "bcdđghklmnpqrstvxBCDĐGHKLMNPQRSTVXfjwz"
BETWEEN = [
    " ",
    " ",
    " - ",
    "-",
    ", ",
    "/",
    "(",
    "“",
    "”",
    "«",
    ".",
    "¬",
    "|",
    "$",
    "₫",
    "→",
    "≥",
    "2024",
]


def random_phrases(count):
    chance = random.Random(2024)
    words = ["".join(chance.choices(LETTERS, k=chance.randint(1, 4))) for _ in range(count)]
    phrases = [word + chance.choice(BETWEEN) + chance.choice(words) for word in words]
    return list(dict.fromkeys(phrases))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Tây Ninh", "Tây Ninh"),
        ("Tha\u0300nh", "Thành"),
        ("một\r\nhai\rba\u2028bốn", "một\nhai\nba\nbốn"),
        ("a\x00b\x01c\x0bd\x1be\x7ff\x85g", "abcdefg"),
        ("cột\tcột", "cột\tcột"),
        ("a\ud800b\udfffc", "abc"),
        ("a\ufffeb\uffffc\U0001ffffd", "abcd"),
        ("bao\u202enoc\u202c\u2066x\u2069", "baonocx"),
        ("kế\u200b ho\u00adạch\ufeff", "kế hoạch"),
        ("e" + "\u0301" * 1000, "é\u0301\u0301"),
        ("👩‍🏫", "👩‍🏫"),
    ],
)
def test_clean(typed, kept):
    assert vietnamese.clean(typed) == kept


def test_clean_text_is_left_alone_the_second_time():
    once = vietnamese.clean("a" + "\u0323\u0302\u0301\u200b\u0300" * 3 + "\u202ebằng\r")

    assert vietnamese.clean(once) == once


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Hoà  Thành", "hoa thanh"),
        ("Hòa\u00a0Thành ", "hoa thanh"),
        ("HOA\nTHÀNH", "hoa thanh"),
        ("Đặng", "dang"),
        ("Ðặng", "dang"),
        ("Ủy ban", "uy ban"),
        ("Ưng Ơn", "ung on"),
        ("170/KH-UBND", "170/kh-ubnd"),
        ("\ud800 ", ""),
    ],
)
def test_fold(text, key):
    assert vietnamese.fold(text) == key


@pytest.mark.parametrize("expected", [IN_ORDER, DISTRICTS])
def test_sort_key_follows_the_alphabet_then_the_tones(expected):
    backwards = expected[::-1]

    assert sorted(backwards, key=vietnamese.sort_key) == expected


def test_signs_digits_and_other_letters_have_their_places():
    expected = ["(a)", "→ a", "✓ a", "$5", "9", "An", "Zalo", "Ω", "я"]
    backwards = expected[::-1]

    assert sorted(backwards, key=vietnamese.sort_key) == expected


def test_sort_key_is_one_for_both_spellings_of_unicode():
    assert vietnamese.sort_key("Đặng Thị Hoà") == vietnamese.sort_key("Đa\u0306\u0323ng Thị Hoà")


def test_compare_serves_sqlite_as_a_collation():
    database = sqlite3.connect(":memory:")
    database.create_collation("vi-x-icu", vietnamese.compare)
    database.execute("CREATE TABLE unit (name)")
    database.executemany("INSERT INTO unit VALUES (?)", [(name,) for name in reversed(IN_ORDER)])

    rows = database.execute('SELECT name FROM unit ORDER BY name COLLATE "vi-x-icu"').fetchall()

    assert [name for (name,) in rows] == IN_ORDER


@pytest.mark.parametrize(
    ("one", "other", "sign"), [("An", "Ân", -1), ("Ân", "An", 1), ("x", "x", 0)]
)
def test_compare(one, other, sign):
    assert vietnamese.compare(one, other) == sign


@pytest.mark.database
@pytest.mark.django_db
def test_order_is_that_of_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL is the oracle of this test")
    phrases = random_phrases(5000)

    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT phrase FROM unnest(%s::text[]) phrase ORDER BY phrase COLLATE "vi-x-icu"',
            [phrases],
        )
        oracle = [phrase for (phrase,) in cursor.fetchall()]

    assert sorted(phrases, key=cmp_to_key(vietnamese.compare)) == oracle


def test_names_go_by_own_name_then_family_then_middle_name():
    expected = [
        "Đặng An",
        "Nguyễn Văn An",
        "Trần An",
        "Trần Bảo An",
        "An Ánh",
        "Lê Thị Bích",
        "Trần Bình",
    ]
    backwards = expected[::-1]

    assert sorted(backwards, key=vietnamese.name_sort_key) == expected


def test_name_of_one_word_and_empty_name_have_a_place():
    assert sorted(["Y Bình", "Bình", ""], key=vietnamese.name_sort_key) == ["", "Bình", "Y Bình"]


@pytest.mark.parametrize(
    ("day", "short", "long"),
    [
        (date(2024, 3, 7), "07/3/2024", "ngày 07 tháng 3 năm 2024"),
        (date(2024, 1, 8), "08/01/2024", "ngày 08 tháng 01 năm 2024"),
        (date(2022, 2, 28), "28/02/2022", "ngày 28 tháng 02 năm 2022"),
        (date(2023, 8, 21), "21/8/2023", "ngày 21 tháng 8 năm 2023"),
        (date(2016, 12, 28), "28/12/2016", "ngày 28 tháng 12 năm 2016"),
    ],
)
def test_dates_are_padded_as_the_decree_says(day, short, long):
    assert (vietnamese.short_date(day), vietnamese.long_date(day)) == (short, long)


def test_moment_is_told_in_local_time():
    at = datetime(2024, 3, 21, 17, 0, 5, tzinfo=UTC)

    assert vietnamese.moment(at) == "00:00 ngày 22/3/2024"


def test_moment_without_a_zone_is_a_mistake():
    with pytest.raises(ValueError, match="time zone"):
        vietnamese.moment(datetime(2024, 3, 22, 10, 21))  # noqa: DTZ001


@pytest.mark.parametrize(
    "typed",
    [
        "7/3/2024",
        "07/03/2024",
        " 07-03-2024 ",
        "7.3.2024",
        "7 / 3 / 2024",
        "2024-03-07",
        "ngày 07 tháng 3 năm 2024",
        "Nga\u0300y 7 tháng 03 năm 2024",
    ],
)
def test_parse_date(typed):
    assert vietnamese.parse_date(typed) == date(2024, 3, 7)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("3/22/2024", "“3/22/2024” có tháng lớn hơn 12. Hãy viết ngày trước, tháng sau."),
        ("29/02/2023", "“29/02/2023” không phải là một ngày có trong lịch."),
        ("31/4/2024", "“31/4/2024” không phải là một ngày có trong lịch."),
        ("0/3/2024", "“0/3/2024” không phải là một ngày có trong lịch."),
        ("13/13/2024", "“13/13/2024” không phải là một ngày có trong lịch."),
        ("0001-01-01", "Năm trong “0001-01-01” nằm ngoài khoảng 1900–2199."),
        ("11.3", "“11.3” chưa đúng dạng ngày/tháng/năm, ví dụ 07/3/2024."),
        ("7/3-2024", "“7/3-2024” chưa đúng dạng ngày/tháng/năm, ví dụ 07/3/2024."),
        ("\u0667/3/2024", "“\u0667/3/2024” chưa đúng dạng ngày/tháng/năm, ví dụ 07/3/2024."),
        ("", "“” chưa đúng dạng ngày/tháng/năm, ví dụ 07/3/2024."),
    ],
)
def test_parse_date_says_what_is_wrong(typed, sentence):
    with pytest.raises(ValueError) as wrong:  # noqa: PT011
        vietnamese.parse_date(typed)

    assert str(wrong.value) == sentence


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        (Decimal("1234567.89"), None, "1.234.567,89"),
        (Decimal("1234.50"), None, "1.234,5"),
        (Decimal("1E3"), None, "1.000"),
        (1000, None, "1.000"),
        (1000, 0, "1.000"),
        (Decimal("0.5"), 0, "1"),
        (Decimal("2.345"), 2, "2,35"),
        (Decimal("-1234.5"), 2, "-1.234,50"),
        (Decimal("-0.04"), 1, "0,0"),
        (0, None, "0"),
    ],
)
def test_number(value, places, printed):
    assert vietnamese.number(value, places) == printed


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_number_prints_only_what_is_one(value):
    with pytest.raises(ValueError, match="finite"):
        vietnamese.number(Decimal(value))


def test_percent_takes_a_share_of_one():
    shares = [Decimal("0.9685"), Decimal(1), Decimal(0)]

    assert [vietnamese.percent(share) for share in shares] == ["96,9%", "100,0%", "0,0%"]
    assert vietnamese.percent(Decimal("0.9685"), places=2) == "96,85%"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1250", "1250"),
        (" -5 ", "-5"),
        ("+5", "5"),
        ("71.5", "71.5"),
        ("71,5", "71.5"),
        ("96.85", "96.85"),
        ("0,125", "0.125"),
        ("1234,567", "1234.567"),
        ("1,2345", "1.2345"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("1,234.56", "1234.56"),
        ("1.234,567", "1234.567"),
        ("1 250", "1250"),
        ("1\u00a0234\u202f567,5", "1234567.5"),
    ],
)
def test_parse_number(typed, value):
    assert vietnamese.parse_number(typed) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "readings", "sentence"),
    [
        (
            "1.250",
            ("1250", "1.250"),
            "“1.250” có thể là 1.250 hoặc 1,25. Hãy viết 1250 hoặc 1,25 để rõ nghĩa.",
        ),
        (
            "-12,345",
            ("-12345", "-12.345"),
            "“-12,345” có thể là -12.345 hoặc -12,345. Hãy viết -12345 hoặc -12,3450 để rõ nghĩa.",
        ),
    ],
)
def test_parse_number_asks_when_two_readings_are_possible(typed, readings, sentence):
    with pytest.raises(vietnamese.Ambiguous) as wrong:
        vietnamese.parse_number(typed)

    assert wrong.value.readings == tuple(Decimal(reading) for reading in readings)
    assert str(wrong.value) == sentence


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "abc",
        "1e3",
        "NaN",
        "Infinity",
        "1.23.4",
        "1.234.56",
        "--5",
        "\u0663",
        "5%",
        "1,2,3",
        "1.",
        ".5",
    ],
)
def test_parse_number_refuses_what_is_none(typed):
    with pytest.raises(ValueError) as wrong:  # noqa: PT011
        vietnamese.parse_number(typed)

    assert str(wrong.value) == f"“{typed}” không phải là số. Ví dụ số đúng: 1250 hoặc 96,85."


def test_parse_number_refuses_a_number_without_end():
    with pytest.raises(ValueError, match="Số quá dài"):
        vietnamese.parse_number("9" * 5000)
