"""The plan of 07/3/2024 as a person read it row by row, and as the reader reads it."""

import pytest
from django.conf import settings

from lib.datafile import read_rows
from tests.campaign.reader.reading import read

FOLDER = settings.BASE_DIR / "campaign/data/2024"
PERSON = settings.BASE_DIR / "tests/campaign/reader/papers/plan_2024.csv"
COLUMNS = PERSON.read_text(encoding="utf-8").splitlines()[0].split(",")

# What only the rest of the plan, or no line of it, could tell a reader of one sentence.
LEADS_FROM_ELSEWHERE = {"joint_no_lead", "cross_ref"}


@pytest.fixture(scope="module")
def rows():
    return list(read_rows(PERSON, tuple(COLUMNS)))


@pytest.fixture(scope="module")
def plan():
    return read((FOLDER / "plan.md").read_bytes())


def of_kind(rows, *kinds):
    return [row for row in rows if row.text("kind") in kinds]


def plain(text):
    return text.replace("**", "").strip(" ;.")


def span(row):
    first, _, last = row.text("lines").partition("-")
    return [int(first), int(last or first)]


def test_the_header_is_read(plan):
    wanted = {
        "document_type": "KẾ HOẠCH",
        "number": None,
        "issued_on": "2024-03-07",
        "place": "Tây Ninh",
        "issuer": "UBND tỉnh Tây Ninh",
        "starts_on": "2024-03-07",
        "ends_on": "2024-12-31",
        "signatory": {"authority": None, "position": "PHÓ CHỦ TỊCH", "name": "Võ Đức Trọng"},
    }

    assert {name: plan[name] for name in wanted} == wanted


def test_the_subject_is_that_of_the_plan(plan, rows):
    (subject,) = [row for row in rows if row.text("code") == "HD.3"]

    assert plan["subject"] == subject.text("text")


def test_every_basis_is_found(plan, rows):
    wanted = [(plain(row.text("text")), row.text("dates")) for row in of_kind(rows, "legal_basis")]

    found = [(f"Căn cứ {one['text']}", one["issued_on"]) for one in plan["legal_bases"]]
    assert found == wanted


def test_what_heads_others_is_a_section(plan, rows):
    headed = [row.text("code") for row in of_kind(rows, "solution_heading", "assignment_heading")]

    found = [one["code"] for one in plan["sections"]]
    assert sorted(found) == sorted([*headed, "I", "II", "II.1", "III", "IV"])


def test_every_item_has_its_code_text_and_lines(plan, rows):
    kinds = (
        "purpose",
        "theme",
        "guiding_thought",
        "guiding_part",
        "solution_bullet",
        "content_item",
    )
    wanted = [
        (row.text("code"), plain(row.text("text")), span(row))
        for row in of_kind(rows, *kinds)
        if row.text("code") != "II.1"
    ]

    found = [(one["code"], plain(one["text"]), one["lines"]) for one in plan["items"]]
    numbered = [
        (code, text.removeprefix(f"{code.rpartition('.')[2]}. "), lines)
        for code, text, lines in wanted
    ]
    numbered = [(code, text.removeprefix(f"{code[-1]}) "), lines) for code, text, lines in numbered]
    assert [one for one in found if one[0] != "IV.1"] == numbered


def test_every_duty_is_found_with_its_verb_and_whom_it_asks(plan, rows):
    wanted = [
        (
            row.text("code"),
            plain(row.text("text").rpartition("\n")[2]),
            span(row),
            row.text("verb"),
            row.flag("is_request"),
            "" if row.text("lead_basis") in {"", "not_stated"} else row.text("lead_basis"),
        )
        for row in of_kind(rows, "assignment_bullet")
    ]
    found = [
        (
            duty["code"],
            plain(duty["text"]),
            duty["lines"],
            duty["verb"],
            one["request"],
            duty["leads"],
        )
        for one in plan["assignments"]
        for duty in one["duties"]
    ]

    assert [duty[:5] for duty in found] == [duty[:5] for duty in wanted]
    leads = {code: leads for code, *_, leads in found}
    stated = {
        code: basis == "explicit" for code, *_, basis in wanted if basis not in LEADS_FROM_ELSEWHERE
    }
    assert {code: bool(leads[code]) for code in stated} == stated


def test_the_agencies_are_those_of_the_headings(plan, rows):
    wanted = [
        (
            row.text("code"),
            row.text("text").partition(" ")[2].removeprefix("Đề nghị ").partition(":")[0],
        )
        for row in of_kind(rows, "assignment_heading")
    ]

    assert [(one["section"], one["agency"]) for one in plan["assignments"]] == wanted


def test_the_deadline_and_the_last_day_are_found_where_they_stand(plan):
    assert [(one["on"], one["line"]) for one in plan["deadlines"]] == [
        ("2024-12-31", 131),
        ("2024-03-22", 226),
    ]


def test_every_recipient_is_found(plan, rows):
    wanted = [plain(row.text("text")) for row in of_kind(rows, "recipient")]

    assert [plain(one) for one in plan["recipients"]] == wanted


def test_the_five_cut_sentences_and_the_stray_name_are_warnings(plan):
    lines = [one["line"] for one in plan["warnings"]]

    assert lines == [5, 27, 61, 172, 200, 226, 226]
