"""Activities follow the sub-plan that counts."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import AuditEvent, Mail
from campaign.actions import review, submission
from campaign.actions import sub_plan as drafting
from campaign.actions.activity import DROPPED, Followed, follow_all, follow_sub_plan
from campaign.actions.activity_moves import begin_activity, edit_activity
from campaign.actions.joint_activity import hand_back_lead
from campaign.actions.sub_plan import ActivityData
from campaign.checklist import Line
from campaign.models import Activity, Participation, SubPlan
from tests.factories import (
    FigureFactory,
    HeadFactory,
    OfficerFactory,
    PlanItemFactory,
    PlannedActivityFactory,
    ReviewerFactory,
    SubPlanFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

AT = datetime(2024, 3, 20, 2, 0, tzinfo=UTC)
LATER = datetime(2024, 4, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def head(unit):
    return HeadFactory(unit)


@pytest.fixture
def item():
    return PlanItemFactory(code="II.6", content=True)


@pytest.fixture
def draft(unit, item):
    made = SubPlanFactory(unit=unit, signed_file=True)
    PlannedActivityFactory(sub_plan=made, plan_items=[item], title="Hội thao")
    return made


def follow(plan, at=LATER):
    return follow_sub_plan(plan.campaign, plan.unit, by=None, at=at)


def next_version(plan, head, **changes):
    """A copy that the unit goes on with, changed and sent."""
    fresh = drafting.start_sub_plan(plan.campaign, plan.unit, by=head, at=LATER)
    row = fresh.activities.order_by("position").first()
    if changes:
        for name, value in changes.items():
            setattr(row, name, value)
        row.save()
    drafting.submit_sub_plan(fresh, by=head, at=LATER)
    return fresh


def give_back(plan, **void):
    """Returned by a reviewer; with a `void_reason` it does not count either."""
    reviewer = ReviewerFactory()
    submission.take(plan, by=reviewer, at=LATER)
    act = review.return_as_void if void else review.return_sub_plan
    reasons = {Line.FORM: "Thiếu chữ ký"}
    act(plan, by=reviewer, at=LATER, due=date(2024, 4, 9), reasons=reasons, **void)


def test_sending_brings_what_is_registered_to_life_once(draft, head, item):
    drafting.submit_sub_plan(draft, by=head, at=AT)

    activity = Activity.objects.get()
    row = draft.activities.get()
    assert (activity.key, activity.registration, activity.title) == (row.key, row, "Hội thao")
    assert (activity.lead_unit, activity.registered_by) == (draft.unit, draft.unit)
    assert (activity.status, activity.starts_on, activity.title_key) == (
        "planned", row.starts_on, "hoi thao",
    )  # fmt: skip
    assert list(activity.plan_items.all()) == [item]
    assert follow(draft) == Followed()
    assert AuditEvent.objects.about(activity).count() == 1


def test_units_named_beside_the_lead_are_asked_in_one_letter(draft, head):
    other = UnitFactory()
    OfficerFactory(other)
    for row in (draft.activities.get(), PlannedActivityFactory(sub_plan=draft)):
        row.plan_items.set([PlanItemFactory()])
        row.participants.set([other, draft.unit])

    drafting.submit_sub_plan(draft, by=head, at=AT)

    asked = Participation.objects.all()
    assert {(row.unit, row.state) for row in asked} == {(other, "asked")}
    assert [mail.subject for mail in Mail.objects.filter(subject__contains="mời phối hợp")] == [
        f"{draft.unit} mời phối hợp 2 hoạt động"
    ]


def test_another_unit_named_as_lead_gets_the_activity_and_may_hand_it_back(draft, head):
    lead = UnitFactory()
    officer = OfficerFactory(lead)
    draft.activities.update(lead_unit=lead)

    drafting.submit_sub_plan(draft, by=head, at=AT)
    activity = Activity.objects.get()
    confirmed = activity.participations.get()
    assert (activity.lead_unit, confirmed.unit, confirmed.state) == (lead, draft.unit, "confirmed")

    hand_back_lead(activity, by=officer, at=LATER)
    assert (activity.lead_unit, activity.participations.count()) == (draft.unit, 0)
    assert Mail.objects.filter(to=head, subject__contains="không chủ trì").count() == 1

    give_back(draft)
    next_version(draft, head, title="Hội thao quân - dân")
    activity.refresh_from_db()
    assert (activity.title, activity.lead_unit) == ("Hội thao quân - dân", draft.unit)


def test_a_newer_version_changes_only_what_it_says_otherwise(draft, head):
    drafting.submit_sub_plan(draft, by=head, at=AT)
    activity = Activity.objects.get()
    fields = {"place": "Sân vận động tỉnh", "title": activity.title}
    edited = ActivityData(fields, tuple(activity.plan_items.all()), ())
    edit_activity(activity, edited, by=head, at=AT, revision=0)
    give_back(draft)

    fresh = next_version(draft, head, ends_on=date(2024, 5, 19))

    activity.refresh_from_db()
    assert (activity.ends_on, activity.place) == (date(2024, 5, 19), "Sân vận động tỉnh")
    assert (activity.registration, activity.revision) == (fresh.activities.get(), 2)


def test_what_is_begun_is_left_alone(draft, head):
    drafting.submit_sub_plan(draft, by=head, at=AT)
    activity = Activity.objects.get()
    begin_activity(activity, by=head, at=LATER)
    give_back(draft)

    fresh = next_version(draft, head, title="Tên khác")

    activity.refresh_from_db()
    assert (activity.title, activity.registration) == ("Hội thao", fresh.activities.get())


def test_what_a_newer_version_drops_is_cancelled_unless_somebody_began(draft, head, item):
    for title in ("Bị bỏ", "Đang làm", "Có số liệu"):
        PlannedActivityFactory(sub_plan=draft, plan_items=[item], title=title)
    drafting.submit_sub_plan(draft, by=head, at=AT)
    known = {activity.title: activity for activity in Activity.objects.all()}
    begin_activity(known["Đang làm"], by=head, at=LATER)
    FigureFactory(activity=known["Có số liệu"])
    give_back(draft)
    fresh = drafting.start_sub_plan(draft.campaign, draft.unit, by=head, at=LATER)
    fresh.activities.exclude(title="Hội thao").delete()

    drafting.submit_sub_plan(fresh, by=head, at=LATER)

    found = dict(Activity.objects.values_list("title", "status"))
    assert found == {
        "Hội thao": "planned", "Bị bỏ": "cancelled", "Đang làm": "running", "Có số liệu": "planned",
    }  # fmt: skip
    assert Activity.objects.get(title="Bị bỏ").status_reason == DROPPED
    assert follow(fresh) == Followed()


def test_what_a_withdrawal_cancelled_comes_back_with_the_next_sending(draft, head):
    drafting.submit_sub_plan(draft, by=head, at=AT)
    drafting.withdraw_sub_plan(draft, by=head, at=AT, reason="Nhầm tệp")
    activity = Activity.objects.get()
    assert (activity.status, activity.status_reason) == ("cancelled", DROPPED)

    fresh = next_version(draft, head)

    activity.refresh_from_db()
    assert (activity.status, activity.registration) == ("planned", fresh.activities.get())


def test_a_person_cancelled_it_and_no_version_brings_it_back(draft, head):
    drafting.submit_sub_plan(draft, by=head, at=AT)
    activity = Activity.objects.get()
    activity.cancel(by=head, at=AT, reason="Không bố trí được kinh phí")
    give_back(draft)

    next_version(draft, head, title="Tên khác")

    activity.refresh_from_db()
    assert (activity.status, activity.title) == ("cancelled", "Hội thao")


def test_when_the_newest_is_void_the_version_before_is_followed_again(draft, head):
    drafting.submit_sub_plan(draft, by=head, at=AT)
    give_back(draft)
    fresh = next_version(draft, head, title="Tên khác")
    assert Activity.objects.get().title == "Tên khác"

    give_back(fresh, void_reason="Nhầm văn bản")

    assert Activity.objects.get().title == "Hội thao"


def test_paper_without_a_table_leaves_the_activities(draft, head):
    drafting.submit_sub_plan(draft, by=head, at=AT)
    SubPlanFactory(unit=draft.unit, accepted=True, version=2, channel=SubPlan.Channel.PAPER)

    assert follow(draft) == Followed()


def test_a_participant_no_longer_named_goes_unless_it_has_confirmed(draft, head):
    stays, goes, comes = UnitFactory(), UnitFactory(), UnitFactory()
    draft.activities.get().participants.set([stays, goes])
    drafting.submit_sub_plan(draft, by=head, at=AT)
    activity = Activity.objects.get()
    activity.participations.filter(unit=stays).update(state="confirmed", by=head, at=AT)
    give_back(draft)
    fresh = drafting.start_sub_plan(draft.campaign, draft.unit, by=head, at=LATER)
    fresh.activities.get().participants.set([comes])

    drafting.submit_sub_plan(fresh, by=head, at=LATER)

    found = dict(activity.participations.values_list("unit", "state"))
    assert found == {stays.pk: "confirmed", comes.pk: "asked"}


def test_plans_sent_before_activities_were_followed_come_to_life(draft):
    sent = SubPlanFactory(accepted=True)
    PlannedActivityFactory(sub_plan=sent)
    PlannedActivityFactory(sub_plan=SubPlanFactory(withdrawn=True))

    first, again = follow_all(sent.campaign, at=AT), follow_all(sent.campaign, at=AT)

    assert (first, again) == (Followed(added=1), Followed())
    assert Activity.objects.get().added_by == sent.submitted_by
