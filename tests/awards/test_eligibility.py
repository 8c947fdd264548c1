"""Each rule: what it refuses, what it lets pass, and that it is silent outside its days."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from awards.eligibility import CHECKS, Award, Facts, Rule, Vote, Year, check, missing
from awards.importers.catalogue import FOLDER, RULE_COLUMNS
from lib.datafile import read_rows

RULES = [
    Rule(
        row.text("code"), row.text("sentence"), row.text("severity"), row.text("legal_basis"),
        row.day("valid_from"), row.day("valid_to"), json.loads(row.text("settings")),
    )
    for row in read_rows(FOLDER / "rules.csv", RULE_COLUMNS)
]  # fmt: skip

DAY = date(2024, 11, 20)
# A nomination nothing is said against.
GOOD = Facts(
    on=DAY, form_code="BK-TINH", form_name="Bằng khen", recipient="individual", campaign="2024",
    name="Trần Thị B", gender="male", rank="direct_worker", achieved_from=date(2024, 3, 15),
    achieved_to=date(2024, 10, 31), achievement="Xây 5 nhà", summary="Xây 5 nhà",
    letter_date=date(2024, 11, 1), signer_name="Lê Văn A", signer_position="Giám đốc",
    direct_workers=3, individuals=4,
)  # fmt: skip
MERIT = {"ground": "regular", "achieved_from": date(2024, 1, 1), "achieved_to": date(2024, 12, 31)}


def award(code="BK-TINH", year=2024, **more):
    return Award("Bằng khen", code, year, **{"is_provincial": True, **more})


def fighters(*years, code="CSTDCS"):
    return tuple(award(code, year, ground="regular", is_provincial=False) for year in years)


SAME_DAYS = {"achieved_from": date(2024, 10, 31), "achieved_to": date(2024, 12, 1)}
TTLDXS = {"form_code": "TTLDXS", "recipient": "collective", **MERIT}
BEST_YEAR = Year(2024, "excellent", 0, Fraction(100), Fraction(70), has_base_fighter=True)

FAILS = {
    "R1 same theme": ("R1", {"awards": (award(ground="thematic", campaign="2024"),)}),
    "R1 days that touch": ("R1", {"awards": (award(ground="thematic", **SAME_DAYS),)}),
    "R2": ("R2", {"initiative": "Số hóa", "initiative_used_by": ("QĐ 1",)}),
    "R3 yearly title": ("R3", {"is_thematic_form": False}),
    "R3 merit on results of the campaign": ("R3", {"form_code": "CO-TINH", "ground": "regular", "campaign_sources": 1}),
    "R4 not said": ("R4", {"integrity": ""}),
    "R4 under way": ("R4", {"integrity": "pending", "integrity_note": "đang thanh tra"}),
    "R4 no day": ("R4", {"integrity": "served"}),
    "R4 counted too early": (
        "R4", {"integrity": "served", "discipline_ended_on": date(2024, 3, 15)},
    ),
    "R6 a woman": ("R6", {"gender": "female"}),
    "R6 exactly 70 %": ("R6", {"recipient": "collective", "women_share": Fraction(70)}),
    "R7": ("R7", {"minimum_direct_share": Fraction(76)}),
    "R8": ("R8", {"ballot_required": True}),
    "R9 one vote short of 80 %": (
        "R9", {"threshold": Fraction(80), "vote": Vote(11, 14, 14)},
    ),
    "R9 of all members, not of those present": (
        "R9", {"threshold": Fraction(90), "vote": Vote(13, 15, 13)},
    ),
    "R10 one short of two thirds": ("R10", {"quorum": Fraction(2, 3), "vote": Vote(9, 14, 9)}),
    "R12 a year missing": (
        "R12",
        {"form_code": "CSTDT", **MERIT, "initiative": "x", "awards": fighters(2022, 2024)},
    ),
    "R12 no initiative": ("R12", {"form_code": "CSTDT", **MERIT, "awards": fighters(2022, 2023, 2024)}),
    "R13 a person": ("R13", {**MERIT, "years": (Year(2023, "excellent", 2),)}),
    "R13 a person without initiatives": (
        "R13", {**MERIT, "years": (Year(2023, "excellent", 1), Year(2024, "excellent"))},
    ),
    "R13 a collective": (
        "R13", {**MERIT, "recipient": "collective", "years": (Year(2024, "excellent"),)},
    ),
    "R14 no year": ("R14", TTLDXS),
    "R14 too few": ("R14", {**TTLDXS, "years": (replace(BEST_YEAR, advanced_workers=Fraction(69)),)}),
    "R14 tasks": ("R14", {**TTLDXS, "years": (replace(BEST_YEAR, tasks_done=Fraction(99)),)}),
    "R14 nobody": ("R14", {**TTLDXS, "years": (replace(BEST_YEAR, has_base_fighter=False),)}),
    "R16 nobody signed": ("R16", {"signer_name": ""}),
    "R16 no authority": ("R16", {"signer_position": "Chuyên viên"}),
    "R16 unit is over": ("R16", {"unit_valid_to": date(2024, 10, 31)}),
    "R16 unit is not yet": ("R16", {"unit_valid_from": date(2024, 11, 2)}),
    "R17 another unit": ("R17", {"in_unit": False}),
    "R17 came later": ("R17", {"joined_on": date(2024, 11, 2)}),
    "R17 had left": ("R17", {"left_on": date(2024, 10, 31)}),
    "R18": ("R18", {"is_enterprise": True, "papers": frozenset({"tax", "insurance"})}),
    "R19 often": ("R19", {"max_per_year": 1, "awards": (award(),)}),
    "R19 soon": (
        "R19",
        {"min_months_between": 6, "awards": (award(decided_on=date(2024, 5, 21)),)},
    ),
}  # fmt: skip

PASSES = {
    "R1 another theme": {"awards": (award(ground="thematic", campaign="2020", year=2020),)},
    "R1 another kind over the same days": {"awards": (award(ground="ad_hoc", **SAME_DAYS),)},
    "R2 a new one": {"initiative": "Số hóa"},
    "R4 counted from the day after": {
        "integrity": "served", "discipline_ended_on": date(2024, 3, 14),
    },
    "R5 no lower form is asked for": {"awards": ()},
    "R6 below 70 %": {"recipient": "collective", "women_share": Fraction(699, 10)},
    "R7 exactly the share": {"minimum_direct_share": Fraction(75)},
    "R7 none is set": {"direct_workers": 0},
    "R8 in the dossier": {"ballot_required": True, "papers": frozenset({"ballot"})},
    "R9 exactly 80 %": {"threshold": Fraction(80), "vote": Vote(12, 15, 15)},
    "R9 exactly 90 %": {"threshold": Fraction(90), "vote": Vote(9, 10, 9)},
    "R10 exactly two thirds": {"quorum": Fraction(2, 3), "vote": Vote(10, 15, 10)},
    "R11 no threshold": {"vote": Vote(1, 15, 15)},
    "R12": {
        "form_code": "CSTDT", "initiative": "x", "is_thematic_form": False, **MERIT,
        "awards": fighters(2022, 2023, 2024), "achieved_from": None,
    },
    "R13 fighter two years": {**MERIT, "awards": fighters(2023, 2024), "achieved_from": None},
    "R13 excellent with initiatives": {
        **MERIT, "years": (Year(2023, "excellent", 1), Year(2024, "excellent", 1)),
    },
    "R13 not for a movement": {"years": ()},
    "R14": {**TTLDXS, "years": (BEST_YEAR,)},
    "R16 a deputy signs": {"signer_position": "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC"},
    "R17 on the very days": {"joined_on": date(2024, 11, 1), "left_on": date(2024, 11, 1)},
    "R18": {
        "is_enterprise": True,
        "papers": frozenset({"tax", "insurance", "environment", "fire_safety"}),
    },
    "R19 no limit is set": {"awards": (award(), award())},
    "R19 ad-hoc awards do not count": {"max_per_year": 1, "awards": (award(ground="ad_hoc"),)},
    "R19 the waiting time is over": {
        "min_months_between": 6, "awards": (award(decided_on=date(2024, 5, 20)),),
    },
}  # fmt: skip


def codes(findings):
    return [finding.rule.code for finding in findings]


@pytest.mark.parametrize(("code", "facts"), FAILS.values(), ids=FAILS)
def test_a_rule_speaks(code, facts):
    said = check(replace(GOOD, **facts), RULES)

    assert codes(said) == [code]
    assert said[0].text
    assert said[0].rule.legal_basis


@pytest.mark.parametrize("facts", PASSES.values(), ids=PASSES)
def test_a_rule_is_silent(facts):
    assert check(replace(GOOD, **facts), RULES) == []


@pytest.mark.parametrize(("code", "facts"), FAILS.values(), ids=FAILS)
def test_a_rule_is_silent_before_it_is_in_force(code, facts):
    rules = [replace(rule, valid_from=date(2024, 11, 21)) for rule in RULES if rule.code == code]

    assert check(replace(GOOD, **facts), rules) == []


@pytest.mark.parametrize(("code", "facts"), FAILS.values(), ids=FAILS)
def test_a_rule_is_silent_after_its_last_day(code, facts):
    rules = [replace(rule, valid_to=date(2024, 11, 19)) for rule in RULES if rule.code == code]

    assert check(replace(GOOD, **facts), rules) == []


def test_the_old_cap_on_fighters_ended_with_2023():
    facts = replace(
        GOOD, form_code="CSTDCS", is_thematic_form=False, ground="regular", is_provincial=False,
        on=date(2023, 12, 31), proposed_by_form={"CSTDCS": 16, "LDTT": 100},
    )  # fmt: skip

    assert codes(check(facts, RULES)) == ["R15"]
    assert check(replace(facts, proposed_by_form={"CSTDCS": 15, "LDTT": 100}), RULES) == []
    assert "R15" not in codes(check(replace(facts, on=date(2024, 1, 1)), RULES))


def test_every_check_has_a_rule_and_every_rule_a_check():
    assert {rule.code for rule in RULES} == set(CHECKS)


def test_the_basis_changes_with_the_decree():
    facts = replace(GOOD, integrity="")

    before = check(replace(facts, on=date(2025, 6, 30)), RULES)
    after = check(replace(facts, on=date(2025, 7, 1)), RULES)

    assert before[0].rule.legal_basis == "NĐ 98/2023/NĐ-CP, Điều 4 khoản 4"
    assert after[0].rule.legal_basis == "NĐ 152/2025/NĐ-CP, Điều 4 khoản 4"


def test_an_error_blocks_a_warning_until_it_is_answered_and_a_hint_never():
    error, warning, hint = (
        check(replace(GOOD, **facts), RULES)[0]
        for facts in (
            {"integrity": ""},
            {"minimum_direct_share": Fraction(80)},
            {"gender": "female"},
        )
    )
    answered = check(
        replace(GOOD, minimum_direct_share=Fraction(80)), RULES, reasons={"R7": "Đơn vị nhỏ"}
    )

    assert (error.blocks, warning.blocks, hint.blocks) == (True, True, False)
    assert answered[0].blocks is False


def test_what_is_missing_is_named():
    bare = replace(GOOD, gender="", rank="", achieved_to=None, achievement=" ", summary="")

    assert missing(bare) == [
        "Giới tính",
        "Nhóm đối tượng (trực tiếp lao động, lãnh đạo …)",
        "Thời gian lập thành tích",
        "Báo cáo thành tích",
        "Tóm tắt thành tích cho danh sách",
    ]
    assert missing(replace(bare, recipient="household"))[0] == "Thời gian lập thành tích"
    assert missing(GOOD) == []
