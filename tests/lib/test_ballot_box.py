"""The sealed ballot box: what comes out is the sum of what went in, and nothing else."""

import base64
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.ballot_box import BadSlip, BallotBox, BoxSpoiled, Count

CHOICES = ["tài chính", "y tế", "xây dựng"]
SECRET = "khoa-cua-may-chu"


def box(ballot="7", choices=CHOICES, secrets=(SECRET,)):
    return BallotBox(ballot, choices, secrets=secrets)


def filled(*slips, into=None):
    into = into or box()
    sealed = into.empty()
    for slip in slips:
        sealed = into.cast(sealed, slip)
    return sealed


@given(st.lists(st.sets(st.sampled_from(CHOICES)), max_size=12))
def test_the_count_is_the_sum_of_the_slips(slips):
    expected = Counter(choice for slip in slips for choice in slip)

    counted = box().count(filled(*slips), voters=len(slips))

    assert counted == Count(len(slips), {one: expected[one] for one in CHOICES})


def test_a_blank_slip_is_a_slip():
    assert box().count(filled([]), voters=1) == Count(1, dict.fromkeys(CHOICES, 0))


def test_every_state_of_a_box_is_equally_long_and_none_looks_like_another():
    """The same vote cast twice onto the same box gives two texts that have nothing in common."""
    sealed = filled()
    states = [
        sealed,
        box().cast(sealed, ["y tế"]),
        box().cast(sealed, ["y tế"]),
        filled(*[[]] * 300),
    ]

    assert len({len(one) for one in states}) == 1
    assert len({one[20:] for one in states}) == 4


def test_a_box_does_not_tell_when_it_was_last_used():
    version, moment = base64.urlsafe_b64decode(filled(["y tế"]))[:1], 8
    assert (version, base64.urlsafe_b64decode(filled(["y tế"]))[1:9]) == (b"\x80", bytes(moment))


@pytest.mark.parametrize("slip", [["y tế", "y tế"], ["ngoại vụ"], ["y tế", ""]])
def test_a_slip_names_only_what_is_up_for_the_vote_and_once(slip):
    with pytest.raises(BadSlip):
        box().cast(box().empty(), slip)


@pytest.mark.parametrize("voters", [0, 1, 3])
def test_a_box_with_other_slips_than_voters_is_not_counted(voters):
    """A box put back as it was before a vote, or filled without a voter, is found out."""
    with pytest.raises(BoxSpoiled):
        box().count(filled(["y tế"], ["y tế"]), voters=voters)


@pytest.mark.parametrize(
    "other",
    [
        box(ballot="8"),
        box(choices=CHOICES[::-1]),
        box(choices=CHOICES[:2]),
        box(secrets=["khoa-khac"]),
    ],
    ids=["another ballot", "choices in another order", "fewer choices", "another key"],
)
def test_a_box_opens_only_as_what_it_was_sealed(other):
    with pytest.raises(BoxSpoiled):
        other.count(filled(["y tế"]), voters=1)


@pytest.mark.parametrize("spoilt", ["", "gAAAA", "đã đổi"])
def test_what_is_no_box_is_refused(spoilt):
    with pytest.raises(BoxSpoiled):
        box().cast(spoilt, ["y tế"])


def test_one_changed_letter_spoils_the_box():
    sealed = filled(["y tế"])
    changed = sealed[:40] + ("A" if sealed[40] != "A" else "B") + sealed[41:]

    with pytest.raises(BoxSpoiled):
        box().count(changed, voters=1)


def test_a_box_sealed_before_the_key_was_changed_still_takes_slips():
    new = box(secrets=["khoa-moi", SECRET])
    sealed = new.cast(filled(["y tế"]), ["xây dựng"])

    assert new.count(sealed, voters=2).votes == {"tài chính": 0, "y tế": 1, "xây dựng": 1}
    assert box(secrets=["khoa-moi"]).count(sealed, voters=2).slips == 2


@pytest.mark.parametrize("choices", [[], ["y tế", "y tế"]])
def test_a_ballot_has_choices_each_named_once(choices):
    with pytest.raises(ValueError, match="choices"):
        box(choices=choices)


def test_counted_paper_is_added_to_what_lies_in_the_box():
    sealed = box().pour(filled(["y tế"]), Count(3, {"y tế": 2, "xây dựng": 3}))

    counted = box().count(sealed, voters=4)

    assert counted == Count(4, {"tài chính": 0, "y tế": 3, "xây dựng": 3})
    assert len(sealed) == len(box().empty())


@pytest.mark.parametrize(
    "paper", [Count(1, {"y tế": 2}), Count(1, {"y tế": -1}), Count(-1, {}), Count(1, {"lạ": 1})]
)
def test_paper_that_cannot_be_is_refused(paper):
    with pytest.raises(BadSlip):
        box().pour(box().empty(), paper)
