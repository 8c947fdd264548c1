from datetime import UTC, datetime

import pytest
from django.urls import reverse

from campaign.models import ReviewAssignment, SubPlan
from tests.campaign.sending import questions, send
from tests.exports import rows_by_heading
from tests.factories import (
    BlockFactory,
    BlockMembershipFactory,
    BoardHeadFactory,
    CampaignFactory,
    LeadershipFactory,
    OfficerFactory,
    ReviewerFactory,
    SubPlanFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

URL = reverse("campaign:queue")
TAKE = reverse("campaign:queue-take")
ASSIGN = reverse("campaign:review-assignments")


@pytest.fixture
def reviewer(client):
    CampaignFactory()
    person = ReviewerFactory()
    client.force_login(person)
    return person


def shown(response):
    return [row.version for row in response.context["list"].rows]


def in_block(sub_plan, **facts):
    return BlockMembershipFactory(unit=sub_plan.unit, **facts).block


def test_the_oldest_waits_on_top(client, reviewer):
    newer = SubPlanFactory(submitted=True, submitted_at=datetime(2024, 3, 21, tzinfo=UTC))
    older = SubPlanFactory(submitted=True, submitted_at=datetime(2024, 3, 15, tzinfo=UTC))
    SubPlanFactory()

    assert shown(client.get(URL)) == [older, newer]


def test_every_heap_has_its_rows_and_its_number(client, reviewer):
    waiting = SubPlanFactory(submitted=True)
    returned = SubPlanFactory(returned=True)
    again = SubPlanFactory(submitted=True, unit=returned.unit, version=2)
    mine = SubPlanFactory(under_review=True, reviewer=reviewer)
    theirs = SubPlanFactory(under_review=True)
    done = SubPlanFactory(accepted=True, decided_by=reviewer)

    heaps = {
        found.tab.code: found.count for found in client.get(URL).context["tabs"]
    }  # fmt: skip
    opened = {code: set(shown(client.get(URL, {"muc": code}))) for code in heaps}

    assert opened == {
        "cho": {waiting, again},
        "gui-lai": {again},
        "cua-toi": {mine},
        "nguoi-khac": {theirs},
        "toi-da-xong": {done},
        "da-xong": {done, returned},
    }
    assert heaps == {code: len(rows) for code, rows in opened.items()}


def test_a_reviewer_begins_with_the_blocks_given_to_them(client, reviewer):
    given, other = SubPlanFactory(submitted=True), SubPlanFactory(submitted=True)
    ReviewAssignment.objects.create(block=in_block(given), year=2024, reviewer=reviewer)
    in_block(other)

    assert shown(client.get(URL)) == [given]
    assert shown(client.get(URL, {"phan_cong": "tat-ca"})) == [given, other]
    assert shown(client.get(URL, {"phan_cong": "chua"})) == [other]


def test_a_filter_nobody_asked_for_is_told_with_the_way_out(client, reviewer):
    given, other = SubPlanFactory(submitted=True), SubPlanFactory(submitted=True)
    ReviewAssignment.objects.create(block=in_block(given), year=2024, reviewer=reviewer)
    in_block(other)

    filtered = client.get(URL, {"muc": "cho"})
    whole = client.get(URL, {"muc": "cho", "phan_cong": "tat-ca"})

    assert filtered.context["unfiltered"] == len(shown(whole)) == 2
    told = '<a href="?muc=cho&amp;phan_cong=tat-ca">xem tất cả 2 hồ sơ</a>'
    assert filtered.content.decode().count(f"Đang lọc: khối được phân công cho tôi – {told}") == 1
    assert whole.content.decode().count("Đang lọc") == 0


def exported(client, **asked):
    return rows_by_heading(client.get(URL, {**asked, "xuat": "xlsx"}))


def test_excel_holds_exactly_the_rows_shown(client, reviewer):
    given, other = SubPlanFactory(submitted=True), SubPlanFactory(submitted=True)
    ReviewAssignment.objects.create(block=in_block(given), year=2024, reviewer=reviewer)
    in_block(other)
    SubPlanFactory(accepted=True, decided_by=reviewer)

    sheets = [exported(client, **asked) for asked in ({}, {"phan_cong": "tat-ca"})]
    (done,) = exported(client, muc="toi-da-xong")

    assert [[row["Đơn vị"] for row in rows] for rows in sheets] == [
        [given.unit.name],
        [given.unit.name, other.unit.name],
    ]
    assert [row["Phụ trách"] for row in sheets[1]] == [str(reviewer), "Chưa phân công"]
    assert (done["Trạng thái"], done["Phụ trách"]) == ("Đã tiếp nhận", str(reviewer))


def test_excel_holds_all_pages_and_the_page_offers_it(client, reviewer):
    SubPlanFactory.create_batch(51, submitted=True)

    page = client.get(URL, {"trang": "2"})

    assert (len(shown(page)), len(exported(client))) == (1, 51)
    assert ("Excel (.xlsx), các cột đang hiện", "?xuat=xlsx") in page.context["list"].exports


def test_what_was_taken_from_another_block_stays_in_sight(client, reviewer):
    assigned = in_block(SubPlanFactory())
    ReviewAssignment.objects.create(block=assigned, reviewer=reviewer, year=2024)
    elsewhere = SubPlanFactory(under_review=True, reviewer=reviewer)
    in_block(elsewhere)

    assert shown(client.get(URL, {"muc": "cua-toi"})) == [elsewhere]


def test_the_queue_of_a_colleague_and_of_a_block_can_be_opened(client, reviewer):
    colleague = ReviewerFactory()
    theirs, other = SubPlanFactory(submitted=True), SubPlanFactory(submitted=True)
    ReviewAssignment.objects.create(block=in_block(theirs), year=2024, reviewer=colleague)
    block = in_block(other)

    assert shown(client.get(URL, {"phan_cong": colleague.pk})) == [theirs]
    assert shown(client.get(URL, {"khoi": block.code})) == [other]


def test_the_own_unit_is_marked(client, reviewer):
    SubPlanFactory(submitted=True, unit=reviewer.memberships.get().unit)
    SubPlanFactory(submitted=True)

    response = client.get(URL)

    assert [row.is_own for row in response.context["list"].rows] == [True, False]
    assert response.content.decode().count("đơn vị của ông/bà") == 1
    assert response.content.decode().count('name="chon"') == 1


def test_an_address_that_is_not_understood_is_422(client, reviewer):
    assert client.get(URL, {"phan_cong": "ai-do"}).status_code == 422


@pytest.mark.parametrize("person", [OfficerFactory, LeadershipFactory])
def test_the_queue_is_the_boards(client, person):
    CampaignFactory()
    client.force_login(person())

    assert client.get(URL).status_code == 403


def test_the_page_asks_as_much_for_three_rows_as_for_one(client, reviewer):
    in_block(SubPlanFactory(submitted=True))
    one = questions(client, URL)
    for _ in range(2):
        in_block(SubPlanFactory(submitted=True))

    assert questions(client, URL) == one


# --- taking several ---


def test_the_ticked_are_taken(client, reviewer):
    wanted, other = SubPlanFactory(submitted=True), SubPlanFactory(submitted=True)

    shown_first = send(client, TAKE, chon=[wanted.pk])
    response = send(client, TAKE, chon=shown_first.context["plan"].keys, dong_y="1")

    assert shown_first.context["plan"].will == [str(wanted.unit)]
    assert response.url == f"{URL}?muc=cua-toi&phan_cong=tat-ca"
    assert list(SubPlan.objects.under_review_by(reviewer)) == [wanted]
    assert SubPlan.objects.get(pk=other.pk).status == SubPlan.Status.SUBMITTED


def test_ticking_nothing_is_told(client, reviewer):
    SubPlanFactory(submitted=True)

    response = send(client, TAKE)

    assert response.url == URL
    assert SubPlan.objects.get().status == SubPlan.Status.SUBMITTED


def test_one_that_is_gone_does_not_hold_up_the_rest(client, reviewer):
    free, gone = SubPlanFactory(submitted=True), SubPlanFactory(under_review=True)

    plan = send(client, TAKE, chon=[free.pk, gone.pk]).context["plan"]
    send(client, TAKE, chon=f"{free.pk},{gone.pk}", dong_y="1")

    assert plan.will == [str(free.unit)]
    assert plan.wont == [(str(gone.unit), "Không còn chờ: đang xem xét.")]
    assert list(SubPlan.objects.under_review_by(reviewer)) == [free]


def test_the_own_unit_cannot_be_ticked(client, reviewer):
    own = SubPlanFactory(submitted=True, unit=reviewer.memberships.get().unit)

    plan = send(client, TAKE, tat_ca="1").context["plan"]

    assert (plan.will, len(plan.wont)) == ([], 1)
    assert send(client, TAKE, chon=[own.pk], dong_y="1").status_code == 403


# --- assigning blocks ---


def test_the_head_gives_blocks_to_reviewers_and_takes_them_back(client):
    CampaignFactory()
    head, colleague = BoardHeadFactory(), ReviewerFactory()
    given, freed = BlockFactory(), BlockFactory()
    ReviewAssignment.objects.create(block=freed, year=2024, reviewer=colleague)
    client.force_login(head)

    send(client, ASSIGN, **{f"khoi-{given.pk}": colleague.pk, f"khoi-{freed.pk}": ""})

    assert [(row.block, row.reviewer) for row in ReviewAssignment.objects.all()] == [
        (given, colleague)
    ]


def test_only_people_of_the_board_can_be_chosen(client):
    CampaignFactory()
    block, officer = BlockFactory(), OfficerFactory(unit=UnitFactory())
    client.force_login(BoardHeadFactory())

    response = send(client, ASSIGN, **{f"khoi-{block.pk}": officer.pk})

    assert response.status_code == 422
    assert ReviewAssignment.objects.count() == 0


def test_a_reviewer_does_not_assign(client, reviewer):
    assert client.get(ASSIGN).status_code == 403
