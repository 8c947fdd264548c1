"""Demonstration accounts: an officer and a head for every unit, and one or more per other role."""

from dataclasses import dataclass
from datetime import date
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import User
from reports.demo.texts import person
from units.models import BlockMembership, Membership, Unit

PASSWORD = "ThiDua-TayNinh-2024"  # noqa: S105 - printed at start; demonstration only
SINCE = date(2024, 1, 1)
YEAR = 2024
Role = Membership.Role

# user name, role, unit where the person works
BOARD = (
    ("btdkt.chuyenvien1", Role.REVIEWER, "SNV"),
    ("btdkt.chuyenvien2", Role.REVIEWER, "SNV"),
    ("btdkt.bietphai", Role.REVIEWER, "VPUBND"),
    ("btdkt.truongban", Role.BOARD_HEAD, "SNV"),
    ("hoidong1", Role.COUNCIL_MEMBER, "LDLD"),
    ("hoidong2", Role.COUNCIL_MEMBER, "MTTQ"),
    ("hoidong3", Role.COUNCIL_MEMBER, "BTCTU"),
    ("hoidong4", Role.COUNCIL_MEMBER, "STC"),
    ("hoidong5", Role.COUNCIL_MEMBER, "BCHQS"),
    ("hoidong6", Role.COUNCIL_MEMBER, "HLHPN"),
    ("hoidong7", Role.COUNCIL_MEMBER, "SNV"),
    ("hoidong8", Role.COUNCIL_MEMBER, "TTT"),
    ("hoidong9", Role.COUNCIL_MEMBER, "UBKTTU"),
    ("lanhdao", Role.LEADERSHIP, "VPUBND"),
    ("quantri", Role.ADMINISTRATOR, "VPUBND"),
)
# What `make run` prints: one account per role, of the walk in the guide.
SHOWN = (
    "svhttdl.chuyenvien", "svhttdl.thutruong", "khoi.k05", "btdkt.chuyenvien1",
    "btdkt.truongban", "hoidong1", "lanhdao", "quantri",
)  # fmt: skip


@dataclass(frozen=True)
class Account:
    user_name: str
    full_name: str
    email: str
    unit_code: str
    unit_name: str
    role: str

    def row(self) -> list[str]:
        return [
            self.user_name, self.full_name, self.email, self.unit_code, self.unit_name, self.role,
        ]  # fmt: skip


def wanted() -> list[tuple[str, str, str]]:
    """User name, role and unit code of every demonstration account."""
    rows: list[tuple[str, str, str]] = []
    for code in (
        Unit.objects.exclude(code__startswith="DEMO")
        .in_protocol_order()
        .values_list("code", flat=True)
    ):
        rows.append((f"{code.lower()}.chuyenvien", Role.OFFICER, code))
        rows.append((f"{code.lower()}.thutruong", Role.HEAD, code))
    leads = BlockMembership.objects.filter(year=YEAR, role=BlockMembership.Role.LEAD)
    for block, code in leads.order_by("block__sort_order").values_list("block__code", "unit__code"):
        rows.append((f"khoi.{block.lower()}", Role.BLOCK_LEAD, code))
    return rows + list(BOARD)


@transaction.atomic
def make_accounts(*, password: str = PASSWORD) -> int:
    """Create the accounts that are missing; give back how many. One hash serves all of them:
    the password is printed anyway, and two hundred hashes would take half a minute."""
    units = {unit.code: unit for unit in Unit.objects.all()}
    have = set(User.objects.values_list("username", flat=True))
    hashed, users, roles = make_password(password), [], []
    for user_name, role, code in wanted():
        if user_name in have or code not in units:
            continue
        user = User(
            username=user_name, email=f"{user_name}@demo.invalid", password=hashed,
            full_name=person(Random(user_name)),  # noqa: S311 - repeatable, nothing secret
            is_demonstration=True,
        )  # fmt: skip
        users.append(user)
        roles.append(Membership(user=user, unit=units[code], role=role, valid_from=SINCE))
    User.objects.bulk_create(users)
    Membership.objects.bulk_create(roles)
    return len(users)


def all_accounts() -> list[Account]:
    """Every demonstration account with its unit and role, as a list to hand out."""
    rows = Membership.objects.filter(user__is_demonstration=True).select_related("user", "unit")
    return [
        Account(
            row.user.username, row.user.full_name, row.user.email, row.unit.code, row.unit.name,
            row.get_role_display(),
        )
        for row in rows.order_by("unit__sort_order", "pk")
    ]  # fmt: skip


def shown_accounts() -> list[Account]:
    """One account per role, in the order of the work."""
    known = {account.user_name: account for account in all_accounts()}
    return [known[name] for name in SHOWN if name in known]
