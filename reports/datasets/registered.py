"""What units registered, activity by activity, and how often each row of the plan was chosen."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class ItemCount:
    """A row of the plan with how many units registered how many activities under it."""

    code: str
    text: str
    units: int
    activities: int
    named: tuple[str, ...] = ()
    parts: tuple["ItemCount", ...] = ()


@dataclass(frozen=True)
class ActivityRow:
    unit_code: str
    unit: str
    block_code: str
    title: str
    codes: tuple[str, ...]
    lead: str
    participants: str
    place: str
    starts_on: date | None
    ends_on: date | None
    quantity: Decimal | None
    quantity_unit: str
    cost: Decimal | None
    cost_source: str
    product: str
    person_responsible: str

    def is_under(self, code: str) -> bool:
        """Tied to the row of the plan or to one of its parts."""
        return any(own == code or own.startswith(f"{code}.") for own in self.codes)


class Counts:
    """Units and activities by row of the plan; a heading also has what its parts have."""

    def __init__(self, items: list[Mapping[str, Any]], activities: tuple[ActivityRow, ...]) -> None:
        self.items = items
        self.units: dict[str, set[str]] = defaultdict(set)
        self.activities: dict[str, int] = defaultdict(int)
        for activity in activities:
            for code in {above for own in activity.codes for above in _self_and_above(own)}:
                self.units[code].add(activity.unit_code)
                self.activities[code] += 1

    def of_kind(self, kind: str) -> tuple[ItemCount, ...]:
        return tuple(self._count(item) for item in self.items if item["kind"] == kind)

    def _count(self, item: Mapping[str, Any]) -> ItemCount:
        code = item["code"]
        inside = [
            other
            for other in self.items
            if other["code"].rpartition(".")[0] == code and other["kind"] != item["kind"]
        ]
        return ItemCount(
            code=code,
            text=item["text"],
            units=len(self.units[code]),
            activities=self.activities[code],
            named=tuple(item["named"]),
            parts=tuple(self._count(part) for part in inside),
        )


def _self_and_above(code: str) -> Iterable[str]:
    while code:
        yield code
        code = code.rpartition(".")[0]
