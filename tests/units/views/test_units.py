from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories import (
    BlockMembershipFactory,
    MembershipFactory,
    OfficerFactory,
    SuccessionFactory,
    UnitFactory,
    UserFactory,
)
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    """Signed in, at the unit that comes last."""
    user = OfficerFactory(UnitFactory(sort_order=9999, group="enterprise", name="Công ty Cuối"))
    client.force_login(user)
    return user


def listed(client, **query):
    response = client.get(reverse("units:units", query=query))
    return [row.unit for row in response.context["list"].rows]


def test_units_stand_in_protocol_order(client, reader):
    second, first = UnitFactory(sort_order=20), UnitFactory(sort_order=10)

    assert listed(client)[:2] == [first, second]


def test_units_are_found_however_their_name_is_typed(client, reader):
    found = UnitFactory(name="Sở Văn hóa, Thể thao và Du lịch")
    UnitFactory(name="Sở Y tế")

    assert listed(client, tim="VĂN HOÁ") == [found]
    assert listed(client, tim="van hoa") == [found]


def test_units_of_a_group(client, reader):
    district = UnitFactory(district=True)
    UnitFactory()

    assert listed(client, nhom="district") == [district]


def test_units_of_a_block_in_a_year(client, reader):
    now = BlockMembershipFactory()
    BlockMembershipFactory(block=now.block, year=2023)

    assert listed(client, khoi=now.block.code, nam="2024") == [now.unit]


def test_units_say_what_is_an_illustration(client, reader):
    BlockMembershipFactory(illustrative=True)

    response = client.get(reverse("units:units"))

    assert response.text.count("bi-question-diamond") == 1


def test_units_go_to_excel_as_they_are_shown(client, reader):
    place = BlockMembershipFactory(illustrative=True, unit__district=True)
    UnitFactory()

    response = client.get(reverse("units:units", query={"nhom": "district", "xuat": "xlsx"}))

    sheet = load_workbook(BytesIO(response.content)).active
    shown = [[cell.value for cell in row][:9] for row in sheet.iter_rows()]
    assert shown[-1] == [
        1,
        place.unit.name,
        None,
        place.unit.code,
        place.unit.short_name,
        "UBND huyện, thị xã, thành phố",
        f"{place.block.code} {place.block.name}",
        "Thành viên",
        "Minh họa",
    ]


def test_units_refuse_a_filter_that_is_none(client, reader):
    response = client.get(reverse("units:units", query={"nhom": "xyz"}))

    assert response.status_code == 422


def test_unit_shows_people_blocks_and_successors(client, reader):
    unit = UnitFactory(valid_to="2025-02-28")
    head = MembershipFactory(unit=unit, head=True)
    MembershipFactory(unit=unit, over=True)
    place = BlockMembershipFactory(unit=unit)
    step = SuccessionFactory(from_unit=unit)

    page = client.get(reverse("units:unit", args=[unit.code])).context["page"]

    assert (page.people, page.places, page.successions) == ([head], [place], [step])


def test_unit_knows_whom_it_succeeded(client, reader):
    step = SuccessionFactory(to_unit=UnitFactory())

    page = client.get(reverse("units:unit", args=[step.to_unit.code])).context["page"]

    assert page.predecessions == [step]


def test_blocks_show_their_lead(client, reader):
    lead = BlockMembershipFactory(lead=True)
    BlockMembershipFactory(block=lead.block, illustrative=True)

    (row,) = client.get(reverse("units:blocks")).context["rows"]

    assert (row.block, row.lead, len(row.members), row.illustrative_count) == (
        lead.block,
        lead,
        2,
        1,
    )


def test_block_shows_its_members_of_the_year(client, reader):
    member = BlockMembershipFactory()
    BlockMembershipFactory(block=member.block, year=2023)
    address = reverse("units:block", args=[member.block.code])

    assert client.get(address).context["row"].members == (member,)
    assert client.get(f"{address}?nam=2023").context["row"].members != (member,)


def test_block_without_members_in_a_year(client, reader):
    old = BlockMembershipFactory(year=2023)
    BlockMembershipFactory(year=2024)

    response = client.get(reverse("units:block", args=[old.block.code]))

    assert (response.status_code, response.context["row"]) == (200, None)


@pytest.mark.parametrize(
    ("name", "args"),
    [("units", []), ("unit", ["DVX"]), ("blocks", []), ("block", ["TX"])],
)
def test_nothing_of_this_is_for_people_without_a_role(client, name, args):
    UnitFactory(code="DVX")
    BlockMembershipFactory(block__code="TX")
    client.force_login(UserFactory())

    assert client.get(reverse(f"units:{name}", args=args)).status_code == 404
    assert Unit.objects.filter(code="DVX").exists()
