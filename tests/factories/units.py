from datetime import date

import factory

from lib.vietnamese import fold
from tests.factories.accounts import UserFactory
from units.models import Block, BlockMembership, Membership, Succession, Unit

Role = Membership.Role
LONG_AGO = date(2020, 1, 1)


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Unit

    class Params:
        district = factory.Trait(group=Unit.Group.DISTRICT)
        # Ended before the campaign of 2024 began.
        ended = factory.Trait(valid_to=date(2023, 12, 31))

    code = factory.Sequence(lambda n: f"DV{n}")
    name = factory.Sequence(lambda n: f"Sở Thử nghiệm {n}")
    short_name = factory.Sequence(lambda n: f"STN{n}")
    search_key = factory.LazyAttribute(
        lambda unit: fold(f"{unit.name} {unit.short_name} {unit.code}")
    )
    group = Unit.Group.DEPARTMENT
    sort_order = factory.Sequence(lambda n: n + 1)


class SuccessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Succession

    from_unit = factory.SubFactory(UnitFactory)
    to_name = factory.Sequence(lambda n: f"Đơn vị kế tục {n}")
    on = date(2025, 3, 1)
    kind = Succession.Kind.MERGE


class BlockFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Block

    code = factory.Sequence(lambda n: f"T{n}")
    name = factory.Sequence(lambda n: f"Thử nghiệm {n}")
    sort_order = factory.Sequence(lambda n: n + 1)


class BlockMembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BlockMembership

    class Params:
        lead = factory.Trait(role=BlockMembership.Role.LEAD)
        illustrative = factory.Trait(is_illustrative=True, evidence="Minh họa")

    block = factory.SubFactory(BlockFactory)
    unit = factory.SubFactory(UnitFactory)
    year = 2024
    role = BlockMembership.Role.MEMBER


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    class Params:
        head = factory.Trait(role=Role.HEAD)
        block_lead = factory.Trait(role=Role.BLOCK_LEAD)
        reviewer = factory.Trait(role=Role.REVIEWER)
        board_head = factory.Trait(role=Role.BOARD_HEAD)
        council_member = factory.Trait(role=Role.COUNCIL_MEMBER)
        leadership = factory.Trait(role=Role.LEADERSHIP)
        administrator = factory.Trait(role=Role.ADMINISTRATOR)
        over = factory.Trait(valid_to=date(2020, 12, 31))

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    role = Role.OFFICER
    valid_from = LONG_AGO


def _person(role, unit, **user):
    person = UserFactory(**user)
    MembershipFactory(user=person, unit=unit or UnitFactory(), role=role)
    return person


# Each gives a User who holds the role at the unit; at a unit of their own where none is named.
# Named like the other factories, because they are called like them.


def OfficerFactory(unit=None, **user):  # noqa: N802
    return _person(Role.OFFICER, unit, **user)


def HeadFactory(unit=None, **user):  # noqa: N802
    return _person(Role.HEAD, unit, **user)


def ReviewerFactory(unit=None, **user):  # noqa: N802
    return _person(Role.REVIEWER, unit, **user)


def BoardHeadFactory(unit=None, **user):  # noqa: N802
    return _person(Role.BOARD_HEAD, unit, **user)


def CouncilMemberFactory(unit=None, **user):  # noqa: N802
    return _person(Role.COUNCIL_MEMBER, unit, **user)


def LeadershipFactory(unit=None, **user):  # noqa: N802
    return _person(Role.LEADERSHIP, unit, **user)


def AdministratorFactory(unit=None, **user):  # noqa: N802
    return _person(Role.ADMINISTRATOR, unit, **user)


def BlockLeadFactory(block=None, unit=None, *, year=2024, **user):  # noqa: N802
    """The person of the unit that leads the block; the unit becomes khối trưởng where it is not."""
    known = unit and BlockMembership.objects.filter(unit=unit, year=year).first()
    if known:
        BlockMembership.objects.filter(pk=known.pk).update(role=BlockMembership.Role.LEAD)
    else:
        unit = unit or UnitFactory()
        BlockMembershipFactory(
            unit=unit, block=block or BlockFactory(), year=year, role=BlockMembership.Role.LEAD
        )
    return _person(Role.BLOCK_LEAD, unit, **user)
