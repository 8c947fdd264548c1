"""From `indicators.csv` of a campaign to its catalogue of indicators.

The file is how a catalogue begins. From then on it is Ban Thi đua's, edited on its page: a row
that is there, edited or retired, stays as it is, and only codes not known yet are added.
"""

from pathlib import Path

from django.db import transaction

from campaign.importers.plan import FOLDER
from campaign.models import Campaign, Indicator, PlanItem
from lib.datafile import Row, read_rows
from units.importers import Tally
from units.models import Unit

COLUMNS = (
    "code", "name", "measure", "aggregate", "parent", "relation", "decimals", "plan_items",
    "only_units",
)  # fmt: skip


@transaction.atomic
def load_indicators(campaign: Campaign, folder: Path = FOLDER) -> Tally:
    """Add what the campaign does not have yet; a campaign without a file begins empty."""
    tally = Tally("Chỉ tiêu")
    path = folder / campaign.code / "indicators.csv"
    if not path.exists():
        return tally
    known = {row.code: row for row in Indicator.objects.filter(campaign=campaign)}
    for position, row in enumerate(read_rows(path, COLUMNS), start=1):
        code = row.needed("code")
        if code in known:
            tally.same += 1
            continue
        known[code] = _add(campaign, row, position, known)
        tally.created += 1
    return tally


def _add(campaign: Campaign, row: Row, position: int, known: dict[str, Indicator]) -> Indicator:
    parent = row.text("parent")
    if parent and parent not in known:
        raise row.fault(f"chỉ tiêu chính “{parent}” phải đứng trước chỉ tiêu thành phần.")
    added = Indicator.objects.create(
        campaign=campaign,
        code=row.needed("code"),
        name=row.needed("name"),
        measure=row.needed("measure"),
        aggregate=row.choice("aggregate", Indicator.Aggregate.values),
        parent=known.get(parent),
        relation=row.choice("relation", Indicator.Relation.values) if parent else "",
        decimals=row.whole("decimals"),
        position=position,
    )
    added.plan_items.set(_items(campaign, row))
    added.only_units.set(_units(row))
    return added


def _items(campaign: Campaign, row: Row) -> list[PlanItem]:
    codes = row.parts("plan_items", ";")
    found = {item.code: item for item in campaign.items.filter(code__in=codes)}
    for code in codes:
        if code not in found:
            raise row.fault(f"Kế hoạch không có mục “{code}”.")
    return list(found.values())


def _units(row: Row) -> list[Unit]:
    codes = row.parts("only_units", ";")
    found = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
    for code in codes:
        if code not in found:
            raise row.fault(f"không có đơn vị mã “{code}”; hãy nạp đơn vị trước (load_units).")
    return list(found.values())
