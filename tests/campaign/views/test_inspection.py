from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from campaign.models import InspectionRound, Visit
from tests.campaign.sending import questions, send
from tests.factories import (
    BlockFactory,
    BlockMembershipFactory,
    CampaignFactory,
    FindingFactory,
    FollowUpFactory,
    InspectionRoundFactory,
    LeadershipFactory,
    OfficerFactory,
    ReviewerFactory,
    UnitFactory,
    VisitFactory,
    VisitMemberFactory,
)

pytestmark = pytest.mark.django_db

URL = reverse("campaign:inspections")
ADD = reverse("campaign:inspection-round-add")
TYPED = {
    "name": "Kiểm tra cuối kỳ",
    "basis": "Kế hoạch số 90/KH-BCH",
    "starts_on": "4/11/2024",
    "ends_on": "8/11/2024",
}


@pytest.fixture
def reviewer(client):
    CampaignFactory()
    person = ReviewerFactory()
    client.force_login(person)
    return person


def of(round_, name="inspection-round"):
    return reverse(f"campaign:{name}", args=[round_.pk])


def test_a_round_is_made_and_leads_to_its_units(client, reviewer):
    response = send(client, ADD, **TYPED)

    made = InspectionRound.objects.get()
    assert (response.status_code, response.url) == (302, of(made, "visits-add"))
    assert (made.name, made.starts_on, made.ends_on, made.created_by) == (
        "Kiểm tra cuối kỳ", date(2024, 11, 4), date(2024, 11, 8), reviewer,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Kiểm tra giữa kỳ"}, "name"),
        ({"ends_on": "1/11/2024"}, "ends_on"),
        ({"starts_on": "31/2/2024"}, "starts_on"),
        ({"starts_on": "1/3/2024"}, "starts_on"),
    ],
)
def test_a_bad_round_comes_back_as_typed(client, reviewer, wrong, field):
    InspectionRoundFactory()

    response = send(client, ADD, **{**TYPED, **wrong})

    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (422, [field])
    assert {name: form.data[name] for name in TYPED} == {**TYPED, **wrong}
    assert InspectionRound.objects.count() == 1


def test_a_round_keeps_its_own_name_when_changed(client, reviewer):
    round_ = InspectionRoundFactory()

    response = send(client, of(round_, "inspection-round-edit"), **{**TYPED, "name": round_.name})

    round_.refresh_from_db()
    assert (response.status_code, round_.basis) == (302, "Kế hoạch số 90/KH-BCH")


def test_whole_blocks_and_single_units_are_spread_over_working_days(client, reviewer):
    round_ = InspectionRoundFactory()
    block = BlockFactory()
    inside = [BlockMembershipFactory(block=block).unit for _ in range(2)]
    single, own = UnitFactory(), reviewer.memberships.get().unit
    BlockMembershipFactory(block=block, unit=own)
    there = VisitFactory(round=round_)

    form = client.get(of(round_, "visits-add")).context["form"]
    offered = {unit for _, units in form.groups for unit in units}
    # 17/5/2024 is a Friday.
    response = send(
        client, of(round_, "visits-add"), blocks=[block.pk], units=[single.pk, inside[0].pk],
        day="17/5/2024", per_day="2",
    )  # fmt: skip

    assert offered == {*inside, single}
    assert (response.status_code, response.url) == (302, of(round_))
    made = Visit.objects.exclude(pk=there.pk).order_by("day", "pk")
    assert [(visit.unit, visit.day) for visit in made] == [
        (inside[0], date(2024, 5, 17)),
        (inside[1], date(2024, 5, 17)),
        (single, date(2024, 5, 20)),
    ]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"day": "17/5/2024"}, "__all__"),
        ({"day": "1/7/2024", "units": True}, "day"),
        ({"day": "28/6/2024", "units": True, "per_day": "1"}, "per_day"),
        ({"day": "17/5/2024", "units": True, "per_day": "0"}, "per_day"),
        ({"day": "17/5/2024", "units": "987654"}, "units"),
    ],
)
def test_bad_choices_come_back_ticked(client, reviewer, typed, field):
    round_, units = InspectionRoundFactory(), [UnitFactory(), UnitFactory()]
    if typed.get("units") is True:
        typed = {**typed, "units": [unit.pk for unit in units]}

    response = send(client, of(round_, "visits-add"), **typed)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert response.content.decode().count(" checked") == (
        2 if "units" in typed and field != "units" else 0
    )
    assert Visit.objects.count() == 0


def test_the_plan_of_a_round_goes_to_excel_as_shown(client, reviewer):
    visit = VisitFactory(held=True)
    VisitMemberFactory(visit=visit, head=True, name="Trần Văn Đông")
    FindingFactory(visit=visit, due_date=date(2024, 6, 20))
    FindingFactory(visit=visit)

    answer = client.get(of(visit.round), {"xuat": "xlsx"})

    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0][0] == "KẾ HOẠCH KIỂM TRA: KIỂM TRA GIỮA KỲ"
    assert rows[-1][2] == visit.unit.name
    assert rows[-1][5:] == ("Trần Văn Đông", None, "Đã kiểm tra", 2, 1)


def test_the_summary_counts_what_was_held_found_and_is_left(client, reviewer):
    FollowUpFactory()  # due 20/6/2024, long over, of a closed visit
    VisitFactory()
    VisitFactory(cancelled=True)
    FindingFactory(visit=VisitFactory(), kind="request")  # a draft of minutes counts nowhere
    FindingFactory(visit=VisitFactory(held=True), kind="strength")

    summary = client.get(URL).context["summary"]

    assert (summary.held, summary.visits) == (2, 4)
    assert (summary.strengths, summary.shortcomings, summary.requests) == (1, 1, 0)
    assert (summary.open, summary.overdue, summary.waiting, summary.accepted) == (1, 1, 0, 0)


def test_a_unit_sees_its_own_visits_and_no_round(client):
    mine, other = VisitFactory(), VisitFactory()
    client.force_login(OfficerFactory(mine.unit))

    page = client.get(URL)

    assert (page.context["visits"], page.context["rounds"]) == ([mine], None)
    assert client.get(of(other.round)).status_code == 404
    assert client.get(reverse("campaign:visit", args=[other.pk])).status_code == 404


def test_who_only_reads_is_offered_nothing(client):
    round_ = VisitFactory().round
    client.force_login(LeadershipFactory())

    content = client.get(of(round_)).content.decode()

    assert of(round_, "visits-add") not in content
    assert client.get(of(round_, "visits-add")).status_code == 403


def test_lists_ask_a_constant_number_of_questions(client, reviewer):
    def fill():
        visit = VisitFactory(held=True)
        BlockMembershipFactory(unit=visit.unit)
        VisitMemberFactory(visit=visit, head=True)
        FindingFactory(visit=visit)
        FollowUpFactory()
        return visit.round

    urls = [
        URL,
        of(fill()),
        of(InspectionRound.objects.get(), "visits-add"),
        reverse("campaign:follow-ups"),
    ]
    one = [questions(client, url) for url in urls]
    fill()
    fill()

    assert [questions(client, url) for url in urls] == one
