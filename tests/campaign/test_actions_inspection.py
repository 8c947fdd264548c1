from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEvent, Mail
from accounts.workflow import Conflict, Refused
from campaign.actions import follow_up, inspection
from campaign.datasets.minutes import Found, Member, Minutes, minutes_of, team_of
from campaign.models import Finding, FollowUpAnswer, Obligation, Visit, VisitMember
from lib import clock
from tests.factories import (
    BoardHeadFactory,
    FindingFactory,
    FollowUpAnswerFactory,
    FollowUpFactory,
    HeadFactory,
    InspectionRoundFactory,
    OfficerFactory,
    ReviewerFactory,
    UnitFactory,
    VisitFactory,
    VisitMemberFactory,
)

pytestmark = pytest.mark.django_db

AT = datetime(2024, 5, 20, 2, 0, tzinfo=UTC)
LATER = datetime(2024, 6, 21, 2, 0, tzinfo=UTC)
Kind, Role, Verdict = Finding.Kind, VisitMember.Role, FollowUpAnswer.Verdict
SAID = Minutes(
    place="Hội trường A", course="Nghe báo cáo.", conclusion="Thực hiện nghiêm túc.",
    findings=(Found(Kind.SHORTCOMING, "Chưa lập sổ", due_date=date(2024, 6, 20)),),
)  # fmt: skip


def member(person):
    return Member(Role.MEMBER, str(person), user=person)


# --- The plan of visits -------------------------------------------------------------------------


def test_units_come_into_a_round_once_with_the_team_of_another_visit():
    lent, reviewer = VisitFactory(), ReviewerFactory()
    own = OfficerFactory()
    VisitMemberFactory(visit=lent, head=True, name="Trần Văn Đông")
    VisitMemberFactory(visit=lent, user=own)
    unit = own.memberships.get().unit
    days = [(unit, date(2024, 5, 16)), (lent.unit, date(2024, 5, 17))]

    made = inspection.add_visits(lent.round, days, by=reviewer, at=AT, team_of=lent)

    # The unit that was there keeps its day; who belongs to the visited unit is left out.
    assert [(visit.unit, visit.day) for visit in made] == [(unit, date(2024, 5, 16))]
    assert [one.name for one in team_of(made[0])] == ["Trần Văn Đông"]
    assert Visit.objects.get(pk=lent.pk).day == lent.day


def test_nobody_plans_or_changes_a_visit_to_the_own_unit():
    reviewer = ReviewerFactory()
    own = reviewer.memberships.get().unit
    round_, visit = InspectionRoundFactory(), VisitFactory(unit=own)

    with pytest.raises(PermissionDenied):
        inspection.add_visits(round_, [(own, round_.starts_on)], by=reviewer, at=AT)
    for act in (
        lambda: inspection.save_minutes(visit, SAID, by=reviewer, at=AT, revision=0),
        lambda: inspection.hold_visit(visit, by=reviewer, at=AT),
        lambda: inspection.close_visit(visit, by=reviewer, at=AT),
        lambda: inspection.cancel_visit(visit, by=reviewer, at=AT, reason="Trùng lịch"),
        lambda: inspection.change_visit(
            visit, by=reviewer, at=AT, revision=0, day=visit.day, team=[]
        ),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_somebody_of_the_visited_unit_is_not_of_the_team():
    visit, officer = VisitFactory(), OfficerFactory()
    insider = OfficerFactory(visit.unit)
    reviewer = ReviewerFactory()

    with pytest.raises(Refused):
        inspection.change_visit(
            visit, by=reviewer, at=AT, revision=0, day=visit.day, team=[member(insider)]
        )
    visit.refresh_from_db()
    inspection.change_visit(
        visit, by=reviewer, at=AT, revision=0, day=date(2024, 5, 22), team=[member(officer)]
    )

    assert (visit.day, [one.user for one in team_of(visit)]) == (date(2024, 5, 22), [officer])


def test_a_round_is_not_shortened_past_a_visit():
    visit, reviewer = VisitFactory(), ReviewerFactory()
    facts = inspection.RoundFacts("Kiểm tra", "", date(2024, 5, 16), date(2024, 6, 28))

    with pytest.raises(Refused, match=r"15/5/2024"):
        inspection.change_round(visit.round, facts, by=reviewer, at=AT)


# --- Minutes ------------------------------------------------------------------------------------


def test_a_member_of_the_team_writes_the_minutes_and_an_older_save_is_refused():
    visit, officer = VisitFactory(), OfficerFactory()
    VisitMemberFactory(visit=visit, user=officer)

    inspection.save_minutes(visit, SAID, by=officer, at=AT, revision=0)
    with pytest.raises(Conflict):
        inspection.save_minutes(visit, Minutes(), by=officer, at=AT, revision=0)

    stored = Visit.objects.get(pk=visit.pk)
    assert (minutes_of(stored), stored.revision) == (SAID, 1)


@pytest.mark.parametrize("person", [OfficerFactory, HeadFactory])
def test_who_is_not_of_the_team_writes_nothing(person):
    with pytest.raises(PermissionDenied):
        inspection.save_minutes(VisitFactory(), SAID, by=person(), at=AT, revision=0)


def test_closing_puts_what_is_due_into_the_ledger_and_writes_to_the_unit():
    visit, reviewer = VisitFactory(held=True), ReviewerFactory()
    officer = OfficerFactory(visit.unit)
    due = FindingFactory(visit=visit, due_date=date(2024, 6, 20))
    FindingFactory(visit=visit, kind=Kind.STRENGTH)

    inspection.close_visit(visit, by=reviewer, at=AT)

    owed = Obligation.objects.get(unit=visit.unit)
    assert (owed.kind, owed.finding, owed.due_date) == ("follow_up", due, date(2024, 6, 20))
    assert owed.closes_at == clock.closes_at(date(2024, 6, 20))
    assert [mail.to for mail in Mail.objects.all()] == [officer]
    assert due.text in Mail.objects.get().body
    with pytest.raises(Refused):
        inspection.close_visit(visit, by=reviewer, at=AT)
    assert Obligation.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "due"), [({"conclusion": ""}, date(2024, 6, 20)), ({}, date(2024, 5, 20))]
)
def test_a_visit_is_not_closed_without_a_conclusion_or_with_a_day_that_is_over(facts, due):
    visit = VisitFactory(held=True, **facts)
    FindingFactory(visit=visit, due_date=due)

    with pytest.raises(Refused):
        inspection.close_visit(visit, by=ReviewerFactory(), at=AT)

    assert Visit.objects.get(pk=visit.pk).status == Visit.Status.HELD
    assert (Obligation.objects.count(), Mail.objects.count()) == (0, 0)


