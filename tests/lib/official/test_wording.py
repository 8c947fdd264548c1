from dataclasses import replace
from datetime import date

import pytest

from lib.official.model import (
    Appendix,
    Column,
    Document,
    Facts,
    Form,
    Header,
    Heading,
    Paragraph,
    Row,
    RowKind,
    Run,
    Signature,
    Table,
)
from lib.official.text import plain_text
from lib.official.wording import number_line, place_line, roman
from tests.lib.official.samples import HEADER, LETTER, MINUTES, RECEIPT, REPORT

PARTY = Header(
    form=Form.PARTY,
    governing_body="Tỉnh ủy Tây Ninh",
    issuing_body=("Ban Tuyên giáo",),
    symbol="KH/BTGTU",
    number="12",
    place="Tây Ninh",
    issued_date=date(2024, 2, 1),
)


def body_text(*blocks):
    """The lines of a document that is nothing but these blocks."""
    bare = Document(header=Header(issuing_body=("A",)), subject="", body=blocks)
    return plain_text(bare)[3:]


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, "Số: 05/BC-SNV"),
        ({"number": "15"}, "Số: 15/BC-SNV"),
        ({"number": "05"}, "Số: 05/BC-SNV"),
        ({"number": "7a"}, "Số: 7a/BC-SNV"),
        ({"number": None}, "Số: \u00a0\u00a0\u00a0\u00a0\u00a0\u00a0/BC-SNV"),
        ({"number": None, "symbol": ""}, ""),
    ],
)
def test_number_line(changes, line):
    header = replace(HEADER, **changes)

    assert number_line(header) == line


def test_number_line_of_the_party_has_a_dash():
    assert number_line(PARTY) == "Số 12-KH/BTGTU"


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, "Tây Ninh, ngày 07 tháng 3 năm 2024"),
        ({"issued_date": date(2024, 2, 22)}, "Tây Ninh, ngày 22 tháng 02 năm 2024"),
        ({"issued_date": None, "year": 2024}, "Tây Ninh, ngày tháng năm 2024"),
        ({"place": ""}, "ngày 07 tháng 3 năm 2024"),
        ({"issued_date": None}, ""),
    ],
)
def test_place_and_date(changes, line):
    header = replace(HEADER, **changes)

    assert " ".join(place_line(header).split()) == line


def test_first_page_reads_in_order():
    lines = plain_text(REPORT)

    assert lines[:12] == [
        "UBND TỈNH TÂY NINH",
        "SỞ NỘI VỤ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 05/BC-SNV",
        "Tây Ninh, ngày 07 tháng 3 năm 2024",
        "BÁO CÁO",
        REPORT.subject,
        "Kính gửi: Ủy ban nhân dân tỉnh Tây Ninh.",
        "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;",
        "Căn cứ Kế hoạch số 735/KH-UBND ngày 07/3/2024 về phát động Đợt Thi đua đặc biệt.",
        "I. TÌNH HÌNH GỬI KẾ HOẠCH",
    ]


def test_end_of_the_main_part_reads_in_order():
    lines = plain_text(REPORT)

    end = lines.index("Phụ lục I")
    assert lines[end - 9 : end] == [
        "Trên đây là báo cáo tổng hợp của Sở Nội vụ./.",
        "Nơi nhận:",
        "- Như trên;",
        "- CT, các PCT UBND tỉnh;",
        "- Thành viên HĐ. TĐKT tỉnh;",
        "- Lưu: VT, BTĐ.",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Nguyễn Thị Ánh Nguyệt",
    ]


def test_letter_has_its_subject_under_the_number():
    lines = plain_text(LETTER)

    assert lines[4:10] == [
        "Số: 05/BC-SNV",
        "V/v đôn đốc gửi kế hoạch triển khai Đợt Thi đua",
        "Tây Ninh, ngày 07 tháng 3 năm 2024",
        "Kính gửi:",
        "- Các sở, ban, ngành tỉnh;",
        "- UBND các huyện, thị xã, thành phố.",
    ]


def test_receipt_without_number_signature_or_recipients():
    lines = plain_text(RECEIPT)

    assert lines[4:] == [
        "Tây Ninh, ngày 20 tháng 3 năm 2024",
        "PHIẾU TIẾP NHẬN",
        "Kế hoạch triển khai Đợt Thi đua đặc biệt",
        "Đơn vị gửi:",
        "Sở Văn hóa, Thể thao và Du lịch",
        "Thời điểm nhận:",
        "10:21 ngày 20/3/2024",
        "Kết luận:",
        "Đúng hạn",
        "Mã kiểm tra: TN-7F3K-92QD",
    ]


def test_party_form():
    document = Document(
        header=PARTY,
        kind="Kế hoạch",
        subject="Tuyên truyền",
        signature=Signature(authority=("KT. Trưởng ban",), position="Phó Trưởng ban", name="Lê An"),
    )

    assert plain_text(document) == [
        "TỈNH ỦY TÂY NINH",
        "BAN TUYÊN GIÁO",
        "*",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Số 12-KH/BTGTU",
        "Tây Ninh, ngày 01 tháng 02 năm 2024",
        "KẾ HOẠCH",
        "Tuyên truyền",
        "K/T TRƯỞNG BAN",
        "PHÓ TRƯỞNG BAN",
        "Lê An",
    ]


