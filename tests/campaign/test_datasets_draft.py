"""What the drafting page reads: names and codes as typed, and what of the plan is covered."""

import pytest

from campaign.datasets.activity_table import activities_in_order
from campaign.datasets.coverage import coverage_of
from campaign.datasets.vocabulary import vocabulary_of
from campaign.models import Exclusion
from tests.factories.campaign import (
    CampaignFactory,
    DutyFactory,
    PlanItemFactory,
    PlannedActivityFactory,
    SubPlanFactory,
)
from tests.factories.units import UnitFactory

pytestmark = pytest.mark.django_db


def test_a_unit_is_known_by_code_short_name_or_full_name_in_any_spelling():
    unit = UnitFactory(name="Thị xã Hòa Thành", short_name="HT", code="UBND-HT")

    vocabulary = vocabulary_of(CampaignFactory())

    typed = ("thị xã HOÀ THÀNH", "ht", "ubnd-ht", "Thi xa  Hoa Thanh")
    assert [vocabulary.unit(text) for text in typed] == [unit] * 4


def test_a_name_of_two_units_means_neither():
    UnitFactory(short_name="VP"), UnitFactory(short_name="VP")

    assert vocabulary_of(CampaignFactory()).unit("VP") is None


def test_units_that_ended_before_the_plan_are_not_meant():
    UnitFactory(ended=True, name="Sở Cũ")

    assert vocabulary_of(CampaignFactory()).unit("Sở Cũ") is None


def test_a_list_of_units_is_split_though_names_hold_commas():
    culture = UnitFactory(name="Sở Văn hóa, Thể thao và Du lịch")
    army = UnitFactory(name="Bộ Chỉ huy Quân sự tỉnh")
    vocabulary = vocabulary_of(CampaignFactory())

    units, words = vocabulary.split_units(
        "Bộ Chỉ huy Quân sự tỉnh, Sở Văn hóa, Thể thao và Du lịch; Đội văn nghệ\nHội cựu giáo chức"
    )

    assert (units, words) == ((army, culture), "Đội văn nghệ; Hội cựu giáo chức")


def test_only_rows_that_can_be_registered_under_are_offered():
    item = PlanItemFactory(code="IV.3.1")
    PlanItemFactory(addressee=True, code="IV.3")
    PlanItemFactory(solution=True, code="III.1")

    vocabulary = vocabulary_of(item.campaign)

    assert (dict(vocabulary.items), vocabulary.solutions) == ({"IV.3.1": item}, {"III.1"})


def test_open_duties_come_first_and_each_says_what_covers_it():
    draft = SubPlanFactory()
    done, excluded, left = (DutyFactory(unit=draft.unit).item for _ in range(3))
    DutyFactory(unit=UnitFactory())
    PlannedActivityFactory(sub_plan=draft, title="Hội thi", plan_items=[done])
    Exclusion.objects.create(sub_plan=draft, plan_item=excluded, reason="Không có")

    coverage = coverage_of(draft, activities_in_order(draft))

    told = [(c.item, [a.title for a in c.activities], c.reason) for c in coverage.duties]
    assert told == [(left, [], ""), (done, ["Hội thi"], ""), (excluded, [], "Không có")]
    assert coverage.open_duties == 1


def test_a_solution_is_covered_by_an_activity_under_any_of_its_bullets_once():
    draft = SubPlanFactory()
    PlanItemFactory(solution=True, code="III.1", text_issued="1. Đẩy mạnh tuyên truyền")
    PlanItemFactory(solution=True, code="III.10", text_issued="10. Khác")
    bullets = [PlanItemFactory(bullet=True, code=f"III.1.{n}") for n in (1, 2)]
    PlannedActivityFactory(sub_plan=draft, plan_items=bullets)

    coverage = coverage_of(draft, activities_in_order(draft))

    told = [(c.text, [a.number for a in c.activities]) for c in coverage.solutions]
    assert told == [("Đẩy mạnh tuyên truyền", [1]), ("Khác", [])]
