"""Rules on votes: R8–R10. Shares are compared exactly, of all members of the council."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from awards.eligibility.facts import Facts
from lib.vietnamese import number


def ballot_held(facts: Facts, settings: Mapping[str, Any]) -> Iterator[str]:
    """R8: by the council of the unit, whose result is a paper of the dossier."""
    if facts.ballot_required and facts.vote is None and "ballot" not in facts.papers:
        yield f"{facts.form_name} cần kết quả bỏ phiếu kín trong hồ sơ."


def threshold_reached(facts: Facts, settings: Mapping[str, Any]) -> Iterator[str]:
    """R9: nothing where no rule sets a threshold (R11)."""
    vote, least = facts.vote, facts.threshold
    if vote is None or least is None or not vote.members:
        return
    share = Fraction(vote.votes * 100, vote.members)
    if share < least:
        printed = number(Decimal(share.numerator) / share.denominator, 1)
        yield (
            f"Được {vote.votes}/{vote.members} phiếu ({printed}%),"
            f" chưa đạt {number(Decimal(least.numerator) / least.denominator)}%"
            " tổng số thành viên."
        )


def quorum_present(facts: Facts, settings: Mapping[str, Any]) -> Iterator[str]:
    """R10: exactly two thirds is enough."""
    vote, least = facts.vote, facts.quorum
    if vote is None or least is None or not vote.members:
        return
    if Fraction(vote.present, vote.members) < least:
        yield (
            f"Có mặt {vote.present}/{vote.members} thành viên,"
            f" cần ít nhất {least.numerator}/{least.denominator}."
        )
