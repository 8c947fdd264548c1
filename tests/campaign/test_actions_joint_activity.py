"""Who takes part, who says otherwise, and one event that two units registered."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEvent, Mail
from accounts.workflow import Refused
from campaign.actions import joint_activity as actions
from campaign.models import Activity, Participation
from tests.factories import (
    ActivityFactory,
    FigureFactory,
    OfficerFactory,
    ParticipationFactory,
    ReviewerFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

AT = datetime(2024, 4, 15, 2, 0, tzinfo=UTC)


@pytest.fixture
def activity():
    return ActivityFactory()


@pytest.fixture
def officer(activity):
    return OfficerFactory(activity.lead_unit)


def states(activity):
    return dict(activity.participations.values_list("unit", "state"))


def test_the_lead_asks_and_each_is_asked_once(activity, officer):
    known, fresh = UnitFactory(), UnitFactory()
    ParticipationFactory(activity=activity, unit=known, confirmed=True)
    person = OfficerFactory(fresh)
    units = [known, fresh, activity.lead_unit]

    asked = actions.ask_to_take_part(activity, units, by=officer, at=AT)

    assert asked == [fresh]
    assert states(activity) == {known.pk: "confirmed", fresh.pk: "asked"}
    assert list(Mail.objects.values_list("to", flat=True)) == [person.pk]
    assert actions.ask_to_take_part(activity, units, by=officer, at=AT) == []


def test_a_unit_answers_for_itself_and_may_change_its_mind(activity, officer):
    row = ParticipationFactory(activity=activity)
    person = OfficerFactory(row.unit)

    actions.confirm_participation(row, by=person, at=AT)
    actions.contest_participation(row, by=person, at=AT, reason="Chỉ dự, không phối hợp")
    row.refresh_from_db()
    assert (row.state, row.note, row.by) == ("contested", "Chỉ dự, không phối hợp", person)
    assert Mail.objects.get().to == officer

    actions.withdraw_contest(row, by=person, at=AT)
    row.refresh_from_db()
    assert (row.state, row.note, row.by, row.at) == ("asked", "", None, None)
    labels = [event.label for event in AuditEvent.objects.about(activity)]
    assert labels == [
        f"{row.unit}: rút ý kiến, sẽ xác nhận sau", f"{row.unit}: có ý kiến khác",
        f"{row.unit}: xác nhận phối hợp",
    ]  # fmt: skip


def test_nobody_answers_or_acts_for_another_unit(activity, officer):
    row = ParticipationFactory(activity=activity)
    participant, reviewer = OfficerFactory(row.unit), ReviewerFactory()
    other = ActivityFactory()

    for by in (officer, reviewer):
        with pytest.raises(PermissionDenied):
            actions.confirm_participation(row, by=by, at=AT)
    for by in (participant, reviewer):
        for act in (
            lambda by: actions.ask_to_take_part(activity, [UnitFactory()], by=by, at=AT),
            lambda by: actions.remove_participant(row, by=by, at=AT),
            lambda by: actions.fold_activity(activity, other, by=by, at=AT),
            lambda by: actions.hand_back_lead(activity, by=by, at=AT),
        ):
            with pytest.raises(PermissionDenied):
                act(by)


def test_who_has_confirmed_is_not_taken_off(activity, officer):
    asked = ParticipationFactory(activity=activity)
    confirmed = ParticipationFactory(activity=activity, confirmed=True)

    actions.remove_participant(asked, by=officer, at=AT)
    with pytest.raises(Refused):
        actions.remove_participant(confirmed, by=officer, at=AT)

    assert states(activity) == {confirmed.unit_id: "confirmed"}


def test_an_answer_that_crossed_another_is_refused(activity):
    row = ParticipationFactory(activity=activity)
    person = OfficerFactory(row.unit)
    stale = Participation.objects.get(pk=row.pk)
    actions.confirm_participation(row, by=person, at=AT)

    with pytest.raises(Refused):
        actions.contest_participation(stale, by=person, at=AT, reason="Không")


def test_folding_counts_the_event_once_and_brings_who_confirmed(activity, officer):
    target = ActivityFactory()
    receiver = OfficerFactory(target.lead_unit)
    came = ParticipationFactory(activity=activity, confirmed=True)
    ParticipationFactory(activity=activity)
    objecting = ParticipationFactory(activity=activity, confirmed=True)
    ParticipationFactory(activity=target, unit=objecting.unit, contested=True)
    asked_there = ParticipationFactory(activity=target, unit=activity.lead_unit)

    actions.fold_activity(activity, target, by=officer, at=AT)

    assert list(Activity.objects.counting()) == [target]
    assert states(target) == {
        came.unit_id: "confirmed", objecting.unit_id: "contested",
        asked_there.unit_id: "confirmed",
    }  # fmt: skip
    assert Mail.objects.get().to == receiver


def test_unfolding_takes_away_what_folding_brought(activity, officer):
    target = ActivityFactory()
    stays = ParticipationFactory(activity=target, confirmed=True)
    actions.fold_activity(activity, target, by=officer, at=AT)
    Activity.objects.filter(pk=activity.pk).update(title="Tên đã sửa")
    activity.refresh_from_db()

    actions.unfold_activity(activity, by=officer, at=AT)

    assert states(target) == {stays.unit_id: "confirmed"}
    assert set(Activity.objects.counting()) == {activity, target}
    with pytest.raises(Refused):
        actions.unfold_activity(activity, by=officer, at=AT)


def test_a_unit_that_folded_two_still_takes_part_when_one_is_taken_out(activity, officer):
    target, second = ActivityFactory(), ActivityFactory(lead_unit=activity.lead_unit)
    for one in (activity, second):
        actions.fold_activity(one, target, by=officer, at=AT)

    actions.unfold_activity(activity, by=officer, at=AT)

    assert states(target) == {activity.lead_unit_id: "confirmed"}


@pytest.mark.parametrize("case", ["itself", "chain down", "chain up", "twice", "cancelled"])
def test_folds_stay_one_deep(activity, officer, case):
    target = ActivityFactory(cancelled=case == "cancelled")
    if case == "itself":
        target = activity
    elif case == "chain down":
        Activity.objects.filter(pk=target.pk).update(same_as=ActivityFactory())
    elif case == "chain up":
        ActivityFactory(same_as=activity)
    elif case == "twice":
        actions.fold_activity(activity, ActivityFactory(), by=officer, at=AT)

    with pytest.raises(Refused):
        actions.fold_activity(activity, target, by=officer, at=AT)


def test_what_is_folded_is_answered_where_it_counts(activity, officer):
    row = ParticipationFactory(activity=activity)
    Activity.objects.filter(pk=activity.pk).update(same_as=ActivityFactory())
    activity.refresh_from_db()
    row.activity.refresh_from_db()

    with pytest.raises(Refused):
        actions.ask_to_take_part(activity, [UnitFactory()], by=officer, at=AT)
    with pytest.raises(Refused):
        actions.confirm_participation(row, by=OfficerFactory(row.unit), at=AT)


@pytest.mark.parametrize("case", ["own", "begun", "figures"])
def test_the_lead_is_handed_back_only_while_nothing_was_done(case):
    activity = ActivityFactory(registered_by=UnitFactory(), running=case == "begun")
    if case == "own":
        Activity.objects.filter(pk=activity.pk).update(registered_by=activity.lead_unit)
        activity.refresh_from_db()
    elif case == "figures":
        FigureFactory(activity=activity)

    with pytest.raises(Refused):
        actions.hand_back_lead(activity, by=OfficerFactory(activity.lead_unit), at=AT)
