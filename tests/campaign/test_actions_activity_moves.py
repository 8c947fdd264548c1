"""How an activity goes, as its lead says; nobody else."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEvent
from accounts.workflow import Conflict, Refused
from campaign.actions import activity_moves as actions
from campaign.actions.sub_plan import ActivityData
from campaign.models import Activity
from tests.factories import (
    ActivityFactory,
    CampaignFactory,
    HeadFactory,
    OfficerFactory,
    ParticipationFactory,
    PlanItemFactory,
    ReviewerFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

AT = datetime(2024, 4, 15, 2, 0, tzinfo=UTC)
ON = date(2024, 4, 12)
OUTCOME = actions.Outcome(ON, "Có 120 người dự", Decimal(120), Decimal("12.5"))


@pytest.fixture
def activity():
    return ActivityFactory(plan_items=[PlanItemFactory()])


@pytest.fixture
def officer(activity):
    return OfficerFactory(activity.lead_unit)


def data(*items, participants=(), **fields):
    return ActivityData({"title": "Hội diễn", "kind": "activity", **fields}, items, participants)


def test_from_begun_to_done_and_open_again(activity, officer):
    actions.begin_activity(activity, by=officer, at=AT)
    actions.complete_activity(activity, OUTCOME, by=officer, at=AT)
    activity.refresh_from_db()
    assert (activity.status, activity.done_on, activity.result) == ("done", ON, OUTCOME.result)
    assert (activity.quantity_done, activity.cost_spent) == (120, Decimal("12.50"))
    with pytest.raises(Refused):
        actions.begin_activity(activity, by=officer, at=AT)

    actions.reopen_activity(activity, by=officer, at=AT, reason="Còn vòng chung kết")

    activity.refresh_from_db()
    assert (activity.status, activity.done_on) == ("running", None)


def test_put_off_cancelled_and_restored(activity, officer):
    later = date(2024, 6, 1)
    actions.postpone_activity(activity, by=officer, at=AT, reason="Mưa bão", ends_on=later)
    assert (activity.status, activity.ends_on) == ("postponed", later)
    actions.cancel_activity(activity, by=officer, at=AT, reason="Hết kinh phí")
    with pytest.raises(Refused):
        actions.edit_activity(activity, data(), by=officer, at=AT, revision=0)

    actions.restore_activity(activity, by=officer, at=AT, reason="Có nhà tài trợ")

    activity.refresh_from_db()
    assert (activity.status, activity.status_reason) == ("planned", "")
    notes = [event.note for event in AuditEvent.objects.about(activity)]
    assert notes == ["Có nhà tài trợ", "Hết kinh phí", "Mưa bão"]


def test_nothing_is_done_tomorrow(activity, officer):
    tomorrow = actions.Outcome(date(2024, 4, 16), "Xong")

    with pytest.raises(Refused):
        actions.complete_activity(activity, tomorrow, by=officer, at=AT)


def test_only_the_lead_says_how_it_goes(activity):
    participant = OfficerFactory(ParticipationFactory(activity=activity, confirmed=True).unit)
    acts = (
        lambda by: actions.begin_activity(activity, by=by, at=AT),
        lambda by: actions.complete_activity(activity, OUTCOME, by=by, at=AT),
        lambda by: actions.postpone_activity(activity, by=by, at=AT, reason="x", ends_on=None),
        lambda by: actions.cancel_activity(activity, by=by, at=AT, reason="x"),
        lambda by: actions.reopen_activity(activity, by=by, at=AT, reason="x"),
        lambda by: actions.restore_activity(activity, by=by, at=AT, reason="x"),
        lambda by: actions.edit_activity(activity, data(), by=by, at=AT, revision=0),
    )

    for by in (participant, ReviewerFactory(), OfficerFactory()):
        for act in acts:
            with pytest.raises(PermissionDenied):
                act(by)
    assert Activity.objects.get(pk=activity.pk).status == "planned"


def test_editing_over_a_colleague_is_a_conflict(activity, officer):
    item = PlanItemFactory()
    actions.edit_activity(activity, data(item), by=officer, at=AT, revision=0)

    with pytest.raises(Conflict):
        actions.edit_activity(activity, data(item, title="Khác"), by=officer, at=AT, revision=0)

    activity.refresh_from_db()
    assert (activity.title, activity.title_key, activity.revision) == ("Hội diễn", "hoi dien", 1)
    assert list(activity.plan_items.all()) == [item]
    assert AuditEvent.objects.about(activity).get().note == "Nội dung hoạt động; Mục của Kế hoạch"


def test_an_activity_is_added_under_a_row_of_the_plan():
    unit, other, item = UnitFactory(), UnitFactory(), PlanItemFactory()
    head, campaign = HeadFactory(unit), CampaignFactory()
    row = data(item, participants=(other,), kind="sponsorship", beneficiary="Xã Tân Hà")

    activity = actions.add_activity(campaign, unit, row, by=head, at=AT)

    assert (activity.was_added, activity.lead_unit, activity.registered_by) == (True, unit, unit)
    assert activity.beneficiary_key == "xa tan ha"
    assert [row.unit for row in activity.participations.all()] == [other]
    with pytest.raises(Refused):
        actions.add_activity(campaign, unit, data(), by=head, at=AT)
    with pytest.raises(PermissionDenied):
        actions.add_activity(campaign, other, row, by=head, at=AT)
