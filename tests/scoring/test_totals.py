"""From points to totals: sums, caps, what does not apply, and the worked example of 932,5."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.formula import (
    AnswerKind,
    Basis,
    Facts,
    Node,
    Outcome,
    Section,
    Submission,
    SubmissionState,
    method_from,
    not_applicable,
    read_answer,
    total_up,
    tree_faults,
)
from scoring.importers.data import sample_scale

D = Decimal

SAMPLE = sample_scale("2024")
# One year of a unit: what it answered, and what the ledger knew.
ANSWERS = {
    "A.1": {"done": "19", "total": "20"},
    "A.2": {"missed": "2", "total": "16"},
    "A.3.1": {"value0": "84,2"},
    "A.3.2": {"value0": "98,6"},
    "A.3.3": {"share": "95"},
    "A.4": {"level": "50"},
    "A.5": {"level": "60"},
    "A.6": {"level": "50"},
    "B.1": {"choice": "Hoàn thành xuất sắc nhiệm vụ"},
    "B.2": {"choice": "Hoàn thành tốt nhiệm vụ"},
    "B.3": {"points": "20"},
    "B.4": {"choice": "Không có"},
    "C.1.1": {"choice": "Đúng hạn"},
    "C.1.2": {"count0": "4", "total0": "5"},
    "C.1.3": {"choice": "Đủ 2 lần"},
    "C.2.2": {"choice": "Có"},
    "C.2.3": {"count0": "4", "count1": "7"},
    "C.2.4": {"done": "60", "total": "100"},
    "C.2.5": {"choice": "Có"},
    "C.2.6": {"points": "6"},
    "C.2.7": {"done": "2", "total": "5"},
    "C.3": {"count0": "3"},
    "C.4": {"value0": "55", "value1": "0"},
    "D.1": {"done": "4", "total": "4"},
    "D.2": {"choice": "Tham gia"},
    "D.3": {"done": "80", "total": "100"},
    "E.1": {"count": "2"},
    "E.2": {"count": "1"},
    "E.3": {"count": "0"},
    "E.4": {"count": "0"},
    "E.5": {"count": "0"},
    "F.2": {"count": "0"},
    "F.4": {"count": "0"},
    "F.5": {"count": "1"},
}
STATE = SubmissionState
LEDGER = Facts(
    (
        Submission("sub_plan", "Kế hoạch triển khai", STATE.ON_TIME),
        Submission("progress_report", "Báo cáo quý II", STATE.ON_TIME),
        Submission("progress_report", "Báo cáo quý III", STATE.LATE, 2),
    ),
    {"honesty": 0, "cross_missed": 0},
)
# The year's own reports are other kinds; here the sample's C.5 sees none of them late.
ON_TIME = Facts((Submission("statistics", "Báo cáo thống kê", STATE.ON_TIME),), LEDGER.counts)


def outcomes():
    found = {}
    for criterion in SAMPLE.criteria:
        if criterion.is_group:
            continue
        formula = method_from(criterion.method, criterion.config)
        answer = read_answer(formula.questions(), ANSWERS.get(criterion.code, {}))
        facts = ON_TIME if criterion.code == "C.5" else LEDGER
        found[criterion.code] = formula.score(answer, Basis(criterion.max_points, facts))
    return found


def totals(**changed):
    return total_up(
        SAMPLE.nodes(), {**outcomes(), **changed}, total=SAMPLE.total, bonus_cap=SAMPLE.bonus_cap
    )


def test_the_worked_example_to_the_last_decimal():
    found = totals()

    assert {code: found.lines[code].earned for code in ("A", "B", "C", "C.2", "D")} == {
        "A": D("560.50"), "B": D(140), "C": D(181), "C.2": D(47), "D": D(46),
    }  # fmt: skip
    assert (found.content, found.bonus, found.deduction) == (D("927.50"), D(15), D(10))
    assert found.total == D("932.50")
    assert (found.unscored, found.is_scaled) == (0, False)


def test_the_sample_scale_holds_together():
    assert tree_faults(SAMPLE.nodes(), SAMPLE.total) == []
    assert len([one for one in SAMPLE.criteria if one.section == Section.CONTENT]) == 36
    for criterion in SAMPLE.criteria:
        if not criterion.is_group:
            formula = method_from(criterion.method, criterion.config)
            assert list(formula.faults(criterion.max_points)) == []


def test_what_does_not_apply_is_taken_out_and_the_rest_scaled():
    found = totals(**{"A.3.2": not_applicable("Không có thủ tục hành chính.")})

    # 897,50 of 970 points that apply, as if they were 1.000.
    assert found.applicable == D(970)
    assert found.content == D("925.26")
    assert found.scaled("A", D(600)) == D("558.42")
    assert found.is_scaled


def test_not_yet_scored_counts_nothing_but_is_told():
    found = totals(**{"B.1": Outcome(AnswerKind.NOT_SCORED, None, "Chưa chấm.")})

    assert (found.content, found.unscored) == (D("877.50"), 1)


def test_bonuses_are_capped_by_the_scale_and_nobody_falls_below_zero():
    def of(points):
        return Outcome(AnswerKind.SCORED, D(points), "Chấm.")

    nodes = [
        Node("A", None, Section.CONTENT, D(100), is_group=False),
        Node("E.1", None, Section.BONUS, D(40), is_group=False),
        Node("E.2", None, Section.BONUS, D(40), is_group=False),
        Node("F.1", None, Section.DEDUCTION, D(0), is_group=False),
    ]
    many = total_up(
        nodes, {"A": of(90), "E.1": of(40), "E.2": of(40), "F.1": of(500)},
        total=D(100), bonus_cap=D(50),
    )  # fmt: skip
    nothing = total_up(nodes, {"A": not_applicable("Không.")}, total=D(100), bonus_cap=D(50))

    assert (many.bonus, many.bonus_uncapped, many.total) == (D(50), D(80), D(0))
    assert (nothing.content, nothing.applicable, nothing.total) == (D(0), D(0), D(0))


KINDS = st.sampled_from(list(AnswerKind))


@given(
    st.dictionaries(
        st.sampled_from(sorted(ANSWERS)), st.tuples(KINDS, st.decimals(0, 999, places=2))
    )
)
def test_no_answers_lift_a_unit_above_the_scale(drawn):
    changed = {
        code: Outcome(kind, points if kind == AnswerKind.SCORED else None, "Chấm.")
        for code, (kind, points) in drawn.items()
    }
    found = totals(**changed)

    assert D(0) <= found.content <= SAMPLE.total
    assert D(0) <= found.bonus <= SAMPLE.bonus_cap
    assert D(0) <= found.total <= SAMPLE.total + SAMPLE.bonus_cap
    for node in SAMPLE.nodes():
        if node.section == Section.CONTENT:
            assert D(0) <= found.lines[node.code].earned <= node.max_points


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"A.1": D(150)}, "A"),
        ({"A.3.1": D(61)}, "A.3"),
        ({"D": D(60)}, "D"),
    ],
)
def test_a_sum_that_does_not_fit_names_its_group(changed, code):
    nodes = [
        Node(one.code, one.parent, one.section, changed.get(one.code, one.max_points), one.is_group)
        for one in SAMPLE.nodes()
    ]

    assert code in {fault.code for fault in tree_faults(nodes, SAMPLE.total)}


def test_an_empty_group_and_a_wrong_total_are_told():
    nodes = [
        Node("A", None, Section.CONTENT, D(50), is_group=True),
        Node("B", "A", Section.BONUS, D(50), is_group=False),
    ]
    told = {fault.code: fault.message for fault in tree_faults(nodes, D(100))}

    assert told[""] == ("Các nhóm cộng lại 50 điểm, thiếu 50 so với tổng điểm 100 của thang.")
    assert told["B"] == "Tiêu chí phải cùng phần với nhóm chứa nó."
