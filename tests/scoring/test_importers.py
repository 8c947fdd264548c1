"""Sheets in both shapes, read cell by cell; and the data files."""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from lib.datafile import BadDataFile
from lib.sheet import BadSheet, Column, Row, Sheet, write_xlsx
from scoring.datasets.content import EMPTY_SCALE, content_of
from scoring.datasets.scale import all_faults
from scoring.documents.scale import scale_workbook
from scoring.formula import describe
from scoring.importers.data import load_package, sample_scale
from scoring.importers.scale import read_scale
from scoring.importers.wording import read_words
from scoring.models import CampaignPackage, PackageCriterion
from tests.factories import CampaignFactory, PlanItemFactory, ScoringScaleFactory

SAMPLE = sample_scale("2024")
PLAN_CODES = frozenset(code for one in SAMPLE.criteria for code in one.plan_codes)
OWN = ("code", "parent", "name_vi", "max_points", "method", "formula", "plan_codes")
USUAL = ("STT", "Nội dung", "Điểm chuẩn", "Thưởng", "Trừ")


def sheet(columns, *rows, notes=()):
    return write_xlsx(
        [Sheet("Thang", [Column(one) for one in columns], [Row(row) for row in rows], notes)]
    )


def read(content, **more):
    return read_scale(content, **{"like": EMPTY_SCALE, "known": PLAN_CODES, "package": {}, **more})


def as_rows(read_content):
    return [(one.code, one.parent, one.section, one.max_points) for one in read_content.criteria]


@pytest.mark.django_db
def test_what_is_exported_is_read_back_word_for_word():
    for code in sorted(PLAN_CODES):
        PlanItemFactory(code=code)
    scale = ScoringScaleFactory(content=SAMPLE)
    written = content_of(scale)

    found = read(scale_workbook(scale), like=written)

    assert (found.problems, found.notes) == ((), ())
    assert [one.config for one in found.content.criteria] == [
        one.config for one in written.criteria
    ]
    for name in ("code", "parent", "section", "name", "max_points", "method", "plan_codes",
                 "evidence_note", "evidence_required", "verifier"):  # fmt: skip
        assert [getattr(one, name) for one in found.content.criteria] == [
            getattr(one, name) for one in written.criteria
        ]
    assert (found.content.total, found.content.bonus_cap) == (1000, 50)


def test_columns_of_the_example_file_with_words_instead_of_configurations():
    found = read(
        sheet(
            OWN,
            ("A", "", "Nhiệm vụ", "100", "", "", ""),
            ("A.1", "A", "Nhiệm vụ giao", "60", "ratio",
             "60 x (số xong / tổng số); dưới 70% = 0", "II.1.b.3"),
            ("A.2", "A", "Xếp loại", "40", "enum", "Tốt 40; Khá 20", ""),
            ("E.1", "E", "Sáng kiến", "10", "bonus", "+5/mô hình", ""),
            ("F.1", "F", "Phê bình", "0", "deduction", "-10/văn bản", ""),
        )
    )  # fmt: skip

    assert (found.problems, found.notes) == ((), ())
    assert as_rows(found.content) == [
        ("A", None, "content", 100), ("A.1", "A", "content", 60), ("A.2", "A", "content", 40),
        ("E", None, "bonus", 10), ("E.1", "E", "bonus", 10),
        ("F", None, "deduction", 0), ("F.1", "F", "deduction", 0),
    ]  # fmt: skip
    assert (found.content.total, found.content.bonus_cap) == (100, 10)
    assert all_faults(found.content) == []
    assert found.content.by_code()["A.1"].config["floor"] == "0.7"


def test_a_criterion_of_the_package_keeps_its_method():
    package = {one.code: one for one in SAMPLE.criteria if one.package_code}
    found = read(
        sheet(
            OWN,
            ("C.2", "", "Đợt thi đua", "10", "", "", ""),
            ("C.2.3", "C.2", "Tuyên truyền", "10", "count", "5 nếu có; +5 nếu có tin", ""),
        ),
        package=package,
    )

    taken = found.content.by_code()["C.2.3"]
    assert (taken.package_code, taken.config) == ("C.2.3", package["C.2.3"].config)


def test_words_nobody_understands_are_told_and_scored_by_hand():
    found = read(sheet(OWN, ("A", "", "Khó hiểu", "10", "band", "tùy tình hình", "")))

    assert found.content.by_code()["A"].method == "review"
    assert "Cổng chưa hiểu cách chấm “tùy tình hình”" in found.notes[0]


