"""The board of chasing, its lists, and in which voice a unit is written to."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import Mail
from campaign.actions.remind import remind_now, send_scheduled
from campaign.datasets.chasing import (
    STATES,
    Cell,
    ChasingFilters,
    chasing_board,
    matters,
    rows_of,
    select,
    state_counts,
)
from campaign.datasets.chasing_letter import kinds_of
from campaign.datasets.reminded import reminded
from campaign.models import ChasingLetter, Obligation
from tests.factories import (
    BlockFactory,
    BlockMembershipFactory,
    CampaignFactory,
    DutyFactory,
    ObligationFactory,
    OfficerFactory,
    ReportingPeriodFactory,
    ReportObligationFactory,
    ReviewerFactory,
    SubPlanFactory,
    UnitFactory,
)
from units.models import Unit

pytestmark = pytest.mark.django_db

AT = datetime(2024, 4, 20, 2, 0, tzinfo=UTC)
MET = datetime(2024, 4, 16, 2, 0, tzinfo=UTC)
TOO_LATE = datetime(2024, 4, 19, 2, 0, tzinfo=UTC)
Kind = ChasingLetter.Kind
Group = Unit.Group


@pytest.fixture
def campaign():
    return CampaignFactory()


@pytest.fixture
def block():
    return BlockFactory(code="K01")


def member(block, **unit):
    made = UnitFactory(**unit)
    BlockMembershipFactory(unit=made, block=block)
    return made


@pytest.fixture
def april(campaign, block):
    """Sent in time, sent late, missing, missing though encouraged only, exempt; one without block."""
    period = ReportingPeriodFactory()
    for met in (MET, TOO_LATE, None):
        ReportObligationFactory(period=period, unit=member(block), met_at=met)
    ReportObligationFactory(period=period, unit=member(block), encouraged=True)
    ReportObligationFactory(period=period, unit=member(block), exempt=True)
    ReportObligationFactory(period=period)
    return period


def test_the_board_counts_what_must_be_sent_by_block_and_matter(campaign, april, block):
    board = chasing_board(campaign, at=AT)

    (matter,) = board.matters
    assert (matter.code, matter.label) == (f"ky-{april.pk}", "Báo cáo tháng 4/2024")
    assert [(line.block, [cell for _, cell in line.cells]) for line in board.lines] == [
        (block, [Cell(owed=3, sent=2, late=1, missing=1, overdue=1)]),
        (None, [Cell(owed=1, missing=1, overdue=1)]),
    ]
    assert board.totals == ((matter, Cell(owed=4, sent=2, late=1, missing=2, overdue=2)),)


def test_a_returned_plan_is_sent_and_still_to_be_chased(campaign):
    SubPlanFactory(returned=True)  # back by 01/4/2024

    ((_, cell),) = chasing_board(campaign, at=AT).totals

    assert cell == Cell(owed=1, sent=1, overdue=1, returned=1)


def test_a_locked_period_is_counted_and_chased_no_more(campaign):
    ReportObligationFactory(period=ReportingPeriodFactory(locked=True))

    ((matter, cell),) = chasing_board(campaign, at=AT).totals

    assert (matter.is_locked, cell) == (True, Cell(owed=1, missing=1))
    (row,) = rows_of(select(campaign, ChasingFilters(state="chua-gui"), at=AT), at=AT)
    assert row.can_be_chased is False


def test_every_count_is_the_length_of_its_list(campaign, april, block):
    SubPlanFactory(returned=True, unit=member(block))
    ObligationFactory(unit=member(block))
    for filters in (
        ChasingFilters(),
        ChasingFilters(matter=f"ky-{april.pk}", block="K01"),
        ChasingFilters(block="khong-khoi"),
        ChasingFilters(search="thu nghiem"),
    ):
        counts = dict(state_counts(campaign, filters, at=AT))
        for state in STATES:
            asked = ChasingFilters(filters.matter, filters.block, state.code, filters.search)
            assert len(select(campaign, asked, at=AT)) == counts[state]


def test_the_list_says_what_was_sent_to_whom_and_what_failed(campaign):
    owed = ObligationFactory()
    officer = OfficerFactory(owed.unit, full_name="Lê Thị Hoa")
    reviewer = ReviewerFactory(full_name="Trần Văn Ban")
    list(send_scheduled(on=date(2024, 3, 21), at=AT))
    Mail.objects.update(state="failed", finished_at=AT)
    remind_now(Obligation.objects.all(), by=reviewer, at=AT)

    (row,) = rows_of(select(campaign, ChasingFilters(), at=AT), at=AT)

    told = [(one.day, one.words, one.people, one.has_failed) for one in row.sent_before]
    assert told == [
        (date(2024, 4, 20), "Thư do Trần Văn Ban gửi", (str(officer),), False),
        (date(2024, 3, 21), "Thư nhắc, còn 1 ngày", (str(officer),), True),
    ]
    assert (row.is_overdue, row.can_be_chased, row.people) == (True, True, 1)


def test_a_unit_without_accounts_is_told_apart(campaign):
    ObligationFactory()

    (row,) = rows_of(select(campaign, ChasingFilters(), at=AT), at=AT)

    assert (row.people, row.sent_before) == (0, ())


def test_board_and_list_take_a_fixed_number_of_queries(
    campaign, april, block, django_assert_num_queries
):
    def look():
        with django_assert_num_queries(3):
            chasing_board(campaign, at=AT)
        with django_assert_num_queries(5):
            rows_of(select(campaign, ChasingFilters(), at=AT), at=AT)

    look()
    for month in (5, 6):
        later = ReportingPeriodFactory(month=month)
        for _ in range(2):
            ReportObligationFactory(period=later, unit=member(BlockFactory()))
    remind_now(Obligation.objects.all(), by=ReviewerFactory(), at=AT)
    look()


def test_the_follow_ups_have_a_column_only_where_there_are_some(campaign, april):
    codes = [matter.code for matter in matters(campaign)]

    assert codes == ["ke-hoach", f"ky-{april.pk}", "khac-phuc"]
    assert [matter.code for matter in chasing_board(campaign, at=AT).matters] == codes[1:2]


# --- assigned or requested ---


@pytest.mark.parametrize(
    ("group", "kind"),
    [
        (Group.DEPARTMENT, Kind.URGE), (Group.DISTRICT, Kind.URGE),
        (Group.PUBLIC_SERVICE, Kind.URGE), (Group.ENTERPRISE, Kind.URGE), (Group.BANK, Kind.URGE),
        (Group.ASSOCIATION, Kind.URGE), (Group.PARTY, Kind.EXCHANGE),
        (Group.ELECTED, Kind.EXCHANGE), (Group.FRONT_MASS, Kind.EXCHANGE),
        (Group.JUDICIARY, Kind.EXCHANGE), (Group.CENTRAL_VERTICAL, Kind.EXCHANGE),
        (Group.ARMED_FORCES, Kind.EXCHANGE),
    ],
)  # fmt: skip
def test_a_unit_the_plan_does_not_name_is_written_to_by_its_group(campaign, group, kind):
    unit = UnitFactory(group=group)

    assert kinds_of([unit], campaign) == {unit.pk: kind}


def test_what_the_plan_says_of_a_unit_by_name_comes_first(campaign):
    command, asked = UnitFactory(group=Group.ARMED_FORCES), UnitFactory()
    DutyFactory(unit=command)
    DutyFactory(unit=asked, request=True)
    DutyFactory(unit=asked)

    assert kinds_of([command, asked], campaign) == {
        command.pk: Kind.URGE, asked.pk: Kind.EXCHANGE,
    }  # fmt: skip


# --- the notice on the home page ---


def test_the_home_page_reminds_until_it_is_seen_or_done(django_assert_num_queries):
    owed = ObligationFactory()
    officer = OfficerFactory(owed.unit)
    remind_now(Obligation.objects.all(), by=ReviewerFactory(), at=AT)

    found = reminded(officer, at=AT)

    assert [(due.title, words, late) for due, words, late in found.lines] == [
        ("Kế hoạch triển khai", "quá hạn 29 ngày", True)
    ]
    assert reminded(OfficerFactory(owed.unit), at=AT).items == ()
    owed.refresh_from_db()
    owed.note_met(AT)
    assert reminded(officer, at=AT).items == ()
    stranger = ReviewerFactory()
    with django_assert_num_queries(1):
        assert reminded(stranger, at=AT).lines == []
