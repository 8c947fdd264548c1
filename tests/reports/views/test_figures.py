from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from tests.campaign.sending import questions
from tests.factories import LeadershipFactory, OfficerFactory, UnitFactory
from tests.factories.progress import FigureFactory, ProgressReportFactory
from tests.factories.units import BlockMembershipFactory
from tests.reports.period import play

URL = reverse("reports:figures")


@pytest.fixture
def months(province):
    return play(province)


@pytest.fixture
def leader(client, months):
    client.force_login(LeadershipFactory())


def behind(code):
    return reverse("reports:figure", args=[code])


def rows(response):
    return {row.code: row for row in response.context["rows"]}


def test_the_province_in_its_newest_period(client, leader):
    """With the report that came after the cut-off of other tests: 5 − 1 + 100."""
    shown = rows(client.get(URL))

    assert (shown["CT01"].in_period, shown["CT01"].cumulative) == (104, 111)
    assert (shown["CT01"].answered, shown["CT01"].not_sent) == (2, 1)
    assert (shown["CT07"].nothing, shown["CT07"].reached) == ("Chưa có số liệu", 2)


def test_an_earlier_period_a_block_and_a_unit(client, leader, months, province):
    april = {"ky": months.april.pk}

    assert rows(client.get(URL, april))["CT01"].in_period == 7
    assert rows(client.get(URL, {**april, "khoi": province.culture.code}))["CT07"].in_period == 2
    shown = rows(client.get(URL, {**april, "don_vi": province.late.code}))
    assert (shown["CT01"].in_period, shown["CT07"].in_period) == (4, 2)


def test_what_is_not_there_is_404(client, leader):
    assert client.get(URL, {"ky": "999999"}).status_code == 404
    assert client.get(URL, {"don_vi": "KHONG"}).status_code == 404
    assert client.get(behind("CT99")).status_code == 404


def test_an_indicator_opens_its_blocks_and_says_what_was_shared(client, leader, months, province):
    asked = {"ky": months.april.pk, "khoi": province.culture.code}

    parts = client.get(behind("CT07"), asked).context["parts"]

    assert [(share.code, share.figures.in_period) for share in parts.shares] == [
        (province.on_time.code, 1),
        (province.late.code, 2),
        (province.missing.code, 0),
    ]
    assert (parts.whole.in_period, parts.shared_in_period) == (2, 1)
    blocks = client.get(behind("CT07"), {"ky": months.april.pk}).context["parts"].shares
    assert [share.code for share in blocks] == [province.culture.code]


def test_a_units_figure_opens_the_rows_behind_it(client, leader, months, province):
    page = client.get(behind("CT01"), {"ky": months.may.pk, "don_vi": province.on_time.code})

    assert [(row.what, row.value, row.is_in_period) for row in page.context["sources"]] == [
        ("Số liệu chung của đơn vị", 5, True),
        ("Đính chính tháng 4/2024", -1, True),
        ("Số liệu chung của đơn vị", 3, False),
    ]
    joint = client.get(behind("CT07"), {"ky": months.april.pk, "don_vi": province.late.code})
    assert [row.what for row in joint.context["sources"]] == [
        "Hội diễn chung",
        "Số liệu chung của đơn vị",
    ]


def test_excel_has_exactly_what_is_shown(client, leader, months, province):
    table = client.get(URL, {"ky": months.april.pk, "xuat": "xlsx"}).content
    parts = client.get(behind("CT01"), {"khoi": province.culture.code, "xuat": "xlsx"}).content

    lines = list(openpyxl.load_workbook(BytesIO(table)).active.values)
    talks = next(line for line in lines if line[1] == "CT01")
    money = next(line for line in lines if line[1] == "CT11")
    assert (talks[5:7], money[5:7]) == ((7, 7), ("Chưa có số liệu", None))
    last = list(openpyxl.load_workbook(BytesIO(parts)).active.values)[-1]
    assert last[:4] == ("Tổng, hoạt động chung tính một lần", 20, 104, 111)


def test_before_any_period_opened_the_page_says_so(client, province):
    client.force_login(LeadershipFactory())

    assert "Chưa có kỳ báo cáo nào được mở" in client.get(URL).content.decode()
    assert client.get(behind("CT01")).status_code == 404


def test_units_do_not_read_it(client, months):
    client.force_login(OfficerFactory())

    assert client.get(URL).status_code == 404
    assert client.get(behind("CT01")).status_code == 404


@pytest.mark.parametrize("of", ["table", "blocks", "units"])
def test_it_takes_the_same_queries_whatever_the_size(client, leader, months, province, of):
    address = {
        "table": URL,
        "blocks": behind("CT01"),
        "units": f"{behind('CT01')}?khoi={province.culture.code}",
    }[of]

    few = questions(client, address)
    for _ in range(3):
        unit = UnitFactory()
        BlockMembershipFactory(unit=unit, block=province.culture)
        report = ProgressReportFactory(unit=unit, period=months.may, accepted=True)
        FigureFactory(report=report, indicator=months.talks)

    assert questions(client, address) == few
