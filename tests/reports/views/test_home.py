from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.urls import reverse

from campaign.models import Obligation, ReturnReason, SubPlan
from tests.factories import (
    AdministratorFactory,
    BlockLeadFactory,
    BoardHeadFactory,
    CampaignFactory,
    CouncilMemberFactory,
    HeadFactory,
    LeadershipFactory,
    MembershipFactory,
    ObligationFactory,
    OfficerFactory,
    ReviewerFactory,
    SubPlanFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
URL = reverse("reports:home")
START = reverse("campaign:my-sub-plan")


def home_of(client, user):
    client.force_login(user)
    return client.get(URL)


def steps(response):
    home = response.context["home"]
    return [(work.unit, work.step) for work in (*home.units, *home.finished)]


@pytest.fixture
def unit():
    unit = UnitFactory(name="Sở Văn hóa, Thể thao và Du lịch")
    ObligationFactory(unit=unit)
    return unit


def test_officer_who_owes_is_given_the_button_to_start(client, unit):
    response = home_of(client, OfficerFactory(unit))

    assert steps(response) == [(unit, "start")]
    assert f'action="{START}"' in response.content.decode()


def test_each_unit_of_a_person_is_one_press_from_its_overview(client, unit):
    page = home_of(client, OfficerFactory(unit))

    assert page.context["home"].own_units == [unit]
    assert reverse("reports:overview-unit", args=[unit.code]) in page.content.decode()


def test_that_button_starts_the_draft(client, unit):
    home_of(client, OfficerFactory(unit))

    response = client.post(START, {"unit": unit.pk, "form_key": uuid4()})

    draft = SubPlan.objects.get(unit=unit)
    assert response.url == reverse("campaign:draft", args=[draft.pk])


@pytest.mark.parametrize(
    ("trait", "officer", "head"),
    [
        ({}, "continue", "continue"),
        ({"awaiting_head": True}, "wait", "approve"),
        ({"submitted": True}, "wait", "wait"),
        ({"under_review": True}, "wait", "wait"),
        ({"returned": True}, "mend", "mend"),
        ({"withdrawn": True}, "start", "start"),
        ({"accepted": True}, "done", "done"),
    ],
)
def test_each_state_has_its_next_step(client, unit, trait, officer, head):
    SubPlanFactory(unit=unit, **trait)

    assert steps(home_of(client, OfficerFactory(unit))) == [(unit, officer)]
    assert steps(home_of(client, HeadFactory(unit))) == [(unit, head)]


def test_returned_plan_tells_its_reasons_and_day(client, unit):
    returned = SubPlanFactory(unit=unit, returned=True, return_due_date=date(2024, 4, 1))
    ReturnReason.objects.create(sub_plan=returned, line="form", text="Chưa đóng dấu")

    page = home_of(client, OfficerFactory(unit)).content.decode()

    assert "<strong>Thể thức văn bản:</strong> Chưa đóng dấu" in page
    assert "Hạn bổ sung: <strong>01/4/2024</strong>" in page


def test_what_is_overdue_comes_first(client, unit):
    person = OfficerFactory(unit)
    sent, later = UnitFactory(sort_order=1000), UnitFactory(sort_order=1001)
    SubPlanFactory(unit=sent, accepted=True)
    ObligationFactory(unit=later, extended_to=date(2999, 12, 31))
    for other in (sent, later):
        MembershipFactory(user=person, unit=other)

    assert steps(home_of(client, person)) == [(unit, "start"), (later, "start"), (sent, "done")]


def test_other_units_work_is_not_shown(client, unit):
    SubPlanFactory(unit=unit, awaiting_head=True)

    assert steps(home_of(client, HeadFactory())) == []


def test_block_lead_sees_who_has_sent(client, province):
    lead = BlockLeadFactory(block=province.culture, unit=province.on_time)

    work = home_of(client, lead).context["home"].blocks[0]

    assert (work.block, work.ledger.totals.sent, work.missing) == (
        province.culture, 2, [province.missing],
    )  # fmt: skip


def test_queue_figures_equal_the_lists_they_open(client, province):
    response = home_of(client, ReviewerFactory())

    board = response.context["home"].board
    queue = client.get(reverse("campaign:queue"), {"muc": "cho", "phan_cong": "tat-ca"})
    late = client.get(reverse("campaign:sub-plans"), {"trang_thai": "tre-han"})
    assert board.queues[0].tabs["cho"] == queue.context["page"].paginator.count == 1
    assert board.totals.late == late.context["count"] == 1


def test_next_to_review_is_the_oldest_and_never_of_the_own_unit(client, province):
    own = UnitFactory()
    SubPlanFactory(submitted=True, unit=own)
    reviewer = ReviewerFactory(own)

    board = home_of(client, reviewer).context["home"].board

    assert board.queues[0].next_up == SubPlan.objects.get(unit=province.late)


def test_board_head_is_told_of_blocks_nobody_looks_after(client, province):
    response = home_of(client, BoardHeadFactory())

    assert response.context["home"].board.blocks_without_reviewer == 2
    assert "2 khối chưa có người được phân công" in response.content.decode()


def test_extended_units_are_named_to_the_board_until_the_day_is_past(client, province):
    owed = Obligation.objects.get(unit=province.extended)
    assert home_of(client, BoardHeadFactory()).context["home"].board.extended == ()

    owed.closes_at = datetime(2999, 12, 31, tzinfo=UTC)
    owed.save()

    assert home_of(client, BoardHeadFactory()).context["home"].board.extended == (owed,)


@pytest.mark.parametrize("make", [LeadershipFactory, CouncilMemberFactory])
def test_who_only_reads_is_taken_to_the_overview(client, make):
    CampaignFactory()

    response = home_of(client, make())

    assert (response.status_code, response.url) == (302, reverse("reports:overview"))


def test_administrator_sees_health_and_no_papers(client, unit):
    UserFactory()

    home = home_of(client, AdministratorFactory()).context["home"]

    assert (home.health.users, home.health.users_without_role) == (2, 1)
    assert (home.health.campaigns, home.units, home.board) == (1, (), None)


def test_several_roles_are_several_sections(client, province):
    person = HeadFactory(province.missing)
    MembershipFactory(user=person, unit=UnitFactory(), role="board_head")

    home = home_of(client, person).context["home"]

    assert [work.unit for work in home.units] == [province.missing]
    assert home.board.is_head is True


def test_person_without_a_unit_is_told_whom_to_ask(client, province):
    response = home_of(client, UserFactory())

    page = response.content.decode()
    assert "Tài khoản chưa được gắn với đơn vị nào" in page
    assert province.campaign.name not in page.split("<main", 1)[1]


def test_before_there_is_a_campaign_the_page_still_answers(client):
    assert home_of(client, OfficerFactory()).status_code == 200
    assert home_of(client, ReviewerFactory()).status_code == 200


def test_queries_do_not_grow_with_the_units_of_a_person(client, django_assert_max_num_queries):
    person = UserFactory()

    def used_with_one_more():
        unit = UnitFactory()
        MembershipFactory(user=person, unit=unit)
        returned = SubPlanFactory(unit=unit, returned=True)
        ReturnReason.objects.create(sub_plan=returned, line="form", text="Chưa đóng dấu")
        with django_assert_max_num_queries(22) as used:
            client.get(URL)
        return len(used)

    client.force_login(person)
    client.get(URL)
    first, _, third = (used_with_one_more() for _ in range(3))

    assert third == first
