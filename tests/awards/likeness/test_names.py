"""Two ways of writing a name: one name, or two."""

import unicodedata

import pytest

from awards.likeness.names import (
    Alike,
    compare_collectives,
    compare_persons,
    read_collective,
    read_person,
)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # Titles, offices and asides are no part of a name.
        ("Nguyễn Văn Hùng", "ông Nguyễn Văn Hùng", Alike.SAME),
        ("TS.BS. Lê Thị Hoa", "bà Lê Thị Hoa", Alike.SAME),
        ("Thượng tá Lê Văn Tám, Chỉ huy trưởng", "Lê Văn Tám", Alike.SAME),
        ("Đ/c Phạm Thị Bình", "đồng chí Phạm Thị Bình (mẫu)", Alike.SAME),
        ("Hộ ông Cao Văn Bé", "Cao Văn Bé, sinh năm 1970", Alike.SAME),
        ("Thuong ta Le Van Tam", "Lê Văn Tám", Alike.MARKS),
        # A name of two words keeps both, whatever they mean elsewhere.
        ("Anh Thơ", "Thơ", Alike.NOT),
        ("Bà Triệu", "Bà Triệu", Alike.SAME),
        # One spelling in several shapes.
        ("Nguyễn Hoà", "Nguyễn Hòa", Alike.SAME),
        ("Trần Mỹ Lý", "Trần Mĩ Lí", Alike.SAME),
        ("NGUYỄN VĂN HÙNG", "Nguyễn Văn Hùng", Alike.SAME),
        ("Ðặng Văn Ðức", "Đặng Văn Đức", Alike.SAME),
        (unicodedata.normalize("NFD", "Đỗ Thị Thủy"), "Đỗ Thị Thuỷ", Alike.SAME),
        # Marks.
        ("Nguyen Van Hung", "Nguyễn Văn Hưng", Alike.MARKS),
        ("Nguyễn Văn An", "Nguyễn Văn Ân", Alike.OTHER_MARKS),
        ("Trần Thị Thúy", "Trần Thị Thủy", Alike.OTHER_MARKS),
        ("Trần Thị Thúy", "Trần Thị Thúi", Alike.SLIP),
        # Abbreviations.
        ("Ng. Văn A", "Nguyễn Văn A", Alike.SHORT),
        ("N.V.Hùng", "Nguyễn Văn Hùng", Alike.SHORT),
        ("Ng V Hùng", "Nguyễn Văn Hùng", Alike.SHORT),
        ("Nguyễn V. H.", "Nguyễn Văn Hùng", Alike.NOT),
        ("Tr. Văn Hùng", "Nguyễn Văn Hùng", Alike.NOT),
        # Slips, and names that only look like one.
        ("Nguyễn Văn Hugn", "Nguyễn Văn Hung", Alike.SLIP),
        ("Nguyễn Văn Hùngg", "Nguyễn Văn Hùng", Alike.SLIP),
        ("Lê An", "Lê Ấn", Alike.OTHER_MARKS),
        ("Lê An", "Lê Anh", Alike.NOT),
        ("Nguyễn Hùng", "Nguyễn Văn Hùng", Alike.PARTIAL),
        ("Nguyễn Hùng", "Trần Văn Hùng", Alike.NOT),
        ("Hùng", "Nguyễn Văn Hùng", Alike.NOT),
        # One word, and none.
        ("Bằng", "Bằng", Alike.SAME),
        ("Bằng", "Hằng", Alike.NOT),
        ("", "", Alike.NOT),
        ("(mẫu)", "Nguyễn Văn Hùng", Alike.NOT),
    ],
)
def test_names_of_persons(one, other, expected):
    assert compare_persons(read_person(one), read_person(other)) is expected
    assert compare_persons(read_person(other), read_person(one)) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Tập thể Phòng GDĐT", "Phòng Giáo dục và Đào tạo", Alike.SHORT),
        ("PHÒNG GD&ĐT huyện Gò Dầu", "Phòng GD-ĐT huyện Gò Dầu", Alike.SHORT),
        ("P. GDĐT", "Phòng Giáo dục và Đào tạo huyện Gò Dầu", Alike.PARTIAL),
        ("Trường THPT Lê Quý Đôn", "Trường Trung học phổ thông Lê Quí Đôn", Alike.SHORT),
        ("Sở LĐTBXH", "Sở Lao động - Thương binh và Xã hội", Alike.SHORT),
        ("UBND xã Long Thuận", "Ủy ban nhân dân xã Long Thuận", Alike.SHORT),
        ("TT Y tế Bến Cầu", "Trung tâm Y tế Bến Cầu", Alike.SHORT),
        ("Tập thể cán bộ, chiến sĩ Đồn Biên phòng Mộc Bài", "Đồn Biên phòng Mộc Bài", Alike.SAME),
        ("TRUNG TÂM VĂN HÓA", "Trung tâm Văn hoá", Alike.SAME),
        ("Tổ 1", "Tổ 1", Alike.SAME),
        # A number is never a slip.
        ("Tổ 1", "Tổ 2", Alike.NOT),
        ("Tổ nhân dân tự quản 15", "Tổ nhân dân tự quản 16", Alike.NOT),
        ("Chi bộ 10", "Chi bộ 1", Alike.NOT),
        ("Phòng Tài chính", "Phòng Tài nguyên", Alike.NOT),
    ],
)
def test_names_of_collectives(one, other, expected):
    assert compare_collectives(read_collective(one), read_collective(other)) is expected
    assert compare_collectives(read_collective(other), read_collective(one)) is expected
