"""Tổng quan of one unit: what it owes and has sent, its activities, figures, rank and awards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet

from accounts.models import User
from awards.models import Grant
from campaign.catalogue import numbered
from campaign.datasets.totals import EMPTY, totals_of_units
from campaign.models import Obligation, PlanItem, ReportingPeriod
from campaign.totalling import NOTHING
from reports.datasets.dashboard.block_board import published_ranking
from reports.datasets.dashboard.by_unit import States, states_by_row
from reports.datasets.dashboard.going import Going, ItemLine, items
from reports.datasets.dashboard.viewpoint import Viewpoint
from reports.datasets.figures import row_of
from reports.datasets.progress import IndicatorRow
from scoring.models import RankingRow
from units.models import Block, Unit


@dataclass(frozen=True)
class SolutionLine:
    item: PlanItem
    title: str
    states: States


@dataclass(frozen=True)
class UnitFigures:
    """Indicators as of a period, those that have something registered or reached."""

    period: ReportingPeriod
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True)
class UnitBoard:
    unit: Unit
    block: Block | None
    sent: tuple[Obligation, ...]
    unsent: tuple[Obligation, ...]
    exempt: tuple[Obligation, ...]
    registered: int
    going: Going
    states: States
    solutions: tuple[SolutionLine, ...]
    duties: tuple[ItemLine, ...]
    figures: UnitFigures | None
    rank: RankingRow | None
    ranked: int
    grants: tuple[Grant, ...]

    @property
    def uncovered(self) -> list[ItemLine]:
        return [line for line in self.duties if not line.activities]

    @property
    def covered(self) -> list[ItemLine]:
        return [line for line in self.duties if line.activities]


def unit_board(view: Viewpoint, unit: Unit, reader: User) -> UnitBoard:
    """In a fixed number of queries."""
    owed = _owed(view, unit, reader)
    block = block_of(unit, view.campaign.year)
    by_row, found = states_by_row(view), items(view)
    states = _states(view)
    rank, ranked = _rank(view, unit, block)
    return UnitBoard(
        unit=unit,
        block=block,
        sent=tuple(row for row in owed if row.is_owed and row.met_at),
        unsent=tuple(row for row in owed if row.is_owed and not row.met_at),
        exempt=tuple(row for row in owed if not row.is_owed),
        registered=view.registered().count(),
        going=states.going,
        states=states,
        solutions=tuple(_solutions(found.solutions, by_row)),
        duties=found.duties,
        figures=_figures(view, unit),
        rank=rank,
        ranked=ranked,
        grants=tuple(granted(view, unit)),
    )


def block_of(unit: Unit, year: int) -> Block | None:
    places = unit.block_memberships.filter(year=year, block__tier=Block.Tier.PROVINCE)
    place = places.select_related("block").first()
    return place.block if place else None


def _owed(view: Viewpoint, unit: Unit, reader: User) -> list[Obligation]:
    """All that the reader may know of, as it stood; what is due first stands first."""
    seen = Obligation.objects.visible_to(reader).filter(campaign=view.campaign, unit=unit)
    rows: Any = view.past.standing(seen).select_related("unit", "period", "finding", "step")
    owed = list(rows.order_by("closes_then", "pk"))
    for row in owed:
        view.past.set_back(row)
    return owed


def _states(view: Viewpoint) -> States:
    rows: Any = view.activities().order_by()
    return States(dict(rows.values_list("status_then").annotate(Count("pk"))))


def _solutions(lines: Iterable[ItemLine], by_row: Mapping[int, States]) -> Iterable[SolutionLine]:
    return (
        SolutionLine(line.item, line.title, by_row.get(line.item.pk, States())) for line in lines
    )


def last_period(view: Viewpoint) -> ReportingPeriod | None:
    """The newest period that had begun by then."""
    begun = ReportingPeriod.objects.begun().filter(campaign=view.campaign)
    return begun.filter(opens_on__lte=view.day).order_by("data_to", "data_from", "pk").last()


def _figures(view: Viewpoint, unit: Unit) -> UnitFigures | None:
    period = last_period(view)
    if period is None:
        return None
    seen = totals_of_units([unit], view.campaign, period, by=view.by)
    line = seen.units.get(unit.pk, {})
    shown = [row for row in seen.indicators if line.get(row.pk, EMPTY).amount != NOTHING]
    rows = (row_of(number, row, line[row.pk]) for number, row in numbered(shown))
    return UnitFigures(period, tuple(rows))


def _rank(view: Viewpoint, unit: Unit, block: Block | None) -> tuple[RankingRow | None, int]:
    """The unit's place, and of how many."""
    ranking = published_ranking(view, block.pk) if block else None
    if ranking is None:
        return None, 0
    row = ranking.rows.filter(unit=unit).select_related("ranking").first()
    return row, ranking.rows.filter(state=RankingRow.State.RANKED).count()


def granted(view: Viewpoint, unit: Unit) -> QuerySet[Grant]:
    """What published decisions of the campaign gave by then, and nobody took back."""
    rows = Grant.objects.filter(
        decision__campaign=view.campaign,
        decision__published_at__lte=view.at,
        nomination__dossier__unit=unit,
    ).exclude(revoked_on__lte=view.day)
    named = rows.select_related("decision", "nomination__form")
    return named.order_by(F("decision__decided_on").asc(), "decision", "order")
