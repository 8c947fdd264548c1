"""The checklist on plain values: what blocks, what only warns, and where each leads."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from campaign.checklist import ActivityContent, Content, Line, check, errors

ACTIVITY = ActivityContent(
    number=1, key="a", title="Hội thi", plan_codes=("IV.3.1", "III.1.1"), has_lead=True,
    starts_on=date(2024, 4, 15), ends_on=date(2024, 5, 7), quantity=Decimal(1),
    quantity_unit="cuộc",
)  # fmt: skip
WHOLE = Content(
    document_number="15/KH-SNV", document_date=date(2024, 3, 18), signer_name="Trần Thị Lan",
    legal_basis="Căn cứ Kế hoạch ngày 07/3/2024 của UBND tỉnh", purpose="Mục đích",
    theme="Chủ đề “ĐOÀN KẾT, mẫu mực”", organisation="Văn phòng chủ trì",
    commendation="Giấy khen", ho_chi_minh_link="Học tập tư tưởng Hồ Chí Minh",
    has_signed_file=True, activities=(ACTIVITY,), excluded_codes=frozenset(),
    duty_codes=("IV.3.1",), solution_codes=("III.1",), campaign_theme="Đoàn kết, mẫu mực",
    plan_number="", plan_issued_on=date(2024, 3, 7), window=(date(2024, 3, 7), date(2024, 12, 31)),
    today=date(2024, 3, 20), uses_state_form=True,
)  # fmt: skip


def said(content):
    return [(finding.is_error, finding.line, finding.anchor) for finding in check(content)]


def with_activity(**changes):
    return replace(WHOLE, activities=(replace(ACTIVITY, **changes),))


def test_a_whole_plan_has_nothing_to_mend():
    assert check(WHOLE) == []


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"document_number": ""}, (True, Line.FORM, "id_document_number")),
        ({"document_number": "mười lăm"}, (False, Line.FORM, "id_document_number")),
        ({"document_number": "15/BC-SNV"}, (False, Line.FORM, "id_document_number")),
        ({"document_date": None}, (True, Line.FORM, "id_document_date")),
        ({"document_date": date(2024, 3, 21)}, (True, Line.FORM, "id_document_date")),
        ({"document_date": date(2024, 3, 6)}, (False, Line.FORM, "id_document_date")),
        ({"signer_name": ""}, (True, Line.FORM, "id_signer_name")),
        ({"has_signed_file": False}, (True, Line.FORM, "files")),
        ({"legal_basis": " "}, (True, Line.BASIS, "id_legal_basis")),
        ({"legal_basis": "Căn cứ Luật"}, (False, Line.BASIS, "id_legal_basis")),
        ({"purpose": ""}, (True, Line.PURPOSE, "id_purpose")),
        ({"theme": ""}, (True, Line.THEME, "id_theme")),
        ({"theme": "Chủ đề khác"}, (False, Line.THEME, "id_theme")),
        ({"organisation": ""}, (True, Line.ORGANISATION, "id_organisation")),
        ({"commendation": ""}, (False, Line.COMMENDATION, "id_commendation")),
        ({"ho_chi_minh_link": ""}, (False, Line.HO_CHI_MINH, "id_ho_chi_minh_link")),
        ({"duty_codes": ("IV.3.1", "IV.3.2")}, (True, Line.ACTIVITIES, "duty-IV.3.2")),
        ({"solution_codes": ("III.1", "III.2")}, (False, Line.SOLUTIONS, "solutions")),
    ],
)
def test_each_gap_is_found_with_its_line_and_place(changes, finding):
    assert said(replace(WHOLE, **changes)) == [finding]


@pytest.mark.parametrize(
    "changes",
    [
        {"has_lead": False},
        {"starts_on": None},
        {"ends_on": None},
        {"starts_on": date(2024, 3, 6)},
        {"ends_on": date(2025, 1, 1)},
        {"starts_on": date(2024, 6, 1)},
    ],
)
def test_an_activity_that_lacks_something_blocks(changes):
    assert said(with_activity(**changes)) == [(True, Line.ACTIVITIES, "activity-a")]


def test_a_quantity_without_its_unit_only_warns():
    assert said(with_activity(quantity_unit="")) == [(False, Line.ACTIVITIES, "activity-a")]


def test_the_window_holds_its_first_and_last_day():
    whole = with_activity(starts_on=date(2024, 3, 7), ends_on=date(2024, 12, 31))

    assert check(whole) == []


def test_an_activity_without_a_row_of_the_plan_blocks():
    findings = check(replace(with_activity(plan_codes=()), duty_codes=(), solution_codes=()))

    assert [finding.message for finding in findings] == [
        "Hoạt động 1: chưa gắn với mục nào của Kế hoạch."
    ]


def test_no_activity_at_all_blocks():
    content = replace(WHOLE, activities=(), duty_codes=(), solution_codes=())

    assert said(content) == [(True, Line.ACTIVITIES, "activities")]


def test_a_reason_stands_in_for_an_activity():
    content = replace(
        WHOLE,
        duty_codes=("IV.3.1", "IV.3.2"),
        solution_codes=("III.1", "III.2"),
        excluded_codes=frozenset({"IV.3.2", "III.2"}),
    )

    assert check(content) == []


def test_a_code_is_no_prefix_of_another():
    content = replace(WHOLE, solution_codes=("III.10",), activities=(ACTIVITY,))

    assert said(content) == [(False, Line.SOLUTIONS, "solutions")]


@pytest.mark.parametrize("number", ["12-KH/BTGTU", "135/KH-BCH"])
def test_party_and_army_number_their_papers_by_their_own_rules(number):
    content = replace(WHOLE, document_number=number, uses_state_form=False)

    assert check(content) == []


def test_errors_are_those_that_block():
    findings = check(replace(WHOLE, purpose="", commendation=""))

    assert [finding.line for finding in errors(findings)] == [Line.PURPOSE]
