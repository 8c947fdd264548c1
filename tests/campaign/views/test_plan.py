import pytest
from django.urls import reverse

from campaign.datasets.plan import misprints, plan_page
from campaign.models import PlanItem
from tests.factories import (
    ActivityFactory,
    AssignmentFactory,
    BlockLeadFactory,
    BlockMembershipFactory,
    CampaignFactory,
    DutyFactory,
    OfficerFactory,
    PlanItemFactory,
    PlannedActivityFactory,
    ReviewerFactory,
    SubPlanFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return CampaignFactory()


def url(campaign, **query):
    return reverse("campaign:plan", args=[campaign.code], query=query)


def item_url(item):
    return reverse("campaign:plan-item", args=[item.campaign.code, item.code])


def registered(duty, unit, **trait):
    sub_plan = SubPlanFactory(unit=unit, **trait or {"submitted": True})
    return PlannedActivityFactory(sub_plan=sub_plan, plan_items=[duty.item])


def lines(response):
    return {
        line.item.code: line for section in response.context["sections"] for line in section.lines
    }


def test_plan_reads_like_the_document(client, campaign):
    PlanItemFactory(code="HD.2", kind="document", heading="Tên loại", text_issued="KẾ HOẠCH")
    PlanItemFactory(content=True, code="II.1", heading="II. NỘI DUNG THI ĐUA:")
    PlanItemFactory(solution=True, code="III.1", heading="III. GIẢI PHÁP THỰC HIỆN")
    PlanItemFactory(code="KL.2", kind="closing_requirement", text_issued="Gửi Kế hoạch.")
    client.force_login(OfficerFactory())

    response = client.get(url(campaign))

    assert [section.title for section in response.context["sections"]] == [
        "II. NỘI DUNG THI ĐUA:",
        "III. GIẢI PHÁP THỰC HIỆN",
    ]
    assert "Gửi Kế hoạch." in response.text


def test_plan_shows_whom_a_duty_falls_on_and_how_far_it_is(client, campaign):
    given, other = UnitFactory(), UnitFactory()
    duty = DutyFactory(unit=given, request=True)
    AssignmentFactory(duty=duty, unit=other)
    registered(duty, given)
    client.force_login(ReviewerFactory())

    line = lines(client.get(url(campaign)))[duty.item.code]

    assert (line.registered, line.duty.covered, line.duty.percent) == (1, 1, 50)
    assert line.duty.is_request
    assert [(row.unit, row.registered) for row in line.duty.assigned] == [(given, 1), (other, 0)]


@pytest.mark.parametrize(
    ("trait", "counted"),
    [
        ({}, 0),
        ({"awaiting_head": True}, 0),
        ({"submitted": True}, 1),
        ({"returned": True}, 1),
        ({"void": True}, 0),
        ({"accepted": True}, 1),
        ({"withdrawn": True}, 0),
    ],
)
def test_plan_counts_what_has_been_sent(client, campaign, trait, counted):
    duty = DutyFactory()
    PlannedActivityFactory(sub_plan=SubPlanFactory(**trait), plan_items=[duty.item])
    client.force_login(ReviewerFactory())

    assert lines(client.get(url(campaign)))[duty.item.code].registered == counted


def test_plan_counts_the_newest_version_only(client, campaign):
    duty, unit = DutyFactory(), UnitFactory()
    registered(duty, unit, returned=True)
    registered(duty, unit, submitted=True, version=2)
    client.force_login(ReviewerFactory())

    assert lines(client.get(url(campaign)))[duty.item.code].registered == 1


def test_plan_tells_an_officer_only_of_the_own_unit_who_registered_what(client, campaign):
    own, other = UnitFactory(), UnitFactory()
    duty = DutyFactory(unit=own)
    AssignmentFactory(duty=duty, unit=other)
    registered(duty, other)
    client.force_login(OfficerFactory(own))

    line = lines(client.get(url(campaign)))[duty.item.code]

    assert [row.registered for row in line.duty.assigned] == [0, None]
    assert line.registered == 1


def test_plan_of_my_unit_keeps_its_duties_and_their_headings(client, campaign):
    own = UnitFactory()
    heading = PlanItemFactory(addressee=True, code="IV.7", position=901)
    mine = DutyFactory(unit=own, item__code="IV.7.1", item__parent=heading, item__position=902)
    DutyFactory(item__code="IV.8.1", item__position=903)
    PlanItemFactory(content=True, position=900)
    client.force_login(OfficerFactory(own))

    response = client.get(url(campaign, cua_toi="1"))

    assert list(lines(response)) == ["IV.7", mine.item.code]


def test_plan_of_a_unit_without_duties_says_so(client, campaign):
    DutyFactory()
    client.force_login(OfficerFactory())

    response = client.get(url(campaign, cua_toi="1"))

    assert response.context["sections"] == ()
    assert "Kế hoạch không giao nhiệm vụ đích danh cho đơn vị" in response.text


@pytest.mark.parametrize("query", ["", "?cua_toi=1"])
def test_plan_is_not_for_people_without_a_role(client, campaign, query):
    client.force_login(UserFactory())

    assert client.get(url(campaign) + query).status_code == 404


def test_plan_of_a_campaign_that_is_not_there(client):
    client.force_login(OfficerFactory())

    assert client.get(reverse("campaign:plan", args=["1999"])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_plan_needs_the_same_queries_however_long_it_is(campaign, count, django_assert_num_queries):
    for _ in range(count):
        duty = DutyFactory(unit=UnitFactory())
        registered(duty, UnitFactory())
    reader = ReviewerFactory()

    with django_assert_num_queries(10):
        page = plan_page(campaign, reader=reader, unit=UnitFactory.build(pk=0))

    assert len(page.sections[0].lines) == count


def test_each_row_tells_how_its_activities_go_and_opens_a_list_of_that_length(client, campaign):
    unit = UnitFactory()
    duty = DutyFactory(unit=unit)
    under = {"plan_items": [duty.item], "campaign": campaign}
    ActivityFactory(lead_unit=unit, done=True, **under)
    own = ActivityFactory(lead_unit=unit, **under)
    ActivityFactory(lead_unit=unit, cancelled=True, **under)
    ActivityFactory(lead_unit=unit, same_as=own, **under)
    ActivityFactory(**under)

    for reader, alive, done in ((ReviewerFactory(), 3, 1), (OfficerFactory(unit), 2, 1)):
        (line,) = plan_page(campaign, reader=reader, unit=unit).sections[0].lines
        assert (line.going.alive, line.going.done) == (alive, done)
        client.force_login(reader)
        asked = {"muc": duty.item.code, "trang_thai": "con"}
        assert client.get(reverse("campaign:activities"), asked).context["count"] == alive


def test_misprints_give_the_printed_words_with_some_around():
    item = PlanItem(
        text_issued="các hoạt động về nguồn, đèn on, đáp nghĩa và các hoạt động",
        text_corrected="các hoạt động về nguồn, đền ơn, đáp nghĩa và các hoạt động",
    )

    assert list(misprints(item)) == ["về nguồn, đèn on, đáp nghĩa"]


def test_bold_marks_of_the_transcript_are_no_misprint():
    item = PlanItem(text_issued="“**Đoàn kết**”", text_corrected="“Đoàn kết”")

    assert list(misprints(item)) == []


def test_plan_item_lists_what_the_reader_may_open(client):
    own, other = UnitFactory(), UnitFactory()
    duty = DutyFactory(unit=own)
    mine = registered(duty, own)
    registered(duty, other)
    client.force_login(OfficerFactory(own))

    page = client.get(item_url(duty.item)).context["page"]

    assert (page.activities, page.line.registered, page.hidden) == ([mine], 2, 1)


def test_plan_item_shows_the_board_everything_and_who_has_nothing(client):
    done, idle = UnitFactory(), UnitFactory()
    duty = DutyFactory(unit=done)
    AssignmentFactory(duty=duty, unit=idle)
    activity = registered(duty, done)
    client.force_login(ReviewerFactory())

    page = client.get(item_url(duty.item)).context["page"]

    assert (page.activities, page.hidden, page.without) == ([activity], 0, [idle])


def test_plan_item_shows_a_block_lead_the_block(client):
    member = BlockMembershipFactory()
    duty = DutyFactory(unit=member.unit)
    stranger = UnitFactory()
    AssignmentFactory(duty=duty, unit=stranger)
    client.force_login(BlockLeadFactory(block=member.block))

    page = client.get(item_url(duty.item)).context["page"]

    assert page.without == [member.unit]


def test_plan_item_shows_print_and_correction(client):
    item = PlanItemFactory(corrected=True)
    client.force_login(OfficerFactory())

    response = client.get(item_url(item))

    assert "Hoạt động đèn on, đáp nghĩa" in response.text
    assert "Hoạt động đền ơn, đáp nghĩa" in response.text


def test_plan_item_leads_to_its_relatives_and_children(client):
    heading = PlanItemFactory(solution=True, code="III.5")
    child = PlanItemFactory(bullet=True, code="III.5.1", parent=heading)
    relative = PlanItemFactory(code="IV.9.1", related_codes="III.5; III.9")
    client.force_login(OfficerFactory())

    above = client.get(item_url(heading)).context["page"]
    beside = client.get(item_url(relative)).context["page"]
    below = client.get(item_url(child)).context["page"]

    assert [line.item for line in above.children] == [child]
    assert beside.related == (heading,)
    assert below.ancestors == (heading,)


def test_plan_item_is_not_for_people_without_a_role(client):
    client.force_login(UserFactory())

    assert client.get(item_url(PlanItemFactory())).status_code == 404
