"""Whatever is reported, corrected, confirmed or folded: the scopes agree with each other and with
the slow sums of `naive_totals`."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.datasets.totals import totals
from campaign.models import Activity, Figure, Indicator, Participation, ProgressReport
from tests.campaign import naive_totals
from tests.factories.accounts import UserFactory
from tests.factories.campaign import CampaignFactory
from tests.factories.progress import (
    ActivityFactory,
    AdjustmentFactory,
    IndicatorFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
)
from tests.factories.units import BlockFactory, BlockMembershipFactory, UnitFactory

pytestmark = pytest.mark.django_db

ONE_DAY = timedelta(days=1)

UNITS, EVENTS, MONTHS, INDICATORS = range(3), range(3), (4, 5, 6), range(4)
amounts = st.decimals(0, 50, places=1)
figures = st.lists(
    st.tuples(st.sampled_from(INDICATORS), st.sampled_from([None, *EVENTS]), amounts),
    min_size=2,
    max_size=5,
)
steps = st.one_of(
    st.tuples(
        st.just("report"), st.sampled_from(UNITS), st.sampled_from(MONTHS), figures,
        st.sampled_from(["accepted", "submitted", "returned", "withdrawn", "void", "draft"]),
    ),
    st.tuples(
        st.just("correct"), st.sampled_from(UNITS), st.sampled_from(MONTHS),
        st.sampled_from(INDICATORS), st.sampled_from([None, *EVENTS]), amounts,
    ),
    st.tuples(
        st.just("answer"), st.sampled_from(EVENTS), st.sampled_from(UNITS),
        st.sampled_from(["confirmed", "contested", "asked"]),
    ),
    st.tuples(st.just("fold"), st.sampled_from(EVENTS), st.sampled_from(EVENTS)),
)  # fmt: skip


class World:
    """Three units in two blocks, three events, three months; steps happen to it."""

    def __init__(self):
        self.campaign, self.user = CampaignFactory(), UserFactory()
        self.units = [UnitFactory() for _ in UNITS]
        blocks = BlockFactory(), BlockFactory()
        self.members = {block.pk: set() for block in blocks}
        for unit, block in zip(self.units, (blocks[0], blocks[0], blocks[1]), strict=True):
            BlockMembershipFactory(block=block, unit=unit)
            self.members[block.pk].add(unit.pk)
        self.periods = {number: ReportingPeriodFactory(month=number) for number in MONTHS}
        self.indicators = [
            IndicatorFactory(decimals=1), IndicatorFactory(joint=True, decimals=1),
            IndicatorFactory(distinct=True), IndicatorFactory(works=True),
        ]  # fmt: skip
        self.events = [
            ActivityFactory(lead_unit=unit, beneficiary_key=place, added_by=self.user)
            for unit, place in zip(self.units, ("xa mat", "xa mat", ""), strict=True)
        ]
        self.at = datetime(2024, 4, 15, 2, 0, tzinfo=UTC)
        for event, unit in [(0, 1), (1, 0), (2, 0), (2, 1)]:
            self.answer(event, unit, "confirmed")

    def report(self, unit, number, rows, status):
        known = ProgressReport.objects.filter(unit=self.units[unit], period=self.periods[number])
        if status in {"draft", "submitted"} and known.open().exists():
            return
        self.at += ONE_DAY
        is_void = status == "void"
        traits = {"returned" if is_void else status: True} if status != "draft" else {}
        if status != "draft":
            traits |= {"submitted_at": self.at, "submitted_by": self.user}
        report = ProgressReportFactory(
            unit=self.units[unit], period=self.periods[number], version=known.count() + 1,
            created_by=self.user, **traits,
        )  # fmt: skip
        if is_void:
            report.declare_void(by=self.user, at=self.at, reason="Nhầm")
        said = {}
        for indicator, event, value in rows:
            if self.indicators[indicator].is_computed and event is None:
                continue
            said[indicator, event] = value
        for (indicator, event), value in said.items():
            Figure.objects.create(
                report=report, indicator=self.indicators[indicator], answer="value", value=value,
                activity=None if event is None else self.events[event],
            )  # fmt: skip

    def correct(self, unit, number, indicator, event, value):
        """In the newest report of a unit, of any period; never below what was said."""
        reports = ProgressReport.objects.filter(unit=self.units[unit]).order_by("-period", "-pk")
        report = reports.first()
        if report is None or not value:
            return
        self._adjust(report, number, indicator, event, value)

    def _adjust(self, report, number, indicator, event, value):
        if self.indicators[indicator].is_computed and event is None:
            return
        key = {
            "period": self.periods[number], "indicator": self.indicators[indicator],
            "activity": None if event is None else self.events[event],
        }  # fmt: skip
        if not report.adjustments.filter(**key).exists():
            AdjustmentFactory(report=report, difference=value, by=self.user, **key)

    def answer(self, event, unit, state):
        if self.events[event].lead_unit == self.units[unit]:
            return
        said = {"state": state, "note": "Không tham gia", "by": self.user, "at": self.at}
        Participation.objects.update_or_create(
            activity=self.events[event], unit=self.units[unit], defaults=said
        )

    def fold(self, event, into):
        kept = None if event == into else self.events[into]
        Activity.objects.filter(pk=self.events[event].pk).update(same_as=kept)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(steps, min_size=4, max_size=14))
def test_whatever_happens_unit_block_and_province_agree(db, happened):
    with transaction.atomic():
        world = World()
        for name, *step in happened:
            getattr(world, name)(*step)
        entries = naive_totals.entries()
        for period in [*world.periods.values(), _half_year()]:
            _compare(world, totals(world.campaign, period), period, entries)
        transaction.set_rollback(True)


def _half_year():
    return ReportingPeriodFactory(
        kind="half_year", name="6 tháng đầu năm 2024", data_from=date(2023, 12, 15),
        data_to=date(2024, 6, 14), opens_on=date(2024, 6, 10), due_date=date(2024, 6, 17),
        collects_from=None,
    )  # fmt: skip


def _compare(world, seen, period, entries):
    everyone = {unit.pk for unit in world.units}
    scopes = [(seen.province, everyone)]
    scopes += [(seen.blocks.get(block, {}), units) for block, units in world.members.items()]
    scopes += [(seen.units.get(unit.pk, {}), {unit.pk}) for unit in world.units]
    for indicator in world.indicators:
        found = []
        for line, members in scopes:
            cell = line.get(indicator.pk)
            found.append((cell.amount.in_period, cell.amount.cumulative) if cell else (0, 0))
            assert found[-1] == naive_totals.value(indicator, members, period, entries)
        province, by_block, by_unit = found[0], found[1:3], found[3:]
        for side in (0, 1):
            assert max(f[side] for f in by_unit) <= province[side]
            assert province[side] <= sum(f[side] for f in by_block)
            assert sum(f[side] for f in by_block) <= sum(f[side] for f in by_unit)
            if indicator.aggregate == Indicator.Aggregate.SUM and not _has_joint(indicator):
                assert province[side] == sum(f[side] for f in by_unit)


def _has_joint(indicator):
    return Figure.objects.filter(indicator=indicator, activity__isnull=False).exists() or (
        indicator.adjustments.filter(activity__isnull=False).exists()
    )
