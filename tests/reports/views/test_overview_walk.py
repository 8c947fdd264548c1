"""One number, one query: every figure of the dashboard is a link to a list of exactly that many.

Walked now and at a past day, over a world with extensions, exemptions, late and returned plans,
joint and cancelled activities, dossiers, score sheets and a ranking.
"""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from lxml import html

from campaign.models import Extension, Obligation
from tests.factories import (
    ActivityFactory,
    BlockMembershipFactory,
    CampaignFactory,
    LeadershipFactory,
    PlannedActivityFactory,
    SubPlanFactory,
    UnitFactory,
    UserFactory,
)
from tests.factories.awards import DossierFactory, NominationFactory
from tests.factories.scoring import (
    RankingFactory,
    RankingRowFactory,
    ScoreSheetFactory,
    ScoringScaleFactory,
)
from tests.reports.conftest import LATE_AT, ON_TIME_AT

URL = reverse("reports:overview")
NOW = datetime(2024, 5, 16, 2, 0, tzinfo=UTC)
DAYS = ("", "2024-03-22", "2024-03-25")


@pytest.fixture
def world(province):
    """More than `province` has: things that changed after the days that are looked at."""
    somebody = UserFactory()
    _change_obligations(province, somebody)
    _follow_activities(province, somebody)
    _send_dossiers(province, somebody)
    scale = ScoringScaleFactory(in_force=True, block=province.culture, year=2024)
    ScoreSheetFactory(scale=scale, unit=province.on_time, submitted=True, submitted_at=ON_TIME_AT)
    ranking = RankingFactory(scale=scale, published=True, published_at=LATE_AT)
    for place, unit in enumerate((province.on_time, province.late), start=1):
        RankingRowFactory(ranking=ranking, unit=unit, position=place)
    return province


def _change_obligations(province, somebody):
    """An extension, an exemption and a return that came after the due day; a district; a unit
    that is in no block."""
    late = province.late.obligations.get()
    late.extend(
        Extension(
            obligation=late, due_date=date(2024, 3, 27), reason="Thay đổi lãnh đạo",
            document_number="30/BTĐ", by=somebody, at=NOW,
        )
    )  # fmt: skip
    province.missing.obligations.get().exempt(by=somebody, at=NOW, reason="Sáp nhập")
    returned = SubPlanFactory(submitted=True, submitted_at=ON_TIME_AT, unit__district=True)
    BlockMembershipFactory(block=province.others, unit=returned.unit)
    returned.take(by=somebody, at=ON_TIME_AT)
    returned.send_back(by=somebody, at=LATE_AT, due=date(2024, 4, 1), note="Thiếu phụ lục")
    alone = SubPlanFactory(submitted=True, submitted_at=LATE_AT)
    PlannedActivityFactory(sub_plan=alone, plan_items=[province.covered])
    SubPlanFactory(withdrawn=True, submitted_at=ON_TIME_AT)


def _follow_activities(province, somebody):
    made = {"campaign": province.campaign, "added_at": ON_TIME_AT}
    district = Obligation.objects.get(unit__group="district").unit
    done, joint, folded, dropped, tied = (
        ActivityFactory(lead_unit=unit, plan_items=[province.covered], **made)
        for unit in (province.on_time, province.late, province.extended, district, district)
    )
    done.complete(by=somebody, at=ON_TIME_AT, on=date(2024, 3, 19), result="Đã tổ chức")
    joint.complete(by=somebody, at=LATE_AT, on=date(2024, 3, 25), result="Đã tổ chức")
    folded.same_as = joint
    folded.save(update_fields=["same_as"])
    dropped.cancel(by=somebody, at=LATE_AT, reason="Không còn phù hợp")
    tied.begin(by=somebody, at=NOW)
    ActivityFactory(lead_unit=UnitFactory(), campaign=province.campaign, added_at=LATE_AT)


def _send_dossiers(province, somebody):
    complete = DossierFactory(submitted=True, unit=province.on_time, submitted_at=ON_TIME_AT)
    NominationFactory(dossier=complete, appraising=True)
    complete.declare_complete(by=somebody, at=LATE_AT)
    taken_back = DossierFactory(submitted=True, unit=province.late, submitted_at=LATE_AT)
    taken_back.withdraw(by=somebody, at=NOW, reason="Gửi nhầm")
    DossierFactory(unit=province.extended)


