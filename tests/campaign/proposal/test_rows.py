"""What the reader found, as rows: the plan of 2024 against what a person read, other layouts."""

import pytest
from django.conf import settings

from campaign.importers.plan import read_plan
from campaign.models import DutyParty, PlanItem
from campaign.proposal import classes, parts, row
from campaign.proposal.facts import facts_of, shifted
from campaign.proposal.row import from_json, to_json
from campaign.proposal.rows import rows_of
from lib.datafile import read_rows
from tests.campaign.reader.reading import read_with_source

PAPERS = settings.BASE_DIR / "tests/campaign/reader/papers"
FOLDER = settings.BASE_DIR / "campaign/data/2024"
COLUMNS = tuple((PAPERS / "plan_2024.csv").read_text(encoding="utf-8").splitlines()[0].split(","))


@pytest.fixture(scope="module")
def plan():
    return read_plan(FOLDER / "plan.md")


def rows_in(name):
    read, source = read_with_source((PAPERS / name).read_bytes())
    return rows_of(read, source)


def test_the_plan_of_2024_is_read_into_the_rows_a_person_read(plan):
    person = {one.text("code"): one for one in read_rows(PAPERS / "plan_2024.csv", COLUMNS)}
    differing = [
        (one.code, name)
        for one in plan[1]
        for name, column in (("kind", "kind"), ("parent", "parent"), ("heading", "heading"), ("verb", "verb"), ("text", "text"))
        if getattr(one, name) != person[one.code].text(column)
    ]  # fmt: skip

    assert [one.code for one in plan[1]] == list(person)
    # “Việt Nam” stands in a basis, not in the subject the anniversary is told in.
    assert differing == [("KN.2", "text")]


def test_the_header_of_2024_is_read_too(plan):
    facts = plan[0]

    assert facts["name"] == "Đợt Thi đua đặc biệt năm 2024"
    assert facts["receiver"] == "Sở Nội vụ (qua Ban Thi đua - Khen thưởng)"
    assert (facts["starts_on"], facts["ends_on"]) == ("2024-03-07", "2024-12-31")
    assert facts["sub_plan_due_date"] == "2024-03-22"
    assert facts["theme"] == "Đoàn kết, mẫu mực, chủ động, sáng tạo, Quyết thắng"
    assert facts["document_number"] == ""


@pytest.mark.parametrize("name", sorted(path.name for path in PAPERS.glob("*.[tm]*")))
def test_any_layout_gives_rows_that_fit_the_plan(name):
    rows = rows_in(name)
    codes = [one.code for one in rows]

    assert len(set(codes)) == len(codes)
    assert {one.kind for one in rows} <= set(PlanItem.Kind.values)
    assert all(one.parent in codes for one in rows if one.parent)
    assert all(len(one.code) <= 20 and one.text.strip() for one in rows)
    assert all(one.assignees or not one.is_duty or not one.leads for one in rows)


def test_tasks_of_an_annex_become_duties_of_their_leads():
    duties = [one for one in rows_in("annexes.txt") if one.is_duty and one.code.startswith("PL")]

    assert duties
    assert all(one.assignees == one.leads for one in duties)


def test_a_row_comes_back_from_json_as_it_was(plan):
    assert [from_json(to_json(one)) for one in plan[1]] == plan[1]


def test_kinds_and_classes_are_those_of_the_models():
    kinds = {
        value
        for name, value in vars(row).items()
        if name.isupper() and name[0] != "_" and isinstance(value, str)
    }
    named = {
        value
        for name, value in vars(classes).items()
        if name.isupper() and name[0] != "_" and isinstance(value, str)
    }

    assert kinds == set(PlanItem.Kind.values)
    assert named == set(DutyParty.Class.values)


