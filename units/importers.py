"""From the data files of `units/data` to units, their successions and the blocks of a year.

A loader writes only what differs, so a second run changes nothing; and it takes nothing away,
for a unit once named in a document stays. The files are the truth of the rows they hold: what
an administrator changed in such a row is set back when they are loaded again.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import models, transaction

from lib.datafile import BadDataFile, Row, read_rows
from lib.vietnamese import fold
from units.models import Block, BlockMembership, Succession, Unit

FOLDER = Path(__file__).parent / "data"

UNIT_COLUMNS = (
    "code", "name", "short_name", "group", "is_border", "sort_order", "valid_from", "valid_to",
    "validity_note", "successor", "successor_kind", "source_note",
)  # fmt: skip
BLOCK_COLUMNS = ("code", "name", "sort_order")
MEMBER_COLUMNS = ("block", "unit", "role", "is_illustrative", "evidence")


@dataclass
class Tally:
    """What a run did with the rows of one kind."""

    noun: str
    created: int = 0
    changed: int = 0
    same: int = 0

    def __str__(self) -> str:
        return f"{self.noun}: thêm {self.created}, sửa {self.changed}, giữ nguyên {self.same}"

    @property
    def did_something(self) -> bool:
        return bool(self.created or self.changed)


def put(
    model: type[models.Model], key: dict[str, Any], values: dict[str, Any], tally: Tally
) -> Any:
    """The row with this key, holding these values; written only where it differs."""
    row = model._default_manager.filter(**key).first()
    if row is None:
        tally.created += 1
        return model._default_manager.create(**key, **values)
    differing = [name for name, value in values.items() if getattr(row, name) != value]
    for name in differing:
        setattr(row, name, values[name])
    if differing:
        tally.changed += 1
        row.save(update_fields=differing)
    else:
        tally.same += 1
    return row


def search_key(unit: Unit) -> str:
    """What a search for the unit looks in: every way it is called, folded."""
    return fold(f"{unit.name} {unit.short_name} {unit.code}")


@transaction.atomic
def load_units(folder: Path = FOLDER) -> list[Tally]:
    """Units and successions, then the blocks of every year there is a file for."""
    units, successions = Tally("Đơn vị"), Tally("Kế tục")
    for row in read_rows(folder / "units.csv", UNIT_COLUMNS):
        unit = _unit(row, units)
        for name in row.parts("successor"):
            _succession(unit, name, row, successions)
    blocks, members = Tally("Khối thi đua"), Tally("Thành viên khối")
    for path in sorted(folder.glob("blocks_*.csv")):
        for row in read_rows(path, BLOCK_COLUMNS):
            values = {"name": row.needed("name"), "sort_order": row.whole("sort_order")}
            put(Block, {"code": row.needed("code")}, values, blocks)
    for path in sorted(folder.glob("block_members_*.csv")):
        _members(path, members)
    return [units, successions, blocks, members]


def _unit(row: Row, tally: Tally) -> Unit:
    values: dict[str, Any] = {
        "name": row.needed("name"),
        "short_name": row.needed("short_name"),
        "group": row.choice("group", Unit.Group.values),
        "is_border": row.flag("is_border"),
        "sort_order": row.whole("sort_order"),
        "valid_from": row.day("valid_from"),
        "valid_to": row.day("valid_to"),
        "validity_note": row.text("validity_note"),
        "source_note": row.text("source_note"),
    }
    code = row.needed("code")
    values["search_key"] = search_key(
        Unit(code=code, name=values["name"], short_name=values["short_name"])
    )
    unit: Unit = put(Unit, {"code": code}, values, tally)
    return unit


def _succession(unit: Unit, name: str, row: Row, tally: Tally) -> None:
    kind = row.choice("successor_kind", Succession.Kind.values)
    values = {"kind": kind, "on": _day_after(row)}
    put(Succession, {"from_unit": unit, "to_name": name}, values, tally)


def _day_after(row: Row) -> date | None:
    """A successor takes over the day after; unknown where the last day itself is not certain."""
    last = row.day("valid_to")
    return None if last is None or row.text("validity_note") else last + timedelta(days=1)


def _members(path: Path, tally: Tally) -> None:
    year = int(path.stem.removeprefix("block_members_"))
    rows = read_rows(path, MEMBER_COLUMNS)
    _one_lead_each(path, rows)
    blocks = {block.code: block for block in Block.objects.all()}
    units = {unit.code: unit for unit in Unit.objects.all()}
    # Those who step down come before those who take over: a block never has two leads.
    for row in sorted(rows, key=lambda row: row.text("role") == BlockMembership.Role.LEAD):
        block, unit = blocks.get(row.text("block")), units.get(row.text("unit"))
        if block is None:
            raise row.fault(f"không có khối mã “{row.text('block')}”.")
        if unit is None:
            raise row.fault(f"không có đơn vị mã “{row.text('unit')}”.")
        values = {
            "block": block,
            "role": row.choice("role", BlockMembership.Role.values),
            "is_illustrative": row.flag("is_illustrative"),
            "evidence": row.text("evidence"),
        }
        put(BlockMembership, {"unit": unit, "year": year}, values, tally)


def _one_lead_each(path: Path, rows: list[Row]) -> None:
    leads: dict[str, int] = {}
    for row in rows:
        is_lead = row.text("role") == BlockMembership.Role.LEAD
        leads[row.text("block")] = leads.get(row.text("block"), 0) + is_lead
    wrong = sorted(block for block, count in leads.items() if count != 1)
    if wrong:
        raise BadDataFile(f"{path.name}: mỗi khối phải có đúng một khối trưởng ({wrong[0]}).")
