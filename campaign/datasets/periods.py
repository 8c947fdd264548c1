"""Reporting periods for those who set them: how each stands, and which there could be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from campaign.datasets.ledger import LedgerTotals, counts_of
from campaign.models import Campaign, Obligation, ReportingPeriod
from lib import clock, windows
from lib.windows import Window
from units.models import BlockMembership, Unit

Kind = ReportingPeriod.Kind
WORKING_DAYS_TO_REPORT = 3
FIRST_OPEN_DAYS = 9


@dataclass(frozen=True)
class PeriodRow:
    period: ReportingPeriod
    totals: LedgerTotals | None
    """None while nobody owes it yet."""
    owing: int


@dataclass(frozen=True)
class Proposal:
    """A period the rules know, not yet made: what its form would begin with."""

    kind: str
    name: str
    window: Window
    opens_on: date
    due_date: date

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.window.last:%Y%m%d}"


def periods_of(campaign: Campaign, *, at: datetime) -> list[PeriodRow]:
    """Every period in its order, with the figures of its ledger, in three queries."""
    periods = ReportingPeriod.objects.filter(campaign=campaign)
    counted = counts_of(Obligation.objects.filter(period__campaign=campaign), "period", at=at)
    owing = dict(periods.order_by().annotate(owing=Count("owing_units")).values_list("pk", "owing"))
    return [
        PeriodRow(period, counted.get(period.pk), owing[period.pk]) for period in periods.in_order()
    ]


def proposals(campaign: Campaign) -> list[Proposal]:
    """What a campaign may report by the national windows, and its own final one, less those that
    are there already."""
    known = set(ReportingPeriod.objects.filter(campaign=campaign).values_list("kind", "data_to"))
    return [found for found in _all(campaign) if (found.kind, found.window.last) not in known]


def _all(campaign: Campaign) -> list[Proposal]:
    year, span = campaign.year, Window(campaign.starts_on, campaign.ends_on)
    named = [
        *((Kind.MONTH, f"tháng {n}/{year}", windows.month(year, n)) for n in range(1, 13)),
        *((Kind.QUARTER, f"quý {ROMAN[n]}/{year}", windows.quarter(year, n)) for n in range(1, 5)),
        (Kind.HALF_YEAR, f"6 tháng đầu năm {year}", windows.half_year(year)),
        (Kind.NINE_MONTHS, f"9 tháng năm {year}", windows.nine_months(year)),
        (Kind.YEAR, f"năm {year}", windows.whole_year(year)),
        (Kind.FINAL, "tổng kết đợt thi đua", span),
    ]
    return [
        Proposal(kind, name, window, _opens_on(kind, window, campaign), _due(window))
        for kind, name, window in named
        if window.last in span
    ]


ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


def _opens_on(kind: str, window: Window, campaign: Campaign) -> date:
    """A month opens with its data, so that people may write down what happens as it happens;
    what covers several months opens shortly before they end, when the months have been asked."""
    if kind == Kind.MONTH:
        return max(window.first, campaign.starts_on)
    return date.fromordinal(window.last.toordinal() - FIRST_OPEN_DAYS)


def _due(window: Window) -> date:
    return clock.add_working_days(window.last, WORKING_DAYS_TO_REPORT)


def units_meant(
    campaign: Campaign, *, blocks: Iterable[str], with_no_block: bool, named: Iterable[Unit]
) -> QuerySet[Unit]:
    """Units a list of blocks and names means: those the campaign asks for a sub-plan at all."""
    asked = Unit.objects.filter(
        obligations__campaign=campaign,
        obligations__kind=Obligation.Kind.SUB_PLAN,
    ).exclude(obligations__level=Obligation.Level.EXEMPT)
    places = BlockMembership.objects.filter(year=campaign.year)
    wanted = Q(pk__in=places.filter(block__code__in=list(blocks)).values("unit"))
    if with_no_block:
        wanted |= ~Q(pk__in=places.values("unit"))
    named_ids = [unit.pk for unit in named]
    return Unit.objects.filter(
        Q(pk__in=asked.filter(wanted).values("pk")) | Q(pk__in=named_ids)
    ).in_protocol_order()
