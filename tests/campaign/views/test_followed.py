"""The list of activities, one of them, and the form about it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.paginator import Paginator
from django.urls import reverse

from accounts.lists import HeapPaginator
from campaign.datasets.activity_list import ActivityFilters, activity_list
from campaign.models import Activity
from lib import clock
from tests.campaign.sending import questions, send
from tests.exports import rows_by_heading
from tests.factories import (
    ActivityFactory,
    BlockFactory,
    BlockMembershipFactory,
    CampaignFactory,
    FigureFactory,
    LeadershipFactory,
    OfficerFactory,
    ParticipationFactory,
    PlanItemFactory,
    PlannedActivityFactory,
    ProgressReportFactory,
    SubPlanFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

AT = datetime(2024, 4, 20, 2, 0, tzinfo=UTC)
URL = reverse("campaign:activities")


@pytest.fixture(autouse=True)
def _april(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def officer(client, unit):
    person = OfficerFactory(unit)
    client.force_login(person)
    return person


def page_of(activity, name="followed-activity"):
    return reverse(f"campaign:{name}", args=[activity.pk])


def titles(response):
    return [row.title for row in response.context["page"].object_list]


def test_the_unit_sees_what_it_leads_joins_and_has_to_answer(client, officer, unit):
    ActivityFactory(title="Chủ trì", lead_unit=unit)
    joined = ActivityFactory(title="Phối hợp")
    ParticipationFactory(activity=joined, unit=unit, confirmed=True)
    ParticipationFactory(activity=ActivityFactory(title="Chờ trả lời"), unit=unit)
    ActivityFactory(title="Của đơn vị khác")

    answer = client.get(URL)

    counts = {part.code: part.count for part in answer.context["found"].parts}
    opened = {code: len(titles(client.get(URL, {"phan": code}))) for code in counts}
    assert counts == opened == {"chu-tri": 1, "phoi-hop": 2, "cho-tra-loi": 1}
    assert sorted(titles(answer)) == ["Chờ trả lời", "Chủ trì", "Phối hợp"]


def test_pages_read_heap_by_heap_hold_what_pages_of_the_whole_would():
    campaign, reader, on = CampaignFactory(), LeadershipFactory(), clock.local_day(AT)
    for state in ("done", "cancelled", "postponed", "running", "done"):
        ActivityFactory(campaign=campaign, **{state: True})
        ActivityFactory(campaign=campaign, ends_on=date(2024, 12, 1), **{state: True})
    found = activity_list(reader, campaign, on=on, filters=ActivityFilters(), unit=None)
    rows = found.rows.order_by("urgency", "ends_on", "pk")

    heaped = HeapPaginator(rows, 3, found.heaps, is_usual=True)

    whole = Paginator(rows, 3)
    assert [list(page) for page in heaped] == [list(page) for page in whole]
    assert [heap.count for heap in found.heaps] == [1, 1, 2, 6]


def test_every_count_of_the_province_opens_a_list_of_that_length(client):
    client.force_login(LeadershipFactory())
    long = {"ends_on": date(2024, 12, 1)}
    ActivityFactory(title="Quá hạn")
    ActivityFactory(title="Sẽ làm", **long)
    ActivityFactory(title="Đang làm", running=True, **long)
    ActivityFactory(title="Hoãn", postponed=True)
    ActivityFactory(title="Hủy", cancelled=True)
    done = ActivityFactory(title="Xong", done=True)
    ActivityFactory(title="Gộp", same_as=done)
    ParticipationFactory(activity=done, contested=True)

    found = client.get(URL)
    counts = {state.code: state.count for state in found.context["found"].states}

    opened = {code: len(titles(client.get(URL, {"trang_thai": code}))) for code in counts}
    assert counts == opened == {
        "qua-han": 1, "chua": 2, "dang": 1, "xong": 1, "hoan": 1, "huy": 1, "con": 5, "y-kien": 1,
    }  # fmt: skip
    assert titles(found) == ["Quá hạn", "Sẽ làm", "Đang làm", "Hoãn", "Hủy", "Xong"]
    assert titles(client.get(URL, {"trang_thai": "da-gop"})) == ["Gộp"]


def test_filters_stand_in_the_address_and_the_sheet_has_the_same_rows(client):
    client.force_login(LeadershipFactory())
    block, item = BlockFactory(), PlanItemFactory(code="III.5", solution=True)
    inside = UnitFactory(name="Sở Trong khối")
    BlockMembershipFactory(block=block, unit=inside)
    bullet = PlanItemFactory(code="III.5.5", bullet=True, parent=item)
    ActivityFactory(title="Đỡ đầu xã", lead_unit=inside, plan_items=[bullet], sponsorship=True)
    ActivityFactory(title="Hội thao", lead_unit=UnitFactory(name="Sở Ngoài khối"))

    for asked in (
        {"khoi": block.code}, {"don_vi": inside.code}, {"loai": "sponsorship"}, {"muc": "iii.5."},
        {"muc": "III.5.5"}, {"tim": "do dau XA"}, {"tim": "xa mat"}, {"tim": "trong khoi"},
    ):  # fmt: skip
        assert titles(client.get(URL, asked)) == ["Đỡ đầu xã"], asked
        rows = rows_by_heading(client.get(URL, {**asked, "xuat": "xlsx"}))
        assert [row["Nội dung"] for row in rows] == ["Đỡ đầu xã"]


def test_the_list_asks_the_same_number_of_questions(client):
    client.force_login(LeadershipFactory())
    item = PlanItemFactory()

    def one_more():
        ParticipationFactory(activity=ActivityFactory(plan_items=[item]), confirmed=True)

    one_more()
    once = (questions(client, URL), questions(client, f"{URL}?xuat=xlsx"))
    one_more()
    one_more()

    assert (questions(client, URL), questions(client, f"{URL}?xuat=xlsx")) == once


def test_the_page_tells_what_was_registered_what_is_so_and_what_was_reported(client, officer, unit):
    row = PlannedActivityFactory(sub_plan=SubPlanFactory(unit=unit, accepted=True), title="Cũ")
    item = PlanItemFactory()
    row.plan_items.set([item])
    activity = ActivityFactory(
        lead_unit=unit, registration=row, title="Mới", plan_items=[item], quantity=Decimal(1),
        **{name: getattr(row, name) for name in ("place", "starts_on", "ends_on", "quantity_unit",
                                                 "product", "person_responsible")},
    )  # fmt: skip
    counted = ProgressReportFactory(unit=unit, accepted=True)
    FigureFactory(report=counted, activity=activity, value=Decimal(7))
    FigureFactory(report=ProgressReportFactory(unit=unit, period__month=5), activity=activity)

    page = client.get(page_of(activity)).context["page"]

    assert [(change.old, change.new) for change in page.changes] == [("Cũ", "Mới")]
    assert [
        (found.period, [figure.value for figure in found.figures]) for found in page.periods
    ] == [(counted.period, [7])]


def test_what_may_be_the_same_event_is_named(client, officer, unit):
    item = PlanItemFactory()
    day = {"starts_on": date(2024, 4, 1), "ends_on": date(2024, 4, 2), "plan_items": [item]}
    own = ActivityFactory(lead_unit=unit, title="Hội thao Quân - Dân", place="Sân A", **day)
    alike = [
        ActivityFactory(title="hội thao quân - dân", place="Sân B", **day),
        ActivityFactory(title="Tên khác hẳn", place="sân  A", **day),
    ]
    ActivityFactory(
        title="Hội thao Quân - Dân", starts_on=date(2024, 9, 1), ends_on=date(2024, 9, 2)
    )
    ActivityFactory(title="Hội thao Quân - Dân", lead_unit=unit, **day)
    ActivityFactory(title="Khác", place="Sân A", starts_on=day["starts_on"])
    ActivityFactory(title="Hội thao Quân - Dân", cancelled=True, **day)

    assert list(client.get(page_of(own)).context["page"].alike) == alike


def test_the_page_asks_the_same_number_of_questions(client, officer, unit):
    activity = ActivityFactory(lead_unit=unit)
    report = ProgressReportFactory(unit=unit, accepted=True)

    def more():
        ParticipationFactory(activity=activity, confirmed=True)
        ActivityFactory(same_as=activity)
        FigureFactory(report=report, activity=activity)

    more()
    once = questions(client, page_of(activity))
    more()
    more()

    assert questions(client, page_of(activity)) == once


TYPED = {
    "title": "Thắp nến tri ân", "plan_codes": "II.6", "starts_on": "26/7/2024",
    "ends_on": "27/7/2024", "kind": "Công trình, phần việc",
}  # fmt: skip


def test_an_activity_is_added_with_units_beside_it(client, officer, unit):
    CampaignFactory()
    PlanItemFactory(code="II.6", content=True)
    other = UnitFactory(name="Tỉnh đoàn Tây Ninh")
    url = reverse("campaign:followed-activity-add")

    answer = send(client, url, **TYPED, partners="tinh doan tay ninh; Đoàn nghệ thuật")

    activity = Activity.objects.get()
    assert (answer.status_code, answer.url) == (302, page_of(activity))
    assert (activity.kind, activity.participants_text) == ("work", "Đoàn nghệ thuật")
    assert [row.unit for row in activity.participations.all()] == [other]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"plan_codes": ""}, "plan_codes"), ({"plan_codes": "IX.1"}, "plan_codes"),
        ({"starts_on": ""}, "starts_on"), ({"ends_on": "1/2/2025"}, "ends_on"),
        ({"ends_on": "1/7/2024"}, "ends_on"), ({"kind": "Khác"}, "kind"),
        ({"kind": "Đỡ đầu, kết nghĩa"}, "beneficiary"), ({"title": " "}, "title"),
    ],
)  # fmt: skip
def test_what_a_report_would_lack_is_asked_for(client, officer, wrong, field):
    CampaignFactory()
    PlanItemFactory(code="II.6", content=True)

    answer = send(client, reverse("campaign:followed-activity-add"), **{**TYPED, **wrong})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Activity.objects.exists()


def test_two_who_edit_are_told_of_each_other(client, officer, unit):
    PlanItemFactory(code="II.6", content=True)
    activity = ActivityFactory(lead_unit=unit)
    url = page_of(activity, "followed-activity-edit")
    assert client.get(url).context["form"]["title"].value() == activity.title
    assert send(client, url, **TYPED, revision="0").status_code == 302

    late = send(client, url, **{**TYPED, "title": "Tên thứ ba"}, revision="0")

    assert late.status_code == 409
    assert late.context["clashes"] == [("Nội dung hoạt động", "Thắp nến tri ân")]
    assert late.context["form"]["title"].value() == "Tên thứ ba"
    activity.refresh_from_db()
    assert (activity.title, activity.kind, activity.ends_on) == (
        "Thắp nến tri ân", "work", date(2024, 7, 27),
    )  # fmt: skip


# --- several at once ---


def test_several_are_put_off_and_the_rest_is_told_why_not(client, officer, unit):
    planned = ActivityFactory(lead_unit=unit, title="Hội thao")
    ActivityFactory(lead_unit=unit, title="Đã xong", done=True)
    other = ActivityFactory(lead_unit=UnitFactory(), title="Của nơi khác")
    ParticipationFactory(activity=other, unit=unit)
    url = reverse("campaign:activities-postpone")

    plan = send(client, url, tat_ca="1").context["plan"]
    blank = send(client, url, chon=plan.keys, dong_y="1")
    done = send(client, f"{url}?tim=hoi", chon=plan.keys, dong_y="1", **{"hoan-reason": "Mưa lũ"})

    assert (plan.keys, plan.will) == (str(planned.pk), ["Hội thao"])
    assert dict(plan.wont) == {
        "Đã xong": "Hoạt động ở tình trạng “Đã hoàn thành”.",
        "Của nơi khác": f"Do {other.lead_unit} chủ trì.",
    }
    assert blank.status_code == 422
    assert done.url == f"{URL}?tim=hoi"
    planned.refresh_from_db()
    assert (planned.status, planned.status_reason) == ("postponed", "Mưa lũ")


def test_several_are_done_with_what_they_registered(client, officer, unit):
    rows = [ActivityFactory(lead_unit=unit, quantity=number) for number in (2, 5)]
    typed = {"xong-on": "1/4/2024", "xong-result": "Đã tổ chức"}
    chosen = ",".join(str(row.pk) for row in rows)

    send(client, reverse("campaign:activities-complete"), chon=chosen, dong_y="1", **typed)

    done = Activity.objects.order_by("quantity")
    assert list(done.values_list("status", "quantity_done", "result")) == [
        ("done", 2, "Đã tổ chức"),
        ("done", 5, "Đã tổ chức"),
    ]
