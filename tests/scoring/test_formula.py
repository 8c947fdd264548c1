"""Every method as a table of cases: what is configured, what is answered, what comes out."""

from decimal import Decimal

import pytest

from scoring.formula import (
    METHODS,
    AnswerKind,
    Auto,
    BadAnswer,
    BadConfig,
    Band,
    Basis,
    Bonus,
    Choice,
    Count,
    Counted,
    Deduction,
    Facts,
    Measure,
    Option,
    Penalties,
    Ratio,
    Relative,
    Review,
    Step,
    StepPoints,
    Submission,
    SubmissionState,
    Tier,
    Tiers,
    dump,
    load,
    method_of,
    read_answer,
)

D = Decimal

N_A, NOT_YET = AnswerKind.NOT_APPLICABLE, AnswerKind.NOT_SCORED
State = SubmissionState

TASKS = Ratio("số nhiệm vụ đúng hạn", "tổng số nhiệm vụ", D("0.7"))
SHARE = Ratio("tỷ lệ hồ sơ trên mạng")
TARGETS = Step("chỉ tiêu không đạt", None, "tổng số chỉ tiêu")
FIXED = Step("lần trễ", D("2.5"))
INDEX = Band(
    (
        Measure(
            "Chỉ số CCHC",
            (StepPoints(D(90), D(60)), StepPoints(D(80), D(50)), StepPoints(D(65), D(35))),
            unit="%",
        ),
    )
)
DOSSIERS = Band(
    (
        Measure("Tỷ lệ trực tiếp", (StepPoints(D(50), D(10)), StepPoints(D(30), D(5))), unit="%"),
        Measure(
            "Số lần trả lại",
            (StepPoints(D(0), D(10)), StepPoints(D(1), D(5))),
            lower_is_better=True,
        ),
    )
)
RATED = Choice((Option("Xuất sắc", D(50)), Option("Tốt", D(40)), Option("Không", D(0))))
LEVELS = Review((D(0), D(25), D(50)))
ROLE_MODELS = Count((Counted("điển hình", D(10), most=D(30)),))
MOVEMENTS = Count((Counted("phong trào có kết quả", D(30), out_of="phong trào áp dụng"),))
PUBLICITY = Count(
    (Counted("quý có hoạt động", D(5), needed=D(4)), Counted("tin, bài", D(5), needed=D(1)))
)
BONUS = Bonus("chỉ tiêu vượt", D(5))
CRITICISED = Deduction("văn bản phê bình", D(10))
HIGHEST, LOWEST = Relative("số ngày công"), Relative("số vụ việc", lower_is_better=True)

