"""Quorum and threshold at their edges: exact shares, absent members, nobody at all."""

from decimal import Decimal
from fractions import Fraction

import pytest

from awards.authority import DECIDERS, SUBMITTERS, may_sign
from awards.bonus import Money, bonus, total
from awards.voting import has_quorum, least_votes, meets_law, passes

TWO_THIRDS, FOUR_FIFTHS = Fraction(2, 3), Fraction(4, 5)


@pytest.mark.parametrize(
    ("present", "members", "quorum", "enough"),
    [
        (6, 9, TWO_THIRDS, True),  # exactly two thirds, which no percent with decimals says
        (5, 9, TWO_THIRDS, False),
        (7, 10, TWO_THIRDS, True),
        (6, 10, TWO_THIRDS, False),
        (20, 30, TWO_THIRDS, True),
        (8, 10, FOUR_FIFTHS, True),
        (1, 1, TWO_THIRDS, True),
        (0, 1, None, False),
        (1, 9, None, True),
        (0, 0, TWO_THIRDS, False),
    ],
)
def test_quorum(present, members, quorum, enough):
    assert has_quorum(present, members, quorum) is enough


@pytest.mark.parametrize(
    ("votes", "members", "threshold", "passed"),
    [
        (8, 10, "80", True),  # exactly 80 %
        (7, 10, "80", False),
        (7, 9, "80", False),  # all seven who came agreed; two were absent and count
        (8, 9, "80", True),
        (9, 10, "90", True),
        (18, 20, "90", True),
        (17, 20, "90", False),
        (2, 3, "66.67", False),  # as typed, a hair above two thirds
        (2, 3, "66.66", True),
        (0, 9, "0.01", False),
        (0, 0, "80", False),
    ],
)
def test_threshold_is_of_all_members(votes, members, threshold, passed):
    assert passes(votes, members, Decimal(threshold)) is passed


def test_the_least_number_of_votes_is_told():
    assert [least_votes(members, Decimal(80)) for members in (1, 5, 9, 10, 11)] == [1, 4, 8, 8, 9]


def test_the_council_may_ask_for_more_than_the_law_and_never_for_less():
    assert meets_law(Decimal(90), Decimal(80))
    assert not meets_law(Decimal("79.99"), Decimal(80))
    assert meets_law(Decimal(50), None)


@pytest.mark.parametrize(
    ("factor", "salary", "money"),
    [("1.5", 1_800_000, 2_700_000), ("1.5", 2_340_000, 3_510_000), ("2.25", 2_340_000, 5_265_000),
     (None, 2_340_000, None), ("3", None, None)],
)  # fmt: skip
def test_money_is_a_factor_of_the_salary_of_the_day(factor, salary, money):
    assert bonus(Decimal(factor) if factor else None, salary) == money


def test_who_pays_is_counted_apart():
    lines = [(3_510_000, False), (7_020_000, True), (None, False)]

    assert total(lines) == Money(from_fund=3_510_000, by_units=7_020_000, unknown=1)


@pytest.mark.parametrize(
    ("position", "words", "may"),
    [
        ("CHỦ TỊCH", DECIDERS["province"], True),
        ("KT. CHỦ TỊCH, PHÓ CHỦ TỊCH", DECIDERS["province"], True),
        ("Giám đốc Sở Nội vụ", DECIDERS["province"], False),
        ("KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC", SUBMITTERS, True),
        ("Trưởng phòng", SUBMITTERS, False),
        ("Bất kỳ", (), True),
    ],
)
def test_the_signer_has_authority(position, words, may):
    assert may_sign(position, words) is may