def test_a_part_is_told_by_its_heading():
    told = (
        "MỤC ĐÍCH, YÊU CẦU",
        "NỘI DUNG THI ĐUA",
        "NHIỆM VỤ, GIẢI PHÁP",
        "TỔ CHỨC THỰC HIỆN",
        "KINH PHÍ",
    )

    assert [parts.part_of(heading) for heading in told] == [
        parts.PURPOSES, parts.CONTENTS, parts.SOLUTIONS, parts.ORGANISING, parts.OTHER,
    ]  # fmt: skip


def test_another_year_moves_days_and_years(plan):
    moved = shifted({**plan[0], "issued_on": "2024-02-29"}, 1)

    assert (moved["issued_on"], moved["ends_on"], moved["name"]) == (
        "2025-02-28", "2025-12-31", "Đợt Thi đua đặc biệt năm 2025",
    )  # fmt: skip
    assert moved["signer_name"] == ""
    assert moved["code"] == "2025"


def test_a_document_that_says_nothing_of_dates_has_none():
    read, source = read_with_source((PAPERS / "department.txt").read_bytes())

    assert facts_of(read, rows_of(read, source))["theme"] == ""


def told(name):
    return {one.code: one for one in rows_in(name)}


def test_articles_with_letters_dashes_and_pluses():
    rows = told("articles.txt")

    assert {code: rows[code].kind for code in ("Đ1.1", "Đ2.1", "Đ2.1.b.2.2", "Đ3", "Đ4.1", "Đ4.1.a")} == {
        "Đ1.1": "purpose", "Đ2.1": "content_item", "Đ2.1.b.2.2": "provision", "Đ3": "campaign_window",
        "Đ4.1": "assignment_heading", "Đ4.1.a": "assignment_bullet",
    }  # fmt: skip
    assert rows["Đ4.1.a"].coordinators == ("Sở Tài chính", "Sở Lao động - Thương binh và Xã hội")
    assert (rows["Đ4.1.b"].dates, rows["Đ4.2.a"].is_request) == ("2025-11-15", True)
    assert rows["Đ3"].dates == "2025-01-15/2025-12-31"
    assert rows["Đ4.3.1"].text.startswith("Rà soát")


def test_a_table_in_the_body_gives_duties_to_its_leads():
    rows = told("table_inside.md")

    assert [(code, row.assignees, row.dates) for code, row in rows.items() if code.startswith("B.") and row.is_duty] == [
        ("B.1", ("Sở Văn hóa, Thể thao và Du lịch",), "2025-04-30"),
        ("B.2", ("Báo Sóc Trăng",), "2025-06-30"),
        ("B.3", ("Sở Nội vụ",), "2025-04-15"),
    ]  # fmt: skip
    assert rows["B.1"].coordinators == (
        "Ban Tuyên giáo và Dân vận Tỉnh ủy",
        "Hội Văn học Nghệ thuật",
    )
    assert (rows["B.I"].text, rows["A"].kind) == ("Tuyên truyền", "purpose")


def test_numbers_with_a_dash_and_pluses_in_the_form_of_the_party():
    rows = told("mixed_marks.txt")

    assert rows["II.2"].dates == "2025-06-01/2025-08-30"
    assert rows["III.3.1"].assignees == ("Tỉnh Đoàn, Hội Nông dân tỉnh",)
    assert rows["III.3.1"].is_request
    assert [rows[code].dates for code in ("III.4.1", "III.4.2")] == ["2025-06-05", "2025-07-15"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "articles.txt",
            "Phong trào thi đua “Cả tỉnh chung sức xóa nhà tạm, nhà dột nát” năm 2025",
        ),
        ("table_inside.md", "Đợt thi đua cao điểm năm 2025"),
        ("mixed_marks.txt", "Thi đua cao điểm “90 ngày đêm xây dựng nông thôn mới” năm 2025"),
    ],
)
def test_a_campaign_is_named_as_its_subject_calls_it(name, said):
    read, source = read_with_source((PAPERS / name).read_bytes())

    assert facts_of(read, rows_of(read, source))["name"] == said
