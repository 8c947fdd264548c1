from datetime import date

import pytest

from campaign.actions.plan import assign_duties, owe_sub_plans
from campaign.models import Assignment, Obligation
from tests.factories import (
    BlockMembershipFactory,
    CampaignFactory,
    DutyFactory,
    DutyPartyFactory,
    ObligationFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

ISSUED = date(2024, 3, 7)


@pytest.fixture
def campaign():
    return CampaignFactory()


def assigned():
    return set(Assignment.objects.values_list("duty", "unit", "role"))


def test_assign_duties_names_the_units_of_a_class(campaign):
    duty = DutyFactory()
    district, closed = UnitFactory(district=True), UnitFactory(district=True, ended=True)
    lead = BlockMembershipFactory(lead=True).unit
    BlockMembershipFactory()
    BlockMembershipFactory(lead=True, year=2023)
    DutyPartyFactory(duty=duty, districts=True)
    DutyPartyFactory(duty=duty, blocks=True, role="lead")

    counts = assign_duties(campaign, on=ISSUED)

    assert counts == (2, 0)
    assert assigned() == {(duty.pk, district.pk, "assignee"), (duty.pk, lead.pk, "lead")}
    assert closed.pk not in {unit for _, unit, _ in assigned()}


def test_assign_duties_of_everyone_means_everyone_in_force(campaign):
    UnitFactory.create_batch(3)
    UnitFactory(ended=True)
    DutyPartyFactory(duty=DutyFactory(), everyone=True)

    assert assign_duties(campaign, on=ISSUED) == (3, 0)


def test_assign_duties_again_changes_nothing_and_follows_the_plan(campaign):
    party = DutyPartyFactory()
    assign_duties(campaign, on=ISSUED)

    again = assign_duties(campaign, on=date(2024, 6, 1))
    party.delete()
    after = assign_duties(campaign, on=date(2024, 6, 1))

    assert (again, after) == ((0, 0), (0, 1))
    assert assigned() == set()


def test_assign_duties_leaves_other_campaigns_alone(campaign):
    other = DutyPartyFactory(duty__campaign=CampaignFactory(code="2025"))
    assign_duties(other.duty.item.campaign, on=ISSUED)

    assert assign_duties(campaign, on=ISSUED) == (0, 0)
    assert Assignment.objects.count() == 1


def test_owe_sub_plans_asks_each_unit_once_and_keeps_what_is(campaign):
    exempt = ObligationFactory(exempt=True)
    UnitFactory(ended=True)
    owing = UnitFactory()

    first, second = owe_sub_plans(campaign, on=ISSUED), owe_sub_plans(campaign, on=ISSUED)

    assert (first, second) == (1, 0)
    assert Obligation.objects.get(unit=exempt.unit).level == "exempt"
    assert Obligation.objects.get(unit=owing).due_date == date(2024, 3, 22)
