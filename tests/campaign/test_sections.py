import pytest

from campaign import sections


def test_the_parts_follow_the_solutions_of_the_plan():
    told = {part.code: part.plan_code for part in sections.SECTIONS if part.plan_code}

    assert told == {
        **{f"II.{n}": f"III.{n}" for n in range(1, 8)},
        "II.8": "II.6",
        "II.9": "IV",
    }


def test_only_units_named_in_part_iv_answer_for_its_duties():
    named = {part.code for part in sections.sections_of(is_named=True)}
    others = {part.code for part in sections.sections_of(is_named=False)}

    assert named - others == {"II.9"}


def test_what_a_unit_may_leave_out():
    optional = {part.code for part in sections.SECTIONS if not part.is_required}

    assert optional == {"III.3", "V"}


@pytest.mark.parametrize(
    ("codes", "is_work", "is_named", "part"),
    [
        (("III.1.1",), False, False, "II.1"),
        (("III.7.3", "III.5.1"), False, False, "II.5"),
        (("II.6",), False, False, "II.8"),
        (("III.1.1",), True, False, "II.8"),
        (("IV.3.1",), False, True, "II.9"),
        (("IV.3.1",), False, False, "II.8"),
        (("III.10.1",), False, False, "II.8"),
        ((), False, False, "II.8"),
    ],
)
def test_an_activity_is_told_once(codes, is_work, is_named, part):
    assert sections.tells_of(codes, is_work=is_work, is_named=is_named) == (part,)
