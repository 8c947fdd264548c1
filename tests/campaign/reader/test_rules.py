"""The few rules the reader is made of, each on the words that would break it."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.reader.agencies import named, split_names
from campaign.reader.dates import deadlines, due_on
from campaign.reader.duties import coordinators_in, verb_of
from campaign.reader.markers import Level, marker
from campaign.reader.refusal import Unreadable
from tests.campaign.reader.reading import read


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        ("I. MỤC ĐÍCH", Level.ROMAN, "I"),
        ("IV- TỔ CHỨC", Level.ROMAN, "IV"),
        ("II/ YÊU CẦU", Level.ROMAN, "II"),
        ("A. PHẦN CHUNG", Level.CAPITAL, "A"),
        ("Phần thứ hai", Level.PART, "II"),
        ("CHƯƠNG III", Level.PART, "III"),
        ("Điều 5. Trách nhiệm", Level.ARTICLE, "Điều 5"),
        ("II.1. Nội dung", Level.NUMBER, "II.1"),
        ("1) Sở Y tế", Level.NUMBER, "1"),
        ("1. 100% các xã", Level.NUMBER, "1"),
        ("1.2. Nội dung", Level.SUBNUMBER, "1.2"),
        ("đ) Đối với cá nhân", Level.LETTER, "đ"),
        ("(1) Một", Level.BRACKET, "1"),
        ("– Gạch dài", Level.DASH, ""),
        ("+ Cộng", Level.PLUS, ""),
        ("PHỤ LỤC", Level.ANNEX, ""),
        ("Phụ lục II", Level.ANNEX, "II"),
    ],
)
def test_markers(text, level, code):
    found = marker(text)

    assert found is not None
    assert (found.level, found.code) == (level, code)


@pytest.mark.parametrize(
    "text",
    ["100% các xã", "3.5 triệu đồng", "1.000.000 đồng", "2021 - 2025", "30/6/2024", "12.5%",
     "45-CT/TW ngày 14 tháng 4", "Mục III của Kế hoạch này", "Điều 5 của Quy chế", "-----"],
)  # fmt: skip
def test_what_only_looks_like_a_marker(text):
    assert marker(text) is None


@pytest.mark.parametrize(
    ("text", "agency", "said"),
    [
        ("Sở Nội vụ", "Sở Nội vụ", ""),
        ("Sở Tài chính chủ trì, phối hợp", "Sở Tài chính", "chủ trì, phối hợp"),
        ("Các tổ chức chính trị - xã hội tổ chức hội nghị", "Các tổ chức chính trị - xã hội", "tổ chức hội nghị"),
        ("Giao Sở Tư pháp theo dõi", "Sở Tư pháp", "theo dõi"),
        ("Trách nhiệm của Sở Y tế", "Sở Y tế", ""),
        ("Ban chỉ đạo tỉnh phân công", "Ban chỉ đạo tỉnh", "phân công"),
        ("Sở Giáo dục và Đào tạo: Chỉ đạo", "Sở Giáo dục và Đào tạo", "Chỉ đạo"),
        ("Các doanh nghiệp, tổ chức, cá nhân có liên quan", "Các doanh nghiệp, tổ chức, cá nhân có liên quan", ""),
    ],
)  # fmt: skip
def test_an_agency_ends_where_the_sentence_says_what_it_does(text, agency, said):
    found = named(text)

    assert found is not None
    assert (found.agency, found.said) == (agency, said)


@pytest.mark.parametrize(
    "text",
    ["Thời gian thực hiện", "Tổ chức thực hiện", "Báo cáo kết quả", "Ban hành kế hoạch", "Hội nghị sơ kết",
     "Bộ tiêu chí", "Các nhiệm vụ trọng tâm", "Phòng, chống thiên tai"],
)  # fmt: skip
def test_what_is_no_agency(text):
    assert named(text) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Các Sở, ngành, đơn vị, UBND cấp xã", ["Các Sở, ngành, đơn vị, UBND cấp xã"]),
        ("Các sở, ban, ngành tỉnh, UBND các xã", ["Các sở, ban, ngành tỉnh", "UBND các xã"]),
        ("MTTQ và Ban Dân vận", ["MTTQ", "Ban Dân vận"]),
        ("Ban Tuyên giáo và Dân vận Tỉnh ủy", ["Ban Tuyên giáo và Dân vận Tỉnh ủy"]),
        ("Sở Văn hóa, Thể thao và Du lịch; Sở Y tế", ["Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế"]),
        ("Sở Xây dựng\nUBND các\nhuyện", ["Sở Xây dựng", "UBND các huyện"]),
        ("Báo và Đài Phát thanh", ["Báo", "Đài Phát thanh"]),
    ],
)  # fmt: skip
def test_lists_of_agencies(text, names):
    assert split_names(text) == (names, False)


def test_a_comma_somebody_forgot_is_supplied_and_told():
    assert split_names("Sở Khoa học và Công nghệ Sở Công Thương") == (
        ["Sở Khoa học và Công nghệ", "Sở Công Thương"],
        True,
    )


@pytest.mark.parametrize(
    ("time", "day"),
    [
        ("Quý IV/2025 - Quý II/2026", date(2026, 6, 30)),
        ("Quí IV-2025", date(2025, 12, 31)),
        ("Quý I, II năm 2026", date(2026, 6, 30)),
        ("Từ tháng 3 đến tháng 5/2026", date(2026, 5, 31)),
        ("Tháng 02/2024", date(2024, 2, 29)),
        ("6 tháng đầu năm 2026", date(2026, 6, 30)),
        ("Trước ngày 15 tháng 6 năm 2026", date(2026, 6, 15)),
        ("Năm 2026", date(2026, 12, 31)),
        ("Từ 01/7/2025", None),
        ("Thường xuyên", None),
        ("Hằng năm", None),
        ("Giai đoạn 2026-2030 và những năm tiếp theo", None),
    ],
)
def test_a_time_means_its_last_day(time, day):
    assert due_on(time) == day


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("gửi về Sở Nội vụ chậm nhất ngày 22/3/2024 để tổng hợp", [date(2024, 3, 22)]),
        ("báo cáo trước ngày 30/6/2024 và 15/12/2024", [date(2024, 6, 30), date(2024, 12, 15)]),
        ("xong trong tháng 12/2025", [date(2025, 12, 31)]),
        ("định kỳ trước ngày 01/6 và 15/11 hằng năm", [None, None]),
        ("báo cáo trước ngày 25 hằng tháng", [None]),
        ("Quyết định số 01/QĐ-UBND ngày 09/01/2024 của UBND tỉnh", []),
        ("kỷ niệm 80 năm (22/12/1944 - 22/12/2024)", []),
        ("Đến hết năm 2025: có 30% hộ", []),
        ("quy hoạch đến năm 2050", []),
        ("tính đến ngày 30/9/2025, có 22 trạm", []),
        ("hoàn thành trước ngày 31/4/2024", []),
    ],
)
def test_what_makes_a_day_a_deadline(text, found):
    assert [one.on for one in deadlines(text)] == found


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Là cơ quan thường trực, chủ trì phối hợp với Sở Y tế", "lead"),
        ("Phối hợp với Sở Nội vụ chỉ đạo", "coordinate"),
        ("Tham mưu UBND tỉnh ban hành", "advise"),
        ("Định hướng các cơ quan báo chí", "direct"),
        ("Đẩy mạnh thực hiện phong trào; chỉ đạo các cấp hội", "carry_out"),
    ],
)
def test_the_verb_is_the_one_the_duty_begins_with(text, verb):
    assert verb_of(text) == verb


def test_who_takes_part_ends_before_what_is_done():
    text = "Chủ trì, phối hợp với Sở Tài chính, Sở Tài nguyên và Môi trường hướng dẫn thực hiện."

    assert coordinators_in(text) == ["Sở Tài chính", "Sở Tài nguyên và Môi trường"]


WORDS = st.sampled_from(
    [
        "KẾ HOẠCH", "I. ", "II. TỔ CHỨC THỰC HIỆN", "1. ", "1.1. ", "a) ", "- ", "+ ", "Điều 1. ", "PHỤ LỤC", "\n", "\n\n",
        "\t", "|", " | ", "STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian", "Sở Nội vụ", "UBND các xã", ": ", "; ", ", ",
        ". ", "chủ trì, phối hợp với ", "Đơn vị chủ trì: ", "trước ngày ", "31/4/2024", "22/3/2024", "quý IV/2025", "ngày ",
        "năm 2024", "Căn cứ ", "Nghị quyết số 1/NQ-CP ", "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "(", ")", "“",
        "từ ", "đến ", "hằng năm", "Số: ", "12/KH-UBND", "Tây Ninh, ngày 07 tháng 3 năm 2024", "\u0301", "\x0c", "%", "2",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(WORDS, st.text(max_size=8)), max_size=80).map("".join))
def test_any_text_is_read_or_refused_and_nothing_else(text):
    try:
        plan = read(text.encode("utf-8", "replace"))
    except Unreadable:
        return
    lines = text.count("\n") + text.count("\x0c") + text.count("\r") + text.count("\x85") + 9
    assert all(0 < one["line"] <= lines for one in plan["sections"])


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xfe", b"\xd0\xcf\x11\xe0"]),
    st.binary(max_size=400),
)
def test_any_bytes_are_read_or_refused_and_nothing_else(head, rest):
    with suppress(Unreadable):
        assert read(head + rest)["sections"]
