from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from accounts.workflow import Refused
from campaign.datasets.ledger import totals_of
from campaign.models import Extension, Obligation
from lib import clock
from tests.factories import BoardHeadFactory, CampaignFactory, ObligationFactory

pytestmark = pytest.mark.django_db

ON_THE_DAY = datetime(2024, 3, 22, 23, 59, 30, tzinfo=clock.LOCAL)
AFTER_MIDNIGHT = datetime(2024, 3, 23, 0, 0, 1, tzinfo=clock.LOCAL)


def extension(obligation, due=date(2024, 3, 29)):
    return Extension(
        obligation=obligation,
        due_date=due,
        reason="Đơn vị mới sáp nhập",
        document_number="21/BTĐKT",
        by=BoardHeadFactory(),
        at=ON_THE_DAY,
    )


def stands(obligation):
    return (
        obligation.is_on_time,
        obligation.is_late,
        obligation.days_late,
        obligation.working_days_late,
    )


def test_half_a_minute_before_local_midnight_is_on_time():
    obligation = ObligationFactory(met_at=ON_THE_DAY)

    assert stands(obligation) == (True, False, 0, 0)


def test_a_second_after_local_midnight_is_late_by_one_day():
    obligation = ObligationFactory(met_at=AFTER_MIDNIGHT)

    # The 23rd is a Saturday: a calendar day, not a working day.
    assert stands(obligation) == (False, True, 1, 0)


def test_the_database_draws_the_same_line():
    on_time = ObligationFactory(met_at=ON_THE_DAY)
    late = ObligationFactory(met_at=AFTER_MIDNIGHT)

    assert list(Obligation.objects.met_on_time()) == [on_time]
    assert list(Obligation.objects.met_late()) == [late]


def test_the_whole_due_day_counts_to_its_last_microsecond():
    obligation = ObligationFactory()
    last_moment = obligation.closes_at - timedelta(microseconds=1)

    assert obligation.is_overdue(at=last_moment) is False
    assert obligation.is_overdue(at=obligation.closes_at) is True
    assert list(Obligation.objects.overdue(at=last_moment)) == []
    assert list(Obligation.objects.overdue(at=obligation.closes_at)) == [obligation]


def test_an_extension_moves_only_its_own_unit():
    extended, other = ObligationFactory(), ObligationFactory()

    extended.extend(extension(extended))

    other.refresh_from_db()
    assert (extended.effective_due_date, extended.due_date) == (
        date(2024, 3, 29),
        date(2024, 3, 22),
    )
    assert extended.closes_at == datetime(2024, 3, 29, 17, tzinfo=UTC)
    assert (other.effective_due_date, other.closes_at) == (
        date(2024, 3, 22),
        datetime(2024, 3, 22, 17, tzinfo=UTC),
    )


def test_what_came_late_is_on_time_once_extended():
    obligation = ObligationFactory(met_at=AFTER_MIDNIGHT)

    obligation.extend(extension(obligation))

    assert stands(Obligation.objects.get(pk=obligation.pk)) == (True, False, 0, 0)


def test_an_extension_gives_time():
    obligation = ObligationFactory()

    with pytest.raises(Refused):
        obligation.extend(extension(obligation, due=date(2024, 3, 22)))


def test_an_exempt_unit_is_never_overdue():
    obligation = ObligationFactory(exempt=True)

    assert obligation.is_overdue(at=datetime(2025, 1, 1, tzinfo=UTC)) is False


def test_exempting_twice_is_refused(at):
    obligation, head = ObligationFactory(), BoardHeadFactory()
    obligation.exempt(by=head, at=at, reason="Giải thể")

    with pytest.raises(Refused):
        obligation.exempt(by=head, at=at, reason="Giải thể")


def test_rates_count_required_units_only():
    campaign = CampaignFactory()
    ObligationFactory.create_batch(3, campaign=campaign, on_time=True)
    ObligationFactory(campaign=campaign, late=True)
    ObligationFactory(campaign=campaign, late=True, encouraged=True)
    ObligationFactory(campaign=campaign, late=True, exempt=True)
    ObligationFactory(campaign=campaign)
    at = datetime(2024, 4, 1, tzinfo=UTC)

    totals = totals_of(Obligation.objects.filter(campaign=campaign), at=at)

    assert (totals.late_rate, totals.on_time_rate) == (Decimal("0.2"), Decimal("0.6"))
    assert (totals.required, totals.owed, totals.exempt) == (5, 6, 1)
    assert (totals.sent, totals.on_time, totals.late) == (5, 3, 2)
    assert (totals.outstanding, totals.overdue) == (1, 1)


def test_a_ledger_without_required_units_has_no_rate(at):
    ObligationFactory(encouraged=True, late=True)

    totals = totals_of(Obligation.objects.all(), at=at)

    assert (totals.late_rate, totals.on_time_rate) == (None, None)
