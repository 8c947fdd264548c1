"""How much of one account of an achievement stands in another.

Accounts are cut into pairs of syllables, about a Vietnamese word each. A pair of syllables that
most accounts have (“xuất sắc”, “nhiệm vụ”) weighs next to nothing, one that two have weighs much;
so a template filled in by a hundred units does not make a hundred duplicates. What is shared is
told as a part of the shorter account: who shortens a text for a second nomination keeps its facts.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from lib.vietnamese import fold

_SYLLABLES = re.compile(r"[a-z0-9]+(?:[.,][0-9]+)*")
MOST_OF_ONE_PIECE = 24
RAREST_KEPT = 16


@dataclass(frozen=True)
class Share:
    """`part` of the weight of the shorter account; `pieces` is how long that one is."""

    part: float
    pieces: int


class Texts:
    """Accounts side by side; a piece is a number, the weights come from all of them together."""

    def __init__(self, accounts: Sequence[str]) -> None:
        numbers: dict[tuple[str, str], int] = {}
        self._pieces = [_pieces(account, numbers) for account in accounts]
        self._spread = Counter(piece for pieces in self._pieces for piece in pieces)

    @cached_property
    def _weights(self) -> dict[int, float]:
        # Half a count more, so that of two alike accounts in a set of two something is left.
        count = len(self._pieces) + 0.5
        return {piece: math.log(count / spread) for piece, spread in self._spread.items()}

    @cached_property
    def _totals(self) -> list[float]:
        return [self._weight(pieces) for pieces in self._pieces]

    def _weight(self, pieces: Iterable[int]) -> float:
        return sum(map(self._weights.__getitem__, pieces))

    def share(self, one: int, other: int) -> Share:
        shorter = min(self._totals[one], self._totals[other])
        pieces = min(len(self._pieces[one]), len(self._pieces[other]))
        if not pieces or shorter <= 0:
            return Share(0, pieces)
        common = self._weight(self._pieces[one] & self._pieces[other])
        return Share(min(common / shorter, 1.0), pieces)

    def rare_pieces(self, place: int) -> list[int]:
        """Those by which an account is found again: few others have them, but some do."""
        kept = [p for p in self._pieces[place] if 1 < self._spread[p] <= MOST_OF_ONE_PIECE]
        return sorted(kept, key=lambda piece: (self._spread[piece], piece))[:RAREST_KEPT]


def _pieces(account: str, numbers: dict[tuple[str, str], int]) -> frozenset[int]:
    syllables = _SYLLABLES.findall(fold(account))
    return frozenset(numbers.setdefault(pair, len(numbers)) for pair in pairwise(syllables))
