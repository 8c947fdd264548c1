"""The order and the numbers of a catalogue of indicators, on plain values.

A row whose code begins with its parent's (CT09.1 of CT09) stands under the parent and is numbered
9.1; every other row stands in line with a number of its own, even where it accompanies another.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar


class Listed(Protocol):
    @property
    def is_under_parent(self) -> bool: ...


T = TypeVar("T", bound=Listed)


def groups(rows: Iterable[T]) -> list[list[T]]:
    """Each row that stands in line, followed by those under it."""
    found: list[list[T]] = []
    for row in rows:
        if row.is_under_parent and found:
            found[-1].append(row)
        else:
            found.append([row])
    return found


def numbered(rows: Iterable[T]) -> list[tuple[str, T]]:
    """STT: 1, 2, 2.1, 2.2, 3 …"""
    return [
        (f"{place}.{under}" if under else str(place), row)
        for place, group in enumerate(groups(rows), start=1)
        for under, row in enumerate(group)
    ]


def earlier(rows: Sequence[T], one: T) -> list[T]:
    """The order with the row, and those under it, one place up."""
    return _moved(rows, one, lambda place: place - 1)


def later(rows: Sequence[T], one: T) -> list[T]:
    return _moved(rows, one, lambda place: place + 1)


def _moved(rows: Sequence[T], one: T, to: Callable[[int], int]) -> list[T]:
    grouped = groups(rows)
    at = next(place for place, group in enumerate(grouped) if one in group)
    within = grouped[at].index(one)
    if within:
        grouped[at] = _swapped(grouped[at], within, to(within), first=1)
    else:
        grouped = _swapped(grouped, at, to(at), first=0)
    return [row for group in grouped for row in group]


S = TypeVar("S")


def _swapped(rows: list[S], one: int, other: int, *, first: int) -> list[S]:
    """Unchanged where there is no place to go to."""
    changed = list(rows)
    if first <= other < len(rows):
        changed[one], changed[other] = changed[other], changed[one]
    return changed
