"""Changes to a scale as values."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.datasets.content import CriterionContent
from scoring.datasets.difference import difference
from scoring.datasets.editing import (
    descendants,
    next_code,
    with_criterion,
    with_head,
    with_points,
    without,
)
from scoring.importers.data import sample_scale

SAMPLE = sample_scale("2024")


def leaf(code, parent=None, section="content"):
    return CriterionContent(code, "Tiêu chí mới", Decimal(5), "review", parent, section)


def codes(content):
    return [one.code for one in content.criteria]


def around(content, code):
    """The codes before and after one."""
    known = codes(content)
    place = known.index(code)
    return known[place - 1], known[place + 1]


def test_a_new_criterion_stands_at_the_end_of_its_group_or_where_it_is_put():
    assert around(with_criterion(SAMPLE, leaf("B.5", "B")), "B.5") == ("B.4", "C")
    placed = with_criterion(SAMPLE, leaf("B.1a", "B"), after="B.1")
    assert around(placed, "B.1a") == ("B.1", "B.2")


def test_a_group_takes_its_children_along_when_it_moves_or_is_renamed():
    group = SAMPLE.by_code()["A.3"]
    moved = with_criterion(SAMPLE, group, instead_of="A.3", after="A.6")
    renamed = with_criterion(SAMPLE, replace(group, code="A.9"), instead_of="A.3")

    assert around(moved, "A.3") == ("A.6", "A.3.1")
    assert {one.code for one in renamed.criteria if one.parent == "A.9"} == {
        "A.3.1", "A.3.2", "A.3.3",
    }  # fmt: skip


def test_a_group_goes_with_all_that_is_inside():
    assert descendants(SAMPLE, "A.3") == {"A.3", "A.3.1", "A.3.2", "A.3.3"}
    assert not any(code.startswith("A.3") for code in codes(without(SAMPLE, "A.3")))


@pytest.mark.parametrize(("parent", "code"), [("A", "A.7"), ("A.3", "A.3.4"), (None, "G")])
def test_a_new_criterion_is_offered_the_next_code(parent, code):
    assert next_code(SAMPLE, parent) == code


def test_the_difference_says_what_is_new_gone_and_changed():
    after = with_head(
        with_points(without(SAMPLE, "B.3"), {"A.1": ("Nhiệm vụ", Decimal(180))}),
        total=Decimal(1000), bonus_cap=Decimal(30), honesty_percent=Decimal(5),
    )  # fmt: skip
    after = with_criterion(after, leaf("B.5", "B"))
    found = difference(SAMPLE, after)

    assert [(one.label, one.before, one.after) for one in found.head] == [
        ("Điểm thưởng tối đa", "50", "30")
    ]
    assert {(one.kind, one.code) for one in found.criteria} == {
        ("changed", "A.1"), ("added", "B.5"), ("removed", "B.3"),
    }  # fmt: skip
    changed = next(one for one in found.criteria if one.code == "A.1")
    assert {one.label for one in changed.changes} == {"Nội dung", "Điểm chuẩn", "Cách chấm"}
    assert difference(SAMPLE, SAMPLE).is_empty


@given(
    st.lists(st.tuples(st.sampled_from(codes(SAMPLE)), st.sampled_from(codes(SAMPLE))), max_size=6)
)
def test_no_sequence_of_edits_loses_the_tree(moves):
    content = SAMPLE
    for code, target in moves:
        known = content.by_code()
        if code not in known or target not in known:
            continue
        content = (
            without(content, code)
            if code == target
            else with_criterion(content, known[code], instead_of=code, after=target)
        )

    known = content.by_code()
    assert len(known) == len(content.criteria)
    seen = set()
    for one in content.criteria:
        assert one.parent is None or one.parent in seen
        seen.add(one.code)
