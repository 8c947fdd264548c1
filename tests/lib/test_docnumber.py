import pytest

from lib.docnumber import DocNumber, Style, format_number, parse

EXAMPLES = [
    ("2633/KH-UBND", (2633, None, "KH", "UBND", Style.TYPED)),
    ("170/KH-UBND", (170, None, "KH", "UBND", Style.TYPED)),
    ("01/QĐ-UBND", (1, None, "QĐ", "UBND", Style.TYPED)),
    ("3336/QĐ-UBND", (3336, None, "QĐ", "UBND", Style.TYPED)),
    ("817/TTr-SNV", (817, None, "TTr", "SNV", Style.TYPED)),
    ("3611/BTĐKT-P.II", (3611, None, "", "BTĐKT-P.II", Style.LETTER)),
    ("01/2022/QĐ-UBND", (1, 2022, "QĐ", "UBND", Style.LEGAL)),
    ("98/2023/NĐ-CP", (98, 2023, "NĐ", "CP", Style.LEGAL)),
    ("135-HD/BTGTW", (135, None, "HD", "BTGTW", Style.PARTY)),
    ("1033-CV/TU", (1033, None, "CV", "TU", Style.PARTY)),
    ("12-KH/BTGTU", (12, None, "KH", "BTGTU", Style.PARTY)),
    ("2470/KH-BCH", (2470, None, "KH", "BCH", Style.TYPED)),
    ("87/CTr-HĐTĐ", (87, None, "CTr", "HĐTĐ", Style.TYPED)),
    ("Số: 05/BC-SNV", (5, None, "BC", "SNV", Style.TYPED)),
    ("06/2022/QH15", (6, 2022, "", "QH15", Style.LEGAL)),
    ("  số 15 / KH - SNV ", (15, None, "KH", "SNV", Style.TYPED)),
    ("15/KH–SNV", (15, None, "KH", "SNV", Style.TYPED)),
    ("15/kh-SNV", (15, None, "KH", "SNV", Style.TYPED)),
    ("15/Q\u00d0-SNV", (15, None, "QĐ", "SNV", Style.TYPED)),
    ("15/Q\u0110-UBND-VX", (15, None, "QĐ", "UBND-VX", Style.TYPED)),
    ("3611/UBND-VX", (3611, None, "", "UBND-VX", Style.LETTER)),
    ("22/SNV", (22, None, "", "SNV", Style.LETTER)),
    ("22/HD-SNV", (22, None, "HD", "SNV", Style.TYPED)),
    ("22/HĐ-SNV", (22, None, "HĐ", "SNV", Style.TYPED)),
]


@pytest.mark.parametrize(("typed", "parts"), EXAMPLES)
def test_parse(typed, parts):
    assert parse(typed) == DocNumber(*parts, raw=typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "KH-UBND",
        "15",
        "15/",
        "0/KH-SNV",
        "123456/KH-SNV",
        "15-KH",
        "15/2024-KH/TU",
        "15/<b>",
        "\u0663/KH-SNV",
        "15/KH-" + "S" * 60,
    ],
)
def test_parse_says_what_a_number_looks_like(typed):
    with pytest.raises(ValueError) as wrong:  # noqa: PT011
        parse(typed)

    assert str(wrong.value) == f"Số, ký hiệu “{typed[:60]}” chưa đúng dạng, ví dụ 15/KH-SNV."


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("5/bc-SNV", "05/BC-SNV"),
        ("Số: 98/2023/NĐ-CP", "98/2023/NĐ-CP"),
        ("06/2022/QH15", "06/2022/QH15"),
        ("7-hd/BTGTW", "07-HD/BTGTW"),
        ("3611/BTĐKT-P.II", "3611/BTĐKT-P.II"),
    ],
)
def test_printed_as_the_decree_writes_it(typed, printed):
    assert str(parse(typed)) == printed


def test_format_number_adds_a_zero_below_ten():
    assert [format_number(number) for number in (5, 10, 2633)] == ["05", "10", "2633"]
