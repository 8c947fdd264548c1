"""The figures of a period in the consolidated report, against sums done by hand."""

import json
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from lib.official.model import Heading
from lib.official.text import plain_text
from lib.sheet import write_xlsx
from reports.datasets.consolidated import read
from reports.datasets.snapshot import digest, snapshot
from reports.documents import consolidated_document, consolidated_sheets
from tests.factories.campaign import CampaignFactory
from tests.factories.progress import (
    ActivityFactory,
    FigureFactory,
    IndicatorFactory,
    ProgressReportFactory,
    ReportSectionFactory,
)
from tests.factories.units import BlockMembershipFactory, UnitFactory
from tests.reports.conftest import AS_OF
from tests.reports.period import AFTER, CUT_OFF, play


@pytest.fixture
def months(province):
    return play(province)


@pytest.fixture
def frozen(province, months):
    return snapshot(province.campaign, CUT_OFF, months.may)


@pytest.fixture
def data(frozen):
    return read(frozen)


def line(data, code):
    return next(row for row in data.progress.indicators if row.code == code)


def test_the_figures_are_those_computed_by_hand(data):
    talks, shows, works, money = data.progress.indicators

    assert (talks.in_period, talks.cumulative, talks.registered) == (4, 11, 20)
    assert (talks.brought, talks.taken, talks.rate) == (-1, 0, Decimal("0.55"))
    assert (shows.in_period, shows.cumulative, shows.registered) == (0, 2, None)
    assert (works.registered, works.cumulative, works.rate) == (2, 1, Decimal("0.5"))
    assert (money.in_period, money.number) == (Decimal("12.5"), "4")


def test_a_note_says_who_is_missing_and_what_was_corrected(data):
    assert line(data, "CT01").note == ("2 đơn vị chưa có số liệu; Đã gồm đính chính kỳ khác: -1")
    assert line(data, "CT07").note == "2 đơn vị chưa có số liệu; 1 đơn vị không áp dụng"


def test_the_corrected_period_shows_the_correction_too(province, months):
    april = read(snapshot(province.campaign, CUT_OFF, months.april))

    assert (line(april, "CT01").in_period, line(april, "CT01").taken) == (7, -1)
    assert (line(april, "CT11").nothing, line(april, "CT01").nothing) == ("Chưa có số liệu", "")


def test_what_came_after_the_cut_off_is_told_and_not_counted(province, months, data):
    late = [(row.unit, row.what, row.received_at) for row in data.progress.afterwards]
    later = read(snapshot(province.campaign, AFTER, months.may))

    assert late == [("Sở Y tế", "Báo cáo tháng 5/2024", AFTER)]
    assert (line(later, "CT01").in_period, later.progress.afterwards) == (104, ())


def test_works_are_listed_with_lead_state_and_day(data):
    rows = [(row.title, row.lead, row.state, row.done_on) for row in data.progress.works]

    assert rows == [
        (
            "Thư viện tặng xã biên giới", "Sở Văn hóa, Thể thao và Du lịch", "Đã hoàn thành",
            date(2024, 4, 9),
        ),
        ("Tuyến đường hoa", "Sở Văn hóa, Thể thao và Du lịch", "Chưa thực hiện", None),
    ]  # fmt: skip
    assert (data.progress.registered_works, data.progress.works_done) == (2, 1)


def test_words_stand_under_their_section_with_the_units_name(data):
    part = next(part for part in data.progress.sections if part.section.code == "II.1")

    assert [(said.unit, said.text) for said in part.said] == [
        ("Sở Văn hóa, Thể thao và Du lịch", "Đã nói chuyện truyền thống.\n- Có 500 người dự.")
    ]
    assert data.progress.sections[-1].nothing == 1


def test_who_sent_each_report_when(province, data):
    april, may = data.progress.sending
    words = {code: sender.words for code, sender in april.senders.items()}

    assert words == {
        province.on_time.code: "16/4/2024",
        province.late.code: "19/4/2024, trễ 2 ngày",
        province.missing.code: "Quá hạn",
    }
    assert (may.owed, may.on_time, may.late, may.missing, may.to_urge) == (3, 1, 0, 2, 2)
    assert may.senders[province.exempt.code].words == "Miễn"


def test_a_report_without_a_period_says_nothing_of_it(province, months):
    bare = read(snapshot(province.campaign, AS_OF))

    assert bare.progress is None
    assert consolidated_document(bare).subject.startswith("Tình hình gửi")


def test_a_snapshot_of_the_first_format_is_still_read(province):
    old = snapshot(province.campaign, AS_OF)
    del old["progress"]
    old["format"] = 1

    assert (read(old).progress, read(old).digest) == (None, digest(old))


def test_the_snapshot_survives_the_database(frozen):
    assert read(json.loads(json.dumps(frozen))).progress == read(frozen).progress


# --- on paper ------------------------------------------------------------------------------------


def words(text):
    return " ".join(text.split())


def test_the_document_has_its_sections_and_six_appendices(data):
    document = consolidated_document(data)
    lines = plain_text(document)

    assert document.subject == "Kết quả thực hiện Đợt Thi đua đặc biệt năm 2024 (tháng 5/2024)"
    assert [appendix.title for appendix in document.appendices][:4] == [
        "Biểu số liệu", "Danh mục công trình, phần việc", "Điển hình tiên tiến",
        "Tình hình gửi kế hoạch, báo cáo",
    ]  # fmt: skip
    heads = [
        block.text for block in document.body if isinstance(block, Heading) and block.level == 1
    ]
    assert heads == [
        "Công tác lãnh đạo, chỉ đạo, triển khai", "Kết quả thực hiện", "Đánh giá chung",
        "Phương hướng, nhiệm vụ thời gian tới", "Đề xuất, kiến nghị",
    ]  # fmt: skip
    assert "Sở Văn hóa, Thể thao và Du lịch: Đã nói chuyện truyền thống." in lines
    assert "- Có 500 người dự." in lines
    place = lines.index("Cuộc tuyên truyền")
    assert lines[place - 1 : place + 6] == [
        "1", "Cuộc tuyên truyền", "cuộc", "20", "4", "11", "55,0%",
    ]  # fmt: skip


def test_the_workbook_has_the_figures_of_the_document(data):
    book = openpyxl.load_workbook(BytesIO(write_xlsx(consolidated_sheets(data))))
    assert book.sheetnames[:6] == [
        "Biểu số liệu", "Công trình, phần việc", "Điển hình", "Danh sách", "Gửi báo cáo kỳ",
        "Nhận sau khi chốt",
    ]  # fmt: skip
    talks = next(row for row in book["Biểu số liệu"].values if row[1] == "CT01")
    assert talks[:12] == ("1", "CT01", "Cuộc tuyên truyền", "cuộc", 20, 4, 11, 0.55, 1, 0, 0, 2)


# --- cost ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 3])
def test_it_takes_the_same_queries_whatever_the_size(size, months, django_assert_num_queries):
    for place in range(size):
        unit = UnitFactory()
        BlockMembershipFactory(unit=unit)
        report = ProgressReportFactory(unit=unit, period=months.may, accepted=True)
        FigureFactory(report=report, indicator=IndicatorFactory(code=f"X{place}"))
        FigureFactory(
            report=report, indicator=months.shows, activity=ActivityFactory(lead_unit=unit)
        )
        ReportSectionFactory(report=report)

    with django_assert_num_queries(38):
        snapshot(CampaignFactory(), CUT_OFF + timedelta(days=1), months.may)
