"""The units as of a day, as the matching of names needs them, and the members of classes."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from campaign.models import DutyParty
from campaign.proposal.matching import Directory, Known
from units.models import Succession, Unit

PROVINCE = "Tây Ninh"


def directory(*, on: date) -> Directory:
    """Every unit there is or was, for a name of a unit that has ended means those after it."""
    followed: dict[int, list[Succession]] = defaultdict(list)
    for one in Succession.objects.select_related("to_unit").order_by("pk"):
        followed[one.from_unit_id].append(one)
    known = [
        Known(
            unit.code, unit.name, unit.short_name, unit.valid_from, unit.valid_to,
            tuple(after.to_unit.code for after in followed[unit.pk] if after.to_unit),
            tuple(after.to_name for after in followed[unit.pk] if not after.to_unit),
        )
        for unit in Unit.objects.in_protocol_order()
    ]  # fmt: skip
    return Directory(known, on=on, province=PROVINCE)


def labels(codes: Iterable[str], *, on: date) -> dict[str, list[Unit]]:
    """The units behind each code on a day, in the order of protocol."""
    wanted = set(codes)
    classes = wanted & set(DutyParty.Class.values)
    units = Unit.objects.filter(code__in=wanted - classes)
    found = {unit.code: [unit] for unit in units}
    for code in classes:
        members = DutyParty.class_units(code, on=on).in_protocol_order()
        found[code] = list(members.distinct())
    return found