CASES = [
    # ratio
    (TASKS, 160, {"done": "19", "total": "20"}, D(152)),
    (TASKS, 160, {"done": "20", "total": "20"}, D(160)),
    (TASKS, 160, {"done": "25", "total": "20"}, D(160)),  # above the target: the maximum
    (TASKS, 160, {"done": "14", "total": "20"}, D(112)),  # exactly on the floor
    (TASKS, 160, {"done": "13", "total": "20"}, D(0)),  # below it
    (TASKS, 160, {"done": "0", "total": "20"}, D(0)),
    (TASKS, 160, {"done": "0", "total": "0"}, N_A),
    (TASKS, 160, {"done": "2", "total": "3"}, D(0)),
    (Ratio("a", "b", zero_total_is_full=True), 15, {"done": "0", "total": "0"}, D(15)),
    (Ratio("a", "b"), 1, {"done": "1", "total": "3"}, D("0.33")),
    (Ratio("a", "b"), 1, {"done": "1", "total": "8"}, D("0.13")),  # halves go up
    (SHARE, 30, {"share": "95"}, D("28.5")),
    (SHARE, 30, {"share": "120"}, D(30)),
    (SHARE, 30, {"share": "0"}, D(0)),
    # step
    (TARGETS, 160, {"missed": "0", "total": "16"}, D(160)),
    (TARGETS, 160, {"missed": "2", "total": "16"}, D(140)),
    (TARGETS, 160, {"missed": "3", "total": "3"}, D(0)),
    (TARGETS, 100, {"missed": "1", "total": "3"}, D("66.67")),
    (TARGETS, 160, {"missed": "0", "total": "0"}, N_A),
    (FIXED, 5, {"missed": "1"}, D("2.5")),
    (FIXED, 5, {"missed": "3"}, D(0)),
    # band
    (INDEX, 60, {"value0": "90"}, D(60)),
    (INDEX, 60, {"value0": "89,99"}, D(50)),
    (INDEX, 60, {"value0": "65"}, D(35)),
    (INDEX, 60, {"value0": "0"}, D(0)),
    (DOSSIERS, 20, {"value0": "50", "value1": "0"}, D(20)),
    (DOSSIERS, 20, {"value0": "30", "value1": "1"}, D(10)),
    (DOSSIERS, 20, {"value0": "29,9", "value1": "2"}, D(0)),
    # enum, review
    (RATED, 50, {"choice": "Tốt"}, D(40)),
    (RATED, 50, {"choice": "Không"}, D(0)),
    (LEVELS, 50, {"level": "25"}, D(25)),
    (Review(), 10, {"points": "8,5"}, D("8.5")),
    (Review(), 10, {"points": "0"}, D(0)),
    (Review(), 10, {"points": "10"}, D(10)),
    # count
    (ROLE_MODELS, 30, {"count0": "0"}, D(0)),
    (ROLE_MODELS, 30, {"count0": "2"}, D(20)),
    (ROLE_MODELS, 30, {"count0": "9"}, D(30)),
    (MOVEMENTS, 30, {"count0": "4", "total0": "5"}, D(24)),
    (MOVEMENTS, 30, {"count0": "0", "total0": "0"}, N_A),
    (PUBLICITY, 10, {"count0": "4", "count1": "0"}, D(5)),
    (PUBLICITY, 10, {"count0": "3", "count1": "12"}, D(5)),
    (PUBLICITY, 10, {"count0": "4", "count1": "1"}, D(10)),
    # bonus, deduction
    (BONUS, 20, {"count": "0"}, D(0)),
    (BONUS, 20, {"count": "2"}, D(10)),
    (BONUS, 20, {"count": "9"}, D(20)),
    (CRITICISED, 0, {"count": "7"}, D(70)),  # without a maximum there is no limit
    (CRITICISED, 25, {"count": "7"}, D(25)),
]


@pytest.mark.parametrize(("formula", "most", "typed", "expected"), CASES)
def test_points_of_an_answer(formula, most, typed, expected):
    given = read_answer(formula.questions(), typed)
    outcome = formula.score(given, Basis(D(most)))

    assert (
        outcome.points or outcome.kind if outcome.points is None else outcome.points
    ) == expected
    assert outcome.because.endswith(".")


@pytest.mark.parametrize(
    ("formula", "peers", "value", "expected"),
    [
        (HIGHEST, (200, 100, 50), "100", D(10)),
        (HIGHEST, (200, 100, 50), "200", D(20)),
        (HIGHEST, (70, 70, 70), "70", D(20)),  # all equal: all have the maximum
        (HIGHEST, (0, 0), "0", D(0)),  # nobody has done anything
        (HIGHEST, (0, 30), "0", D(0)),
        (HIGHEST, (), "30", NOT_YET),
        (LOWEST, (2, 4), "4", D(10)),
        (LOWEST, (0, 4), "0", D(20)),
        (LOWEST, (0, 4), "4", D(0)),
        (LOWEST, (3, 3), "3", D(20)),
    ],
)  # fmt: skip
def test_points_beside_the_best_of_the_block(formula, peers, value, expected):
    given = read_answer(formula.questions(), {"value": value})
    outcome = formula.score(given, Basis(D(20), peers=tuple(map(D, peers))))

    assert (outcome.kind if outcome.points is None else outcome.points) == expected


