"""How many must come and how many must agree: the arithmetic of a council (R9–R11), pure.

Shares are fractions, never rounded percents: 6 of 9 is two thirds, 8 of 10 is 80 %. Both are of
all members: who is absent and was not asked counts like a vote that was not given.
"""

from decimal import Decimal
from fractions import Fraction
from math import ceil

DEFAULT_QUORUM = Fraction(2, 3)
PERCENT = 100


def as_share(percent: Decimal) -> Fraction:
    return Fraction(percent) / PERCENT


def needed(members: int, share: Fraction) -> int:
    """The least number of members that makes the share; at least one."""
    return max(1, ceil(members * share))


def has_quorum(present: int, members: int, quorum: Fraction | None) -> bool:
    """Whether enough came; where no rule asks, one is enough."""
    if members <= 0:
        return False
    return present >= needed(members, quorum or Fraction(0))


def passes(votes: int, members: int, threshold: Decimal) -> bool:
    """Whether a nomination got its share of all members."""
    return members > 0 and votes >= least_votes(members, threshold)


def least_votes(members: int, threshold: Decimal) -> int:
    return needed(members, as_share(threshold))


def meets_law(chosen: Decimal, law: Decimal | None) -> bool:
    """The council may ask for more than the law, never for less (R9)."""
    return law is None or chosen >= law
