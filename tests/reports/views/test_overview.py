import openpyxl
import pytest
from django.urls import reverse

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


def test_figures_equal_the_lists_they_open(leader, province):
    overview = leader.get(URL).context["overview"]
    ledger = reverse("campaign:sub-plans")
    lengths = {
        state: leader.get(ledger, {"trang_thai": state}).context["count"]
        for state in ("da-gui", "dung-han", "tre-han", "chua-nop", "qua-han", "mien")
    }

    assert lengths == {
        "da-gui": overview.totals.sent, "dung-han": overview.totals.on_time,
        "tre-han": overview.totals.late, "chua-nop": overview.totals.outstanding,
        "qua-han": overview.totals.overdue, "mien": overview.totals.exempt,
    }  # fmt: skip
    assert (overview.totals.sent, overview.totals.late, overview.totals.outstanding) == (2, 1, 3)


def test_the_rate_on_time_opens_the_units_it_counts(leader, province):
    owed = province.encouraged.obligations.get()
    owed.note_met(province.on_time.obligations.get().met_at)
    response = leader.get(URL)
    address = f"{reverse('campaign:sub-plans')}?trang_thai=dung-han&muc_do=phai-gui"

    opened = leader.get(address).context

    totals = response.context["overview"].totals
    assert (totals.on_time, totals.required_on_time, totals.required) == (2, 1, 4)
    assert [row.unit for row in opened["ledger"].rows] == [province.on_time]
    assert opened["count"] == totals.required_on_time
    assert response.content.decode().count(f'href="{address.replace("&", "&amp;")}"') == 1


def test_figures_of_a_block_equal_its_list(leader, province):
    line = leader.get(URL).context["blocks"][0].line
    ledger = leader.get(
        reverse("campaign:sub-plans"), {"khoi": province.culture.code, "trang_thai": "da-gui"}
    )
    activities = leader.get(reverse("reports:activities"), {"khoi": province.culture.code})

    assert (line.totals.sent, line.activities) == (2, 3)
    assert (ledger.context["count"], activities.context["count"]) == (2, 3)


def test_figures_of_a_solution_equal_its_list(leader, province):
    line = leader.get(URL).context["overview"].solutions[0]
    activities = leader.get(reverse("reports:activities"), {"muc": line.item.code})

    assert (line.units, line.activities, activities.context["count"]) == (2, 3, 3)


def test_late_units_and_uncovered_duties_are_named(leader, province):
    response = leader.get(URL)

    overview = response.context["overview"]
    assert [owed.unit for owed in overview.late] == [province.late]
    assert [line.item for line in overview.uncovered] == [province.uncovered]
    page = response.content.decode()
    assert reverse("campaign:plan-item", args=["2024", "IV.9.2"]) in page


def test_draft_counts_nowhere(leader, province):
    draft = SubPlanFactory(unit=province.missing)
    PlannedActivityFactory(sub_plan=draft, plan_items=[province.uncovered])

    overview = leader.get(URL).context["overview"]

    assert (overview.totals.sent, overview.activities) == (2, 3)
    assert [line.item for line in overview.uncovered] == [province.uncovered]


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


@pytest.mark.parametrize("page", [URL, reverse("reports:activities")])
def test_queries_do_not_grow(client, province, page, django_assert_max_num_queries):
    client.force_login(CouncilMemberFactory())
    client.get(page)
    with django_assert_max_num_queries(23) as before:
        client.get(page)
    for n in range(3):
        unit = unit_in(province.others, f"Công ty {n}")
        sub_plan = SubPlanFactory(submitted=True, unit=unit)
        PlannedActivityFactory(
            sub_plan=sub_plan, plan_items=[province.covered], participants=[province.late]
        )

    with django_assert_max_num_queries(23) as after:
        client.get(page)

    assert len(after) == len(before)
