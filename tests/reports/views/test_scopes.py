"""Tổng quan of one block, one unit, one row of the plan: rights, figures, lists, queries."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from lxml import html

from lib.official.pdf import PdfFailed
from tests.factories import (
    ActivityFactory,
    BlockLeadFactory,
    BlockMembershipFactory,
    FigureFactory,
    IndicatorFactory,
    LeadershipFactory,
    OfficerFactory,
    PlannedActivityFactory,
    ProgressReportFactory,
    SubPlanFactory,
    UnitFactory,
)
from tests.factories.scoring import (
    RankingFactory,
    RankingRowFactory,
    ScoreSheetFactory,
    ScoringScaleFactory,
)
from tests.reports.conftest import LATE_AT, ON_TIME_AT, unit_in
from units.models import BlockMembership

NOW = datetime(2024, 5, 16, 2, 0, tzinfo=UTC)
DAYS = ("", "2024-03-22")


def block_page(province):
    return reverse("reports:overview-block", args=[province.culture.code])


def unit_page(unit):
    return reverse("reports:overview-unit", args=[unit.code])


def item_page(item):
    return reverse("reports:overview-item", args=[item.code])


@pytest.fixture
def world(province):
    """More than `province` has: activities that go on, a score sheet, a ranking, a figure."""
    made = {"campaign": province.campaign, "added_at": ON_TIME_AT}
    done, joint, folded = (
        ActivityFactory(lead_unit=unit, plan_items=[province.covered], **made)
        for unit in (province.on_time, province.late, province.on_time)
    )
    done.complete(by=done.added_by, at=ON_TIME_AT, on=date(2024, 3, 19), result="Đã tổ chức")
    joint.complete(by=done.added_by, at=LATE_AT, on=date(2024, 3, 25), result="Đã tổ chức")
    folded.same_as = joint
    folded.save(update_fields=["same_as"])
    scale = ScoringScaleFactory(in_force=True, block=province.culture, year=2024)
    ScoreSheetFactory(scale=scale, unit=province.on_time, submitted=True, submitted_at=ON_TIME_AT)
    ranking = RankingFactory(scale=scale, published=True, published_at=LATE_AT)
    for place, unit in enumerate((province.on_time, province.late), start=1):
        RankingRowFactory(ranking=ranking, unit=unit, position=place)
    return province


def lead_of(block, unit):
    """Somebody who leads a block in 2024 for one of its units."""
    BlockMembership.objects.filter(block=block, unit=unit).update(role=BlockMembership.Role.LEAD)
    return BlockLeadFactory(unit=unit)


def rows_of(client, page, address):
    """How many rows the list behind a figure has: a table of the page itself, or a page."""
    if address.startswith("#"):
        return len(page.xpath(f'//table[@id="{address[1:]}"]/tbody/tr'))
    response = client.get(address)
    assert response.status_code == 200, address
    table = html.fromstring(response.content).xpath('//main//table[contains(@class, "table")]')
    return len(table[0].xpath('./tbody/tr[not(@class="group")]')) if table else 0


def walk(client, address, day):
    """The figures of a page whose list has another number of rows, and how many there are."""
    page = html.fromstring(client.get(address, {"luc": day} if day else {}).content)
    marks = page.xpath("//*[@data-figure]")
    told = {(mark.get("href"), int(mark.get("data-figure"))) for mark in marks}
    wrong = [
        (href, number) for href, number in sorted(told) if rows_of(client, page, href) != number
    ]
    return wrong, len(told)


@pytest.mark.parametrize("day", DAYS)
def test_every_figure_of_a_block_opens_its_list_for_the_one_who_leads_it(client, world, day):
    client.force_login(lead_of(world.culture, world.on_time))

    wrong, count = walk(client, block_page(world), day)

    assert wrong == []
    assert count > 20


@pytest.mark.parametrize("day", DAYS)
def test_every_figure_of_a_unit_opens_its_list_for_its_own_people(client, world, day):
    client.force_login(OfficerFactory(unit=world.on_time))

    wrong, count = walk(client, unit_page(world.on_time), day)

    assert wrong == []
    assert count > 8


@pytest.mark.parametrize("day", DAYS)
def test_every_figure_of_a_row_of_the_plan_opens_its_list(client, world, day):
    client.force_login(LeadershipFactory())

    wrong, count = walk(client, item_page(world.covered), day)
    of_solution, _ = walk(client, reverse("reports:overview-item", args=["III.1"]), day)

    assert (wrong, of_solution) == ([], [])
    assert count > 8


def test_a_block_is_told_as_of_each_day(client, world):
    client.force_login(LeadershipFactory())

    now, then = (
        client.get(block_page(world), {"luc": day} if day else {}).context["found"] for day in DAYS
    )

    assert [(one.board.five.sent, one.board.five.owed) for one in (now, then)] == [(2, 3), (1, 3)]
    assert [one.board.five.done for one in (now, then)] == [2, 1]
    assert [(one.scored, len(one.ranks)) for one in (now, then)] == [(1, 2), (1, 0)]
    assert [line.unit for line in now.lines] == [world.on_time, world.late, world.missing]
    assert [line.registered for line in now.lines] == [2, 1, 0]


def test_a_unit_is_told_its_debts_rank_and_figures(client, world):
    indicator = IndicatorFactory(campaign=world.campaign)
    report = ProgressReportFactory(unit=world.on_time, accepted=True)
    FigureFactory(report=report, indicator=indicator, value=Decimal(7))
    client.force_login(OfficerFactory(unit=world.on_time))

    found = client.get(unit_page(world.on_time)).context["found"]

    assert [owed.unit for owed in found.sent] == [world.on_time] * len(found.sent)
    assert (found.rank.position, found.ranked) == (1, 2)
    assert [(row.code, row.cumulative) for row in found.figures.rows] == [(indicator.code, 7)]
    assert found.registered == 2


def test_a_duty_is_told_by_unit_and_by_day(client, world):
    client.force_login(LeadershipFactory())

    found = client.get(item_page(world.covered)).context["found"]

    assert {line.unit: line.states.of("done") for line in found.units} == {
        world.on_time: 1, world.late: 1,
    }  # fmt: skip
    assert (found.days[0].day, found.days[0].done) == (date(2024, 3, 19), 1)
    assert found.days[-1].done == found.going.done == 2


def test_who_may_not_see_a_part_is_not_told_that_it_is_there(client, world):
    lead = lead_of(world.culture, world.on_time)
    others = reverse("reports:overview-block", args=[world.others.code])
    asked = {
        lead: {
            block_page(world): 200, others: 404, unit_page(world.late): 200,
            unit_page(world.extended): 404, item_page(world.covered): 404,
        },
        OfficerFactory(unit=world.late): {
            block_page(world): 404, unit_page(world.late): 200, unit_page(world.on_time): 404,
        },
    }  # fmt: skip
    for person, pages in asked.items():
        client.force_login(person)
        assert {page: client.get(page).status_code for page in pages} == pages


def test_lists_open_to_a_part_show_no_other(client, world):
    """A lead may narrow the lists to the own block, an officer to the own unit; not otherwise."""
    lists = {name: reverse(f"reports:{name}") for name in ("activities", "scored", "duties")}
    lead, officer = lead_of(world.culture, world.on_time), OfficerFactory(unit=world.late)
    own, other = {"khoi": world.culture.code}, {"khoi": world.others.code}
    mine, foreign = {"don_vi": world.late.code}, {"don_vi": world.on_time.code}

    def told(person, name, asked):
        client.force_login(person)
        return client.get(lists[name], asked).status_code

    assert [told(lead, "activities", one) for one in (own, other, {}, mine)] == [200, 404, 404, 200]
    assert [told(lead, "scored", one) for one in (own, other, {}, mine)] == [200, 404, 404, 404]
    assert [told(officer, "activities", one) for one in (mine, foreign, own)] == [200, 404, 404]
    assert [told(officer, "scored", one) for one in (mine, own)] == [404, 404]
    assert told(lead, "duties", own) == 404


def test_the_overview_and_the_lists_lead_to_each_part_and_back(client, world):
    """At the day that is looked at; for who leads a block the way up from a list is the block."""
    client.force_login(LeadershipFactory())
    page = client.get(reverse("reports:overview"), {"luc": "2024-03-22"}).content.decode()
    for part in (block_page(world), item_page(world.covered)):
        assert f'href="{part}?luc=2024-03-22"' in page
    client.force_login(lead_of(world.culture, world.on_time))
    listed = client.get(reverse("reports:scored"), {"khoi": world.culture.code})

    assert listed.context["up_url"] == block_page(world)


def test_a_page_that_cannot_be_printed_says_so(client, world, monkeypatch):
    def fails(view, found):
        raise PdfFailed("Không tạo được PDF.")

    monkeypatch.setattr("reports.views.weekly.overview_pdf", fails)
    client.force_login(LeadershipFactory())

    answer = client.get(reverse("reports:overview-pdf"))

    assert (answer.status_code, answer.content.decode()) == (503, "Không tạo được PDF.")


def test_a_day_to_come_is_refused_in_words(client, world):
    client.force_login(LeadershipFactory())

    answer = client.get(block_page(world), {"luc": "2030-01-01"})

    assert answer.status_code == 422
    assert "Ngày 01/01/2030 chưa tới" in answer.content.decode()


def test_queries_do_not_grow(client, world, django_assert_max_num_queries):
    client.force_login(LeadershipFactory())
    pages = [block_page(world), unit_page(world.on_time), item_page(world.covered)]

    def counts():
        found = []
        for page in pages:
            client.get(page)
            with django_assert_max_num_queries(60) as asked:
                client.get(page)
            found.append(len(asked))
        return found

    before = counts()
    for n in range(2):
        unit = unit_in(world.culture, f"Sở mới {n}")
        sub_plan = SubPlanFactory(submitted=True, unit=unit)
        PlannedActivityFactory(sub_plan=sub_plan, plan_items=[world.covered])
        for lead in (unit, world.on_time):
            ActivityFactory(
                lead_unit=lead, campaign=world.campaign, plan_items=[world.covered], done=True
            )

    assert counts() == before


def test_units_of_no_block_and_blocks_of_no_unit_have_a_page(client, world):
    client.force_login(LeadershipFactory())
    alone = UnitFactory()
    BlockMembershipFactory(unit=alone, year=2023)

    assert client.get(unit_page(alone)).context["found"].block is None
    assert client.get(reverse("reports:overview-block", args=["KHONG-CO"])).status_code == 404
