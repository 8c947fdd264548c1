"""What an amending document would change in its campaign, and which units that touches."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from campaign.datasets.directory import labels
from campaign.models import Campaign, DutyParty, PlanItem
from campaign.proposal.amendment import (
    Changed,
    Comparison,
    Standing,
    compare,
    parties_of,
    words_changed,
)
from campaign.proposal.draft import Draft, Entry
from units.models import Unit

ROLES = {
    DutyParty.Role.ASSIGNEE: "assignees",
    DutyParty.Role.LEAD: "leads",
    DutyParty.Role.COORDINATOR: "coordinators",
}
KINDS = dict(PlanItem.Kind.choices)


@dataclass(frozen=True)
class Touched:
    """One difference as shown: what was there, what comes, whom it touches."""

    code: str
    kind: str
    words: tuple[tuple[str, str], ...]
    units: tuple[Unit, ...]


@dataclass(frozen=True)
class Amending:
    added: tuple[Touched, ...]
    changed: tuple[Touched, ...]
    removed: tuple[Touched, ...]
    same: int
    is_whole: bool


def standing_of(campaign: Campaign) -> list[Standing]:
    """The rows in effect, in a fixed number of queries."""
    parties: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    named = DutyParty.objects.filter(duty__item__campaign=campaign).select_related("unit", "duty")
    for party in named.order_by("pk"):
        code = party.unit.code if party.unit else party.unit_class
        parties[party.duty.item_id][ROLES[DutyParty.Role(party.role)]].append(code)
    return [
        Standing(
            item.code, item.kind, item.text,
            {role: tuple(parties[item.pk][role]) for role in ROLES.values()}
            if item.kind == PlanItem.Kind.ASSIGNMENT_BULLET else {},
        )
        for item in PlanItem.objects.filter(campaign=campaign).in_effect().in_order()
    ]  # fmt: skip


def comparison_of(campaign: Campaign, draft: Draft) -> Comparison:
    return compare(standing_of(campaign), draft)


def amending(campaign: Campaign, draft: Draft, *, on: date) -> Amending:
    found = comparison_of(campaign, draft)
    named: list[Changed | Standing] = [*found.changed, *found.removed]
    codes = {
        code
        for one in named
        for parties in _parties(one)
        for said in parties.values()
        for code in said
    }
    codes |= {
        code for one in found.added for said in parties_of(one.row, draft).values() for code in said
    }
    behind = labels(codes, on=on)
    return Amending(
        added=tuple(_added(one, draft, behind) for one in found.added),
        changed=tuple(_changed(one, behind) for one in found.changed),
        removed=tuple(
            Touched(one.code, KINDS[one.kind], (("gone", one.text),), _units([one.parties], behind))
            for one in found.removed
        ),
        same=found.same,
        is_whole=found.is_whole,
    )


def _parties(one: Changed | Standing) -> list[dict[str, tuple[str, ...]]]:
    return [one.parties] if isinstance(one, Standing) else [one.standing.parties, one.parties]


def _added(one: Entry, draft: Draft, behind: dict[str, list[Unit]]) -> Touched:
    named = [parties_of(one.row, draft)]
    return Touched(
        one.row.code, KINDS[one.row.kind], (("new", one.row.text),), _units(named, behind)
    )


def _changed(one: Changed, behind: dict[str, list[Unit]]) -> Touched:
    words = words_changed(one.standing.text, one.entry.row.text)
    return Touched(
        one.standing.code, KINDS[one.standing.kind], tuple(words), _units(_parties(one), behind)
    )


def _units(
    parties: Iterable[dict[str, tuple[str, ...]]], behind: dict[str, list[Unit]]
) -> tuple[Unit, ...]:
    """Everybody a row names, before or after, each once."""
    touched = {
        unit.pk: unit
        for named in parties
        for codes in named.values()
        for code in codes
        for unit in behind.get(code, ())
    }
    return tuple(sorted(touched.values(), key=lambda unit: unit.sort_order))
