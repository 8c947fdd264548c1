from datetime import date, timedelta
from decimal import Decimal

import pytest

from campaign.datasets.totals import (
    NO_BLOCK,
    totals,
    totals_of_indicator,
    totals_of_units,
)
from campaign.models import ProgressReport
from campaign.totalling import NOTHING, Answer, Answers
from tests.factories.campaign import CampaignFactory, PlannedActivityFactory, SubPlanFactory
from tests.factories.progress import (
    ActivityFactory,
    AdjustmentFactory,
    FigureFactory,
    IndicatorFactory,
    ParticipationFactory,
    ProgressReportFactory,
    RegisteredTargetFactory,
    ReportingPeriodFactory,
    ReportObligationFactory,
)
from tests.factories.units import BlockFactory, BlockMembershipFactory, UnitFactory

pytestmark = pytest.mark.django_db

ONE_DAY = timedelta(days=1)


def month(number, **said):
    return ReportingPeriodFactory(month=number, **said)


def half_year():
    return ReportingPeriodFactory(
        kind="half_year", name="6 tháng đầu năm 2024", data_from=date(2023, 12, 15),
        data_to=date(2024, 6, 14), opens_on=date(2024, 6, 10), due_date=date(2024, 6, 17),
        collects_from=None,
    )  # fmt: skip


def sent(unit, period, **said):
    return ProgressReportFactory(unit=unit, period=period, accepted=True, **said)


def both(cell):
    return cell.amount.in_period, cell.amount.cumulative


@pytest.fixture
def campaign(db):
    return CampaignFactory()


@pytest.fixture
def three():
    """Two units of one block, and one of no block."""
    block = BlockFactory()
    units = [UnitFactory(), UnitFactory(), UnitFactory()]
    for unit in units[:2]:
        BlockMembershipFactory(block=block, unit=unit)
    return block, *units


# --- by hand -------------------------------------------------------------------------------------


def test_increments_add_up_over_periods_and_units(campaign, three):
    block, one, two, alone = three
    talks = IndicatorFactory()
    for unit, number, value in [(one, 4, 3), (one, 5, 4), (two, 5, 10), (alone, 4, 1)]:
        FigureFactory(report=sent(unit, month(number)), indicator=talks, value=value)

    seen = totals(campaign, month(5))

    assert both(seen.units[one.pk][talks.pk]) == (4, 7)
    assert both(seen.blocks[block.pk][talks.pk]) == (14, 17)
    assert both(seen.blocks[NO_BLOCK][talks.pk]) == (0, 1)
    assert both(seen.province[talks.pk]) == (14, 18)


def test_a_half_year_in_words_is_the_sum_of_its_months(campaign, three):
    _, one, *_ = three
    talks = IndicatorFactory()
    for number in (4, 5, 6):
        FigureFactory(report=sent(one, month(number)), indicator=talks, value=number)

    assert both(totals(campaign, half_year()).province[talks.pk]) == (15, 15)


def test_a_joint_activity_counts_once_above_and_whole_for_each(campaign, three):
    block, one, two, alone = three
    shows = IndicatorFactory(joint=True)
    show = ActivityFactory(lead_unit=one)
    ParticipationFactory(activity=show, unit=two, confirmed=True)
    ParticipationFactory(activity=show, unit=alone, contested=True)
    FigureFactory(report=sent(one, month(4)), indicator=shows, activity=show, value=1)
    FigureFactory(report=sent(two, month(4)), indicator=shows, value=2)

    seen = totals(campaign, month(4))

    assert both(seen.units[one.pk][shows.pk]) == (1, 1)
    assert both(seen.units[two.pk][shows.pk]) == (3, 3)
    assert seen.units.get(alone.pk) is None
    assert both(seen.blocks[block.pk][shows.pk]) == (3, 3)
    assert both(seen.province[shows.pk]) == (3, 3)


