import openpyxl
import pytest
from django.urls import reverse
from lxml import html

from tests.factories import (
    CouncilMemberFactory,
    LeadershipFactory,
    PlannedActivityFactory,
    SubPlanFactory,
)
from tests.reports.conftest import unit_in

URL = reverse("reports:overview")


@pytest.fixture
def leader(client, province):
    client.force_login(LeadershipFactory())
    return client


def test_figures_of_a_block_and_of_a_solution_equal_their_lists(leader, province):
    found = leader.get(URL).context["board"]
    line, solution = found.blocks[0], found.items.solutions[0]
    ledger = leader.get(
        reverse("campaign:sub-plans"), {"khoi": province.culture.code, "trang_thai": "da-gui"}
    )
    activities = leader.get(reverse("reports:activities"), {"muc": solution.item.code})

    assert (line.totals.sent, ledger.context["count"]) == (2, 2)
    assert (solution.units, solution.activities, activities.context["count"]) == (2, 3, 3)


def test_late_units_and_uncovered_duties_are_named(leader, province):
    response = leader.get(URL)

    found = response.context["board"]
    assert [owed.unit for owed in found.behind.late] == [province.late]
    assert [line.item for line in found.items.uncovered] == [province.uncovered]
    duties = leader.get(reverse("reports:duties"), {"trang_thai": "chua-co"})
    assert [row[0].text for row in duties.context["page"].object_list] == ["IV.9.2"]


def test_draft_counts_nowhere(leader, province):
    draft = SubPlanFactory(unit=province.missing)
    PlannedActivityFactory(sub_plan=draft, plan_items=[province.uncovered])

    found = leader.get(URL).context["board"]

    assert (found.five.sent, found.five.uncovered) == (2, 1)
    assert [line.item for line in found.items.uncovered] == [province.uncovered]


def test_bar_of_a_block_tells_its_figures_in_words(leader, province):
    page = leader.get(URL).content.decode()

    assert 'aria-label="đúng hạn 1, trễ hạn 1, chưa nộp 1; tất cả 3"' in page
    assert "style=" not in page


def test_activities_as_shown_go_to_a_workbook(leader, province, tmp_path):
    file = tmp_path / "xuat.xlsx"
    response = leader.get(reverse("reports:activities"), {"muc": "III.1.1", "xuat": "xlsx"})
    file.write_bytes(response.content)

    rows = [row for row in openpyxl.load_workbook(file).active.values if isinstance(row[0], int)]
    assert [(row[1], row[2]) for row in rows] == [
        ("Sở Văn hóa, Thể thao và Du lịch", "Hội thi"),
        ("Sở Y tế", "Khám bệnh"),
    ]


def test_without_a_style_sheet_the_page_reads_in_the_order_of_its_weight(leader, province):
    page = html.fromstring(leader.get(URL).content).xpath('//*[@id="dashboard"]')[0]

    read = " ".join(page.text_content().split())

    in_order = [
        "2/5 đơn vị đã nộp kế hoạch", "nộp đúng hạn", "hoạt động hoàn thành",
        "nhiệm vụ chưa có hoạt động", "hồ sơ khen thưởng đã gửi", "Cần đôn đốc",
        "Kế hoạch đã nộp theo ngày", "Các khối thi đua", "theo giải pháp và khối",
        "Các huyện, thị xã, thành phố", "Nhiệm vụ của Kế hoạch", "Khen thưởng",
        "Xếp hạng đã công bố", "Thay đổi so với hôm qua",
    ]  # fmt: skip
    places = [read.find(words) for words in in_order]
    assert -1 not in places
    assert places == sorted(places)
    assert page.xpath(".//img | .//script") == []


def test_htmx_gets_only_the_figures_and_the_past_does_not_ask_again(leader, province):
    part = leader.get(URL, headers={"hx-request": "true"}).content.decode()
    now, past = (leader.get(URL, asked).content.decode() for asked in ({}, {"luc": "2024-03-22"}))

    assert "<html" not in part
    assert 'class="figures' in part
    assert 'hx-trigger="every 60s' in now
    assert "data-poll" not in past


@pytest.mark.parametrize("page", [URL, f"{URL}?luc=2024-03-22", reverse("reports:activities")])
def test_queries_do_not_grow(client, province, page, django_assert_max_num_queries):
    client.force_login(CouncilMemberFactory())
    client.get(page)
    with django_assert_max_num_queries(40) as before:
        client.get(page)
    for n in range(3):
        unit = unit_in(province.others, f"Công ty {n}")
        sub_plan = SubPlanFactory(submitted=True, unit=unit)
        PlannedActivityFactory(
            sub_plan=sub_plan, plan_items=[province.covered], participants=[province.late]
        )

    with django_assert_max_num_queries(40) as after:
        client.get(page)

    assert len(after) == len(before)
