"""Setting, opening, locking and reopening reporting periods."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEvent
from accounts.workflow import Refused
from campaign.actions import period as actions
from campaign.jobs import sweep_periods
from campaign.models import Obligation, ReportingPeriod
from tests.factories import (
    BoardHeadFactory,
    CampaignFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    ReviewerFactory,
    UnitFactory,
)
from units.models import Unit

pytestmark = pytest.mark.django_db

AT = datetime(2024, 4, 10, 2, 0, tzinfo=UTC)
Status = ReportingPeriod.Status
APRIL = actions.PeriodData(
    kind=ReportingPeriod.Kind.MONTH, name="tháng 4/2024", data_from=date(2024, 3, 15),
    data_to=date(2024, 4, 14), opens_on=date(2024, 4, 10), due_date=date(2024, 4, 17),
    asks_figures=True, basis="",
)  # fmt: skip


@pytest.fixture
def head():
    return BoardHeadFactory()


def planned(*units, month=4, **more):
    period = ReportingPeriodFactory(month=month, planned=True, **more)
    period.owing_units.set(units)
    return period


def test_opening_writes_one_obligation_for_each_unit_on_the_list(head):
    units = [UnitFactory(), UnitFactory()]
    period = actions.plan_period(
        CampaignFactory(), APRIL, Unit.objects.filter(pk__in=[u.pk for u in units]), by=head, at=AT
    )

    actions.open_period(period, by=head, at=AT)

    owed = Obligation.objects.filter(period=period).order_by("unit__sort_order")
    assert [(row.unit, row.kind, row.due_date) for row in owed] == [
        (unit, Obligation.Kind.PROGRESS_REPORT, date(2024, 4, 17)) for unit in units
    ]
    assert (period.status, period.collects_from) == (Status.OPEN, date(2024, 3, 15))


def test_a_period_asks_only_what_no_period_before_it_has_asked(head):
    unit = UnitFactory()
    for month in (4, 5, 6):
        actions.open_period(planned(unit, month=month), by=head, at=AT)
    half = planned(
        unit, kind=ReportingPeriod.Kind.HALF_YEAR, name="6 tháng",
        data_from=date(2023, 12, 15), data_to=date(2024, 6, 14),
    )  # fmt: skip
    final = planned(
        unit, kind=ReportingPeriod.Kind.FINAL, name="tổng kết",
        data_from=date(2024, 3, 7), data_to=date(2024, 12, 31), due_date=date(2025, 1, 6),
    )  # fmt: skip

    actions.open_period(half, by=head, at=AT)
    actions.open_period(final, by=head, at=AT)

    assert (half.collects_from, final.collects_from) == (None, date(2024, 6, 15))


def test_a_period_that_wants_no_figures_asks_none(head):
    period = planned(UnitFactory(), asks_figures=False)

    actions.open_period(period, by=head, at=AT)

    assert not period.collects_figures


def test_a_period_without_units_is_not_opened(head):
    with pytest.raises(Refused, match="Chưa có đơn vị nào"):
        actions.open_period(planned(), by=head, at=AT)


def test_the_clock_opens_what_is_due_once_and_leaves_the_rest():
    due, later = planned(UnitFactory()), planned(UnitFactory(), month=5)
    planned(month=6, opens_on=date(2024, 4, 1))  # nobody owes it yet

    opened = [sweep_periods(at=AT), sweep_periods(at=AT)]

    due.refresh_from_db()
    later.refresh_from_db()
    assert (opened, due.status, later.status) == ([1, 0], Status.OPEN, Status.PLANNED)
    assert AuditEvent.objects.about(due).get(verb="open").by is None


def test_units_added_to_an_open_period_owe_it_and_what_is_known_stays(head):
    known, fresh = UnitFactory(), UnitFactory()
    period = ReportingPeriodFactory(owing=[known])
    before = Obligation.objects.get(period=period)

    added = actions.add_owing_units(period, [known, fresh], by=head, at=AT)

    assert added == 1
    assert set(Obligation.objects.filter(period=period).values_list("unit", flat=True)) == {
        known.pk, fresh.pk,
    }  # fmt: skip
    assert Obligation.objects.get(unit=known, period=period) == before


def test_units_are_struck_off_only_before_the_period_opens(head):
    one, other = UnitFactory(), UnitFactory()
    period = planned(one, other)

    assert actions.remove_owing_units(period, [other], by=head, at=AT) == 1
    actions.open_period(period, by=head, at=AT)

    with pytest.raises(Refused, match="đã mở"):
        actions.remove_owing_units(period, [one], by=head, at=AT)


def test_a_locked_period_is_reopened_with_a_reason(head):
    period = ReportingPeriodFactory()
    actions.lock_period(period, by=head, at=AT)

    actions.reopen_period(period, by=head, at=AT, reason="Sở Y tế gửi lại số liệu")

    event = AuditEvent.objects.about(period).first()
    assert (period.status, event.note) == (Status.OPEN, "Sở Y tế gửi lại số liệu")


@pytest.mark.parametrize("change", [actions.change_period, actions.drop_period])
def test_an_open_period_is_neither_changed_nor_dropped(head, change):
    period = ReportingPeriodFactory()
    args = (period, APRIL) if change is actions.change_period else (period,)

    with pytest.raises(Refused, match="đã mở"):
        change(*args, by=head, at=AT)


def test_a_planned_period_is_changed_and_dropped(head):
    period = planned(UnitFactory())
    actions.change_period(period, APRIL, by=head, at=AT)
    period.refresh_from_db()

    assert period.due_date == date(2024, 4, 17)
    actions.drop_period(period, by=head, at=AT)
    assert not ReportingPeriod.objects.exists()


def test_two_periods_do_not_share_a_name(head):
    planned(UnitFactory())

    with pytest.raises(Refused, match="đã có kỳ báo cáo"):
        actions.plan_period(CampaignFactory(), APRIL, Unit.objects.all(), by=head, at=AT)


def test_only_the_head_of_the_board_sets_periods():
    period = planned(UnitFactory())

    with pytest.raises(PermissionDenied):
        actions.open_period(period, by=ReviewerFactory(), at=AT)


def test_a_sent_report_stays_when_its_period_is_locked(head):
    report = ProgressReportFactory(accepted=True)

    actions.lock_period(report.period, by=head, at=AT)

    assert Obligation.objects.get(period=report.period).met_at == report.submitted_at