@pytest.fixture
def leader(client, world):
    client.force_login(LeadershipFactory())
    return client


def rows_of(client, address):
    """How many rows a list has, all pages of it."""
    response = client.get(address)
    assert response.status_code == 200, address
    page = response.context.get("page")
    numbers = range(2, (page.paginator.num_pages if page else 1) + 1)
    further = [client.get(f"{address}&trang={number}") for number in numbers]
    return sum(_rows_on(answer) for answer in (response, *further))


def _rows_on(response):
    table = html.fromstring(response.content).xpath('//main//table[contains(@class, "table")]')
    return len(table[0].xpath('./tbody/tr[not(@class="group")]')) if table else 0


def figures_on(page, within="//*"):
    """What each mark leads to and counts; a mark that leads nowhere is a fault."""
    marks = page.xpath(f"{within}[@data-figure]")
    assert [html.tostring(mark) for mark in marks if not mark.get("href")] == []
    return {(mark.get("href"), int(mark.get("data-figure"))) for mark in marks}


@pytest.mark.parametrize("day", DAYS[:2])
def test_every_figure_opens_a_list_of_that_many(leader, day):
    told = figures_on(html.fromstring(leader.get(URL, {"luc": day} if day else {}).content))

    opened = {(href, rows_of(leader, href)) for href, _ in told}

    assert told ^ opened == set()
    assert len(told) > 40  # the page has not lost its marks
    assert all(f"luc={day}" in href or "/xep-hang/" in href for href, _ in told) or not day


def test_another_campaign_stands_beside_on_the_same_day(leader, province):
    alone = leader.get(URL).content.decode()
    before = CampaignFactory(
        code="2023", name="Đợt Thi đua năm 2023", starts_on=date(2023, 3, 1),
        ends_on=date(2023, 12, 31), sub_plan_due_date=date(2023, 3, 16),
    )  # fmt: skip
    BlockMembershipFactory(unit=province.on_time, block=province.culture, year=2023)
    for unit, day in ((province.on_time, 14), (province.late, 20)):
        sent_at = datetime(2023, 3, day, 2, tzinfo=UTC)
        SubPlanFactory(submitted=True, campaign=before, unit=unit, submitted_at=sent_at)

    answer = leader.get(URL, {"so-voi": "2023", "luc": "2024-03-22"})

    beside = answer.context["other"]
    assert 'name="so-voi"' not in alone
    assert (beside.view.day, beside.five.sent, beside.five.owed) == (date(2023, 3, 16), 1, 2)
    assert beside.sent[province.culture.pk].on_time == 1
    part = '//section[@aria-labelledby="so-sanh"]//a'
    told = figures_on(html.fromstring(answer.content), part)
    assert {(href, rows_of(leader, href)) for href, _ in told} == told
    assert leader.get(reverse("reports:compared"), {"dot": "2023", "so": "x"}).status_code == 404


def test_no_number_of_a_table_is_without_its_list(leader):
    """A cell of numbers holds a figure that can be opened, or says that it measures something
    else (days, a date)."""
    page = html.fromstring(leader.get(URL).content)
    cells = page.xpath('//*[@id="dashboard"]//td[contains(@class, "number")]')

    bare = [cell.text_content() for cell in cells if not _is_explained(cell)]

    assert bare == []


def _is_explained(cell):
    return cell.xpath(".//*[@data-figure]") or cell.get("data-measure") is not None


def test_the_days_differ_as_the_world_did(leader):
    """The walk would be worth little if all days looked alike."""
    told = [leader.get(URL, {"luc": day} if day else {}).context["board"] for day in DAYS]

    assert [(one.five.sent, one.five.owed, one.five.exempt) for one in told] == [
        (4, 7, 2), (2, 8, 1), (4, 8, 1),
    ]  # fmt: skip
    assert [(one.five.done, one.five.alive) for one in told] == [(2, 4), (1, 4), (2, 4)]
    assert [one.five.dossiers for one in told] == [1, 1, 2]
    assert [len(one.rankings) for one in told] == [1, 0, 1]
    assert [one.sending.totals.late for one in told] == [1, 0, 2]


def test_a_day_to_come_is_refused_in_words(leader):
    answer = leader.get(URL, {"luc": "2030-01-01"})

    assert answer.status_code == 422
    assert "Ngày 01/01/2030 chưa tới" in answer.content.decode()
