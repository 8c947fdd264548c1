"""Rows a person agreed with, or a data file holds, written as the plan of a campaign.

Writes only what differs, so that a second run changes nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from campaign.models import Campaign, Duty, DutyParty, PlanItem, SourceDocument
from campaign.proposal.row import Row
from units.importers import Tally, put
from units.models import Unit

# Whom a printed name means: codes of units or classes; nothing where it stays words.
Meant = Callable[[str], Sequence[str]]

PARTIES = (
    ("assignees", DutyParty.Role.ASSIGNEE),
    ("leads", DutyParty.Role.LEAD),
    ("coordinators", DutyParty.Role.COORDINATOR),
)
LONGEST_ACTORS = 400


def _units() -> dict[str, Unit]:
    return {unit.code: unit for unit in Unit.objects.all()}


@dataclass
class Writing:
    """What one run knows while it goes through the rows."""

    campaign: Campaign
    meant: Meant
    document: SourceDocument | None = None
    units: dict[str, Unit] = field(default_factory=_units)
    items: dict[str, PlanItem] = field(default_factory=dict)
    item_tally: Tally = field(default_factory=lambda: Tally("Mục của Kế hoạch"))
    duty_tally: Tally = field(default_factory=lambda: Tally("Nhiệm vụ"))
    party_tally: Tally = field(default_factory=lambda: Tally("Nơi được giao, chủ trì, phối hợp"))

    @property
    def tallies(self) -> list[Tally]:
        return [self.item_tally, self.duty_tally, self.party_tally]


def write_rows(rows: Iterable[Row], run: Writing, *, position: int = 1) -> None:
    """Parents stand before their rows; positions are counted from `position`."""
    for place, row in enumerate(rows, start=position):
        item = _item(row, place, run)
        run.items[row.code] = item
        if row.is_duty:
            write_duty(item, row, run)


def _item(row: Row, position: int, run: Writing) -> PlanItem:
    values: dict[str, Any] = {
        "parent": run.items.get(row.parent),
        "kind": row.kind,
        "position": position,
        "heading": row.heading,
        "text_issued": row.text,
        "text_corrected": row.corrected,
        "line_start": row.first or None,
        "line_end": row.last or None,
        "dates": row.dates,
        "date_note": row.date_note[:200],
        "legal_references": row.legal_references,
        "related_codes": row.related,
        "note": row.note,
        "source": run.document,
    }
    key = {"campaign": run.campaign, "code": row.code}
    item: PlanItem = put(PlanItem, key, values, run.item_tally)
    return item


def write_duty(item: PlanItem, row: Row, run: Writing) -> None:
    """The duty of a row and whom it names; whom it no longer names goes."""
    values = {
        "verb": row.verb or Duty.Verb.CARRY_OUT,
        "is_request": row.is_request,
        "lead_basis": row.basis or _basis(row),
        "other_actors": (row.other_actors or _words_only(row, run.meant))[:LONGEST_ACTORS],
    }
    duty: Duty = put(Duty, {"item": item}, values, run.duty_tally)
    kept = [
        _party(duty, role, code, run)
        for names, role in PARTIES
        for code in dict.fromkeys(code for name in getattr(row, names) for code in run.meant(name))
    ]
    duty.parties.exclude(pk__in=[party.pk for party in kept]).delete()


def _basis(row: Row) -> str:
    return Duty.LeadBasis.EXPLICIT if row.leads else Duty.LeadBasis.NOT_STATED


def _words_only(row: Row, meant: Meant) -> str:
    """Those who take part and are no unit of the directory stay as printed."""
    return "; ".join(dict.fromkeys(name for name in row.names if not meant(name)))


def _party(duty: Duty, role: str, code: str, run: Writing) -> Model:
    """A code names a class of units, or one unit."""
    is_class = code in DutyParty.Class.values
    key = {
        "duty": duty,
        "role": role,
        "unit": None if is_class else run.units[code],
        "unit_class": code if is_class else "",
    }
    party: Model = put(DutyParty, key, {}, run.party_tally)
    return party
