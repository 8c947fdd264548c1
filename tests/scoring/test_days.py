"""The days of a block's year: in the one ledger, met by what is done, told to who owes them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEvent, Mail
from campaign.actions.obligation import extend_obligation
from campaign.datasets.calendar import entries_between
from campaign.datasets.reminding import scheduled_calls
from campaign.models import BlockStep, Obligation
from scoring.actions import block_year as years
from scoring.actions import sheet as actions
from scoring.actions.cross import assign_cross, finish_cross
from scoring.actions.days import refresh_days, set_days
from scoring.datasets.block_facts import HandOver, Meeting, Pledge
from scoring.datasets.days import days_of_sheet, step_rows, steps_waiting
from scoring.deadlines import usual_day
from scoring.models import CrossAssignment
from tests.factories import (
    BlockMembershipFactory,
    CampaignFactory,
    MembershipFactory,
    OfficerFactory,
    ReviewerFactory,
)
from tests.scoring.blocks import Block

pytestmark = pytest.mark.django_db

Kind = BlockStep.Kind
SELF_DAY = date(2025, 1, 10)
BEFORE = datetime(2025, 1, 10, 16, 59, 59, tzinfo=UTC)  # the last second of the day in Tây Ninh
AFTER = BEFORE + timedelta(seconds=1)
USUAL = {kind: usual_day(kind, 2024) for kind in Kind}


@pytest.fixture
def block():
    block = Block(3)
    set_days(block.block, 2024, USUAL, by=block.lead, at=datetime(2024, 3, 1, tzinfo=UTC))
    return block


def owed(block, kind, unit=None):
    rows = Obligation.objects.filter(step__block=block.block, step__kind=kind)
    return rows.get(unit=unit) if unit else rows.get()


def test_each_step_is_owed_by_those_it_is_for(block):
    units = {
        kind: {one.unit for one in row.owed}
        for row in step_rows(block.block, 2024)
        for kind in [Kind(row.kind)]
    }
    lead, board = {block.units[0]}, {block.chief.memberships.get().unit}

    assert units == {
        Kind.PLEDGE: lead, Kind.MID_YEAR: lead, Kind.SELF_SCORE: set(block.units),
        Kind.CROSS_SCORE: set(), Kind.BLOCK_APPRAISAL: lead, Kind.YEAR_END: lead,
        Kind.BOARD_APPRAISAL: board, Kind.COUNCIL: board, Kind.HAND_OVER: lead,
    }  # fmt: skip


def test_a_sheet_sent_in_the_last_second_is_on_time_and_one_second_later_late(block):
    early, late = block.units[1:]
    block.sent(early, BEFORE)
    block.sent(late, AFTER)

    assert owed(block, Kind.SELF_SCORE, early).is_on_time
    assert owed(block, Kind.SELF_SCORE, late).is_late
    assert owed(block, Kind.SELF_SCORE, late).days_late == 1
    (row,) = [one for one in step_rows(block.block, 2024) if one.kind == Kind.SELF_SCORE]
    assert (row.done, len(row.late)) == (2, 1)
    assert [one.unit for one in row.overdue(AFTER)] == [block.units[0]]


def test_nobody_is_kept_from_scoring_late_and_an_appraisal_waits_for_the_day(block):
    """With a sheet still to come the block is not done; once its day is over, it is."""
    sheet = block.sent(block.units[1], BEFORE)
    actions.finish_block_appraisal(sheet, by=block.lead, at=BEFORE)
    assert owed(block, Kind.BLOCK_APPRAISAL).met_at is None

    refresh_days(block.block, 2024, by=block.lead, at=AFTER)
    assert owed(block, Kind.BLOCK_APPRAISAL).met_at == AFTER
    late = block.sent(block.units[2], AFTER + timedelta(hours=1))
    assert owed(block, Kind.BLOCK_APPRAISAL).met_at is None
    actions.finish_block_appraisal(late, by=block.lead, at=AFTER + timedelta(hours=2))
    assert owed(block, Kind.BLOCK_APPRAISAL).met_at == AFTER + timedelta(hours=2)
    actions.reopen_sheet(late, by=block.reviewer, at=AFTER + timedelta(hours=3), reason="Xem lại")
    assert owed(block, Kind.BLOCK_APPRAISAL).met_at is None


def test_a_cross_score_is_owed_once_it_is_assigned_and_met_when_all_are_done(block, at):
    for unit in block.units:
        block.sent(unit, BEFORE)
    assign_cross(block.scale, by=block.lead, at=BEFORE)
    given = CrossAssignment.objects.filter(scored=block.units[1]).get()
    assert owed(block, Kind.CROSS_SCORE, given.scorer).due_date == date(2025, 1, 31)

    scorer = block.heads[given.scorer]
    actions.accept_rest(given.sheet, "cross", by=scorer, at=AFTER, assignment=given)
    finish_cross(given, by=scorer, at=AFTER)
    assert owed(block, Kind.CROSS_SCORE, given.scorer).met_at == AFTER

    CrossAssignment.objects.exclude(pk=given.pk).update(cancelled_at=at)
    refresh_days(block.block, 2024, by=block.lead, at=at)
    others = Obligation.objects.filter(step__kind=Kind.CROSS_SCORE).exclude(unit=given.scorer)
    assert {one.level for one in others} == {"exempt"}


def test_a_meeting_counts_from_the_day_it_was_held_not_from_when_it_was_noted(block, at):
    noted = {"by": block.lead, "at": at}
    years.note_pledge(block.block, 2024, Pledge("01", date(2024, 3, 31)), **noted)
    years.note_meeting(block.block, 2024, Meeting("mid_year", date(2024, 8, 2)), {}, **noted)
    to = block.units[1]
    year = years.hand_over_year(block.block, 2024, HandOver(to, date(2025, 4, 1)), **noted)
    years.receive_year(year, by=block.heads[to], at=at)

    assert owed(block, Kind.PLEDGE).is_on_time
    assert owed(block, Kind.MID_YEAR).days_late == 2
    assert owed(block, Kind.HAND_OVER).met_at == at
    assert owed(block, Kind.YEAR_END).met_at is None


def test_a_day_moved_moves_for_all_but_those_who_have_longer(block, at):
    longer, shorter, plain = (owed(block, Kind.SELF_SCORE, unit) for unit in block.units[:3])
    for one, due in ((longer, date(2025, 3, 1)), (shorter, date(2025, 1, 15))):
        extend_obligation(
            one, by=block.chief, at=at, due=due, reason="Chờ số liệu", document_number="1"
        )
    set_days(block.block, 2024, {Kind.SELF_SCORE: date(2025, 1, 20)}, by=block.lead, at=at)

    days = [
        Obligation.objects.get(pk=one.pk).effective_due_date for one in (longer, shorter, plain)
    ]
    assert days == [date(2025, 3, 1), date(2025, 1, 20), date(2025, 1, 20)]
    assert AuditEvent.objects.filter(verb="day_set").count() == len(Kind) + 1
    with pytest.raises(PermissionDenied):
        set_days(block.block, 2024, USUAL, by=block.heads[block.units[1]], at=at)


def test_the_lead_extends_for_others_and_not_for_itself(block, at):
    more = {"due": date(2025, 2, 1), "reason": "Chờ số liệu", "document_number": "1", "at": at}
    extend_obligation(owed(block, Kind.SELF_SCORE, block.units[1]), by=block.lead, **more)
    letter = Mail.objects.get(to=block.heads[block.units[1]])
    assert f"Hạn “Tự chấm điểm – {block.block} năm 2024” của đơn vị" in letter.body
    with pytest.raises(PermissionDenied):
        extend_obligation(owed(block, Kind.SELF_SCORE, block.units[0]), by=block.lead, **more)


def test_each_is_told_of_what_is_theirs(block):
    """A week before: the officer of its own sheet, the board of its own appraisal, nobody of both."""
    officer, reviewer = OfficerFactory(block.units[1]), ReviewerFactory()
    MembershipFactory(user=reviewer, unit=block.chief.memberships.get().unit, reviewer=True)
    campaign = CampaignFactory()
    told = {
        on: {call.user: [item.due.obligation.step.kind for item in call.items] for call in calls}
        for on in (SELF_DAY - timedelta(7), USUAL[Kind.BOARD_APPRAISAL] - timedelta(7))
        for calls in [scheduled_calls(on)]
    }
    week_before, board_week = told.values()
    assert week_before[officer] == [Kind.SELF_SCORE]
    assert reviewer not in week_before
    assert board_week[reviewer] == [Kind.BOARD_APPRAISAL]

    def said(person, first, last):
        found = entries_between(person, campaign, first, last, at=BEFORE)
        return [entry.title for entry in found if "Khối" in entry.title or "khối" in entry.title]

    january = date(2025, 1, 1), date(2025, 1, 31)
    assert said(officer, *january) == [f"Hạn: Tự chấm điểm – {block.block} năm 2024"]
    assert said(reviewer, *january) == ["Hạn của các khối: Tự chấm điểm"]
    assert [one.kind for one in steps_waiting(officer, at=BEFORE)] == [Kind.SELF_SCORE]
    assert [one.kind for one in steps_waiting(block.lead, at=BEFORE)] == [
        Kind.PLEDGE, Kind.MID_YEAR, Kind.SELF_SCORE, Kind.BLOCK_APPRAISAL, Kind.YEAR_END,
    ]  # fmt: skip


def test_the_year_of_a_block_is_seen_by_its_members_and_counts_in_no_campaign(block):
    stranger = OfficerFactory(BlockMembershipFactory().unit)
    of_block = Obligation.objects.filter(step__block=block.block)
    member = OfficerFactory(block.units[2])

    assert of_block.visible_to(member).count() == of_block.count() == 10
    assert not of_block.visible_to(stranger).exists()
    assert not Obligation.objects.filter(campaign__isnull=False, step__isnull=False).exists()


def test_a_sheet_shows_the_days_it_has_to_keep(block):
    sheet = block.begun(block.units[1], BEFORE)

    assert [one.step.kind for one in days_of_sheet(sheet)] == [
        Kind.SELF_SCORE, Kind.BLOCK_APPRAISAL, Kind.BOARD_APPRAISAL, Kind.COUNCIL,
    ]  # fmt: skip


def test_what_is_done_twice_is_noted_once(block, at):
    refresh_days(block.block, 2024, by=block.lead, at=at)
    before = list(Obligation.objects.order_by("pk").values())
    refresh_days(block.block, 2024, by=block.lead, at=at)

    assert list(Obligation.objects.order_by("pk").values()) == before
