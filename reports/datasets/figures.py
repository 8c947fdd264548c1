"""Tổng hợp theo kỳ: the figures of a period for the province, a block or a unit, and what is behind.

A figure of the province opens its blocks, a block's its units, a unit's the reports, activities
and corrections it is made of.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from campaign.catalogue import numbered
from campaign.datasets.ledger import WITHOUT_BLOCK, WITHOUT_BLOCK_NAME
from campaign.datasets.totals import (
    EMPTY,
    NO_BLOCK,
    Cell,
    Totals,
    totals,
    totals_of_indicator,
    totals_of_units,
)
from campaign.models import (
    Adjustment,
    Campaign,
    Figure,
    Indicator,
    Participation,
    ProgressReport,
    ReportingPeriod,
)
from reports.datasets.progress import IndicatorRow
from units.models import Block, Unit


@dataclass(frozen=True)
class Scope:
    """Whose figures: the province's where neither a block nor a unit is chosen."""

    name: str
    block: str = ""
    unit: str = ""


def figures_of(
    campaign: Campaign, period: ReportingPeriod, block: str, unit: Unit | None
) -> list[IndicatorRow]:
    """Every indicator of the scope, numbered as in Phụ lục I."""
    if unit is not None:
        seen = totals_of_units([unit], campaign, period)
        line: Mapping[int, Cell] = seen.units.get(unit.pk, {})
    else:
        seen = totals(campaign, period)
        line = seen.blocks.get(_block_pk(block), {}) if block else seen.province
    shown = [row for row in seen.indicators if row.is_active or row.pk in line]
    return [row_of(number, row, line.get(row.pk, EMPTY)) for number, row in numbered(shown)]


def row_of(number: str, indicator: Indicator, cell: Cell) -> IndicatorRow:
    amount, answers = cell.amount, cell.answers
    return IndicatorRow(
        number=number,
        code=indicator.code,
        name=indicator.name,
        measure=indicator.measure,
        decimals=indicator.decimals,
        registered=amount.registered,
        in_period=amount.in_period,
        cumulative=amount.cumulative,
        brought=amount.brought,
        taken=amount.taken,
        answered=answers.answered,
        not_applicable=answers.not_applicable,
        unanswered=answers.unanswered,
        not_sent=answers.not_sent,
    )


def _block_pk(code: str) -> int:
    if code == WITHOUT_BLOCK:
        return NO_BLOCK
    return Block.objects.filter(code=code).values_list("pk", flat=True).first() or -1


# --- one indicator, block by block or unit by unit -----------------------------------------------


@dataclass(frozen=True)
class Share:
    """A block or a unit with its part of one indicator."""

    code: str
    name: str
    figures: IndicatorRow


@dataclass(frozen=True)
class Breakdown:
    """One indicator taken apart. `shared`: counted in several parts and once in the whole."""

    whole: IndicatorRow
    shares: tuple[Share, ...]

    @property
    def shared_in_period(self) -> Decimal:
        return sum((row.figures.in_period for row in self.shares), Decimal(0)) - (
            self.whole.in_period
        )

    @property
    def shared_cumulative(self) -> Decimal:
        return sum((row.figures.cumulative for row in self.shares), Decimal(0)) - (
            self.whole.cumulative
        )


def breakdown(indicator: Indicator, period: ReportingPeriod, block: str) -> Breakdown:
    seen = totals_of_indicator(indicator, period)
    if not block:
        return Breakdown(_only(indicator, seen.province), tuple(_of_blocks(indicator, seen)))
    pk = _block_pk(block)
    whole = _only(indicator, seen.blocks.get(pk, {}))
    return Breakdown(whole, tuple(_of_units(indicator, seen, pk)))


def _only(indicator: Indicator, line: Mapping[int, Cell]) -> IndicatorRow:
    return row_of("", indicator, line.get(indicator.pk, EMPTY))


def _of_blocks(indicator: Indicator, seen: Totals) -> Iterable[Share]:
    for block in Block.objects.filter(pk__in=seen.blocks).order_by("sort_order", "pk"):
        yield Share(block.code, str(block), _only(indicator, seen.blocks[block.pk]))
    if NO_BLOCK in seen.blocks:
        figures = _only(indicator, seen.blocks[NO_BLOCK])
        yield Share(WITHOUT_BLOCK, WITHOUT_BLOCK_NAME, figures)


def _of_units(indicator: Indicator, seen: Totals, block: int) -> Iterable[Share]:
    members = [pk for pk in seen.units if seen.block_of.get(pk, NO_BLOCK) == block]
    for unit in Unit.objects.filter(pk__in=members).in_protocol_order():
        yield Share(unit.code, unit.name, _only(indicator, seen.units[unit.pk]))


# --- the rows that make a figure of a unit -------------------------------------------------------


@dataclass(frozen=True)
class Source:
    """One row a unit's figure is made of, with where it can be read."""

    period: str
    data_to: date
    report: ProgressReport
    what: str
    activity: int | None
    word: str
    value: Decimal | None
    note: str
    is_in_period: bool


WORDS = {
    Figure.Answer.NOT_APPLICABLE: "Không áp dụng",
    Figure.Answer.UNANSWERED: "Chưa trả lời",
}


def sources(indicator: Indicator, period: ReportingPeriod, unit: Unit) -> list[Source]:
    """Newest period first: own figures, those of joint activities, and corrections."""
    counted = ProgressReport.objects.filter(period__campaign=period.campaign_id).counted()
    reports = counted.filter(period__data_to__lte=period.data_to)
    figures = Figure.objects.filter(_of_unit(unit), indicator=indicator, report__in=reports)
    changes = Adjustment.objects.filter(_of_unit(unit), indicator=indicator, report__in=reports)
    related = ("report__period", "report__unit", "activity")
    rows = [
        *(_figure(row, period) for row in figures.select_related(*related)),
        *(_change(row, period) for row in changes.select_related(*related, "period")),
    ]
    return sorted(rows, key=lambda row: (-row.data_to.toordinal(), row.what))


def _of_unit(unit: Unit) -> Q:
    confirmed = Participation.objects.filter(unit=unit, state=Participation.State.CONFIRMED)
    joint = Q(activity__lead_unit=unit) | Q(activity__in=confirmed.values("activity"))
    return Q(activity=None, report__unit=unit) | Q(activity__same_as=None) & joint


def _figure(row: Figure, period: ReportingPeriod) -> Source:
    return Source(
        period=row.report.period.name,
        data_to=row.report.period.data_to,
        report=row.report,
        what=row.activity.title if row.activity else "Số liệu chung của đơn vị",
        activity=row.activity_id,
        word=WORDS.get(Figure.Answer(row.answer), ""),
        value=row.value,
        note=row.note,
        is_in_period=_is_inside(row.report, period),
    )


def _change(row: Adjustment, period: ReportingPeriod) -> Source:
    about = f"Đính chính {row.period.name}"
    return Source(
        period=row.report.period.name,
        data_to=row.report.period.data_to,
        report=row.report,
        what=f"{about}: {row.activity.title}" if row.activity else about,
        activity=row.activity_id,
        word="",
        value=row.difference,
        note=row.reason,
        is_in_period=_is_inside(row.report, period),
    )


def _is_inside(report: ProgressReport, period: ReportingPeriod) -> bool:
    return report.period.data_to >= period.data_from


def periods_of(campaign: Campaign) -> QuerySet[ReportingPeriod]:
    """Those that can be looked at, oldest first."""
    return ReportingPeriod.objects.filter(campaign=campaign).begun().in_order()
