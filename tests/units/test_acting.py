from datetime import date

import pytest

from accounts.acting import wish_unit
from tests.factories.accounts import UserFactory
from tests.factories.units import MembershipFactory, OfficerFactory, UnitFactory
from units.acting import acting_for, actings_of

pytestmark = pytest.mark.django_db

DAY = date(2024, 3, 20)


@pytest.fixture
def request_of(rf):
    def make(user, wish=None):
        request = rf.get("/")
        request.user, request.session = user, {}
        if wish:
            wish_unit(request, wish.pk)
        return request

    return make


def test_roles_at_one_unit_are_one_choice():
    unit = UnitFactory()
    person = OfficerFactory(unit)
    MembershipFactory(user=person, unit=unit, head=True)

    acting = actings_of(person, on=DAY)

    assert [(one.unit, one.roles) for one in acting] == [
        (unit, "Chuyên viên phụ trách thi đua, Thủ trưởng đơn vị")
    ]


def test_units_come_in_protocol_order_and_only_while_the_role_lasts():
    second, first = UnitFactory(sort_order=92), UnitFactory(sort_order=91)
    person = OfficerFactory(second)
    MembershipFactory(user=person, unit=first)
    MembershipFactory(user=person, over=True)

    assert [one.unit for one in actings_of(person, on=DAY)] == [first, second]


def test_a_person_acts_for_the_unit_wished_for(request_of):
    first, second = UnitFactory(), UnitFactory()
    person = OfficerFactory(first)
    MembershipFactory(user=person, unit=second)

    assert acting_for(request_of(person)).unit == first
    assert acting_for(request_of(person, second)).unit == second


def test_a_wish_is_not_a_right(request_of):
    own, foreign = UnitFactory(), UnitFactory()

    assert acting_for(request_of(OfficerFactory(own), foreign)).unit == own
    assert acting_for(request_of(UserFactory(), foreign)) is None
