"""The ledger as facts for the criteria the portal scores by itself."""

from datetime import UTC, date, datetime

import pytest

from scoring.datasets.facts import facts_of, ledger_facts
from scoring.formula import SubmissionState
from tests.factories import ObligationFactory, UnitFactory

pytestmark = pytest.mark.django_db

State = SubmissionState
BEFORE, AFTER = datetime(2024, 3, 20, tzinfo=UTC), datetime(2024, 5, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("owed", "at", "state", "days"),
    [
        ({"on_time": True}, AFTER, State.ON_TIME, 0),
        ({"late": True}, AFTER, State.LATE, 1),
        ({}, AFTER, State.MISSING, 0),
        ({}, BEFORE, State.PENDING, 0),
        ({"exempt": True}, AFTER, State.EXEMPT, 0),
        ({"extended_to": date(2024, 5, 30)}, AFTER, State.PENDING, 0),
    ],
)
def test_how_an_obligation_was_met(owed, at, state, days):
    unit = UnitFactory()
    ObligationFactory(unit=unit, **owed)

    (found,) = facts_of(unit, year=2024, at=at).submissions

    assert (found.kind, found.state, found.days_late) == ("sub_plan", state, days)
    assert found.label == "Kế hoạch triển khai"


def test_a_whole_block_is_one_question(django_assert_num_queries):
    units = [ObligationFactory().unit for _ in range(3)]

    with django_assert_num_queries(1):
        found = ledger_facts(units, year=2024, at=AFTER)
    assert set(found) == {unit.pk for unit in units}
    assert facts_of(units[0], year=2023, at=AFTER).submissions == ()
