"""From the data files of a campaign to its plan, row by row.

One folder per campaign: `campaign.json` for the facts of its header, `plan_items.csv` for the
rows. The text is as issued, to the letter; what errs in print has its correction beside it.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Model

from campaign.models import Campaign, Duty, DutyParty, PlanItem
from lib.datafile import BadDataFile, Row, read_rows
from lib.vietnamese import nfc
from units.importers import Tally, put
from units.models import Unit

FOLDER = Path(__file__).parent.parent / "data"

COLUMNS = (
    "code", "parent", "kind", "heading", "text", "text_corrected", "lines", "verb", "is_request",
    "lead_basis", "assignees", "leads", "coordinators", "other_actors", "dates", "date_note",
    "legal_refs", "related", "note",
)  # fmt: skip
PARTY_COLUMNS = {
    "assignees": DutyParty.Role.ASSIGNEE,
    "leads": DutyParty.Role.LEAD,
    "coordinators": DutyParty.Role.COORDINATOR,
}
DAYS = {"issued_on", "starts_on", "ends_on", "sub_plan_due_date"}
LINES = re.compile(r"(\d+)(?:-(\d+))?")


@dataclass
class Loaded:
    """The campaign and what loading it did."""

    campaign: Campaign
    tallies: list[Tally]

    @property
    def did_something(self) -> bool:
        return any(tally.did_something for tally in self.tallies)


@dataclass
class _Run:
    """What one run knows while it goes through the rows."""

    campaign: Campaign
    units: dict[str, Unit]
    items: dict[str, PlanItem] = field(default_factory=dict)
    item_tally: Tally = field(default_factory=lambda: Tally("Mục của Kế hoạch"))
    duty_tally: Tally = field(default_factory=lambda: Tally("Nhiệm vụ"))
    party_tally: Tally = field(default_factory=lambda: Tally("Nơi được giao, chủ trì, phối hợp"))


def available(folder: Path = FOLDER) -> list[str]:
    """Codes of the campaigns there are data files for, oldest first."""
    return sorted(path.parent.name for path in folder.glob("*/campaign.json"))


@transaction.atomic
def load_plan(code: str, folder: Path = FOLDER) -> Loaded:
    """Header, items and duties of one campaign; a second run changes nothing."""
    header = _header(folder / code / "campaign.json")
    tally = Tally("Đợt thi đua")
    campaign: Campaign = put(Campaign, {"code": header.pop("code")}, header, tally)
    run = _Run(campaign, {unit.code: unit for unit in Unit.objects.all()})
    for position, row in enumerate(read_rows(folder / code / "plan_items.csv", COLUMNS), start=1):
        item = _item(row, position, run)
        if item.kind == PlanItem.Kind.ASSIGNMENT_BULLET:
            _duty(item, row, run)
    return Loaded(campaign, [tally, run.item_tally, run.duty_tally, run.party_tally])


def _header(path: Path) -> dict[str, Any]:
    try:
        said: dict[str, str] = json.loads(nfc(path.read_text(encoding="utf-8")))
        facts = {name: _fact(name, value) for name, value in said.items()}
    except ValueError as problem:
        raise BadDataFile(f"{path.name}: không đọc được ({problem}).") from problem
    known = {found.name for found in Campaign._meta.concrete_fields} - {"id"}
    if set(facts) != known:
        differing = ", ".join(sorted(known ^ set(facts)))
        raise BadDataFile(f"{path.name}: thừa hoặc thiếu mục {differing}.")
    return facts


def _fact(name: str, value: str) -> str | date:
    return date.fromisoformat(value) if name in DAYS else value


def _item(row: Row, position: int, run: _Run) -> PlanItem:
    code, corrected = row.needed("code"), row.text("text_corrected")
    if code in run.items:
        raise row.fault(f"mã “{code}” có hai lần.")
    if corrected == row.needed("text"):
        raise row.fault("văn bản đã sửa giống hệt bản in; hãy để trống.")
    first, last = _lines(row)
    values = {
        "parent": _parent(row, run),
        "kind": row.choice("kind", PlanItem.Kind.values),
        "position": position,
        "heading": row.text("heading"),
        "text_issued": row.text("text"),
        "text_corrected": corrected,
        "line_start": first,
        "line_end": last,
        "dates": row.text("dates"),
        "date_note": row.text("date_note"),
        "legal_references": row.text("legal_refs"),
        "related_codes": row.text("related"),
        "note": row.text("note"),
    }
    item: PlanItem = put(PlanItem, {"campaign": run.campaign, "code": code}, values, run.item_tally)
    run.items[code] = item
    return item


def _lines(row: Row) -> tuple[int, int]:
    found = LINES.fullmatch(row.needed("lines"))
    if not found:
        raise row.fault(f"“lines” phải như 25 hoặc 25-27, đang là “{row.text('lines')}”.")
    return int(found[1]), int(found[2] or found[1])


def _parent(row: Row, run: _Run) -> PlanItem | None:
    code = row.text("parent")
    if code and code not in run.items:
        raise row.fault(f"mục cha “{code}” phải đứng trước mục con.")
    return run.items.get(code)


def _duty(item: PlanItem, row: Row, run: _Run) -> None:
    values = {
        "verb": row.choice("verb", Duty.Verb.values),
        "is_request": row.flag("is_request"),
        "lead_basis": row.choice("lead_basis", Duty.LeadBasis.values),
        "other_actors": row.text("other_actors"),
    }
    duty: Duty = put(Duty, {"item": item}, values, run.duty_tally)
    named = [
        (role, *_meant(code, row, run))
        for column, role in PARTY_COLUMNS.items()
        for code in row.parts(column, ";")
    ]
    kept = [_party(duty, role, unit, unit_class, run) for role, unit, unit_class in named]
    duty.parties.exclude(pk__in=[party.pk for party in kept]).delete()


def _meant(code: str, row: Row, run: _Run) -> tuple[Unit | None, str]:
    """A code names a class of units, or one unit."""
    if code in DutyParty.Class.values:
        return None, code
    if code not in run.units:
        raise row.fault(f"không có đơn vị mã “{code}”; hãy nạp đơn vị trước (load_units).")
    return run.units[code], ""


def _party(duty: Duty, role: str, unit: Unit | None, unit_class: str, run: _Run) -> Model:
    key = {"duty": duty, "role": role, "unit": unit, "unit_class": unit_class}
    party: Model = put(DutyParty, key, {}, run.party_tally)
    return party
