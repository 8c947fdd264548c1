"""The campaign's package in a scale, in each of the three ways; coverage for the board."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from accounts.workflow import Refused
from scoring.actions import package as actions
from scoring.datasets.content import CriterionContent, ScaleContent, content_of
from scoring.datasets.coverage import coverage
from scoring.datasets.double_count import activities_of, doubled
from scoring.models import CampaignPackage, PackageUse
from tests.factories import (
    BlockFactory,
    BlockLeadFactory,
    BlockMembershipFactory,
    BoardHeadFactory,
    CampaignFactory,
    CampaignPackageFactory,
    CriterionFactory,
    PackageCriterionFactory,
    PackageUseFactory,
    PlanItemFactory,
    ReviewerFactory,
    ScoringScaleFactory,
)

pytestmark = pytest.mark.django_db
Way = PackageUse.Way


@pytest.fixture
def item():
    return PlanItemFactory(code="III.5.6", bullet=True, related_codes="IV.2.2")


@pytest.fixture
def package(item):
    made = CampaignPackageFactory(campaign=item.campaign)
    PackageCriterionFactory(package=made, code="C.2.1", plan_items=[item])
    PackageCriterionFactory(package=made, code="C.2.2")
    return made


@pytest.fixture
def draft():
    scale = ScoringScaleFactory(content=False)
    group = CriterionFactory(scale=scale, code="C", group=True, max_points=1000)
    CriterionFactory(scale=scale, code="C.1", parent=group, max_points=1000)
    return scale


@pytest.fixture
def lead(draft):
    return BlockLeadFactory(draft.block)


def take(draft, package, lead, at, **taking):
    actions.take_package(
        draft, package, actions.Taking(**taking), by=lead, at=at, revision=draft.revision
    )
    return content_of(draft)


def test_rebalanced_it_is_a_group_of_its_own_and_the_sums_wait_for_the_block(
    draft, package, lead, at
):
    content = take(draft, package, lead, at, way=Way.REBALANCE, parent="C")

    assert [(one.code, one.parent, one.max_points) for one in content.criteria] == [
        ("C", None, 1000), ("C.1", "C", 1000), ("C.2", "C", 20),
        ("C.2.1", "C.2", 10), ("C.2.2", "C.2", 10),
    ]  # fmt: skip
    assert content.by_code()["C.2.1"].plan_codes == ("III.5.6",)
    assert {row.package_criterion.code for row in draft.criteria.exclude(package_criterion=None)} == {
        "C.2.1", "C.2.2",
    }  # fmt: skip
    assert draft.package_uses.get().way == Way.REBALANCE


def test_a_code_that_is_taken_already_is_left_alone(draft, package, lead, at):
    CriterionFactory(scale=draft, code="C.2", parent=draft.criteria.get(code="C"))

    content = take(draft, package, lead, at, way=Way.REBALANCE, parent="C")

    assert content.by_code()["C.2a.1"].parent == "C.2a"


def test_as_bonus_it_counts_beside_the_total(draft, package, lead, at):
    content = take(draft, package, lead, at, way=Way.BONUS, cap=Decimal(70))

    known = content.by_code()
    assert (known["A"].section, known["A.1"].section) == ("bonus", "bonus")
    assert (content.bonus_cap, content.total) == (70, 1000)


def test_by_reference_rows_of_the_plan_stand_beside_criteria(draft, package, lead, at):
    content = take(draft, package, lead, at, way=Way.REFERENCE, ties={"C.1": ("III.5.6",)})

    assert [one.code for one in content.criteria] == ["C", "C.1"]
    assert content.by_code()["C.1"].plan_codes == ("III.5.6",)


def test_a_second_way_takes_the_place_of_the_first(draft, package, lead, at):
    take(draft, package, lead, at, way=Way.REBALANCE, parent="C")
    content = take(draft, package, lead, at, way=Way.BONUS)

    assert [one.code for one in content.criteria] == ["C", "C.1", "A", "A.1", "A.2"]
    assert draft.package_uses.get().way == Way.BONUS


def test_only_the_lead_takes_it_in(draft, package, at):
    with pytest.raises(PermissionDenied):
        take(draft, package, BlockLeadFactory(), at, way=Way.BONUS)


def scale_of(*criteria):
    return ScaleContent(
        Decimal(1000), Decimal(0), Decimal(5),
        tuple(
            CriterionContent(code, code, Decimal(10), "review", plan_codes=codes, section=section)
            for code, codes, section in criteria
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "section", "met"),
    [
        (("III.5.6",), ("III.5.6",), "content", ("III.5.6",)),
        (("III.5.6",), ("IV.2.2",), "content", ("III.5.6",)),  # tied by the plan itself
        (("III.5.6",), ("III.1.1",), "content", ()),
        (("II.2",), ("II.2",), "content", ()),  # a content item is no activity
        (("III.5.6",), ("III.5.6",), "bonus", ("III.5.6",)),
        (("III.5.6",), ("III.5.6",), "deduction", ()),
    ],
)
def test_the_same_activity_in_two_criteria_is_warned_of(item, one, other, section, met):
    PlanItemFactory(code="IV.2.2", related_codes="III.5.6")
    PlanItemFactory(code="III.1.1", bullet=True)
    PlanItemFactory(code="II.2", content=True)
    found = doubled(scale_of(("A", one, "content"), ("B", other, section)), activities_of(2024))

    assert [pair.codes for pair in found] == ([met] if met else [])


def test_coverage_names_the_blocks_of_each_row_and_those_that_have_not_amended(item, package):
    duty = PlanItemFactory(code="IV.2.2", campaign=item.campaign)
    amended, behind, without = (
        BlockMembershipFactory(block__sort_order=n).block for n in (1, 2, 3)
    )
    scale = ScoringScaleFactory(in_force=True, block=amended)
    CriterionFactory(scale=scale, code="D.2", plan_items=[item, duty])
    CriterionFactory(scale=scale, code="D.3", plan_items=[item])
    PackageUseFactory(scale=scale, package=package)
    ScoringScaleFactory(in_force=True, block=behind)
    old = ScoringScaleFactory(superseded=True, block=behind, version=2, content=False)
    CriterionFactory(scale=old, plan_items=[duty])

    found = coverage(CampaignFactory())

    solutions, duties = found.parts
    assert [(one.item.code, [ref.codes for ref in one.references]) for one in solutions.items] == [
        ("III.5.6", [("D.2", "D.3")])
    ]
    assert [one.references[0].scale for one in duties.items] == [scale]
    assert (solutions.covered, duties.covered) == (1, 1)
    assert [one.block for one in found.missing] == [behind, without]
    assert not found.is_due(date(2024, 4, 30))
    assert found.is_due(date(2024, 5, 1))


def test_coverage_asks_the_same_whatever_there_is(django_assert_num_queries, item, package):
    def add():
        block = BlockMembershipFactory(block=BlockFactory()).block
        scale = ScoringScaleFactory(in_force=True, block=block)
        CriterionFactory(scale=scale, plan_items=[item])
        PlanItemFactory(bullet=True, campaign=item.campaign)

    add()
    with django_assert_num_queries(7):
        coverage(item.campaign)
    add()
    add()
    with django_assert_num_queries(7):
        coverage(item.campaign)


def test_the_head_of_the_board_sets_the_day(package, at):
    actions.set_package_day(package, date(2024, 5, 30), by=BoardHeadFactory(), at=at)

    assert CampaignPackage.objects.get().amend_by == date(2024, 5, 30)
    with pytest.raises(PermissionDenied):
        actions.set_package_day(package, date(2024, 6, 1), by=ReviewerFactory(), at=at)
    with pytest.raises(Refused):
        actions.set_package_day(package, date(2024, 3, 1), by=BoardHeadFactory(), at=at)