def test_a_visit_is_held_when_its_day_has_come_and_locked_when_closed():
    ahead, closed, reviewer = (
        VisitFactory(day=date(2024, 5, 21)),
        VisitFactory(closed=True),
        ReviewerFactory(),
    )

    with pytest.raises(Refused, match="chưa đến ngày"):
        inspection.hold_visit(ahead, by=reviewer, at=AT)
    with pytest.raises(Refused, match="đã khóa"):
        inspection.save_minutes(closed, SAID, by=reviewer, at=AT, revision=0)


def test_a_cancelled_visit_says_why():
    visit = VisitFactory()

    inspection.cancel_visit(visit, by=BoardHeadFactory(), at=AT, reason="Đơn vị sáp nhập")

    event = AuditEvent.objects.about(visit).get()
    assert (visit.status, event.note) == (Visit.Status.CANCELLED, "Đơn vị sáp nhập")


# --- Follow-ups ---------------------------------------------------------------------------------


def answer(owed, by, at=AT):
    return follow_up.answer_follow_up(owed, by=by, at=at, text="Đã lập sổ.", tokens=[])


def test_the_first_answer_is_when_it_was_met_and_only_one_waits():
    owed = FollowUpFactory()
    officer = OfficerFactory(owed.unit)

    answer(owed, officer)

    owed.refresh_from_db()
    assert (owed.met_at, owed.is_on_time) == (AT, True)
    with pytest.raises(Refused):
        answer(owed, officer, LATER)


def test_asked_again_the_unit_owes_another_answer_and_the_first_day_stays_visible():
    owed, reviewer = FollowUpFactory(), ReviewerFactory()
    officer = OfficerFactory(owed.unit)
    given = answer(owed, officer, LATER)

    follow_up.ask_follow_up_again(
        given, by=reviewer, at=LATER, note="Thiếu danh sách", due=date(2024, 7, 5)
    )

    owed.refresh_from_db()
    assert (owed.met_at, owed.due_date, owed.extended_to) == (
        None, date(2024, 6, 20), date(2024, 7, 5),
    )  # fmt: skip
    assert list(Obligation.objects.outstanding()) == [owed]
    assert "Thiếu danh sách" in Mail.objects.get(to=officer).body
    second = answer(owed, officer, datetime(2024, 7, 5, 16, 59, tzinfo=UTC))
    follow_up.accept_follow_up(second, by=reviewer, at=second.at, note="")
    owed.refresh_from_db()
    assert (owed.met_at, owed.is_on_time) == (second.at, True)
    with pytest.raises(Refused):
        answer(owed, officer, LATER)


def test_a_day_that_is_over_asks_for_another():
    given, reviewer = FollowUpAnswerFactory(), ReviewerFactory()

    with pytest.raises(Refused, match="Hạn khắc phục đã qua"):
        follow_up.ask_follow_up_again(given, by=reviewer, at=LATER, note="Thiếu", due=None)
    follow_up.ask_follow_up_again(given, by=reviewer, at=AT, note="Thiếu", due=None)

    assert Obligation.objects.get().extended_to is None


def test_of_two_reviewers_one_decides():
    given, first, second = FollowUpAnswerFactory(), ReviewerFactory(), ReviewerFactory()
    stale = FollowUpAnswer.objects.get(pk=given.pk)

    follow_up.accept_follow_up(given, by=first, at=AT, note="")
    with pytest.raises(Refused):
        follow_up.ask_follow_up_again(stale, by=second, at=AT, note="Thiếu", due=date(2024, 7, 5))

    given.refresh_from_db()
    assert (given.verdict, given.decided_by) == (Verdict.ACCEPTED, first)
    assert given.obligation.extended_to is None


def test_nobody_judges_the_own_unit_or_answers_for_another():
    owed = FollowUpFactory()
    insider, outsider = ReviewerFactory(owed.unit), OfficerFactory(UnitFactory())
    given = FollowUpAnswerFactory(obligation=owed)

    with pytest.raises(PermissionDenied):
        follow_up.accept_follow_up(given, by=insider, at=AT, note="")
    for person in (insider, outsider):
        with pytest.raises(PermissionDenied):
            answer(owed, person)
