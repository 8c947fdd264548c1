import pytest

from tests.factories import BlockMembershipFactory, UnitFactory
from units.datasets import UnitFilter, block_rows, latest_year, unit_rows, units_matching, years

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_units_and_their_places_need_two_queries(count, django_assert_num_queries):
    places = BlockMembershipFactory.create_batch(count)

    with django_assert_num_queries(2):
        rows = unit_rows(list(units_matching(UnitFilter(year=2024))))

    assert {row.place for row in rows} == set(places)


@pytest.mark.parametrize("count", [1, 3])
def test_blocks_and_their_members_need_two_queries(count, django_assert_num_queries):
    BlockMembershipFactory.create_batch(count)

    with django_assert_num_queries(2):
        rows = block_rows(2024)

    assert [len(row.members) for row in rows] == [1] * count


def test_a_unit_without_a_block_has_no_place():
    unit = UnitFactory()

    assert [(row.unit, row.place) for row in unit_rows(list(units_matching(UnitFilter(2024))))] == [
        (unit, None)
    ]


def test_a_block_without_a_lead_names_none():
    BlockMembershipFactory()

    assert [row.lead for row in block_rows(2024)] == [None]


def test_years_are_those_with_blocks():
    assert (years(), latest_year()) == ([], None)

    for year in (2023, 2024, 2024):
        BlockMembershipFactory(year=year)

    assert (years(), latest_year()) == ([2024, 2023], 2024)