SUB_PLAN = Auto("Gửi Kế hoạch", ("sub_plan",), tiers=Tiers((Tier(5, D(5)),)))
REPORTS = Auto("Báo cáo kỳ", besides=("sub_plan",), penalties=Penalties(D(1), D("2.5")))
VERY_LATE = Deduction("lần trễ quá 5 ngày", D(10), kinds=("sub_plan",), beyond_days=5)


def owed(kind, state, days=0):
    return Submission(kind, "Nội dung", state, days)


@pytest.mark.parametrize(
    ("formula", "most", "submissions", "expected"),
    [
        (SUB_PLAN, 10, [owed("sub_plan", State.ON_TIME)], D(10)),
        (SUB_PLAN, 10, [owed("sub_plan", State.LATE, 1)], D(5)),
        (SUB_PLAN, 10, [owed("sub_plan", State.LATE, 5)], D(5)),
        (SUB_PLAN, 10, [owed("sub_plan", State.LATE, 6)], D(0)),
        (SUB_PLAN, 10, [owed("sub_plan", State.MISSING)], D(0)),
        (SUB_PLAN, 10, [owed("sub_plan", State.PENDING)], NOT_YET),
        (SUB_PLAN, 10, [owed("sub_plan", State.EXEMPT)], N_A),
        (SUB_PLAN, 10, [], N_A),
        # a kind the formula has never heard of counts, the sub-plan does not
        (REPORTS, 5, [owed("sub_plan", State.MISSING), owed("quarter", State.ON_TIME)], D(5)),
        (REPORTS, 5, [owed("quarter", State.LATE, 9), owed("final", State.ON_TIME)], D(4)),
        (REPORTS, 5, [owed("quarter", State.LATE), owed("final", State.MISSING)], D("1.5")),
        (REPORTS, 5, [owed("final", State.MISSING)] * 3, D(0)),
        (REPORTS, 5, [owed("q", State.ON_TIME)] * 5 + [owed("final", State.LATE)], D(4)),
        (VERY_LATE, 0, [owed("sub_plan", State.LATE, 5)], D(0)),
        (VERY_LATE, 0, [owed("sub_plan", State.LATE, 6)], D(10)),
        (VERY_LATE, 0, [owed("sub_plan", State.MISSING)], D(10)),
    ],
)
def test_points_the_portal_knows_by_itself(formula, most, submissions, expected):
    facts = Facts(tuple(submissions))

    assert formula.questions() == ()
    outcome = formula.score({}, Basis(D(most), facts))
    assert (outcome.kind if outcome.points is None else outcome.points) == expected


def test_a_count_of_the_portal_is_not_scored_until_it_is_known():
    honesty = Deduction("tự chấm chênh trên 5%", D(10), fact="honesty")

    assert honesty.score({}, Basis(D(0))).kind == NOT_YET
    assert honesty.score({}, Basis(D(0), Facts(counts={"honesty": 0}))).points == D(0)
    assert honesty.score({}, Basis(D(0), Facts(counts={"honesty": 1}))).points == D(10)


@pytest.mark.parametrize(
    ("formula", "typed", "field"),
    [
        (TASKS, {"done": "", "total": "20"}, "done"),
        (TASKS, {"done": "1.250", "total": "20"}, "done"),
        (TASKS, {"done": "-1", "total": "20"}, "done"),
        (TASKS, {"done": "3", "total": "0"}, "total"),
        (TARGETS, {"missed": "4", "total": "3"}, "missed"),
        (TARGETS, {"missed": "1,5", "total": "3"}, "missed"),
        (RATED, {"choice": "Khá"}, "choice"),
        (LEVELS, {"level": "30"}, "level"),
        (Review(), {"points": "10,5"}, "points"),
        (Review(), {"points": "8,555"}, "points"),
        (MOVEMENTS, {"count0": "6", "total0": "5"}, "count0"),
    ],
)
def test_an_answer_that_cannot_be_names_its_field(formula, typed, field):
    with pytest.raises(BadAnswer) as refused:
        formula.score(read_answer(formula.questions(), typed), Basis(D(10)))

    assert set(refused.value.errors) == {field}