def test_what_was_folded_counts_nowhere(campaign, three):
    _, one, two, _ = three
    shows = IndicatorFactory(joint=True)
    kept, folded = ActivityFactory(lead_unit=one), ActivityFactory(lead_unit=two)
    folded.same_as = kept
    folded.save()
    for unit, show in [(one, kept), (two, folded)]:
        FigureFactory(report=sent(unit, month(4)), indicator=shows, activity=show, value=1)

    seen = totals(campaign, month(4))

    assert both(seen.province[shows.pk]) == (1, 1)
    assert seen.units[two.pk][shows.pk].amount == NOTHING


def test_a_place_is_counted_once_however_often_and_by_whomever(campaign, three):
    _, one, two, _ = three
    places = IndicatorFactory(distinct=True)
    for unit, number, name in [(one, 4, "xa mat"), (one, 5, "xa mat"), (two, 5, "xa mat"),
                               (two, 5, "chang riec")]:  # fmt: skip
        visit = ActivityFactory(lead_unit=unit, sponsorship=True, beneficiary_key=name)
        report = ProgressReport.objects.filter(unit=unit, period=month(number)).first()
        FigureFactory(
            report=report or sent(unit, month(number)), indicator=places, activity=visit, value=1
        )

    seen = totals(campaign, month(5))

    assert both(seen.units[one.pk][places.pk]) == (1, 1)
    assert both(seen.units[two.pk][places.pk]) == (2, 2)
    assert both(seen.province[places.pk]) == (2, 2)


def test_a_correction_counts_where_it_is_made_and_shows_in_both(campaign, three):
    _, one, *_ = three
    talks = IndicatorFactory()
    FigureFactory(report=sent(one, month(4)), indicator=talks, value=5)
    may = sent(one, month(5))
    FigureFactory(report=may, indicator=talks, value=3)
    AdjustmentFactory(report=may, period=month(4), indicator=talks, difference=Decimal(-2))

    april, later = (totals(campaign, month(number)).province[talks.pk].amount for number in (4, 5))

    assert (april.in_period, april.brought, april.taken) == (5, 0, -2)
    assert (later.in_period, later.cumulative, later.brought, later.taken) == (1, 6, -2, 0)
    whole = totals(campaign, half_year()).province[talks.pk].amount
    assert (whole.in_period, whole.brought, whole.taken) == (6, 0, 0)


def test_promises_come_from_the_sub_plan_that_counts(campaign, three):
    _, one, two, _ = three
    talks, works = IndicatorFactory(), IndicatorFactory(works=True)
    old = SubPlanFactory(unit=one, returned=True)
    RegisteredTargetFactory(sub_plan=old, indicator=talks, value=99)
    new = SubPlanFactory(unit=one, version=2, accepted=True)
    RegisteredTargetFactory(sub_plan=new, indicator=talks, value=10)
    FigureFactory(report=sent(one, month(4)), indicator=talks, value=4)
    joint = PlannedActivityFactory(sub_plan=new, kind="work")
    PlannedActivityFactory(sub_plan=new, kind="work", lead_unit=None)
    work = ActivityFactory(work=True, lead_unit=one, key=joint.key, registration=joint)
    ParticipationFactory(activity=work, unit=two, confirmed=True)

    seen = totals(campaign, month(4))

    assert seen.province[talks.pk].amount.registered == 10
    assert seen.province[talks.pk].amount.rate == Decimal("0.4")
    assert seen.province[works.pk].amount.registered == 2
    assert seen.units[two.pk][works.pk].amount.registered == 1
    assert seen.province[works.pk].amount.rate == 0


def test_by_the_cut_off_what_came_later_is_not_known(campaign, three):
    _, one, *_ = three
    talks = IndicatorFactory()
    first = sent(one, month(4))
    FigureFactory(report=first, indicator=talks, value=3)
    second = sent(one, month(4), version=2, submitted_at=first.submitted_at + ONE_DAY)
    FigureFactory(report=second, indicator=talks, value=8)

    by = first.submitted_at
    assert both(totals(campaign, month(4), by=by).province[talks.pk]) == (3, 3)
    assert both(totals(campaign, month(4)).province[talks.pk]) == (8, 8)
    assert totals(campaign, month(4), by=by - ONE_DAY).province[talks.pk].amount == NOTHING


