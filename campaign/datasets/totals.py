"""Totals of a campaign as seen from one period: province, blocks and units, in fixed queries.

What counts is the newest version of each report and sub-plan that was sent, by a moment where one
is given. Two facts have no history and are taken as they are now: who confirmed an activity, and
which activities were folded into another. How it adds up is `campaign.totalling`.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from campaign.models import (
    Activity,
    Adjustment,
    Campaign,
    Figure,
    Indicator,
    Obligation,
    Participation,
    PlannedActivity,
    ProgressReport,
    RegisteredTarget,
    ReportingPeriod,
    SubPlan,
)
from campaign.totalling import (
    NOTHING,
    ONE,
    Amount,
    Answer,
    Answers,
    Event,
    Reported,
    add_up,
    answer_of,
)
from lib import clock
from units.models import Block, BlockMembership, Unit

PROVINCE = 0
NO_BLOCK = 0
PLACES = 2
NOBODY = Answers()

Key = tuple[int, int]


@dataclass(frozen=True)
class Cell:
    """One indicator of one scope: how much, and who has answered."""

    amount: Amount = NOTHING
    answers: Answers = NOBODY

    @property
    def nothing(self) -> Answer | None:
        """Which kind of nothing stands here, where no figure of the period came in."""
        if self.answers.answered or self.amount.in_period:
            return None
        only = self.answers.only
        if only is None and self.answers.without_figures:
            return Answer.UNANSWERED
        return only

    @property
    def without_figures(self) -> int:
        return self.answers.without_figures


Line = Mapping[int, Cell]
EMPTY = Cell()


@dataclass(frozen=True)
class Totals:
    """Every scope of a campaign seen from one period; each is added up when first asked for."""

    period: ReportingPeriod
    indicators: tuple[Indicator, ...]
    reported: Reported
    answers: Mapping[Key, Answer]  # by (indicator, unit)
    block_of: Mapping[int, int]

    @cached_property
    def province(self) -> Line:
        return self._by(lambda unit: PROVINCE).get(PROVINCE, {})

    @cached_property
    def blocks(self) -> Mapping[int, Line]:
        """By block; units without one stand together under `NO_BLOCK`."""
        return self._by(lambda unit: self.block_of.get(unit, NO_BLOCK))

    @cached_property
    def units(self) -> Mapping[int, Line]:
        return self._by(lambda unit: unit)

    @property
    def shown(self) -> list[Indicator]:
        """Those in use, and retired ones that have something to show."""
        return [
            row
            for row in self.indicators
            if row.is_active or self.province.get(row.pk, EMPTY).amount != NOTHING
        ]

    def _by(self, group_of: Callable[[int], int]) -> dict[int, dict[int, Cell]]:
        amounts = add_up(self.reported, group_of)
        said: dict[Key, Counter[str]] = defaultdict(Counter)
        for (indicator, unit), answer in self.answers.items():
            said[group_of(unit), indicator][answer.value] += 1
        lines: dict[int, dict[int, Cell]] = defaultdict(dict)
        for group, indicator in amounts.keys() | said.keys():
            key = group, indicator
            lines[group][indicator] = Cell(amounts.get(key, NOTHING), Answers(**said[key]))
        return dict(lines)


@dataclass(frozen=True)
class _Asked:
    """What is asked: the period, the moment, and the units and indicators looked at."""

    campaign: Campaign
    period: ReportingPeriod
    by: datetime | None
    units: Collection[int] | None = None
    indicators: Collection[int] | None = None
    narrowed: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.indicators is not None:
            self.narrowed["indicator__in"] = self.indicators

    @property
    def reports(self) -> QuerySet[ProgressReport]:
        """Counted reports of every period up to this one."""
        counted = ProgressReport.objects.filter(period__campaign=self.campaign).counted(by=self.by)
        return counted.filter(period__data_to__lte=self.period.data_to)

    @property
    def sub_plans(self) -> QuerySet[SubPlan]:
        return SubPlan.objects.filter(campaign=self.campaign).counted(by=self.by)

    @property
    def collecting(self) -> QuerySet[ReportingPeriod]:
        """The periods inside the window that asked for figures."""
        begun = ReportingPeriod.objects.filter(campaign=self.campaign).begun()
        asking = begun.filter(
            collects_from__isnull=False, data_to__range=(self.period.data_from, self.period.data_to)
        )
        return asking if self.by is None else asking.filter(opens_on__lte=clock.local_day(self.by))

    def own(self, path: str) -> dict[str, Any]:
        return {} if self.units is None else {f"{path}__in": self.units}

    def is_inside(self, day: date) -> bool:
        return self.period.data_from <= day <= self.period.data_to


def totals(campaign: Campaign, period: ReportingPeriod, *, by: datetime | None = None) -> Totals:
    """Everything, for every unit."""
    return _totals(_Asked(campaign, period, by))


def totals_of_units(
    units: Iterable[Unit],
    campaign: Campaign,
    period: ReportingPeriod,
    *,
    by: datetime | None = None,
) -> Totals:
    """The same for some units; look at `units` of the answer, the other scopes are not whole."""
    return _totals(_Asked(campaign, period, by, units=[unit.pk for unit in units]))


def totals_of_indicator(
    indicator: Indicator, period: ReportingPeriod, *, by: datetime | None = None
) -> Totals:
    """One indicator across the province."""
    return totals_of_indicators([indicator.pk], indicator.campaign, period, by=by)


def totals_of_indicators(
    indicators: Collection[int],
    campaign: Campaign,
    period: ReportingPeriod,
    *,
    by: datetime | None = None,
) -> Totals:
    """Some indicators, by their keys, across the province."""
    return _totals(_Asked(campaign, period, by, indicators=indicators))


def _totals(asked: _Asked) -> Totals:
    indicators = _indicators(asked)
    events, works = _events(asked)
    own, joint = _figures(asked)
    _adjust(asked, own, joint)
    for key, value in _targets(asked):
        own[key] = own.get(key, NOTHING) + Amount(registered=value)
    for indicator in indicators:
        if indicator.aggregate == Indicator.Aggregate.WORKS:
            for work in works:
                key = indicator.pk, work
                joint[key] = joint.get(key, NOTHING) + Amount(registered=ONE)
    distinct = {row.pk for row in indicators if row.aggregate == Indicator.Aggregate.DISTINCT}
    return Totals(
        period=asked.period,
        indicators=tuple(indicators),
        reported=Reported(own, joint, events, frozenset(distinct)),
        answers=_answers(asked, indicators),
        block_of=_blocks(asked),
    )


def _indicators(asked: _Asked) -> list[Indicator]:
    rows = Indicator.objects.filter(campaign=asked.campaign).in_order()
    if asked.indicators is not None:
        rows = rows.filter(pk__in=asked.indicators)
    return list(rows.select_related("parent").prefetch_related("only_units"))


def _blocks(asked: _Asked) -> dict[int, int]:
    members = BlockMembership.objects.filter(
        year=asked.campaign.year, block__tier=Block.Tier.PROVINCE
    )
    return dict(members.values_list("unit", "block"))


# --- activities ----------------------------------------------------------------------------------


def _events(asked: _Asked) -> tuple[dict[int, Event], list[int]]:
    """The activities that count, and which of them are works a counted sub-plan registers."""
    joined: dict[int, set[int]] = defaultdict(set)
    confirmed = Participation.objects.filter(
        activity__campaign=asked.campaign, state=Participation.State.CONFIRMED
    )
    for activity, unit in confirmed.values_list("activity", "unit"):
        joined[activity].add(unit)
    events, known = {}, {}
    rows = Activity.objects.filter(campaign=asked.campaign)
    for pk, key, lead, place, folded in rows.values_list(
        "pk", "key", "lead_unit", "beneficiary_key", "same_as"
    ):
        known[key] = pk
        if folded is None:
            events[pk] = Event(frozenset({lead} | joined[pk]), place)
    works = []
    for pk, key, unit, lead in _registered_works(asked):
        # One that has not come to life yet is its sub-plan's own.
        work = known.get(key, -pk)
        if work < 0:
            events[work] = Event(frozenset({lead or unit}))
        works.append(work)
    return events, works


def _registered_works(asked: _Asked) -> QuerySet[PlannedActivity, Any]:
    works = PlannedActivity.objects.filter(
        sub_plan__in=asked.sub_plans.values("pk"), kind=PlannedActivity.Kind.WORK
    )
    return works.values_list("pk", "key", "sub_plan__unit", "lead_unit")


def _led_or_confirmed(asked: _Asked) -> Q:
    """Of an activity of the units looked at."""
    if asked.units is None:
        return Q()
    confirmed = Participation.objects.filter(
        unit__in=asked.units, state=Participation.State.CONFIRMED
    )
    return Q(activity__lead_unit__in=asked.units) | Q(activity__in=confirmed.values("activity"))


# --- figures and their corrections ---------------------------------------------------------------


def _figures(asked: _Asked) -> tuple[dict[Key, Amount], dict[Key, Amount]]:
    rows = Figure.objects.filter(
        report__in=asked.reports.values("pk"), answer=Figure.Answer.VALUE, **asked.narrowed
    )
    own = rows.filter(activity=None, **asked.own("report__unit"))
    joint = rows.filter(_led_or_confirmed(asked), activity__isnull=False)
    return _summed(asked, own, "report__unit"), _summed(asked, joint, "activity")


def _summed(asked: _Asked, rows: QuerySet[Figure], of: str) -> dict[Key, Amount]:
    inside = Q(report__period__data_to__gte=asked.period.data_from)
    groups = rows.values_list("indicator", of).annotate(
        inside=Sum("value", filter=inside), everything=Sum("value")
    )
    return {
        (indicator, whose): Amount(_exact(within), _exact(everything))
        for indicator, whose, within, everything in groups
    }


def _exact(value: Decimal | None) -> Decimal:
    """SQLite adds in binary; a figure has two places, so its sum has."""
    return round(value or Decimal(0), PLACES)


def _adjust(asked: _Asked, own: dict[Key, Amount], joint: dict[Key, Amount]) -> None:
    """Corrections count in the period whose report makes them; the corrected period shows them.

    Read to the end of the campaign: a later report may correct the period looked at.
    """
    counted = ProgressReport.objects.filter(period__campaign=asked.campaign).counted(by=asked.by)
    rows = Adjustment.objects.filter(report__in=counted.values("pk"), **asked.narrowed)
    if asked.units is not None:
        mine = Q(activity=None, report__unit__in=asked.units)
        rows = rows.filter(mine | (_led_or_confirmed(asked) & Q(activity__isnull=False)))
    for indicator, unit, activity, made, about, difference in rows.values_list(
        "indicator", "report__unit", "activity", "report__period__data_to", "period__data_to",
        "difference",
    ):  # fmt: skip
        side, whose = (own, unit) if activity is None else (joint, activity)
        key = indicator, whose
        side[key] = side.get(key, NOTHING) + _correction(asked, made, about, difference)


def _correction(asked: _Asked, made: date, about: date, difference: Decimal) -> Amount:
    is_made_here, is_about_here = asked.is_inside(made), asked.is_inside(about)
    return Amount(
        in_period=difference if is_made_here else Decimal(0),
        cumulative=difference if made <= asked.period.data_to else Decimal(0),
        brought=difference if is_made_here and not is_about_here else Decimal(0),
        taken=difference if is_about_here and not is_made_here else Decimal(0),
    )


def _targets(asked: _Asked) -> Iterable[tuple[Key, Decimal]]:
    """What counted sub-plans promise. Works are counted from their lists, not from a number."""
    rows = RegisteredTarget.objects.filter(
        sub_plan__in=asked.sub_plans.values("pk"),
        **asked.narrowed,
        **asked.own("sub_plan__unit"),
    ).exclude(indicator__aggregate=Indicator.Aggregate.WORKS)
    for indicator, unit, value in rows.values_list("indicator", "sub_plan__unit", "value"):
        yield (indicator, unit), value


# --- who has answered ----------------------------------------------------------------------------


def _answers(asked: _Asked, indicators: list[Indicator]) -> dict[Key, Answer]:
    sent, missing = _sending(asked)
    said = _said(asked)
    answers = {}
    for indicator in indicators:
        if not indicator.is_active:
            continue
        named = {unit.pk for unit in indicator.only_units.all()}
        for unit in sent.keys() | missing.keys():
            if named and unit not in named:
                continue
            answered, valued = said.get((indicator.pk, unit), (0, 0))
            if indicator.is_computed:
                answered = valued = sent[unit]  # the portal counts it, nobody is asked
            answers[indicator.pk, unit] = answer_of(
                sent=sent[unit], missing=missing[unit], said=answered, valued=valued
            )
    return answers


def _sending(asked: _Asked) -> tuple[Counter[int], Counter[int]]:
    """How many reports each unit has sent of those that ask for figures, and still owes."""
    collecting = asked.collecting.values("pk")
    sent = set(
        asked.reports.filter(period__in=collecting, **asked.own("unit")).values_list(
            "unit", "period"
        )
    )
    owed = set(
        Obligation.objects.owed()
        .filter(period__in=collecting, **asked.own("unit"))
        .values_list("unit", "period")
    )
    return Counter(unit for unit, _ in sent), Counter(unit for unit, _ in owed - sent)


def _said(asked: _Asked) -> dict[Key, tuple[int, int]]:
    """In how many reports each unit answers an indicator, and in how many with a number."""
    rows = Figure.objects.filter(
        report__in=asked.reports.filter(period__in=asked.collecting.values("pk")).values("pk"),
        **asked.narrowed,
        **asked.own("report__unit"),
    )
    groups = rows.values_list("indicator", "report__unit").annotate(
        said=Count("report", distinct=True, filter=~Q(answer=Figure.Answer.UNANSWERED)),
        valued=Count("report", distinct=True, filter=Q(answer=Figure.Answer.VALUE)),
    )
    return {(indicator, unit): (said, valued) for indicator, unit, said, valued in groups}
