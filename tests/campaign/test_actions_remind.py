"""Who is written to, about what and how often."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, Mail
from campaign.actions import obligation as ledger
from campaign.actions.remind import change_schedule, mark_seen, remind_now, send_scheduled
from campaign.datasets.reminding import scheduled_calls
from campaign.jobs import sweep_reminders
from campaign.models import (
    Digest,
    Finding,
    InspectionRound,
    Obligation,
    Reminder,
    ReminderRule,
    ReminderRun,
    Visit,
)
from campaign.reminders import Step
from lib import clock
from tests.factories import (
    BoardHeadFactory,
    CampaignFactory,
    HeadFactory,
    MembershipFactory,
    ObligationFactory,
    OfficerFactory,
    ReportingPeriodFactory,
    ReportObligationFactory,
    ReviewerFactory,
    SubPlanFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

DUE = date(2024, 3, 22)
AT = datetime(2024, 3, 20, 23, 0, tzinfo=UTC)  # 06:00 of the 21st in Tây Ninh
D_1 = date(2024, 3, 21)
Kind = Obligation.Kind


def send(on):
    return sum(send_scheduled(on=on, at=AT))


def told():
    """Person, unit, due day and offset of every reminder, in the order of writing."""
    return set(Reminder.objects.values_list("user", "obligation__unit", "due_date", "offset"))


@pytest.fixture
def owed():
    return ObligationFactory()


@pytest.fixture
def officer(owed):
    return OfficerFactory(owed.unit)


@pytest.fixture
def head(owed):
    return HeadFactory(owed.unit)


# --- by the clock ---


def test_before_the_due_day_the_officer_is_told_and_not_the_head(owed, officer, head):
    assert send(D_1) == 1
    assert told() == {(officer.pk, owed.unit_id, DUE, -1)}


def test_past_the_due_day_both_are_told(owed, officer, head):
    send(date(2024, 3, 23))

    assert told() == {(person.pk, owed.unit_id, DUE, 1) for person in (officer, head)}


def test_the_head_stands_in_for_an_officer_the_unit_has_not(owed, head):
    send(D_1)

    assert told() == {(head.pk, owed.unit_id, DUE, -1)}


def test_one_letter_names_everything_all_units_of_a_person_owe(owed, officer):
    second = ReportObligationFactory(
        period__name="tháng 3/2024", due_date=date(2024, 3, 18), unit=UnitFactory(name="Sở Hai")
    )
    MembershipFactory(user=officer, unit=second.unit)

    send(D_1)

    letter = Mail.objects.get()
    assert letter.to == officer
    assert letter.subject == "Nhắc việc: 1 nội dung quá hạn, 1 nội dung sắp đến hạn"
    lines = [line for line in letter.body.splitlines() if line.startswith("- ")]
    assert lines == [
        "- Báo cáo tháng 3/2024, Sở Hai: quá hạn 3 ngày (hạn 18/3/2024)",
        f"- Kế hoạch triển khai, {owed.unit}: còn 1 ngày (hạn 22/3/2024)",
    ]
    assert Digest.objects.get().mail == letter


def test_a_letter_about_one_thing_says_so_in_its_subject(owed, officer):
    send(D_1)

    assert Mail.objects.get().subject == f"Sắp đến hạn: Kế hoạch triển khai, {owed.unit}"


def test_what_an_inspection_found_stands_in_no_subject():
    found = Finding.objects.create(
        visit=Visit.objects.create(
            unit=UnitFactory(), day=D_1,
            round=InspectionRound.objects.create(
                campaign=CampaignFactory(), name="Đợt 1", starts_on=D_1, ends_on=D_1,
                created_by=ReviewerFactory(), created_at=AT,
            ),
        ),
        kind=Finding.Kind.SHORTCOMING, text="Chưa phân công " * 40, due_date=DUE,
    )  # fmt: skip
    owed = ObligationFactory(kind=Kind.FOLLOW_UP, finding=found, unit=found.visit.unit)
    OfficerFactory(owed.unit)

    send(D_1)

    letter = Mail.objects.get()
    assert letter.subject == f"Sắp đến hạn: Khắc phục sau kiểm tra, {owed.unit}"
    (line,) = [line for line in letter.body.splitlines() if line.startswith("- ")]
    assert line.startswith("- Khắc phục sau kiểm tra: Chưa phân công")
    assert " …, " in line


def test_who_owes_nothing_hears_nothing():
    for unmoved in (
        ObligationFactory(on_time=True),
        ObligationFactory(exempt=True),
        ObligationFactory(encouraged=True),
        ReportObligationFactory(period__locked=True, due_date=D_1),
    ):
        OfficerFactory(unmoved.unit)
    OfficerFactory(ObligationFactory().unit, is_active=False)
    MembershipFactory(unit=ObligationFactory().unit, over=True)

    assert send(D_1) == 0
    assert (Digest.objects.count(), Mail.objects.count()) == (0, 0)


def test_a_second_run_of_the_day_writes_nothing(owed, officer):
    send(D_1)

    assert send(D_1) == 0
    assert Mail.objects.count() == 1


def test_what_comes_up_after_the_letter_waits_for_the_next_day(owed, officer):
    send(D_1)
    late = ReportObligationFactory(period__name="chuyên đề", due_date=DUE, unit=owed.unit)

    assert send(D_1) == 0
    send(DUE)

    assert (officer.pk, owed.unit_id, DUE, -1) in told()
    assert Reminder.objects.filter(obligation=late).count() == 1


def test_days_without_a_run_are_made_good_by_one_letter(owed, officer):
    send(date(2024, 3, 15))
    send(date(2024, 3, 26))

    offsets = Reminder.objects.order_by("pk").values_list("offset", flat=True)
    assert list(offsets) == [-7, 3]


def test_it_stops_when_the_plan_arrives_and_begins_anew_after_an_extension(owed, officer):
    send(date(2024, 3, 23))
    ledger.extend_obligation(
        owed, by=BoardHeadFactory(), at=AT, due=date(2024, 4, 2), reason="Bão", document_number="1"
    )
    Reminder.objects.exclude(user=officer).delete()

    assert [send(date(2024, 3, day)) for day in (24, 25, 26)] == [0, 0, 1]
    assert (officer.pk, owed.unit_id, date(2024, 4, 2), -7) in told()
    owed.refresh_from_db()
    owed.note_met(AT)
    assert send(date(2024, 4, 5)) == 0


def test_a_returned_plan_is_asked_for_by_its_new_day_until_it_is_sent_again():
    plan = SubPlanFactory(returned=True)  # back by 01/4/2024
    officer = OfficerFactory(plan.unit)

    send(date(2024, 3, 31))

    assert told() == {(officer.pk, plan.unit_id, date(2024, 4, 1), -1)}
    assert Mail.objects.get().subject == f"Sắp đến hạn: Bổ sung kế hoạch triển khai, {plan.unit}"
    SubPlanFactory(submitted=True, unit=plan.unit, version=2)
    assert send(date(2024, 4, 4)) == 0


def test_a_campaign_long_over_is_left_in_peace(owed, officer):
    assert send(date(2025, 3, 31)) == 1
    assert send(date(2025, 4, 1)) == 0


def test_a_campaign_may_have_days_of_its_own(owed, officer):
    ReminderRule.objects.create(campaign=owed.campaign, kind=Kind.SUB_PLAN, offset=-2)

    assert [send(date(2024, 3, day)) for day in (19, 20, 21)] == [0, 1, 0]


def test_a_batch_of_people_takes_few_queries():
    owed = ObligationFactory()
    ReminderRun.objects.create(day=D_1, at=AT, people=0)

    def queries_for(people):
        for _ in range(people):
            OfficerFactory(owed.unit)
        with CaptureQueriesContext(connection) as queries:
            assert send(D_1) == people
        return len(queries)

    few = queries_for(1)
    assert queries_for(60) == few < 16


def test_two_runs_that_meet_write_one_letter_each(real_commits):
    for _ in range(12):
        OfficerFactory(ObligationFactory().unit)
    start, written = threading.Barrier(2), []

    def run():
        start.wait(timeout=10)
        try:
            written.append(sum(send_scheduled(on=D_1, at=AT, batch=3)))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(written) == 12
    assert (Digest.objects.count(), Mail.objects.count(), Reminder.objects.count()) == (12, 12, 12)
    assert ReminderRun.objects.count() == 1


# --- the job ---


def test_the_job_waits_for_the_morning_and_rests_for_the_day(owed, officer):
    assert sweep_reminders(at=AT - timedelta(minutes=1)) == 0
    assert not ReminderRun.objects.exists()
    assert sweep_reminders(at=AT) == 1

    OfficerFactory(owed.unit)
    assert sweep_reminders(at=AT + timedelta(hours=3)) == 0
    assert ReminderRun.objects.get().people == 1


# --- by hand ---


def everything():
    return Obligation.objects.all()


def test_a_reviewer_reminds_and_is_told_whom_it_reached(owed, officer, head):
    alone = ObligationFactory()
    reviewer = ReviewerFactory()
    late = clock.closes_at(DUE) + timedelta(hours=9)

    result = remind_now(everything(), by=reviewer, at=late)

    assert (result.people, result.units, result.told_before) == (2, 1, 0)
    assert result.unreachable == (alone.unit.name,)
    digest = Digest.objects.get(user=head)
    assert (digest.source, digest.sent_by) == (Digest.Source.BOARD, reviewer)
    assert {reminder.offset for reminder in Reminder.objects.all()} == {None}
    assert "Ban Thi đua - Khen thưởng đề nghị" in digest.mail.body


def test_a_person_is_reminded_by_hand_once_a_day_beside_the_clock(owed, officer):
    send(D_1)
    reviewer = ReviewerFactory()
    remind_now(everything(), by=reviewer, at=AT)

    again = remind_now(everything(), by=ReviewerFactory(), at=AT)

    assert (again.people, again.told_before) == (0, 1)
    assert Mail.objects.filter(to=officer).count() == 2


def test_only_the_board_reminds(owed, officer):
    with pytest.raises(PermissionDenied):
        remind_now(everything(), by=officer, at=AT)


def test_what_has_come_meanwhile_is_left_out(owed, officer):
    owed.note_met(AT)

    assert remind_now(everything(), by=ReviewerFactory(), at=AT).people == 0


# --- the page of the person, the days of the board ---


def test_seen_is_noted_once(owed, officer):
    send(D_1)
    mark_seen(by=officer, at=AT)
    mark_seen(by=officer, at=AT + timedelta(hours=1))

    assert Digest.objects.get().seen_at == AT


def test_the_head_of_the_board_changes_the_days_of_one_kind():
    campaign, head = CampaignFactory(), BoardHeadFactory()
    ReminderRule.objects.create(campaign=campaign, kind=Kind.FOLLOW_UP, offset=-5)

    change_schedule(campaign, Kind.SUB_PLAN, [Step(-2), Step(2, is_weekly=True)], by=head, at=AT)
    change_schedule(campaign, Kind.SUB_PLAN, [Step(-4)], by=head, at=AT)

    rules = ReminderRule.objects.values_list("kind", "offset", "is_weekly")
    assert set(rules) == {("follow_up", -5, False), ("sub_plan", -4, False)}
    notes = AuditEvent.objects.about(campaign).values_list("note", flat=True)
    assert list(notes) == ["D-4", "D-2, D+2 hằng tuần"]
    with pytest.raises(PermissionDenied):
        change_schedule(campaign, Kind.SUB_PLAN, [], by=ReviewerFactory(), at=AT)


def test_a_look_ahead_takes_a_fixed_number_of_queries(
    django_assert_num_queries, owed, officer, head
):
    def look(queries):
        with django_assert_num_queries(queries):
            scheduled_calls(D_1)

    look(5)
    for _ in range(3):
        OfficerFactory(ReportObligationFactory(period=ReportingPeriodFactory()).unit)
    look(5)