def test_the_three_kinds_of_nothing_stay_apart(campaign):
    talks = IndicatorFactory()
    zero, refused, silent, absent, exempt = (UnitFactory() for _ in range(5))
    april = month(4, owing=[zero, refused, silent, absent])
    ReportObligationFactory(period=april, unit=exempt, exempt=True)
    FigureFactory(report=sent(zero, april), indicator=talks, value=0)
    FigureFactory(report=sent(refused, april), indicator=talks, not_applicable=True)
    FigureFactory(report=sent(silent, april), indicator=talks, unanswered=True)

    seen = totals(campaign, april)

    assert seen.province[talks.pk].answers == Answers(1, 1, 1, 1)
    assert seen.province[talks.pk].without_figures == 2
    assert [seen.units[unit.pk][talks.pk].nothing for unit in (zero, refused, silent, absent)] == [
        None, Answer.NOT_APPLICABLE, Answer.UNANSWERED, Answer.NOT_SENT,
    ]  # fmt: skip
    assert exempt.pk not in seen.units


def test_only_those_asked_by_name_are_missed(campaign):
    bones = IndicatorFactory()
    army, other = UnitFactory(), UnitFactory()
    bones.only_units.add(army)
    april = month(4, owing=[army, other])

    assert totals(campaign, april).province[bones.pk].answers == Answers(not_sent=1)


def test_a_longer_period_lacks_figures_where_one_of_its_months_does(campaign):
    talks, unit = IndicatorFactory(), UnitFactory()
    for number in (4, 5):
        month(number, owing=[unit])
    FigureFactory(report=sent(unit, month(4)), indicator=talks, value=2)

    seen = totals(campaign, half_year()).units[unit.pk][talks.pk]

    assert (seen.amount.in_period, seen.answers) == (2, Answers(not_sent=1))
    assert seen.nothing is None


def test_some_units_and_one_indicator_alone_say_the_same(campaign, three):
    _, one, two, _ = three
    talks, shows = IndicatorFactory(), IndicatorFactory(joint=True)
    show = ActivityFactory(lead_unit=one)
    ParticipationFactory(activity=show, unit=two, confirmed=True)
    report = sent(one, month(4))
    FigureFactory(report=report, indicator=talks, value=2)
    FigureFactory(report=report, indicator=shows, activity=show, value=1)
    AdjustmentFactory(report=report, period=month(4), indicator=shows, activity=show)
    FigureFactory(report=sent(two, month(4)), indicator=talks, value=7)

    whole = totals(campaign, month(4))

    assert totals_of_units([two], campaign, month(4)).units[two.pk] == whole.units[two.pk]
    assert totals_of_indicator(shows, month(4)).blocks == {
        block: {shows.pk: line[shows.pk]} for block, line in whole.blocks.items()
    }


def test_a_retired_indicator_shows_while_it_has_something_to_show(campaign):
    used, unused = IndicatorFactory(is_active=False), IndicatorFactory(is_active=False)
    FigureFactory(report=sent(UnitFactory(), month(4)), indicator=used, value=1)

    shown = totals(campaign, month(4)).shown

    assert used in shown
    assert unused not in shown


@pytest.mark.parametrize("size", [1, 3])
def test_it_takes_the_same_queries_whatever_the_size(campaign, size, django_assert_num_queries):
    april = month(4)
    for _ in range(size):
        unit = UnitFactory()
        BlockMembershipFactory(unit=unit)
        show = ActivityFactory(lead_unit=unit, participants=[UnitFactory()])
        report = sent(unit, april)
        for indicator in [IndicatorFactory(), IndicatorFactory(joint=True)]:
            FigureFactory(report=report, indicator=indicator, activity=show, value=1)
            FigureFactory(report=report, indicator=indicator, value=1)
            indicator.only_units.add(unit)

    with django_assert_num_queries(13):
        seen = totals(campaign, april)
        assert seen.province
        assert seen.blocks
        assert seen.units
