import threading
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections

from accounts.models import AuditEvent, Mail
from accounts.workflow import Refused
from campaign.actions import review as actions
from campaign.actions import submission
from campaign.actions.sub_plan import start_sub_plan, submit_sub_plan
from campaign.checklist import Line
from campaign.models import ChecklistMark, InternalNote, Obligation, ReviewAssignment, SubPlan
from tests.factories import (
    BlockFactory,
    BoardHeadFactory,
    HeadFactory,
    MembershipFactory,
    OfficerFactory,
    PlanItemFactory,
    PlannedActivityFactory,
    ReviewerFactory,
    SubPlanFactory,
)

pytestmark = pytest.mark.django_db

AT = datetime(2024, 3, 25, 2, 0, tzinfo=UTC)
DUE = date(2024, 3, 28)
REASONS = {Line.FORM: "Thiếu dấu", Line.ACTIVITIES: "Chưa có chỉ tiêu"}


@pytest.fixture
def reviewer():
    return ReviewerFactory()


@pytest.fixture
def taken(reviewer):
    return SubPlanFactory(under_review=True, reviewer=reviewer)


def met_at(sub_plan):
    return Obligation.objects.get(unit=sub_plan.unit).met_at


# --- taking ---


def test_taking_gives_the_sub_plan_to_the_reviewer(reviewer):
    sub_plan = SubPlanFactory(submitted=True)

    submission.take(sub_plan, by=reviewer, at=AT)

    sub_plan.refresh_from_db()
    assert (sub_plan.status, sub_plan.reviewer) == (SubPlan.Status.UNDER_REVIEW, reviewer)


def test_of_two_who_take_from_the_same_page_one_wins(reviewer):
    sub_plan, colleague = SubPlanFactory(submitted=True), ReviewerFactory()
    as_colleague_read_it = SubPlan.objects.get(pk=sub_plan.pk)
    submission.take(sub_plan, by=reviewer, at=AT)

    with pytest.raises(Refused):
        submission.take(as_colleague_read_it, by=colleague, at=AT)

    assert SubPlan.objects.get(pk=sub_plan.pk).reviewer == reviewer


@pytest.mark.database
def test_of_two_who_take_at_the_same_moment_one_wins(real_commits):
    sub_plan = SubPlanFactory(submitted=True)
    reviewers = [ReviewerFactory(), ReviewerFactory()]
    start = threading.Barrier(2)
    outcomes = []

    def take(reviewer):
        row = SubPlan.objects.get(pk=sub_plan.pk)
        start.wait(timeout=10)
        try:
            submission.take(row, by=reviewer, at=AT)
            outcomes.append("taken")
        except Refused:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take, args=[reviewer]) for reviewer in reviewers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["refused", "taken"]
    assert AuditEvent.objects.about(sub_plan).filter(verb="under_review").count() == 1


def test_taking_several_leaves_what_a_colleague_took(reviewer):
    free, gone = SubPlanFactory(submitted=True), SubPlanFactory(under_review=True)

    taken = submission.take_several([free, gone], by=reviewer, at=AT)

    assert taken == [free]
    assert SubPlan.objects.get(pk=gone.pk).reviewer == gone.reviewer


def test_nobody_reviews_a_unit_they_belong_to():
    sub_plan = SubPlanFactory(submitted=True)
    colleague = ReviewerFactory(unit=sub_plan.unit)

    with pytest.raises(PermissionDenied):
        submission.take(sub_plan, by=colleague, at=AT)


def test_belonging_in_any_role_is_a_conflict(reviewer):
    sub_plan = SubPlanFactory(submitted=True)
    MembershipFactory(user=reviewer, unit=sub_plan.unit, council_member=True)

    with pytest.raises(PermissionDenied):
        submission.take(sub_plan, by=reviewer, at=AT)


def test_a_board_head_does_not_decide_for_the_own_unit():
    head = BoardHeadFactory()
    sub_plan = SubPlanFactory(under_review=True, unit=head.memberships.get().unit)

    with pytest.raises(PermissionDenied):
        actions.accept_sub_plan(sub_plan, by=head, at=AT)


# --- deciding ---


def test_another_reviewer_does_not_decide(taken):
    with pytest.raises(PermissionDenied):
        actions.accept_sub_plan(taken, by=ReviewerFactory(), at=AT)


def test_the_head_of_the_board_decides_for_a_reviewer(taken):
    actions.accept_sub_plan(taken, by=BoardHeadFactory(), at=AT, note="Đầy đủ")

    assert taken.status == SubPlan.Status.ACCEPTED
    assert AuditEvent.objects.about(taken).first().note == "Đầy đủ"


def test_a_return_says_why_by_line_and_gives_a_new_due_day(taken, reviewer):
    officer = OfficerFactory(unit=taken.unit)

    actions.return_sub_plan(taken, by=reviewer, at=AT, due=DUE, reasons=REASONS)

    assert (taken.status, taken.return_due_date) == (SubPlan.Status.RETURNED, DUE)
    assert list(taken.return_reasons.order_by("pk").values_list("line", "text")) == [
        ("form", "Thiếu dấu"),
        ("activities", "Chưa có chỉ tiêu"),
    ]
    assert [mail.to for mail in Mail.objects.all()] == [officer]


def test_a_return_without_a_reason_is_refused(taken, reviewer):
    with pytest.raises(Refused):
        actions.return_sub_plan(taken, by=reviewer, at=AT, due=DUE, reasons={})


def test_a_return_needs_a_day_to_come(taken, reviewer):
    with pytest.raises(Refused):
        actions.return_sub_plan(taken, by=reviewer, at=AT, due=date(2024, 3, 25), reasons=REASONS)


