"""What a letter of chasing says: which units, what they owe, and in which voice it is asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from campaign.datasets.owing import Due
from campaign.models import Campaign, ChasingLetter, DutyParty
from units.models import Membership, Unit
from units.permissions import Role

Kind = ChasingLetter.Kind
Group = Unit.Group

# Bodies that are not under the provincial People's Committee are asked, never told (ADR 0015).
REQUESTED_GROUPS = frozenset(
    {
        Group.PARTY, Group.FRONT_MASS, Group.ELECTED, Group.JUDICIARY, Group.CENTRAL_VERTICAL,
        Group.ARMED_FORCES,
    }
)  # fmt: skip


@dataclass(frozen=True)
class LetterRow:
    """One line of the annexed list; `matter` is what `content` belongs to, sent before or not."""

    unit: str
    matter: str
    content: str
    due: date
    days_past: int


@dataclass(frozen=True)
class Letter:
    """Everything a letter is written from, as it stood on a day."""

    kind: str
    campaign: Campaign
    rows: tuple[LetterRow, ...]
    on: date
    new_due_date: date
    signer: str

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.unit for row in self.rows))

    @property
    def matters(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.matter for row in self.rows))

    @property
    def is_request(self) -> bool:
        return self.kind == Kind.EXCHANGE


def kinds_of(units: Iterable[Unit], campaign: Campaign) -> Mapping[int, str]:
    """Assigned or requested: as part IV of the plan names the unit, else by its group."""
    wanted = {unit.pk: unit for unit in units}
    named: dict[int, bool] = {}
    parties = DutyParty.objects.filter(
        duty__item__campaign=campaign, role=DutyParty.Role.ASSIGNEE, unit__in=wanted
    )
    for unit, is_request in parties.values_list("unit", "duty__is_request"):
        if unit is not None:
            named[unit] = named.get(unit, False) or is_request
    return {
        pk: Kind.EXCHANGE if named.get(pk, unit.group in REQUESTED_GROUPS) else Kind.URGE
        for pk, unit in wanted.items()
    }


def split(found: Iterable[Due], campaign: Campaign) -> Mapping[str, list[Due]]:
    """A mixed selection becomes two letters; a kind nobody belongs to is left out."""
    dues = sorted(found, key=lambda due: (due.obligation.unit.sort_order, due.day))
    kinds = kinds_of((due.obligation.unit for due in dues), campaign)
    parts = {kind: [due for due in dues if kinds[due.obligation.unit_id] == kind] for kind in Kind}
    return {kind: part for kind, part in parts.items() if part}


def letter_of(
    kind: str, found: Iterable[Due], campaign: Campaign, *, on: date, new_due_date: date
) -> Letter:
    rows = tuple(
        LetterRow(
            unit=due.obligation.unit.name,
            matter=due.matter,
            content=due.public_title,
            due=due.day,
            days_past=due.days_past(on),
        )
        for due in found
    )
    return Letter(kind, campaign, rows, on, new_due_date, _signer(on))


def _signer(on: date) -> str:
    """The head of Ban Thi đua where there is just one that day, else a blank to fill in."""
    heads = Membership.objects.valid(on=on).with_role(Role.BOARD_HEAD)
    people = User.objects.filter(is_active=True, pk__in=heads.values("user"))[:2]
    names = [str(person) for person in people]
    return names[0] if len(names) == 1 else ""
