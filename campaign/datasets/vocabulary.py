"""What a typed word may mean in the activity table: codes of the plan, names of units."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import cast

from django.utils.functional import SimpleLazyObject

from campaign.models import Campaign, PlanItem
from lib.vietnamese import fold
from units.models import Unit

_PIECES = re.compile(r"[;\n]+")


@dataclass(frozen=True)
class Vocabulary:
    """Looked up once for a whole table: the rows of a paste ask no more questions."""

    items: Mapping[str, PlanItem]
    units: Mapping[str, Unit]
    solutions: frozenset[str]

    def item(self, code: str) -> PlanItem | None:
        return self.items.get(code)

    def unit(self, text: str) -> Unit | None:
        """By code, short name or full name; tones and capitals do not matter."""
        return self.units.get(fold(text))

    def all_units(self) -> list[Unit]:
        """Each unit once, in protocol order."""
        once = {unit.pk: unit for unit in self.units.values()}
        return sorted(once.values(), key=lambda unit: unit.sort_order)

    def split_units(self, text: str) -> tuple[tuple[Unit, ...], str]:
        """The units a list names, and what is left as free text.

        Names are set apart by semicolons, or by commas; but names of units hold commas too
        (Sở Văn hóa, Thể thao và Du lịch), so the longest run that is a name wins.
        """
        found: dict[int, Unit] = {}
        unknown: list[str] = []
        for piece in _PIECES.split(text):
            self._take(piece, found, unknown)
        return tuple(found.values()), "; ".join(unknown)

    def _take(self, piece: str, found: dict[int, Unit], unknown: list[str]) -> None:
        parts = [part.strip() for part in piece.split(",") if part.strip()]
        start = 0
        while start < len(parts):
            unit, end = self._longest_name(parts, start)
            if unit:
                found[unit.pk] = unit
            else:
                unknown.append(parts[start])
            start = end

    def _longest_name(self, parts: list[str], start: int) -> tuple[Unit | None, int]:
        for end in range(len(parts), start, -1):
            if unit := self.unit(", ".join(parts[start:end])):
                return unit, end
        return None, start + 1


def vocabulary_of(campaign: Campaign) -> Vocabulary:
    """The rows of the plan that can be registered under, and the units of its day; these are read,
    and their names folded, only where somebody asks: most pages show an empty form."""
    items = PlanItem.objects.filter(campaign=campaign).in_order()
    registrable = items.can_be_registered_under()
    units = Unit.objects.in_force(on=campaign.issued_on).in_protocol_order()
    return Vocabulary(
        items={item.code.upper(): item for item in registrable},
        units=cast("Mapping[str, Unit]", SimpleLazyObject(partial(_names, units))),
        solutions=frozenset(items.solutions().values_list("code", flat=True)),
    )


def _names(units: Iterable[Unit]) -> dict[str, Unit]:
    """Every name that means exactly one unit; a full name goes before another's short one."""
    known: dict[str, Unit] = {}
    rows = list(units)
    for of in (_full_name, _code, _short_name):
        said: dict[str, list[Unit]] = {}
        for unit in rows:
            said.setdefault(fold(of(unit)), []).append(unit)
        for name, meant in said.items():
            if name and len(meant) == 1:
                known.setdefault(name, meant[0])
    return known


def _full_name(unit: Unit) -> str:
    return unit.name


def _code(unit: Unit) -> str:
    return unit.code


def _short_name(unit: Unit) -> str:
    return unit.short_name