EVERY = [
    TASKS, SHARE, TARGETS, FIXED, INDEX, DOSSIERS, RATED, LEVELS, Review(), ROLE_MODELS, MOVEMENTS,
    PUBLICITY, BONUS, CRITICISED, HIGHEST, LOWEST, SUB_PLAN, REPORTS, VERY_LATE,
]  # fmt: skip


@pytest.mark.parametrize("formula", EVERY, ids=lambda one: type(one).__name__)
def test_a_configuration_survives_the_database(formula):
    name = method_of(formula)

    assert load(METHODS[name], dump(formula)) == formula
    assert not any(isinstance(leaf, float) for leaf in _leaves(dump(formula)))


def _leaves(data):
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list):
        return [leaf for part in data for leaf in _leaves(part)]
    return [data]


def test_every_method_is_among_the_cases():
    assert {type(one) for one in EVERY} == set(METHODS.values())


@pytest.mark.parametrize(
    ("shape", "data", "where"),
    [
        (Ratio, {"done": "x", "floor": 0.7}, "floor"),
        (Ratio, {"done": "x", "floor": "NaN"}, "floor"),
        (Ratio, {"done": "x", "code": "import os"}, "code"),
        (Ratio, {}, "done"),
        (Ratio, [], "cấu hình"),
        (Ratio, {"done": 3}, "done"),
        (Choice, {"options": [{"label": "Tốt"}]}, "options[0].points"),
        (Choice, {"options": "Tốt"}, "options"),
        (
            Auto,
            {"subject": "x", "tiers": {"late": [{"days": "5", "points": "5"}]}},
            "tiers.late[0].days",
        ),
    ],
)
def test_data_that_is_no_configuration_is_refused_by_its_place(shape, data, where):
    with pytest.raises(BadConfig) as refused:
        load(shape, data)

    assert str(refused.value).split(":")[0] == where


@pytest.mark.parametrize(
    ("formula", "most", "faults"),
    [
        (TASKS, 160, 0),
        (Ratio("", floor=D(2)), 10, 2),
        (Step("lỗi"), 10, 1),
        (Step("lỗi", D(0)), 10, 1),
        (INDEX, 50, 1),
        (Band(()), 10, 1),
        (Band((Measure("x", (StepPoints(D(1), D(5)), StepPoints(D(2), D(10)))),)), 10, 1),
        (RATED, 40, 1),
        (Choice((Option("a", D(1)),)), 1, 1),
        (Choice((Option("a", D(1)), Option("a", D(0)))), 1, 1),
        (LEVELS, 40, 1),
        (LEVELS, 60, 1),
        (Count(()), 5, 1),
        (Count((Counted("", D(9)),)), 5, 2),
        (Bonus("", D(20)), 10, 2),
        (Deduction("", D(0), fact="rumour"), 0, 3),
        (Relative(""), 5, 1),
        (Auto(""), 5, 2),
        (Auto("x", tiers=Tiers((Tier(5, D(9)), Tier(3, D(1))))), 5, 2),
        (Auto("x", penalties=Penalties(D(-1), D(1))), 5, 1),
    ],
)
def test_a_configuration_that_makes_no_sense_says_so(formula, most, faults):
    assert len(list(formula.faults(D(most)))) == faults


@pytest.mark.parametrize("formula", EVERY, ids=lambda one: type(one).__name__)
def test_a_method_explains_itself_in_words(formula):
    said = formula.in_words(D("12.5"))

    assert said.endswith(".")
    assert not {"sub_plan", "None", "Decimal"} & set(said.replace(".", " ").split())
