"""One table per check: what is said, of what, and whether it blocks."""

from decimal import Decimal

import pytest

from campaign.consistency import (
    COMPANION,
    NOT_APPLICABLE,
    PART,
    SUBSET,
    UNANSWERED,
    VALUE,
    ActivityFigure,
    Content,
    IndicatorContent,
    Line,
    SectionContent,
    blocking,
    check,
    numbers_in,
)


def row(code, value=None, *, answer=VALUE, measure="cuộc", **more):
    numbers = {
        name: Decimal(more.pop(name))
        for name in ("before", "correction", "previous", "target")
        if more.get(name) is not None
    }
    exact = None if value is None else Decimal(value)
    return IndicatorContent(code, f"Tên {code}", measure, answer, exact, **numbers, **more)


def text(code="II.1", said="Đã làm.", *, is_answered=True, is_required=True):
    return SectionContent(code, "Tên mục", is_answered, is_required, said)


def findings(*rows, sections=(), line=None):
    """(about, whether it blocks) of each finding of a line; the paper itself is in order."""
    content = Content(tuple(sections), tuple(rows), "15/BC-SNV", True, "Lan")
    found = [one for one in check(content) if line in {None, one.line}]
    return [(one.about, one.blocks) for one in found]


def test_a_report_in_order_has_nothing_said_of_it():
    assert findings(row("CT01", 0), row("CT02", answer=NOT_APPLICABLE), sections=[text()]) == []


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (row("CT01", answer=UNANSWERED), [("CT01", True)]),
        (row("CT01", 0), []),
        (row("CT01", answer=NOT_APPLICABLE), []),
        (row("CT01", answer=NOT_APPLICABLE, target=0), []),
        (row("CT01", answer=NOT_APPLICABLE, target=5), [("CT01", True)]),
        (row("CT01", 1, activities=(ActivityFigure("Lễ", UNANSWERED, None),)), [("CT01", True)]),
        (row("CT20", answer="", activities=(ActivityFigure("Nhà", VALUE, Decimal(1)),)), []),
    ],
)
def test_each_figure_has_an_answer(one, said):
    assert findings(one, line=Line.ANSWERS) == said


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (text(is_answered=False), [("II.1", True)]),
        (text("V", is_answered=False, is_required=False), []),
        (text(said="", is_answered=True), []),
    ],
)
def test_each_required_part_has_an_answer(part, said):
    assert findings(sections=[part], line=Line.ANSWERS) == said


def part(code, value, **more):
    return row(code, value, relation=PART, parent="CT09", **more)


@pytest.mark.parametrize(
    ("whole", "parts", "said"),
    [
        (5, (2, 3), []),
        (5, (2, 2), [("CT09", True)]),
        (0, (0, 1), [("CT09", True)]),
        (5, (2, None), []),  # what is missing is said once, as missing
        (None, (2, 2), []),
    ],
)
def test_parts_add_up_to_the_whole(whole, parts, said):
    rows = [
        part(f"CT09.{n}", value, answer=VALUE if value is not None else UNANSWERED)
        for n, value in enumerate(parts)
    ]
    main = row("CT09", whole, answer=VALUE if whole is not None else UNANSWERED)

    assert findings(main, *rows, line=Line.PARTS) == said


def test_a_part_that_does_not_apply_counts_nothing():
    rows = row("CT09", 2), part("CT09.1", 2), part("CT09.2", None, answer=NOT_APPLICABLE)

    assert findings(*rows, line=Line.PARTS) == []


def test_parts_count_what_their_activities_say():
    whole = row("CT09", 1, activities=(ActivityFigure("Lễ", VALUE, Decimal(2)),))

    assert findings(whole, part("CT09.1", 3), line=Line.PARTS) == []


@pytest.mark.parametrize(("subset", "said"), [(3, []), (4, [("CT23.1", True)])])
def test_a_subset_is_at_most_the_whole(subset, said):
    rows = row("CT23", 3), row("CT23.1", subset, relation=SUBSET, parent="CT23")

    assert findings(*rows, line=Line.PARTS) == said


