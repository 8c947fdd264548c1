"""The presses on the page of an activity."""

import pytest
from django.urls import reverse

from campaign.models import Activity
from tests.campaign.sending import send
from tests.factories import (
    ActivityFactory,
    HeadFactory,
    OfficerFactory,
    ParticipationFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def head(client, unit):
    person = HeadFactory(unit)
    client.force_login(person)
    return person


@pytest.fixture
def activity(unit):
    return ActivityFactory(lead_unit=unit)


def press(client, activity, name, **typed):
    return send(client, reverse(f"campaign:followed-activity-{name}", args=[activity.pk]), **typed)


def test_the_moves_of_an_activity(client, head, activity):
    for typed, status in (
        ({"buoc": "bat-dau"}, "running"),
        ({"buoc": "hoan", "hoan-reason": "Mưa", "hoan-ends_on": "1/6/2024"}, "postponed"),
        ({"buoc": "xong", "xong-on": "12/4/2024", "xong-result": "Tốt", "xong-cost_spent": "1,5"}, "done"),
        ({"buoc": "mo-lai", "mo-lai-reason": "Chưa xong"}, "running"),
        ({"buoc": "huy", "huy-reason": "Hết kinh phí"}, "cancelled"),
        ({"buoc": "khoi-phuc", "khoi-phuc-reason": "Có kinh phí"}, "planned"),
    ):  # fmt: skip
        assert press(client, activity, "move", **typed).status_code == 302, typed
        activity.refresh_from_db()
        assert activity.status == status


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ({"buoc": "xong", "xong-on": "31/2/2024", "xong-result": "Tốt"}, "complete_form"),
        ({"buoc": "xong", "xong-on": "12/4/2024"}, "complete_form"),
        ({"buoc": "hoan"}, "postpone_form"),
        ({"buoc": "huy", "huy-reason": " "}, "cancel_form"),
    ],
)
def test_a_move_without_its_words_keeps_what_was_typed(client, head, activity, typed, form):
    answer = press(client, activity, "move", **typed)

    assert answer.status_code == 422
    assert answer.context[form].errors
    assert Activity.objects.get().status == "planned"


def test_a_move_that_is_over_or_unknown_is_refused(client, head, activity):
    assert (
        press(client, activity, "move", buoc="mo-lai", **{"mo-lai-reason": "x"}).status_code == 409
    )
    assert press(client, activity, "move", buoc="la-lung").status_code == 409


def test_units_are_asked_by_name_and_no_longer(client, head, activity):
    other = UnitFactory(name="Bộ Chỉ huy Quân sự tỉnh", short_name="BCHQS")

    unknown = press(client, activity, "ask", **{"moi-units": "Đơn vị nào đó"})
    assert (unknown.status_code, list(unknown.context["ask_form"].errors)) == (422, ["units"])
    press(client, activity, "ask", **{"moi-units": "bchqs"})
    assert [row.unit for row in activity.participations.all()] == [other]

    press(client, activity, "release", don_vi=other.pk)

    assert not activity.participations.exists()


def test_a_unit_answers_on_the_page(client, head, unit):
    row = ParticipationFactory(unit=unit)
    page = client.get(row.activity.get_absolute_url())
    assert [answer.is_mine for answer in page.context["page"].answers] == [True]

    wordless = press(client, row.activity, "answer", don_vi=unit.pk, tra_loi="y-kien")
    assert wordless.status_code == 422
    for typed, state in (
        ({"tra_loi": "y-kien", "y-kien-note": "Chỉ dự"}, "contested"),
        ({"tra_loi": "rut"}, "asked"),
        ({"tra_loi": "xac-nhan"}, "confirmed"),
    ):
        assert press(client, row.activity, "answer", don_vi=unit.pk, **typed).status_code == 302
        row.refresh_from_db()
        assert row.state == state


def test_an_answer_for_a_unit_that_is_not_there_is_not_found(client, head, activity):
    for typed in ("0", "²", "9" * 30):
        assert (
            press(client, activity, "answer", don_vi=typed, tra_loi="xac-nhan").status_code == 404
        )


def test_folding_into_what_looks_alike_and_back(client, head, activity):
    same = ActivityFactory(title=activity.title)
    hidden = ActivityFactory(title="Khác", place="Nơi khác")
    assert press(client, activity, "fold", vao=hidden.pk).status_code == 404

    press(client, activity, "fold", vao=same.pk)
    activity.refresh_from_db()
    assert activity.same_as == same
    assert client.get(same.get_absolute_url()).status_code == 200

    press(client, activity, "unfold")
    activity.refresh_from_db()
    assert activity.same_as is None


def test_the_lead_is_handed_back(client):
    activity = ActivityFactory(registered_by=UnitFactory())
    client.force_login(OfficerFactory(activity.lead_unit))

    answer = press(client, activity, "hand-back")

    assert (answer.status_code, answer.url) == (302, reverse("campaign:activities"))
    activity.refresh_from_db()
    assert activity.lead_unit == activity.registered_by
