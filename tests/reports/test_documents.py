from io import BytesIO

import docx
import openpyxl
import pytest

from lib.official.docx import write_docx
from lib.official.pdf import write_pdf
from lib.official.text import plain_text
from lib.sheet import write_xlsx
from reports.datasets.consolidated import read
from reports.datasets.snapshot import snapshot
from reports.documents import consolidated_document, consolidated_sheets, report
from tests.factories import SubPlanFactory
from tests.reports.conftest import AS_OF


@pytest.fixture
def data(province):
    return read(snapshot(province.campaign, AS_OF))


@pytest.fixture
def document(data):
    return consolidated_document(data)


def words(text):
    return " ".join(text.split())


def docx_lines(content):
    word = docx.Document(BytesIO(content))
    cells = [cell for table in word.tables for row in table.rows for cell in row.cells]
    inside = [paragraph for cell in cells for paragraph in cell.paragraphs]
    return {words(paragraph.text) for paragraph in [*word.paragraphs, *inside]}


def test_form_of_the_report(document):
    lines = plain_text(document)

    assert lines[:4] == [
        "SỞ NỘI VỤ", "BAN THI ĐUA - KHEN THƯỞNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
    ]  # fmt: skip
    assert (document.kind, document.addressees) == ("Báo cáo", ("Sở Nội vụ",))
    closing = (
        "Trên đây là báo cáo tình hình gửi Kế hoạch triển khai thực hiện Đợt Thi đua đặc biệt "
        "năm 2024 của các cơ quan, đơn vị, địa phương, doanh nghiệp trên địa bàn tỉnh, tính đến "
        "23:59 ngày 25/3/2024./."
    )
    assert [text for text in lines if text.endswith("./.")] == [closing]


def test_sentence_of_the_totals_is_said_once_in_the_text(document):
    sentence = (
        "Tính đến 23:59 ngày 25/3/2024, đã gửi 2/5 đơn vị (đúng hạn 1, trễ 1), chưa gửi 3 đơn vị."
    )

    assert plain_text(document).count(sentence) == 1


def test_line_of_a_unit_has_number_dates_and_verdict(document):
    lines = plain_text(document)
    place = lines.index("Sở Văn hóa, Thể thao và Du lịch")

    assert lines[place - 1 : place + 7] == [
        "1", "Sở Văn hóa, Thể thao và Du lịch", "170/KH-SVHTTDL", "18/3/2024", "20/3/2024",
        "Đúng hạn", "2", "",
    ]  # fmt: skip


def test_late_and_missing_units_are_named(document):
    lines = plain_text(document)

    assert "- Sở Y tế: trễ 3 ngày (1 ngày làm việc), gửi ngày 25/3/2024." in lines
    assert "- Khối Văn hóa - Xã hội (1): Sở Giáo dục và Đào tạo;" in lines
    assert (
        "- Khối Doanh nghiệp (2): Công ty Xổ số kiến thiết (Gia hạn đến 29/3/2024); "
        "Công ty Cao su (Khuyến khích gửi)."
    ) in lines


def test_many_units_are_named_in_the_appendix_alone(data, monkeypatch):
    monkeypatch.setattr(report, "MOST_NAMED", 0)

    lines = plain_text(consolidated_document(data))

    assert lines.count("Danh sách nêu tại Phụ lục I.") == 2
    assert not any(line.startswith("- Sở Y tế: trễ") for line in lines)


def test_recommendation_is_a_figure_and_no_more(document):
    sentence = (
        "Đề nghị Sở Nội vụ đôn đốc 1 đơn vị phải gửi đã quá hạn mà chưa gửi kế hoạch nêu trên."
    )

    assert plain_text(document).count(sentence) == 1


def test_cut_off_and_digest_are_printed(document, data):
    assert plain_text(document).count(
        f"Số liệu chốt đến 23:59 ngày 25/3/2024; mã số liệu {data.digest[:12]}"
    ) == 1  # fmt: skip


def test_workbook_has_the_same_figures(data):
    book = openpyxl.load_workbook(BytesIO(write_xlsx(consolidated_sheets(data))))

    assert book.sheetnames == [
        "Danh sách", "Tổng hợp", "Theo giải pháp", "Theo nhiệm vụ",
        "Nhiệm vụ chưa có hoạt động", "Nguồn số liệu", "Hoạt động",
    ]  # fmt: skip
    totals = [row for row in book["Tổng hợp"].values if row[0] == "Tổng cộng"]
    assert totals == [("Tổng cộng", 5, 2, 1, 1, 3, 1, 0.25, 3)]
    sent = [row for row in book["Danh sách"].values if row[0] == 1]
    assert sent[0][1:3] == ("Sở Văn hóa, Thể thao và Du lịch", "170/KH-SVHTTDL")
    assert (sent[0][5], sent[0][8]) == ("Đúng hạn", 2)
    titles = [row[2] for row in book["Hoạt động"].values if isinstance(row[0], int)]
    assert titles == ["Hội thi", "Triển lãm", "Khám bệnh"]


def test_same_snapshot_writes_the_same_bytes(data):
    first = [write_docx(consolidated_document(data)), write_xlsx(consolidated_sheets(data))]
    second = [write_docx(consolidated_document(data)), write_xlsx(consolidated_sheets(data))]

    assert first == second


def test_a_poisonous_line_spoils_no_file(province):
    SubPlanFactory(
        submitted=True, unit=province.missing, document_number='=HYPERLINK("x")\x01\ufffe',
        signer_name="</w:t>",
    )  # fmt: skip

    data = read(snapshot(province.campaign, AS_OF))

    assert write_docx(consolidated_document(data))[:2] == b"PK"
    assert write_pdf(consolidated_document(data))[:5] == b"%PDF-"
    sheet = openpyxl.load_workbook(BytesIO(write_xlsx(consolidated_sheets(data))))["Danh sách"]
    typed = [row[2] for row in sheet.iter_rows() if row[0].value == 3]
    assert (typed[0].value, typed[0].data_type) == ('=HYPERLINK("x")', "s")