@pytest.mark.parametrize(
    ("before", "correction", "value", "said"),
    [
        (5, 0, 0, []),
        (5, -2, 2, []),
        (5, -2, 1, [("CT01", False)]),
        (5, -6, 0, [("CT01", True)]),
    ],
)
def test_a_cumulative_falls_only_by_a_correction_and_never_below_zero(
    before, correction, value, said
):
    one = row("CT01", value, before=before, correction=correction)

    assert findings(one, line=Line.CUMULATIVE) == said


@pytest.mark.parametrize(
    ("value", "target", "note", "said"),
    [
        (5, 10, "", []),
        (6, 10, "", [("CT01", True)]),
        (6, 10, "Huy động thêm xã hội hóa", [("CT01", False)]),
        (6, 10, "  ", [("CT01", True)]),
        (6, None, "", []),
    ],
)
def test_more_than_was_registered_is_explained(value, target, note, said):
    one = row("CT01", value, before=5, target=target, note=note)

    assert findings(one, line=Line.TARGET) == said


@pytest.mark.parametrize(
    ("houses", "money", "measure", "note", "said"),
    [
        (2, 160, "triệu đồng", "", []),
        (0, 0, "triệu đồng", "", []),
        (2, 0, "triệu đồng", "", [("CT11", True)]),
        (2, 0, "Triệu đồng", "", [("CT11", True)]),
        (2, 0, "triệu đồng", "Ngày công của bộ đội", [("CT11", False)]),
        (2, 0, "lượt người", "", []),
    ],
)
def test_houses_cost_money(houses, money, measure, note, said):
    cost = row("CT11", money, measure=measure, note=note, relation=COMPANION, parent="CT09")

    assert findings(row("CT09", houses, measure="căn"), cost, line=Line.MONEY) == said


@pytest.mark.parametrize(
    ("value", "previous", "note", "said"),
    [
        (9, 3, "", []),
        (10, 3, "", [("CT01", True)]),
        (10, 3, "Tháng cao điểm 22/12", [("CT01", False)]),
        (10, 0, "", []),
        (10, None, "", []),
    ],
)
def test_a_figure_over_three_times_the_last_one_is_explained(value, previous, note, said):
    assert findings(row("CT01", value, previous=previous, note=note), line=Line.OUTLIER) == said


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Đã tổ chức 03 cuộc tại cơ quan.", []),
        ("Đã tổ chức 04 cuộc tại cơ quan.", [("II.1", False)]),
        ("Lũy kế 13 cuộc.", []),
        ("Ngày 15/4/2024, theo Công văn số 22/SNV.", []),
        ("Tổ chức 4 cuộc thi.", [("II.1", False)]),
        ("Tổ chức 4 cuộcthi.", []),
    ],
)
def test_numbers_in_the_words_stand_in_the_table(said, found):
    one = row("CT02", 3, before=10)

    assert findings(one, sections=[text(said=said)], line=Line.TEXT) == found


def test_only_part_ii_tells_figures():
    sections = [text("IV", "Tổ chức thêm 9 cuộc.")]

    assert findings(row("CT02", 3), sections=sections, line=Line.TEXT) == []


def test_numbers_are_read_as_vietnamese_write_them():
    told = "1.250 lượt người; 12,5 triệu đồng; 3 Lượt người"
    found = [
        (value, measure) for _, value, measure in numbers_in(told, ["lượt người", "triệu đồng"])
    ]

    assert found == [
        (Decimal(1250), "lượt người"),
        (Decimal("12.5"), "triệu đồng"),
        (Decimal(3), "lượt người"),
    ]


def test_a_paper_without_number_may_be_sent_and_is_told_so():
    found = check(Content((), ()))

    assert [(one.line, one.blocks) for one in found] == [(Line.FORM, False)]
    assert blocking(found) == []
