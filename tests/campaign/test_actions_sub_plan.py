"""What the people of a unit do with their sub-plan, from the first draft to the next version."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEvent, Mail
from accounts.workflow import Conflict, Refused
from campaign.actions import sub_plan as actions
from campaign.models import Exclusion, Obligation, SubPlan
from tests.factories.campaign import (
    CampaignFactory,
    DutyFactory,
    ObligationFactory,
    PlanItemFactory,
    PlannedActivityFactory,
    SubPlanFactory,
    SubPlanFileFactory,
)
from tests.factories.units import HeadFactory, OfficerFactory, UnitFactory

pytestmark = pytest.mark.django_db

AT = datetime(2024, 3, 20, 2, 0, tzinfo=UTC)
# 22/3/2024 23:59:30 and 23/3/2024 00:00:01 by the clock in Tây Ninh.
LAST_MINUTE = datetime(2024, 3, 22, 16, 59, 30, tzinfo=UTC)
TOO_LATE = datetime(2024, 3, 22, 17, 0, 1, tzinfo=UTC)


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def officer(unit):
    return OfficerFactory(unit)


@pytest.fixture
def head(unit):
    return HeadFactory(unit)


@pytest.fixture
def whole(unit):
    """A draft that the checklist lets pass."""
    draft = SubPlanFactory(unit=unit, signed_file=True)
    PlannedActivityFactory(sub_plan=draft, plan_items=[PlanItemFactory()])
    return draft


def test_starting_gives_one_draft_however_often_it_is_asked(unit, officer):
    campaign = ObligationFactory(unit=unit).campaign

    first = actions.start_sub_plan(campaign, unit, by=officer, at=AT)
    again = actions.start_sub_plan(campaign, unit, by=officer, at=AT)

    assert again == first
    assert (first.version, first.theme) == (1, f"“{campaign.theme}”")


def test_only_who_writes_for_the_unit_starts(unit):
    with pytest.raises(PermissionDenied):
        actions.start_sub_plan(CampaignFactory(), unit, by=OfficerFactory(), at=AT)


def test_a_unit_of_whom_nothing_is_owed_is_told_whom_to_ask(unit, officer):
    with pytest.raises(Refused) as refusal:
        actions.start_sub_plan(CampaignFactory(), unit, by=officer, at=AT)

    assert "Mời liên hệ Ban Thi đua - Khen thưởng." in str(refusal.value)


def test_the_next_version_is_a_copy_that_keeps_the_keys_of_activities(unit, officer):
    sent = SubPlanFactory(unit=unit, returned=True)
    row = PlannedActivityFactory(
        sub_plan=sent, plan_items=[PlanItemFactory()], participants=[UnitFactory()], revision=3
    )
    Exclusion.objects.create(sub_plan=sent, plan_item=PlanItemFactory(), reason="Không")

    fresh = actions.start_sub_plan(sent.campaign, unit, by=officer, at=AT)

    copy = fresh.activities.get()
    assert (fresh.version, fresh.status, fresh.document_number) == (
        2, SubPlan.Status.DRAFT, sent.document_number,
    )  # fmt: skip
    assert (copy.key, copy.revision, copy.pk != row.pk) == (row.key, 0, True)
    assert list(copy.plan_items.all()) == list(row.plan_items.all())
    assert list(copy.participants.all()) == list(row.participants.all())
    assert [file.stored for file in fresh.files.all()] == [f.stored for f in sent.files.all()]
    assert [x.reason for x in fresh.exclusions.all()] == ["Không"]
    assert sent.activities.get() == row


def test_saving_over_a_colleague_is_a_conflict(whole, officer):
    actions.save_texts(whole, by=officer, at=AT, revision=0, values={"purpose": "Một"})

    with pytest.raises(Conflict):
        actions.save_texts(whole, by=officer, at=AT, revision=0, values={"purpose": "Hai"})

    assert SubPlan.objects.get(pk=whole.pk).purpose == "Một"


def test_what_was_sent_is_frozen(unit, officer):
    sent = SubPlanFactory(unit=unit, submitted=True)
    row = PlannedActivityFactory(sub_plan=sent)
    data = actions.ActivityData({"title": "Khác"}, (), ())
    acts = (
        lambda: actions.save_texts(sent, by=officer, at=AT, revision=0, values={"theme": "x"}),
        lambda: actions.add_activities(sent, [data], by=officer, at=AT),
        lambda: actions.change_activity(row, data, by=officer, at=AT, revision=0),
        lambda: actions.remove_activity(row, by=officer, at=AT),
        lambda: actions.detach_file(sent.files.get(), by=officer, at=AT),
        lambda: actions.exclude_item(sent, PlanItemFactory(), by=officer, at=AT, reason="x"),
    )

    for act in acts:
        with pytest.raises(Refused):
            act()

    assert (sent.activities.get().title, sent.files.count()) == (row.title, 1)


def test_an_incomplete_draft_is_not_handed_over(unit, officer):
    draft = SubPlanFactory(unit=unit)
    DutyFactory(unit=unit)

    with pytest.raises(actions.Incomplete) as refusal:
        actions.hand_to_head(draft, by=officer, at=AT)

    draft.refresh_from_db()
    assert draft.status == SubPlan.Status.DRAFT
    assert [finding.is_error for finding in refusal.value.findings] == [True] * 3


def test_handing_over_tells_the_head(whole, officer, head):
    actions.hand_to_head(whole, by=officer, at=AT)

    assert whole.status == SubPlan.Status.AWAITING_HEAD
    assert [mail.to for mail in Mail.objects.all()] == [head]


def test_handing_back_tells_the_officer_why(whole, officer, head):
    actions.hand_to_head(whole, by=officer, at=AT)

    actions.hand_back(whole, by=head, at=AT, reason="Thiếu kinh phí")

    assert whole.status == SubPlan.Status.DRAFT
    assert AuditEvent.objects.about(whole).filter(note="Thiếu kinh phí").count() == 1


def test_the_officer_cannot_send(whole, officer):
    with pytest.raises(PermissionDenied):
        actions.submit_sub_plan(whole, by=officer, at=AT)


@pytest.mark.parametrize(("at", "on_time", "days"), [(LAST_MINUTE, True, 0), (TOO_LATE, False, 1)])
def test_the_last_second_of_the_due_day_is_on_time(whole, head, at, on_time, days):
    actions.submit_sub_plan(whole, by=head, at=at)

    owed = whole.obligation()
    assert (owed.met_at, owed.is_on_time, owed.days_late) == (at, on_time, days)


def test_sending_gives_a_receipt(whole, head):
    actions.submit_sub_plan(whole, by=head, at=AT)

    sent = SubPlan.objects.get(pk=whole.pk)
    assert (sent.status, sent.submitted_at, sent.submitted_by) == (
        SubPlan.Status.SUBMITTED, AT, head,
    )  # fmt: skip
    assert sent.receipt_code.startswith("2024-")


def test_of_two_presses_one_sends(whole, head):
    other_tab = SubPlan.objects.get(pk=whole.pk)
    actions.submit_sub_plan(whole, by=head, at=AT)

    with pytest.raises(Refused):
        actions.submit_sub_plan(other_tab, by=head, at=TOO_LATE)

    assert SubPlan.objects.get(pk=whole.pk).submitted_at == AT


def test_a_withdrawn_submission_no_longer_counts(whole, head, officer):
    actions.submit_sub_plan(whole, by=head, at=AT)

    actions.withdraw_sub_plan(whole, by=officer, at=AT, reason="Nhầm tệp")

    assert whole.status == SubPlan.Status.WITHDRAWN
    assert Obligation.objects.get().met_at is None


def test_after_withdrawing_the_next_submission_decides(whole, head, officer):
    actions.submit_sub_plan(whole, by=head, at=AT)
    actions.withdraw_sub_plan(whole, by=officer, at=AT, reason="Nhầm tệp")
    fresh = actions.start_sub_plan(whole.campaign, whole.unit, by=officer, at=AT)

    actions.submit_sub_plan(fresh, by=head, at=TOO_LATE)

    assert Obligation.objects.get().days_late == 1


def test_a_later_version_does_not_move_the_first_submission(unit, head, officer):
    first = SubPlanFactory(unit=unit, returned=True)
    PlannedActivityFactory(sub_plan=first, plan_items=[PlanItemFactory()])
    fresh = actions.start_sub_plan(first.campaign, unit, by=officer, at=TOO_LATE)

    actions.submit_sub_plan(fresh, by=head, at=TOO_LATE)

    assert Obligation.objects.get().met_at == first.submitted_at


def test_under_review_is_too_late_to_withdraw(unit, officer):
    taken = SubPlanFactory(unit=unit, under_review=True)

    with pytest.raises(Refused):
        actions.withdraw_sub_plan(taken, by=officer, at=AT, reason="Nhầm")


def test_rows_are_added_after_those_there_are(whole, officer):
    rows = [actions.ActivityData({"title": title}, (), ()) for title in ("Hai", "Ba")]

    actions.add_activities(whole, rows, by=officer, at=AT)

    titles = list(whole.activities.order_by("position").values_list("title", flat=True))
    assert titles[1:] == ["Hai", "Ba"]


def test_a_row_changed_by_two_is_a_conflict(whole, officer):
    row = whole.activities.get()
    mine = actions.ActivityData({"title": "Của tôi", "starts_on": date(2024, 5, 1)}, (), ())
    actions.change_activity(row, mine, by=officer, at=AT, revision=0)

    with pytest.raises(Conflict):
        actions.change_activity(row, mine, by=officer, at=AT, revision=0)

    assert whole.activities.get().revision == 1


def test_a_file_is_attached_once_and_taken_off(whole, officer):
    file = SubPlanFileFactory(sub_plan=whole)

    actions.detach_file(file, by=officer, at=AT)

    assert whole.files.count() == 1
    assert AuditEvent.objects.about(whole).filter(verb="file_detached").count() == 1


def test_a_sitting_of_autosaves_is_one_line_of_history():
    draft = SubPlanFactory()
    officer = OfficerFactory(unit=draft.unit)
    for minute, text in enumerate(("M", "Mục", "Mục đích")):
        at = AT + timedelta(minutes=minute)
        actions.save_texts(
            draft, by=officer, at=at, revision=draft.revision, values={"purpose": text}
        )
    later = AT + timedelta(minutes=40)
    actions.save_texts(
        draft, by=officer, at=later, revision=draft.revision, values={"purpose": "Mục đích mới"}
    )

    edits = AuditEvent.objects.about(draft).filter(verb="edited")
    assert list(edits.values_list("at", flat=True)) == [later, AT]


def test_what_is_sent_is_what_was_checked(whole, head):
    """A colleague emptied the draft after this page was read: the rows of today are checked."""
    stale = SubPlan.objects.get(pk=whole.pk)
    actions.save_texts(
        SubPlan.objects.get(pk=whole.pk), by=head, at=AT, revision=0, values={"legal_basis": ""}
    )

    with pytest.raises(actions.Incomplete):
        actions.submit_sub_plan(stale, by=head, at=AT)