def test_draft_is_marked_under_the_number():
    lines = plain_text(replace(REPORT, draft=True))

    assert lines[4:6] == ["Số: 05/BC-SNV", "DỰ THẢO"]


def test_headings_are_numbered_and_start_again_under_the_next():
    headings = body_text(
        Heading(1, "Kết quả"),
        Heading(2, "Tuyên truyền"),
        Heading(3, "Báo chí"),
        Heading(3, "Mạng xã hội"),
        Heading(2, "Thi đua"),
        Heading(3, "Phát động"),
        Heading(1, "Kiến nghị"),
        Heading(2, "Với tỉnh"),
        Heading(2, "Ghi chú", numbered=False),
    )

    assert headings == [
        "I. KẾT QUẢ",
        "1. Tuyên truyền",
        "a) Báo chí",
        "b) Mạng xã hội",
        "2. Thi đua",
        "a) Phát động",
        "II. KIẾN NGHỊ",
        "1. Với tỉnh",
        "Ghi chú",
    ]


def test_points_follow_the_vietnamese_alphabet():
    headings = body_text(*(Heading(3, "x") for _ in range(24)))

    letters = [text.removesuffix(") x") for text in headings]
    assert letters == [*"abcdđeghiklmnopqrstuvxy", "aa"]


@pytest.mark.parametrize(
    ("closing", "line"),
    [("Trân trọng", "Trân trọng./."), ("Trân trọng.", "Trân trọng./."), ("Hết./.", "Hết./.")],
)
def test_closing_ends_once(closing, line):
    document = Document(header=Header(issuing_body=("A",)), subject="", closing=closing)

    assert plain_text(document)[-1] == line


@pytest.mark.parametrize("number", [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (49, "XLIX")])
def test_roman(number):
    assert roman(number[0]) == number[1]


def test_one_appendix_has_no_number():
    document = replace(REPORT, appendices=REPORT.appendices[1:])

    end = plain_text(document).index("Phụ lục")
    assert plain_text(document)[end : end + 3] == [
        "Phụ lục",
        "NHIỆM VỤ CHƯA CÓ HOẠT ĐỘNG ĐĂNG KÝ",
        "(Kèm theo Báo cáo số 05/BC-SNV ngày 07 tháng 3 năm 2024 của Sở Nội vụ)",
    ]


def test_appendix_may_say_its_own_reference():
    appendix = Appendix(title="Biểu", blocks=(), reference="(Tính đến ngày 25/3/2024)")

    lines = plain_text(replace(REPORT, appendices=(appendix,)))

    assert lines[-3:] == ["Phụ lục", "BIỂU", "(Tính đến ngày 25/3/2024)"]


def test_headings_of_an_appendix_start_at_one():
    appendix = Appendix(title="Biểu", blocks=(Heading(1, "Số liệu"),))

    lines = plain_text(replace(REPORT, appendices=(appendix,)))

    assert lines[-1] == "I. SỐ LIỆU"


def test_characters_no_file_can_hold_are_left_out():
    poison = "Sở\x01 Nội\ud800 vụ\ufffe"
    table = Table((Column(poison),), (Row((poison,)), Row((poison,), RowKind.GROUP)), poison)

    lines = body_text(Paragraph((Run(poison),)), Heading(2, poison), table, Facts(((poison, "a"),)))

    assert lines == [
        "Sở Nội vụ",
        "1. Sở Nội vụ",
        "Sở Nội vụ",
        "Sở Nội vụ",
        "Sở Nội vụ",
        "Sở Nội vụ",
        "Sở Nội vụ:",
        "a",
    ]


def test_decomposed_letters_are_composed():
    assert body_text(Paragraph("Thu\u031b\u0301")) == ["Th\u1ee9"]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Table((Column("a"), Column("b")), (Row(("1",)),)),
        lambda: Table((Column("a"), Column("b")), (Row(("1", "2"), RowKind.GROUP),)),
        lambda: Table((), ()),
        lambda: Table((Column("a", 0),), ()),
        lambda: Heading(4, "a"),
    ],
)
def test_a_wrong_block_is_refused_where_it_is_made(wrong):
    with pytest.raises(ValueError, match=r"\.$"):
        wrong()


def test_a_signature_without_a_name_keeps_room_for_the_hand():
    document = Document(
        header=HEADER, kind="Báo cáo", subject="Thử", signature=Signature(position="Trưởng Ban")
    )

    assert plain_text(document)[-2:] == ["TRƯỞNG BAN", "\u00a0"]


def test_minutes_are_signed_by_each_side_and_then_sent():
    assert plain_text(MINUTES)[-9:] == [
        "ĐẠI DIỆN ĐƠN VỊ ĐƯỢC KIỂM TRA", "\u00a0", "THƯ KÝ", "Lê Văn Minh", "TRƯỞNG ĐOÀN",
        "Trần Văn Đông", "Nơi nhận:", "- Sở Nội vụ;", "- Lưu: ĐKT.",
    ]  # fmt: skip
