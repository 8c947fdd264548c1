"""What comes in a file, and the files that are refused: each with a sentence, none with a crash."""

import shutil
from io import BytesIO

import pikepdf
import pytest

from campaign.reader import portable, scan
from campaign.reader.refusal import Unreadable
from lib.official.docx import write_docx
from lib.official.pdf import write_pdf
from tests.campaign.reader.builders import OURS, Word, blank_pdf, body, zipped
from tests.campaign.reader.reading import codes, read

# As the bytes look in a viewer of today; á is stored where a cedilla is now.
OLD_TCVN3 = """ñy ban nh©n d©n tØnh T©y Ninh
Sè: 15/KH-UBND
T©y Ninh, ngµy 07 th¸ng 3 n¨m 2005
KÕ ho¹ch
Ph¸t ®éng thi ®ua n¨m 2005
C¨n cø QuyÕt ®Þnh sè 12/Q§-UBND ngµy 05/01/2005 cña ñy ban nh©n d©n tØnh;
I. Môc ®Ých
N©ng cao chÊt l­îng c«ng viÖc.
II. Tæ chøc thùc hiÖn
1. Së Néi vô
- Chñ tr× h­íng dÉn thùc hiÖn.
"""  # noqa: RUF001
OLD_VNI = """UÛy ban nhaân daân tænh Taây Ninh
Soá: 15/KH-UBND
Taây Ninh, ngaøy 07 thaùng 3 naêm 2005
Keá hoaïch
Phaùt ñoäng thi ñua naêm 2005
I. Muïc ñích
Naâng cao chaát löôïng coâng vieäc.
II. Toå chöùc thöïc hieän
1. Sôû Noäi vuï
- Chuû trì höôùng daãn thöïc hieän.
"""


def refusal(content):
    with pytest.raises(Unreadable) as refused:
        read(content)
    return str(refused.value)


# --- what is read -----------------------------------------------------------------------------


@pytest.mark.parametrize("write", [write_docx, write_pdf])
def test_what_the_portal_writes_it_can_read(write):
    plan = read(write(OURS))

    assert (plan["number"], plan["issued_on"]) == ("412/KH-UBND", "2025-02-03")
    assert plan["issuer"] == "Ủy ban nhân dân tỉnh Tây Ninh"
    assert plan["subject"] == "Phát động thi đua xây dựng nông thôn mới năm 2025"
    assert [one["number"] for one in plan["legal_bases"]] == ["07/KH-UBND"]
    assert codes(plan["sections"]) == ["I", "II", "II.1", "II.2", "PL", "PL.I"]
    assert [(one["agency"], len(one["duties"]), one["request"]) for one in plan["assignments"]] == [
        ("Sở Nông nghiệp và Môi trường", 2, False),
        ("Hội Nông dân tỉnh", 1, True),
    ]
    assert plan["assignments"][0]["duties"][0]["due_on"] == "2025-03-15"
    assert codes(plan["tasks"]) == [f"PL.{place}" for place in range(1, 30)]
    assert plan["tasks"][0]["leads"] == ["Báo và Phát thanh, Truyền hình Tây Ninh"]
    assert plan["tasks"][0]["coordinators"] == ["Sở Nông nghiệp và Môi trường", "UBND các xã, phường"]  # fmt: skip
    assert plan["recipients"] == list(OURS.recipients)
    assert plan["signatory"] == {"authority": "KT. CHỦ TỊCH", "position": "PHÓ CHỦ TỊCH", "name": "Lê Văn Mẫu"}  # fmt: skip
    assert plan["warnings"] == []


def test_the_numbers_word_writes_itself_are_counted():
    word = Word().add("KẾ HOẠCH").add("Thi đua năm 2024")
    word.add("Căn cứ Kế hoạch số 12/KH-UBND ngày 05/01/2024 của UBND tỉnh.", dash=True)
    word.add("MỤC ĐÍCH", 0).add("Nâng cao tinh thần.", 1).add("Gắn với nhiệm vụ.", 1)
    word.add("NHIỆM VỤ", 0).add("Tuyên truyền", 1).add("Trên báo;", 2).add("Trên mạng.", 2)
    word.add("Khen thưởng", 1).add("Kịp thời.", dash=True)
    word.add("TỔ CHỨC THỰC HIỆN", 0).add("Văn phòng", 1).add("Theo dõi.", dash=True)

    plan = read(word.content())

    assert [one["number"] for one in plan["legal_bases"]] == ["12/KH-UBND"]
    assert codes(plan["sections"]) == ["I", "II", "II.1", "II.2", "III", "III.1"]
    assert codes(plan["items"]) == ["I.1", "I.2", "II.1.a", "II.1.b", "II.2.1"]


