"""The vocabulary of rights that the upper floors speak.

Everything is read from dated memberships at each call, nothing is cached in a session. Checks
that ask several times in one request use `Standing`, read once per request.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from accounts.models import User
from lib import clock
from units.models import BlockMembership, Membership, Unit

Role = Membership.Role


@dataclass
class Standing:
    """What a person is, on a day: which roles at which units."""

    user: User
    on: date = field(default_factory=lambda: clock.local_day(clock.now()))

    @cached_property
    def roles(self) -> frozenset[tuple[str, int]]:
        if not self.user.is_authenticated or not self.user.is_active:
            return frozenset()
        rows = Membership.objects.valid(on=self.on).filter(user=self.user)
        return frozenset(rows.values_list("role", "unit_id"))

    def has(self, *roles: str) -> bool:
        return any(role in roles for role, _ in self.roles)

    def at(self, unit: Unit | int, *roles: str) -> bool:
        pk = unit.pk if isinstance(unit, Unit) else unit
        return any(role in roles and unit_id == pk for role, unit_id in self.roles)

    def units(self, *roles: str) -> frozenset[int]:
        """Ids of the units where the person has one of the roles, or any role at all."""
        return frozenset(unit for role, unit in self.roles if not roles or role in roles)

    @cached_property
    def own_blocks(self) -> frozenset[tuple[int, int]]:
        """(block, year) of every block a unit of the person's is a member of."""
        acting = self.units(Role.OFFICER, Role.HEAD, Role.BLOCK_LEAD)
        rows = BlockMembership.objects.filter(unit__in=acting)
        return frozenset(rows.values_list("block_id", "year"))

    @cached_property
    def led_blocks(self) -> frozenset[tuple[int, int]]:
        """(block, year) of every block the person leads as khối trưởng."""
        rows = BlockMembership.objects.filter(
            unit__in=self.units(Role.BLOCK_LEAD), role=BlockMembership.Role.LEAD
        )
        return frozenset(rows.values_list("block_id", "year"))


def standing(user: User) -> Standing:
    """The person's standing, read from the database once per `User` object, that is per request."""
    known: Standing | None = getattr(user, "_standing", None)
    today = clock.local_day(clock.now())
    if known is None or known.on != today:
        known = Standing(user, today)
        user._standing = known  # type: ignore[attr-defined]  # noqa: SLF001
    return known


def has_a_role(user: User) -> bool:
    """Who has no role anywhere sees nothing."""
    return bool(standing(user).roles)


def belongs_to(user: User, unit: Unit) -> bool:
    return unit.pk in standing(user).units()


def is_officer(user: User, unit: Unit) -> bool:
    return standing(user).at(unit, Role.OFFICER)


def is_head(user: User, unit: Unit) -> bool:
    return standing(user).at(unit, Role.HEAD)


def writes_for(user: User, unit: Unit) -> bool:
    """May draft in the name of the unit."""
    return standing(user).at(unit, Role.OFFICER, Role.HEAD)


def leads_block(user: User, block_id: int, year: int) -> bool:
    return (block_id, year) in standing(user).led_blocks


def is_board_reviewer(user: User) -> bool:
    return standing(user).has(Role.REVIEWER, Role.BOARD_HEAD)


def is_board_head(user: User) -> bool:
    return standing(user).has(Role.BOARD_HEAD)


def is_council_member(user: User) -> bool:
    return standing(user).has(Role.COUNCIL_MEMBER)


def is_leadership(user: User) -> bool:
    return standing(user).has(Role.LEADERSHIP)


def is_administrator(user: User) -> bool:
    return standing(user).has(Role.ADMINISTRATOR)


def sees_province(user: User) -> bool:
    """Sees what every unit has sent: board, council, leadership (domain table of rights).

    An administrator keeps the portal running and reads no unit's papers by that role.
    """
    return standing(user).has(Role.REVIEWER, Role.BOARD_HEAD, Role.COUNCIL_MEMBER, Role.LEADERSHIP)
