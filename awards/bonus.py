"""The money that goes with an award (tiền thưởng): a factor of the base salary; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


def bonus(factor: Decimal | None, base_salary: int | None) -> int | None:
    """In đồng; nothing where the factor or the salary of the day is not known."""
    if factor is None or base_salary is None:
        return None
    return int((factor * base_salary).quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True)
class Money:
    """What a decision costs: the fund of the province, and those who pay themselves."""

    from_fund: int
    by_units: int
    unknown: int


def total(lines: Iterable[tuple[int | None, bool]]) -> Money:
    """`lines`: the bonus of each award, and whether the unit pays it itself."""
    rows = list(lines)
    return Money(
        from_fund=sum(money or 0 for money, own in rows if not own),
        by_units=sum(money or 0 for money, own in rows if own),
        unknown=sum(money is None for money, _ in rows),
    )