@pytest.mark.parametrize(
    ("row", "cell", "said"),
    [
        (("a b", "", "Tên", "10", "", "", ""), "A3", "không phải là mã"),
        (("A", "", "Trùng", "10", "", "", ""), "A3", "đã có"),
        (("B", "Z", "Tên", "10", "", "", ""), "B3", "Chưa có nhóm “Z”"),
        (("B", "", "", "10", "", "", ""), "C3", "Chưa có nội dung"),
        (("B", "", "Tên", "mười", "", "", ""), "D3", "không phải là số"),
        (("B", "", "Tên", "1,234", "", "", ""), "D3", "có thể là"),
        (("B", "", "Tên", "10", "đoán", "", ""), "E3", "Không có cách chấm “đoán”"),
        (("B", "", "Tên", "10", "", "", "IX.9"), "G3", "Kế hoạch không có mục “IX.9”"),
    ],
)  # fmt: skip
def test_a_bad_cell_is_named_by_its_address(row, cell, said):
    found = read(sheet(OWN, ("A", "", "Nhóm", "10", "", "", ""), row))

    assert [problem.address for problem in found.problems] == [cell]
    assert said in found.problems[0].message


def test_the_usual_shape_becomes_a_tree_by_its_numbers():
    found = read(
        sheet(
            USUAL,
            ("I", "Nhiệm vụ chính trị", "60", "", ""),
            ("1", "Nhiệm vụ", "40", "", ""),
            ("1.1", "Nhiệm vụ giao", "25,5", "", ""),
            ("1.2", "Chỉ tiêu", "14,5", "", ""),
            ("2", "Cải cách", "20", "", ""),
            ("II", "Thi đua", "40", "", ""),
            ("", "Phong trào", "40", "", ""),
            ("III", "Điểm thưởng, điểm trừ", "", "", ""),
            ("1", "Sáng kiến", "", "5", ""),
            ("2", "Kỷ luật", "", "", "-10"),
            ("", "Tổng cộng", "100", "5", ""),
            notes=("THANG BẢNG ĐIỂM", "Khối thử nghiệm"),
        )
    )

    assert found.problems == ()
    assert as_rows(found.content) == [
        ("I", None, "content", 60), ("I.1", "I", "content", 40),
        ("I.1.1", "I.1", "content", Decimal("25.5")), ("I.1.2", "I.1", "content", Decimal("14.5")),
        ("I.2", "I", "content", 20), ("II", None, "content", 40), ("II.1", "II", "content", 40),
        ("III.1", None, "bonus", 5), ("III.2", None, "deduction", 0),
    ]  # fmt: skip
    assert (found.content.total, found.content.bonus_cap) == (100, 5)
    assert all_faults(found.content) == []


def test_a_sheet_without_a_heading_is_refused_in_words():
    with pytest.raises(BadSheet, match="Không thấy dòng tiêu đề"):
        read(sheet(("Họ tên", "Điểm"), ("An", "9")))


@pytest.mark.parametrize(
    ("method", "words", "most", "said"),
    [
        ("ratio", "30 x tỷ lệ (tối đa 100%)", 30, "30 × tỷ lệ việc (%), cao nhất 30 điểm."),
        ("step", "mỗi chỉ tiêu không đạt trừ 160/n", 160,
         "160 điểm, mỗi “chỉ tiêu không đạt” trừ 160 ÷ (tổng số chỉ tiêu) điểm, thấp nhất 0."),
        ("band", ">=90%: 60; 80-<90: 50; <80: 0", 60,
         "Việc: ≥ 90%: 60; ≥ 80%: 50; còn lại: 0."),
        ("count", "10 điểm/điển hình, tối đa 30", 30,
         "10 điểm cho mỗi điển hình, tối đa 30; cao nhất 30 điểm."),
        ("review", "0 / 25 / 50", 50, "Người chấm cho một trong các mức 0 / 25 / 50."),
        ("auto", "Mỗi kỳ trễ trừ 1; không gửi trừ 2,5", 5,
         "Cổng tự chấm. Việc: 5 điểm; mỗi lần trễ trừ 1, không gửi trừ 2,5; thấp nhất 0."),
    ],
)  # fmt: skip
def test_the_usual_words_of_each_method(method, words, most, said):
    formula = read_words(method, words, "Việc", Decimal(most))

    assert formula.in_words(Decimal(most)) == said


@pytest.mark.django_db
def test_the_package_is_loaded_once_and_its_day_stays_the_boards():
    campaign = CampaignFactory()
    with pytest.raises(BadDataFile, match="Kế hoạch không có mục"):
        load_package("2024")
    for code in sorted(PLAN_CODES):
        PlanItemFactory(code=code, campaign=campaign)

    call_command("load_packages", stdout=StringIO())
    package = CampaignPackage.objects.get()
    package.amend_by = campaign.ends_on
    package.save()
    tallies = load_package("2024")

    assert not any(tally.did_something for tally in tallies)
    package.refresh_from_db()
    assert package.amend_by == campaign.ends_on
    assert sum(one.max_points for one in package.criteria.all()) == 60
    late = PackageCriterion.objects.get(code="C.2.1")
    assert "trễ đến 5 ngày làm việc: 5" in describe(late.method, late.config, late.max_points)
    assert list(late.plan_items.values_list("code", flat=True)) == ["KL.2"]
