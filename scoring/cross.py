"""Who cross-scores whom (phân công chấm chéo): a fair proposal on plain values.

Units in a circle, each scoring the next one or two. Nobody scores itself, nobody is scored by
whom it scores, and everybody has the same work, as far as the number of units allows it.
"""

from collections.abc import Sequence
from random import Random

FEWEST_WITHOUT_MUTUAL = 3
FEWEST_FOR_TWO = 5


def proposal(units: Sequence[int], *, each: int = 1, seed: int = 0) -> list[tuple[int, int]]:
    """(scorer, scored). `seed` makes another year or another try another circle.

    With two units they can only score each other, and nobody is proposed; two each needs five.
    """
    count = len(units)
    if count < FEWEST_WITHOUT_MUTUAL:
        return []
    circle = sorted(units)
    Random(seed).shuffle(circle)  # noqa: S311  # repeatable, nothing secret
    steps = range(1, (each if count >= FEWEST_FOR_TWO else 1) + 1)
    return [(circle[n], circle[(n + step) % count]) for n in range(count) for step in steps]
