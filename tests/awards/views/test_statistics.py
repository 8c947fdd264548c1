"""Forms 0601–0605 and the leaders' page: each number is the length of the list it opens."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.awards.views.test_council import nominated
from tests.factories import (
    CampaignFactory,
    LeadershipFactory,
    OfficerFactory,
    ReviewerFactory,
    UnitFactory,
)
from tests.factories.awards import CandidateFactory, PastAwardFactory

pytestmark = pytest.mark.django_db
MERIT = "Bằng khen của Chủ tịch UBND tỉnh"


@pytest.fixture
def leader(client):
    person = LeadershipFactory(UnitFactory())
    client.force_login(person)
    return person


def url(name):
    return reverse(f"awards:{name}")


def award(**given):
    return PastAwardFactory(**{"year": 2024, "ground": "thematic", **given})


@pytest.fixture
def history(db):
    """Province: a woman who works directly, a firm, a household, one revoked; State: one."""
    award(gender="female", rank="direct_worker")
    award(recipient="collective", is_enterprise=True)
    award(recipient="household", ground="ad_hoc")
    award(revoked_on=date(2024, 12, 30))
    award(form_name="Huân chương Lao động hạng Ba", decided_by="president", recipient="collective")
    award(form_name="Giấy khen", decided_by="unit_head")
    award(year=2023)


def line_of(answer, code, label):
    form = next(one for one in answer.context["forms"] if one.code == code)
    line = next(one for one in form.lines if one.label == label)
    return dict(zip(form.columns, (one.value for one in line.figures), strict=True)), line


def test_awards_are_counted_by_whom_and_how_and_revoked_ones_apart(client, leader, history):
    page = client.get(url("statistics"), {"nam": "2024"})

    merit, _ = line_of(page, "0603", MERIT)
    assert {name: value for name, value in merit.items() if value} == {
        "Tổng số": 3, "Tập thể": 1, "Trong đó doanh nghiệp": 1, "Hộ gia đình": 1, "Cá nhân": 1,
        "Trong đó nữ": 1, "Người trực tiếp công tác, lao động, học tập, chiến đấu": 1,
        "Phong trào thi đua theo chuyên đề": 2, "Đột xuất": 1, "Đã hủy bỏ (không tính)": 1,
    }  # fmt: skip
    state, _ = line_of(page, "0602", "Tổng cộng")
    assert (state["Tổng số"], state["Tập thể"]) == (1, 1)


def test_each_number_is_as_long_as_the_list_it_opens(client, leader, history):
    CampaignFactory()
    OfficerFactory(UnitFactory())
    ReviewerFactory(UnitFactory())
    page = client.get(url("statistics"), {"nam": "2024"})
    wrong, opened = [], 0

    for form in page.context["forms"]:
        for line in form.lines:
            for figure in line.figures:
                if figure.value:
                    listed = client.get(f"{url('statistics-rows')}?{figure.query}")
                    opened += 1
                    if len(listed.context["found"].rows) != figure.value:
                        wrong.append((form.code, line.label, figure))

    assert wrong == []
    assert opened > 20


def test_the_forms_are_a_workbook_of_five_pages(client, leader, history):
    book = load_workbook(
        BytesIO(client.get(url("statistics"), {"nam": "2024", "xuat": "xlsx"}).content)
    )

    assert book.sheetnames == ["0601", "0602", "0603", "0604", "0605"]


@pytest.mark.parametrize(
    "query",
    ["bieu=0699", "bieu=0603&dong=tat-ca&cot=la", "bieu=0601&dong=x&cot=9", "bieu=0604&dong=x&cot=y",
     "bieu=0605&dong=x&cot=chuyen-trach", "nam=abc", "nam=1", "bieu=0603&nam=99999999999"],
)  # fmt: skip
def test_a_number_that_is_not_there_opens_nothing(client, leader, query):
    assert client.get(f"{url('statistics-rows')}?{query}").status_code == 404


def test_leaders_see_stages_shares_and_days(client, leader):
    campaign = CampaignFactory()
    woman = nominated(campaign, "appraising")
    team = CandidateFactory(collective=True)
    nominated(campaign, "with_council", candidate=team)
    man = CandidateFactory(gender="male", rank="other_leader")
    nominated(campaign, "granted", candidate=man)

    page = client.get(url("overview"))

    found = page.context["found"]
    assert {stage.code: stage.count for stage in found.stages} == {
        "tham-dinh": 1, "hoi-dong": 1, "xong": 1,
    }  # fmt: skip
    assert (found.direct, found.women) == (pytest.approx(0.5), pytest.approx(0.5))
    assert found.over == 2  # received long ago by the clock of the test
    for group, count in (
        ("tat-ca", 3),
        ("dang-xet", 2),
        ("truc-tiep", 1),
        ("nu", 1),
        ("da-khen", 1),
    ):
        listed = client.get(url("nominees"), {"muc": group})
        assert listed.context["page"].paginator.count == count
    assert woman.candidate.name in client.get(url("nominees"), {"muc": "nu"}).content.decode()
    assert client.get(url("nominees"), {"muc": "la"}).status_code == 404


def test_the_pages_cost_the_same_for_one_and_for_three(client, leader):
    campaign, spent = CampaignFactory(), []
    for more in (1, 1, 3):
        for _ in range(more):
            nominated(campaign, "appraising")
            award()
        with CaptureQueriesContext(connection) as seen:
            for name in ("overview", "nominees", "statistics"):
                client.get(url(name), {"nam": "2024"})
        spent.append(len(seen))

    assert spent[1] == spent[2]


def test_units_do_not_read_it(client):
    CampaignFactory()
    client.force_login(OfficerFactory(UnitFactory()))

    assert {
        client.get(url(name)).status_code for name in ("overview", "statistics", "nominees")
    } == {403}
