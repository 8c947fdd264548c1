"""Plans laid out in other ways. All of them are made up, and so is everybody in them."""

import unicodedata
from pathlib import Path

import pytest

from tests.campaign.reader.reading import codes, read

PAPERS = Path(__file__).parent / "papers"


def paper(name):
    return read((PAPERS / name).read_bytes())


def header(plan):
    return (plan["document_type"], plan["number"], plan["issued_on"], plan["issuer"])


def given(plan):
    """Agencies with the part that names them and how many duties each has."""
    return [(one["section"], one["agency"], len(one["duties"])) for one in plan["assignments"]]


def due(plan):
    return [one["on"] for one in plan["deadlines"]]


def test_a_decision_with_the_plan_it_issues():
    plan = paper("decision.txt")

    assert header(plan) == ("QUYẾT ĐỊNH", "1204/QĐ-UBND", "2024-06-05", "Ủy ban nhân dân tỉnh Lâm Đồng")  # fmt: skip
    assert plan["subject"].endswith("giai đoạn 2024 - 2026")
    assert [one["number"] for one in plan["legal_bases"]] == [None] * 3 + ["98/2023/NĐ-CP", "215/TTr-SNV"]  # fmt: skip
    assert codes(plan["sections"]) == ["I", "II", "II.1", "II.2", "III", "III.1", "III.2", "III.3"]
    assert given(plan) == [
        ("Điều 2", "Sở Nội vụ", 1),
        ("III.1", "Sở Nội vụ (cơ quan thường trực)", 2),
        ("III.2", "Sở Xây dựng", 1),
        ("III.3", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội", 1),
    ]
    duty = plan["assignments"][1]["duties"][0]
    assert duty["verb"] == "lead"
    assert duty["coordinators"] == ["Sở Xây dựng", "Sở Tài nguyên và Môi trường"]
    assert due(plan) == ["2024-06-30", None]
    assert plan["recipients"] == ["Như Điều 4", "Bộ Nội vụ", "Lưu: VT, NC"]
    assert plan["signatory"] == {"authority": None, "position": "CHỦ TỊCH", "name": "Trần Văn Mẫu"}


def test_the_form_of_the_party():
    plan = paper("party.txt")

    assert header(plan) == ("KẾ HOẠCH", "45-KH/TU", "2024-02-12", "Tỉnh ủy Bạc Liêu")
    assert plan["subject"].startswith("Thực hiện Chỉ thị số 21-CT/TW")
    assert codes(plan["sections"]) == ["I", "I.1", "I.2", "II", "II.1", "III"]
    assert [section for section, _, _ in given(plan)] == ["III.1", "III.2", "III.3", "III.4"]
    assert due(plan) == ["2024-03-15", "2024-04-30", "2024-03-31"]
    assert plan["signatory"]["authority"] == "T/M BAN THƯỜNG VỤ"
    assert plan["recipients"][-1] == "Lưu Văn phòng Tỉnh ủy"


def test_tasks_whose_labels_stand_in_lines_in_brackets_or_in_a_sentence():
    plan = paper("department.txt")

    assert plan["issuer"] == "Sở Nội vụ tỉnh Quảng Ngãi"
    assert [(one["code"], one["leads"], one["coordinators"], one["due_on"]) for one in plan["tasks"]] == [
        ("II.1.1", ["Văn phòng Sở"], ["Các phòng chuyên môn", "Thanh tra Sở"], "2025-06-30"),
        ("II.1.2", ["Phòng Tổ chức, biên chế"], ["Trung tâm Chính trị"], "2025-09-30"),
        ("II.2.a", ["Văn phòng Sở"], ["các phòng, đơn vị thuộc Sở"], "2025-12-31"),
        ("II.2.b", ["Văn phòng Sở"], ["Phòng Công chức"], "2025-06-30"),
    ]  # fmt: skip
    assert given(plan) == [("III.1", "Văn phòng Sở", 2), ("III.2", "Các phòng, đơn vị thuộc Sở", 1)]


def test_agencies_as_dashes_and_blanks_for_number_and_day():
    plan = paper("agencies_as_dashes.txt")

    assert header(plan) == ("KẾ HOẠCH", None, None, "Ủy ban nhân dân tỉnh Cà Mau")
    assert (plan["starts_on"], plan["ends_on"]) == ("2025-07-15", "2025-09-02")
    assert given(plan) == [
        ("D", "Sở Nội vụ", 1),
        ("D", "Sở Tài chính", 2),
        ("D", "Báo và Phát thanh, Truyền hình Cà Mau", 1),
        ("D", "Liên đoàn Lao động tỉnh, Hội Nông dân tỉnh", 1),
        ("D", "Các Cụm, Khối thi đua của tỉnh", 1),
        ("D", "UBND các xã, phường", 1),
    ]
    assert [one["request"] for one in plan["assignments"]] == [False] * 3 + [True] + [False] * 2
    assert [one["message"] for one in plan["warnings"]] == [
        "Không thấy số, ký hiệu của văn bản.",
        "Không thấy ngày ban hành.",
    ]


def test_numbers_all_the_way_and_agencies_in_plain_paragraphs():
    plan = paper("numbers_only.txt")

    assert plan["issuer"] == "Hội đồng Thi đua - Khen thưởng tỉnh Trà Vinh"
    assert codes(plan["sections"]) == ["1", "1.1", "1.2", "2", "3", "3.2"]
    assert codes(plan["items"]) == ["1.1.1", "1.2.1", "2.1", "2.2", "3.1", "3.3"]
    assert given(plan) == [
        ("3.2", "Sở Nội vụ", 1),
        ("3.2", "Văn phòng UBND tỉnh", 1),
        ("3.2", "Các đơn vị được kiểm tra", 1),
    ]
    assert (plan["starts_on"], plan["ends_on"]) == ("2024-04-01", "2024-06-30")


def test_slashes_brackets_and_pluses_before_dashes():
    plan = paper("slashes.txt")

    assert plan["issuer"] == "Sở Văn hóa, Thể thao và Du lịch tỉnh Phú Thọ"
    assert [item for item in codes(plan["items"]) if item.startswith("III")] == ["III.1.1", "III.1.1.1", "III.1.1.2", "III.1.2", "III.2"]  # fmt: skip
    assert [(one["section"], one["request"]) for one in plan["assignments"]] == [
        ("V.1", False),
        ("V.2", False),
        ("V.3", False),
        ("V.4", True),
    ]
    assert plan["assignments"][0]["duties"][1]["coordinators"] == ["Thư viện tỉnh", "Bảo tàng Hùng Vương"]  # fmt: skip
    assert plan["signatory"]["name"] == "Đỗ Thị Mẫu"


def test_markdown_with_its_tables_and_emphasis():
    plan = paper("markdown.md")

    assert header(plan) == ("KẾ HOẠCH", "77/KH-UBND", "2024-05-14", "Ủy ban nhân dân tỉnh Kiên Giang")  # fmt: skip
    assert [(one["code"], one["leads"], one["coordinators"]) for one in plan["tasks"]] == [
        ("II.1", ["Sở Nội vụ"], ["Ban Dân vận Tỉnh ủy"]),
        ("II.2", ["Sở Thông tin và Truyền thông"], ["Báo Kiên Giang", "Đài PTTH tỉnh"]),
    ]
    assert given(plan) == [("III.1", "Sở Nội vụ", 1), ("III.2", "UBND các huyện, thành phố", 1)]
    assert due(plan) == ["2024-05-30", "2024-11-15"]


def test_a_body_whose_superior_belongs_to_its_name():
    plan = paper("front.txt")

    assert plan["issuer"] == "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Hậu Giang"
    assert plan["document_type"] == "KẾ HOẠCH PHỐI HỢP"
    assert [(section, count) for section, _, count in given(plan)] == [("4.1", 2), ("4.2", 1), ("4.3", 2)]  # fmt: skip


def test_one_year_said_for_two_days_and_a_name_behind_a_rank():
    plan = paper("army.txt")

    assert (plan["starts_on"], plan["ends_on"]) == ("2024-04-01", "2024-05-20")
    assert plan["signatory"]["name"] == "Võ Văn Mẫu"
    assert plan["assignments"][1]["agency"] == "Phòng Tham mưu, Phòng Hậu cần - Kỹ thuật"


def test_two_annexes_with_tables_of_other_columns():
    plan = paper("annexes.txt")

    annex = [code for code in codes(plan["sections"]) if code.startswith("PL")]
    assert annex == ["PL.I", "PL.I.I", "PL.I.II", "PL.II"]
    assert [(one["code"], one["due_on"]) for one in plan["tasks"]] == [
        ("PL.I.1", "2024-09-30"),
        ("PL.I.2", "2024-12-31"),
        ("PL.I.3", "2024-12-31"),
        ("PL.II.1", "2025-06-30"),
    ]
    assert "2023-12-31" not in due(plan)  # “Đến ngày 31/12/2023, toàn tỉnh có …” tells what is


def test_a_table_laid_down_cell_by_cell_with_gaps_and_cells_of_several_lines():
    plan = paper("flattened.txt")

    annex = [one for one in plan["tasks"] if one["code"].startswith("PL")]
    assert [(one["leads"], one["coordinators"], one["due_on"]) for one in annex] == [
        (["Sở Khoa học và Công nghệ"], [], "2025-10-31"),
        (["Tỉnh đoàn"], ["Sở Giáo dục và Đào tạo", "UBND các xã, phường"], "2025-12-31"),
        (["Sở Khoa học và Công nghệ"], ["Các cơ quan liên quan"], "2026-12-15"),
    ]


def test_an_agency_under_a_heading_for_several_and_the_closing_words():
    plan = paper("flattened.txt")

    assert [(section, count) for section, _, count in given(plan)] == [
        ("V.1", 2),
        ("V.2", 2),
        ("V.3.1", 1),
        ("V.3.2", 1),
        ("V.4", 1),
    ]


def test_an_order_behind_the_last_agency_is_for_whom_it_names():
    plan = paper("order_at_the_end.txt")

    assert given(plan) == [
        ("II.1", "Sở Nội vụ", 1),
        ("II.2", "UBND các huyện", 2),
        ("II", "Sở Nội vụ", 1),
    ]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_same_letters_in_another_code_are_the_same_plan(form, end):
    text = (PAPERS / "party.txt").read_text()
    other = unicodedata.normalize(form, text).replace(" ", "\u00a0", 40).replace("\n", end)

    assert read(other.encode("utf-8-sig")) == read(text)
    assert read(other.encode("utf-16")) == read(text)
