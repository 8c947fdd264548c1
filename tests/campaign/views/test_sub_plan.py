"""One version as its unit and its readers see it, and the moves made from there."""

from uuid import uuid4

import pytest
from django.urls import reverse

from campaign.models import ReturnReason, SubPlan
from tests.factories.campaign import (
    DutyFactory,
    ObligationFactory,
    PlanItemFactory,
    PlannedActivityFactory,
    SubPlanFactory,
    SubPlanFileFactory,
)
from tests.factories.units import (
    HeadFactory,
    LeadershipFactory,
    OfficerFactory,
    ReviewerFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

STEPS = ("can_edit", "can_approve", "can_withdraw", "can_start", "can_review")


def url(name, sub_plan, *more):
    return reverse(f"campaign:{name}", args=[sub_plan.pk, *more])


def steps(client, sub_plan, person):
    client.force_login(person)
    context = client.get(url("sub-plan", sub_plan)).context
    return [name for name in STEPS if context[name]]


@pytest.mark.parametrize(
    ("state", "officer", "head", "reviewer"),
    [
        ({}, ["can_edit"], ["can_edit"], None),
        ({"awaiting_head": True}, [], ["can_approve"], None),
        ({"submitted": True}, ["can_withdraw"], ["can_withdraw"], ["can_review"]),
        ({"under_review": True}, [], [], ["can_review"]),
        ({"returned": True}, ["can_start"], ["can_start"], []),
        ({"accepted": True}, ["can_start"], ["can_start"], []),
        ({"withdrawn": True}, ["can_start"], ["can_start"], []),
    ],
)
def test_each_person_is_offered_the_steps_open_to_them(client, state, officer, head, reviewer):
    sub_plan = SubPlanFactory(**state)

    assert steps(client, sub_plan, OfficerFactory(sub_plan.unit)) == officer
    assert steps(client, sub_plan, HeadFactory(sub_plan.unit)) == head
    if reviewer is not None:
        assert steps(client, sub_plan, ReviewerFactory()) == reviewer


@pytest.mark.parametrize("person", [ReviewerFactory, LeadershipFactory, OfficerFactory])
def test_a_draft_is_nobody_elses(client, person):
    draft = SubPlanFactory()
    client.force_login(person())

    assert client.get(url("sub-plan", draft)).status_code == 404


def test_reasons_of_a_return_are_shown(client):
    sub_plan = SubPlanFactory(returned=True)
    ReturnReason.objects.create(sub_plan=sub_plan, line="basis", text="Chưa dẫn Kế hoạch")
    client.force_login(OfficerFactory(sub_plan.unit))

    response = client.get(url("sub-plan", sub_plan))

    assert [reason.text for reason in response.context["reasons"]] == ["Chưa dẫn Kế hoạch"]


def test_starting_opens_the_draft(client):
    owed = ObligationFactory()
    client.force_login(OfficerFactory(owed.unit))

    response = client.post(reverse("campaign:my-sub-plan"), {"form_key": str(uuid4())})

    assert response.url == url("draft", SubPlan.objects.get())


def test_starting_in_the_name_of_another_unit_of_the_person(client):
    first, second = ObligationFactory(), ObligationFactory()
    officer = OfficerFactory(first.unit)
    officer.memberships.create(unit=second.unit, role="officer", valid_from="2024-01-01")
    client.force_login(officer)

    client.post(reverse("campaign:my-sub-plan"), {"form_key": str(uuid4()), "unit": second.unit.pk})

    assert SubPlan.objects.get().unit == second.unit


def test_my_sub_plan_shows_the_newest_version(client):
    old = SubPlanFactory(returned=True)
    new = SubPlanFactory(unit=old.unit, version=2)
    client.force_login(OfficerFactory(old.unit))

    assert client.get(reverse("campaign:my-sub-plan")).url == new.get_absolute_url()


def test_my_sub_plan_offers_to_start_where_there_is_none(client):
    owed = ObligationFactory()
    client.force_login(OfficerFactory(owed.unit))

    response = client.get(reverse("campaign:my-sub-plan"))

    assert (response.status_code, response.context["unit"]) == (200, owed.unit)


def test_a_person_who_writes_for_no_unit_has_no_sub_plan(client):
    ObligationFactory()
    client.force_login(ReviewerFactory())

    assert client.get(reverse("campaign:my-sub-plan")).status_code == 403


@pytest.fixture
def whole():
    draft = SubPlanFactory(signed_file=True)
    PlannedActivityFactory(sub_plan=draft, plan_items=[PlanItemFactory()])
    return draft


def press(client, name, sub_plan, **fields):
    return client.post(url(name, sub_plan), {"form_key": str(uuid4()), **fields})


def test_officer_hands_over_and_head_sends(client, whole):
    client.force_login(OfficerFactory(whole.unit))
    handed = press(client, "hand-to-head", whole)
    client.force_login(HeadFactory(whole.unit))
    sent = press(client, "submit", whole)

    whole.refresh_from_db()
    assert (handed.url, sent.url) == (whole.get_absolute_url(), url("receipt", whole))
    assert whole.status == SubPlan.Status.SUBMITTED


def test_sending_what_has_errors_is_refused(client):
    draft = SubPlanFactory(purpose="")
    client.force_login(HeadFactory(draft.unit))

    assert press(client, "submit", draft).status_code == 409


def test_the_officer_does_not_send(client, whole):
    client.force_login(OfficerFactory(whole.unit))

    assert press(client, "submit", whole).status_code == 403


@pytest.mark.parametrize(
    ("name", "state"), [("hand-back", {"awaiting_head": True}), ("withdraw", {"submitted": True})]
)
def test_a_reason_is_asked_for(client, name, state):
    sub_plan = SubPlanFactory(**state)
    client.force_login(HeadFactory(sub_plan.unit))

    without = press(client, name, sub_plan, reason="\x00 ")
    told = press(client, name, sub_plan, reason="Nhầm tệp")

    assert (without.status_code, told.url) == (422, sub_plan.get_absolute_url())
    assert without.context["form"].errors == {
        "reason": ["Hãy ghi lý do để người nhận biết cần làm gì."]
    }


def test_a_file_is_served_only_to_who_sees_the_version(client):
    sub_plan = SubPlanFactory(submitted=True)
    file = sub_plan.files.get()
    client.force_login(OfficerFactory())

    assert client.get(url("sub-plan-file", sub_plan, file.pk)).status_code == 404


def test_a_file_of_another_version_is_not_found(client):
    sub_plan, other = SubPlanFactory(submitted=True), SubPlanFactory(submitted=True)
    client.force_login(ReviewerFactory())

    response = client.get(url("sub-plan-file", sub_plan, other.files.get().pk))

    assert response.status_code == 404


def test_two_versions_are_compared_older_first_either_way(client):
    old = SubPlanFactory(returned=True, purpose="Cũ")
    new = SubPlanFactory(unit=old.unit, version=2, purpose="Mới")
    client.force_login(OfficerFactory(old.unit))

    both = [client.get(url("compare", *pair)) for pair in ((new, old.pk), (old, new.pk))]

    shown = [(r.context["older"], r.context["newer"]) for r in both]
    assert shown == [(old, new), (old, new)]
    changed = {field.label: (field.old, field.new) for field in both[0].context["difference"].texts}
    assert changed["Mục đích, yêu cầu"] == ("Cũ", "Mới")


def test_versions_of_two_units_are_not_compared(client):
    one, other = SubPlanFactory(submitted=True), SubPlanFactory(submitted=True)
    client.force_login(ReviewerFactory())

    assert client.get(url("compare", one, other.pk)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_detail_asks_the_database_the_same_for_any_number_of_rows(
    client, count, django_assert_num_queries
):
    sub_plan = SubPlanFactory(version=9, submitted=True, signed_file=False)
    for number in range(count):
        item = DutyFactory(unit=sub_plan.unit).item
        PlannedActivityFactory(sub_plan=sub_plan, plan_items=[item], participants=[UnitFactory()])
        SubPlanFileFactory(sub_plan=sub_plan)
        SubPlanFactory(unit=sub_plan.unit, version=number + 1, withdrawn=True)
    client.force_login(OfficerFactory(sub_plan.unit))
    client.get(url("sub-plan", sub_plan))

    with django_assert_num_queries(23):
        client.get(url("sub-plan", sub_plan))