def test_a_head_held_apart_by_tabs_is_two_columns():
    word = Word().add("UBND TỈNH LONG AN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    word.add("SỞ Y TẾ\t\tĐộc lập - Tự do - Hạnh phúc")
    word.add("Số: 9/KH-SYT\tLong An, ngày 05 tháng 01 năm 2024")
    word.add("KẾ HOẠCH").add("Thi đua năm 2024").add("MỤC ĐÍCH", 0).add("Tốt hơn.", 1)
    word.add("Nơi nhận:\tGIÁM ĐỐC").add("- Lưu: VT.")

    plan = read(word.content())

    assert plan["issuer"] == "Sở Y tế tỉnh Long An"
    assert (plan["number"], plan["place"]) == ("9/KH-SYT", "Long An")
    assert (plan["recipients"], plan["signatory"]["position"]) == (["Lưu: VT"], "GIÁM ĐỐC")


def test_cells_merged_over_rows_and_a_heading_over_two_rows_hold_for_each():
    word = Word().add("KẾ HOẠCH").add("Thi đua năm 2024").add("NHIỆM VỤ", 0)
    table = word.document.add_table(rows=4, cols=5)
    texts = (
        ("TT", "Nội dung", "Phân công", "", "Thời gian"),
        ("", "", "Chủ trì", "Phối hợp", ""),
        ("1", "Mở lớp", "Sở Nội vụ", "Sở Y tế\nUBND các xã", "Tháng 6/2024"),
        ("2", "In sách", "", "Văn phòng UBND tỉnh", "Quý III/2024"),
    )
    for row, cells in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    for place in (0, 1, 4):
        table.cell(0, place).merge(table.cell(1, place))
    table.cell(0, 2).merge(table.cell(0, 3))
    table.cell(2, 2).merge(table.cell(3, 2))

    tasks = read(word.content())["tasks"]

    assert [(one["leads"], one["coordinators"], one["due_on"]) for one in tasks] == [
        (["Sở Nội vụ"], ["Sở Y tế", "UBND các xã"], "2024-06-30"),
        (["Sở Nội vụ"], ["Văn phòng UBND tỉnh"], "2024-09-30"),
    ]


@pytest.mark.parametrize("old", [OLD_TCVN3, OLD_VNI])
def test_the_fonts_of_the_nineties_are_turned_into_unicode_and_said_so(old):
    plan = read(old.encode("latin-1", "surrogateescape") if old is OLD_TCVN3 else old.encode())

    assert plan["subject"] == "Phát động thi đua năm 2005"
    assert [one["heading"] for one in plan["sections"]] == ["Mục đích", "Tổ chức thực hiện", "Sở Nội vụ"]  # fmt: skip
    assert plan["assignments"][0]["duties"][0]["text"] == "Chủ trì hướng dẫn thực hiện."
    assert "phông chữ cũ" in plan["warnings"][0]["message"]


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed here")
def test_a_scan_is_read_where_tesseract_is_installed_and_marked(monkeypatch):
    pages = portable.pdfium.PdfDocument(write_pdf(OURS))
    file = BytesIO()
    pages[0].render(scale=200 / 72).to_pil().save(file, "PDF", resolution=200)

    plan = read(file.getvalue())

    assert plan["recognised"]
    assert (plan["number"], plan["issued_on"]) == ("412/KH-UBND", "2025-02-03")
    assert "nhận dạng" in plan["warnings"][0]["message"]


# --- what is refused --------------------------------------------------------------------------


def test_a_scan_without_tesseract_says_what_to_do(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)

    assert refusal(blank_pdf()) == scan.NOT_INSTALLED


def test_locked_files_say_so():
    locked = blank_pdf(encryption=pikepdf.Encryption(owner="a", user="b"))
    office = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")

    assert "có mật khẩu" in refusal(locked)
    assert "có mật khẩu" in refusal(office)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Tệp rỗng"),
        (b" \n\t ", "Tệp rỗng"),
        (b"%PDF-1.7\nhong", "bị hỏng"),
        (b"PK\x03\x04hong", "bị hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "Word cũ"),
        (b"{\\rtf1 KE HOACH}", ".rtf"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "là ảnh"),
        (b"\x7fELF\x02\x01\x01" + b"\x00" * 100, "không phải là văn bản"),
        ("Kính gửi anh Nam, hẹn gặp anh chiều mai.".encode(), "không phải là một kế hoạch"),
        ("BÁO CÁO\nKết quả năm 2024\nI. MỞ ĐẦU\nTốt.".encode(), "BÁO CÁO"),
    ],
)  # fmt: skip
def test_what_is_no_plan_gets_a_sentence(content, sentence):
    assert sentence in refusal(content)


def test_hostile_files_are_refused_within_bounds():
    bomb = zipped(document=body("<w:p/>" * 6_000_000))
    deep = zipped(document=body("<w:p>" * 10_000 + "</w:p>" * 10_000))
    entities = zipped(
        document='<!DOCTYPE a [<!ENTITY b "bbbb">]>' + body("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>")
    )
    other = zipped(styles="<a/>")

    assert "quá lớn" in refusal(bomb)
    assert "bị hỏng" in refusal(deep)
    assert "bị hỏng" in refusal(entities)
    assert "không phải là văn bản Word" in refusal(other)
    assert "10000 trang" in refusal(blank_pdf(10_000))
    assert "quá dài" in refusal(b"I. " + b"a " * 60_000)
    assert "quá dài" in refusal(b"- a\n" * 30_000)
