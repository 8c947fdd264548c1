"""Orders, ties, gaps, quotas; plain values only."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.formula import dump, load
from scoring.ranking import (
    DEFAULT_RULES,
    Entry,
    OutKind,
    Quota,
    RankingRules,
    TieBreak,
    TieBreakKind,
    rank,
)

D = Decimal

FLAG, MERIT = Quota("Cờ", 1, least_points=D(900)), Quota("Bằng khen", 2, least_points=D(800))
KIND = TieBreakKind


def rules(*kinds, quotas=(), least=0):
    breaks = tuple(TieBreak(kind, "A" if kind == KIND.GROUP else "") for kind in kinds)
    return RankingRules(breaks, tuple(quotas), D(least))


def entry(unit, total, **more):
    return Entry(unit, D(total), **more)


def positions(places):
    return [(place.entry.unit, place.position) for place in places]


def test_ranks_leave_gaps_after_ties():
    places = rank([entry(1, 950), entry(2, 950), entry(3, 940), entry(4, 910)], rules())

    assert positions(places) == [(1, 1), (2, 1), (3, 3), (4, 4)]
    assert [place.is_tied for place in places] == [True, True, False, False]


def test_all_equal_are_all_first():
    assert positions(rank([entry(n, 900) for n in range(3)], rules())) == [(0, 1), (1, 1), (2, 1)]


@pytest.mark.parametrize(
    ("kind", "better", "worse", "label"),
    [
        (KIND.GROUP, {"groups": {"A": D(560)}}, {"groups": {"A": D(550)}}, "điểm nhóm A cao hơn"),
        (KIND.DEDUCTION, {"deduction": D(0)}, {"deduction": D(10)}, "ít điểm trừ hơn"),
        (KIND.BONUS, {"bonus": D(10)}, {"bonus": D(5)}, "nhiều điểm thưởng hơn"),
        (KIND.NO_FLAG, {}, {"had_flag": True}, "năm trước chưa được tặng cờ"),
        (KIND.BALLOT, {"votes": 6}, {"votes": 2}, "nhiều phiếu suy tôn hơn"),
        (KIND.COUNCIL, {"ruling": 1}, {"ruling": 2}, "Hội đồng quyết định"),
    ],
)
def test_each_rule_parts_equals_and_is_named(kind, better, worse, label):
    places = rank([entry(1, 900, **worse), entry(2, 900, **better)], rules(kind))

    assert positions(places) == [(2, 1), (1, 2)]
    assert [place.decided_by for place in places] == [label, label]


def test_rules_are_asked_in_their_order_and_only_among_those_still_equal():
    units = [
        entry(1, 900, groups={"A": D(500)}, deduction=D(5)),
        entry(2, 900, groups={"A": D(550)}, deduction=D(5)),
        entry(3, 900, groups={"A": D(550)}, deduction=D(0)),
    ]
    places = rank(units, rules(KIND.GROUP, KIND.DEDUCTION))

    assert [(place.entry.unit, place.position, place.decided_by) for place in places] == [
        (3, 1, "ít điểm trừ hơn"),
        (2, 2, "ít điểm trừ hơn"),
        (1, 3, "điểm nhóm A cao hơn"),
    ]


def test_a_ballot_not_held_for_all_parts_nobody():
    places = rank([entry(1, 900, votes=5), entry(2, 900)], rules(KIND.BALLOT))

    assert positions(places) == [(1, 1), (2, 1)]


def test_awards_reach_as_far_as_quota_and_threshold_allow():
    units = [entry(1, 950), entry(2, 930), entry(3, 850), entry(4, 820), entry(5, 700)]
    places = rank(units, rules(quotas=[FLAG, MERIT]))

    assert [place.award for place in places] == ["Cờ", "Bằng khen", "Bằng khen", "", ""]


def test_below_the_threshold_an_award_stays_where_it_is():
    places = rank([entry(1, 890), entry(2, 790)], rules(quotas=[FLAG, MERIT]))

    assert [place.award for place in places] == ["Bằng khen", ""]


def test_a_tie_across_the_end_of_a_quota_is_left_to_people():
    places = rank([entry(1, 950), entry(2, 950), entry(3, 930)], rules(quotas=[FLAG, MERIT]))

    assert [(place.award, place.is_open) for place in places] == [
        ("Cờ", True), ("Cờ", True), ("Bằng khen", False),
    ]  # fmt: skip


def test_a_share_is_of_those_still_without_an_award_and_rounded_down():
    half = Quota("Bằng khen", share=D("0.5"))
    units = [entry(n, 950 - n) for n in range(6)]

    assert [place.award for place in rank(units, rules(quotas=[FLAG, half]))] == [
        "Cờ", "Bằng khen", "Bằng khen", "", "", "",
    ]  # fmt: skip


def test_who_is_out_stands_last_with_the_reason():
    units = [
        entry(1, 980, out=OutKind.WITHDRAWN, reason="Xin rút, nhường đơn vị khác."),
        entry(2, 940, out=OutKind.NOT_RANKED, reason="Không ký giao ước."),
        entry(3, 500),
        entry(4, 910),
    ]
    places = rank(units, rules(quotas=[FLAG], least=600))

    assert [(place.entry.unit, place.position, place.out) for place in places] == [
        (4, 1, None),
        (1, None, OutKind.WITHDRAWN),
        (2, None, OutKind.NOT_RANKED),
        (3, None, OutKind.BELOW),
    ]
    assert places[0].award == "Cờ"
    assert all(place.reason for place in places[1:])


def test_rules_survive_the_database():
    assert load(RankingRules, dump(DEFAULT_RULES)) == DEFAULT_RULES


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 3))))
def test_every_unit_is_ranked_once_and_a_rank_is_one_more_than_those_before(drawn):
    units = [
        entry(n, 900 + total, groups={"A": D(a)}, deduction=D(minus))
        for n, (total, a, minus) in enumerate(drawn)
    ]
    places = rank(units, DEFAULT_RULES)

    assert sorted(place.entry.unit for place in places) == list(range(len(units)))
    ranks = [place.position for place in places]
    assert ranks == [1 + sum(other < one for other in ranks) for one in ranks]
    assert len([place for place in places if place.award and not place.is_open]) <= 3