def test_a_returned_submission_still_counts(taken, reviewer):
    actions.return_sub_plan(taken, by=reviewer, at=AT, due=DUE, reasons=REASONS)

    assert met_at(taken) == taken.submitted_at


def test_a_void_submission_does_not_count(taken, reviewer):
    actions.return_as_void(
        taken, by=reviewer, at=AT, due=DUE, reasons=REASONS, void_reason="Tệp trống"
    )

    assert taken.is_void is True
    assert met_at(taken) is None


def test_after_a_void_submission_the_next_one_decides(taken, reviewer):
    actions.return_as_void(
        taken, by=reviewer, at=AT, due=DUE, reasons=REASONS, void_reason="Nhầm văn bản"
    )
    late = datetime(2024, 3, 26, 2, 0, tzinfo=UTC)

    resubmit(taken, at=late)

    obligation = Obligation.objects.get(unit=taken.unit)
    assert (obligation.met_at, obligation.days_late, obligation.working_days_late) == (late, 4, 2)


def test_after_a_plain_return_the_first_submission_still_decides(taken, reviewer):
    actions.return_sub_plan(taken, by=reviewer, at=AT, due=DUE, reasons=REASONS)

    resubmit(taken, at=datetime(2024, 3, 26, 2, 0, tzinfo=UTC))

    assert met_at(taken) == taken.submitted_at


def resubmit(sub_plan, *, at):
    item = PlanItemFactory(campaign=sub_plan.campaign)
    PlannedActivityFactory(sub_plan=sub_plan, plan_items=[item])
    head = HeadFactory(unit=sub_plan.unit)
    MembershipFactory(user=head, unit=sub_plan.unit)
    draft = start_sub_plan(sub_plan.campaign, sub_plan.unit, by=head, at=at)
    submit_sub_plan(draft, by=head, at=at)


def test_void_and_return_are_both_or_neither(taken, reviewer):
    with pytest.raises(Refused):
        actions.return_as_void(
            taken, by=reviewer, at=AT, due=date(2024, 3, 1), reasons=REASONS, void_reason="Trống"
        )

    taken.refresh_from_db()
    assert (taken.status, taken.voided_at) == (SubPlan.Status.UNDER_REVIEW, None)


def test_put_back_frees_the_sub_plan_and_keeps_the_marks(taken, reviewer):
    actions.mark_lines(taken, {Line.FORM: actions.LineMark(True)}, by=reviewer, at=AT)

    submission.put_back(taken, by=reviewer, at=AT)

    taken.refresh_from_db()
    assert (taken.status, taken.reviewer) == (SubPlan.Status.SUBMITTED, None)
    assert taken.checklist_marks.count() == 1


# --- marks and notes ---


def test_marks_replace_each_other(taken, reviewer):
    bad = actions.LineMark(False, "Thiếu dấu")
    actions.mark_lines(taken, {Line.FORM: bad, Line.BASIS: bad}, by=reviewer, at=AT)

    actions.mark_lines(taken, {Line.FORM: actions.LineMark(True)}, by=reviewer, at=AT)

    marks = ChecklistMark.objects.values_list("line", "is_good", "reason")
    assert list(marks) == [("form", True, "")]


def test_a_mark_that_did_not_change_keeps_its_author(taken, reviewer):
    actions.mark_lines(taken, {Line.FORM: actions.LineMark(True)}, by=reviewer, at=AT)

    actions.mark_lines(taken, {Line.FORM: actions.LineMark(True)}, by=BoardHeadFactory(), at=AT)

    assert ChecklistMark.objects.get().by == reviewer


def test_marks_are_made_while_reviewing_only():
    reviewer = ReviewerFactory()
    waiting = SubPlanFactory(submitted=True, reviewer=reviewer)

    with pytest.raises(Refused):
        actions.mark_lines(waiting, {Line.FORM: actions.LineMark(True)}, by=reviewer, at=AT)


def test_any_reviewer_may_add_a_note_but_not_of_the_own_unit(taken):
    colleague = ReviewerFactory(unit=taken.unit)

    actions.add_internal_note(taken, by=ReviewerFactory(), at=AT, text="Đã gọi điện")
    with pytest.raises(PermissionDenied):
        actions.add_internal_note(taken, by=colleague, at=AT, text="Của đơn vị tôi")

    assert [note.text for note in InternalNote.objects.all()] == ["Đã gọi điện"]


# --- assignment ---


def test_a_block_has_one_reviewer_a_year(reviewer):
    block, head, other = BlockFactory(), BoardHeadFactory(), ReviewerFactory()
    actions.assign_reviewer(block, year=2024, reviewer=reviewer, by=head, at=AT)

    actions.assign_reviewer(block, year=2024, reviewer=other, by=head, at=AT)

    assert [row.reviewer for row in ReviewAssignment.objects.all()] == [other]


def test_only_reviewers_are_given_blocks():
    with pytest.raises(Refused):
        actions.assign_reviewer(
            BlockFactory(), year=2024, reviewer=OfficerFactory(), by=BoardHeadFactory(), at=AT
        )


def test_a_block_may_be_left_without_a_reviewer(reviewer):
    block, head = BlockFactory(), BoardHeadFactory()
    actions.assign_reviewer(block, year=2024, reviewer=reviewer, by=head, at=AT)

    actions.clear_reviewer(block, year=2024, by=head, at=AT)

    assert ReviewAssignment.objects.count() == 0


def test_reviewers_do_not_assign_themselves(reviewer):
    with pytest.raises(PermissionDenied):
        actions.assign_reviewer(BlockFactory(), year=2024, reviewer=reviewer, by=reviewer, at=AT)


def test_the_default_due_day_is_three_working_days_on():
    friday = datetime(2024, 3, 22, 2, 0, tzinfo=UTC)

    assert submission.default_return_date(friday) == date(2024, 3, 27)
