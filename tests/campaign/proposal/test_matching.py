"""Names as plans print them, against a small directory of units."""

from datetime import date

import pytest

from campaign.proposal.classes import classes_in
from campaign.proposal.matching import Directory, Known

ON = date(2024, 3, 7)
ENDED = date(2025, 2, 28)
UNITS = (
    ("SNV", "Sở Nội vụ", "SNV"),
    ("SGDDT", "Sở Giáo dục và Đào tạo", "SGDĐT"),
    ("SLDTBXH", "Sở Lao động - Thương binh và Xã hội", "SLĐTBXH"),
    ("SVHTTDL", "Sở Văn hóa, Thể thao và Du lịch", "SVHTTDL"),
    ("MTTQ", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "UBMTTQ"),
    ("BDVTU", "Ban Dân vận Tỉnh ủy", "BDVTU"),
    ("BCHQS", "Bộ Chỉ huy Quân sự tỉnh", "BCHQS"),
    ("BCHBDBP", "Bộ Chỉ huy Bộ đội Biên phòng tỉnh", "BCH BĐBP"),
    ("TINHDOAN", "Tỉnh Đoàn (Đoàn TNCS Hồ Chí Minh tỉnh)", "Tỉnh đoàn"),
    ("BAOTN", "Báo Tây Ninh", "Báo TN"),
    ("VPUBND", "Văn phòng UBND tỉnh", "VP UBND"),
    ("HTB", "UBND huyện Tân Biên", "H. Tân Biên"),
    ("TPTN", "UBND thành phố Tây Ninh", "TP Tây Ninh"),
)


def directory(on=ON, units=UNITS):
    return Directory([Known(*unit) for unit in units], on=on, province="Tây Ninh")


@pytest.mark.parametrize(
    ("printed", "codes"),
    [
        ("Sở Nội vụ", "SNV"),
        ("Đề nghị Sở Nội vụ tỉnh Tây Ninh", "SNV"),
        ("Sở Nội vụ (Ban Thi đua - Khen thưởng)", "SNV"),
        ("Giám đốc Sở Nội vụ", "SNV"),
        ("Sở GD&ĐT", "SGDDT"),
        ("Sở LĐ-TB&XH", "SLDTBXH"),
        ("Sở VHTT&DL", "SVHTTDL"),
        ("Sở Văn hoá, Thể thao và Du lịch", "SVHTTDL"),
        ("MTTQ tỉnh", "MTTQ"),
        ("Ủy ban MTTQ Việt Nam tỉnh", "MTTQ"),
        ("BCH BĐBP tỉnh", "BCHBDBP"),
        ("Bộ CHQS tỉnh", "BCHQS"),
        ("Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh", "TINHDOAN"),
        ("Tỉnh đoàn Tây Ninh", "TINHDOAN"),
        ("Chánh Văn phòng UBND tỉnh", "VPUBND"),
        ("huyện Tân Biên", "HTB"),
        ("UBND TP Tây Ninh", "TPTN"),
        ("MTTQ và Ban Dân vận", "MTTQ BDVTU"),
        ("Sở Nội vụ, Sở Văn hóa, Thể thao và Du lịch", "SNV SVHTTDL"),
        ("MTTQ và các tổ chức chính trị - xã hội", "MTTQ DOANTHE"),
        # What only looks like one is nobody.
        ("Ủy ban Mặt trận Tổ quốc Việt Nam cấp huyện", ""),
        ("UBND tỉnh", ""),
        ("Sở", ""),
        ("Sở Nội vụ và các đơn vị liên quan", ""),
        ("Ban Thi đua - Khen thưởng Trung ương", ""),
    ],
)
def test_a_name_means_the_unit_it_names(printed, codes):
    assert list(directory().match(printed).meant) == codes.split()


@pytest.mark.parametrize(
    ("phrase", "classes"),
    [
        ("UBND các huyện, thị xã, thành phố", "UBNDCH"),
        ("UBND cấp huyện", "UBNDCH"),
        ("Các Khối Thi đua cấp tỉnh", "KTDCT"),
        ("các cụm, khối thi đua", "KTDCT"),
        ("các cơ quan, đơn vị, địa phương, doanh nghiệp trên địa bàn tỉnh", "ALL"),
        ("Thủ trưởng các sở, ban, ngành", "SBN"),
        ("Các sở, ban, ngành, đoàn thể tỉnh; UBND các huyện, thị xã, thành phố", "SBN DOANTHE UBNDCH"),
        ("các cơ quan, đơn vị có liên quan", ""),
        ("một số cơ quan, đơn vị, địa phương", ""),
        ("các Khối Thi đua thuộc cấp huyện", ""),
        ("các xã biên giới", ""),
        ("các đồn biên phòng, các sở", ""),
    ],
)  # fmt: skip
def test_a_class_is_understood_whole_or_not_at_all(phrase, classes):
    assert list(classes_in(phrase)) == classes.split()


def test_a_unit_that_has_ended_means_those_after_it():
    old = Known("A", "Sở Xây dựng", "SXD", None, ENDED, ("B",))
    middle = Known("B", "Sở Xây dựng và Vận tải", "", ENDED, date(2025, 6, 30), ("C", "D"))
    new = [Known(code, f"Sở {code} mới", "", date(2025, 7, 1)) for code in "CD"]
    units = [old, middle, *new]

    then = Directory(units, on=ON, province="Tây Ninh").match("Sở Xây dựng")
    later = Directory(units, on=date(2026, 1, 1), province="Tây Ninh").match("Sở Xây dựng")

    assert (then.meant, later.meant) == (("A",), ("C", "D"))
    assert "đã kết thúc" in later.note


def test_a_unit_followed_by_a_name_alone_is_left_to_a_person():
    old = Known("A", "Ban Dân vận Tỉnh ủy", "BDV", None, ENDED, (), ("Ban Tuyên giáo và Dân vận",))

    match = Directory([old], on=date(2026, 1, 1), province="Tây Ninh").match("Ban Dân vận")

    assert match.meant == ()
    assert "Ban Tuyên giáo và Dân vận" in match.note


def test_the_unit_in_force_is_meant_where_two_had_the_name():
    units = [
        Known("OLD", "Sở Nội vụ", "SNV", None, ENDED, ("NEW",)),
        Known("NEW", "Sở Nội vụ", "SNV", date(2025, 3, 1)),
    ]
    named = [
        Directory(units, on=on, province="").match("Sở Nội vụ").meant
        for on in (ON, date(2025, 3, 1))
    ]

    assert named == [("OLD",), ("NEW",)]


def test_two_units_of_one_name_are_offered_and_not_chosen():
    units = [Known(code, "Hội Chữ thập đỏ", "") for code in "AB"]

    match = Directory(units, on=ON, province="").match("Hội Chữ thập đỏ")

    assert (match.meant, match.near) == ((), ("A", "B"))


def test_what_is_near_is_offered():
    assert directory().match("Ban Dân vận Huyện ủy").near == ("BDVTU",)


def test_a_long_list_of_strange_names_ends():
    assert directory().match(", ".join(["Hội A"] * 200)).meant == ()
    assert directory().match("A " * 3000).meant == ()
