"""Số liệu: one indicator of the province, a block or a unit, seen from a period, as in “Tổng hợp”.

Who sees the province reads every scope; a khối trưởng the block it leads that year and its
units, an officer or head the unit: those whose consolidated report they may have built.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from campaign.datasets.totals import (
    EMPTY,
    PROVINCE,
    Cell,
    Line,
    Totals,
    totals,
    totals_of_units,
)
from campaign.models import Campaign, Indicator, ReportingPeriod
from reports.datasets.api.asked import After, Asked, Page
from reports.datasets.api.campaigns import code_of, period_in
from reports.datasets.api.shape import Word, told
from reports.datasets.figures import periods_of, row_of
from reports.kinds import Level
from units.models import Block, BlockMembership, Unit, valid_on
from units.permissions import Role, sees_province, standing

SCOPES = (
    (Level.UNIT.value, "Từng đơn vị"),
    (Level.BLOCK.value, "Từng khối thi đua"),
    (Level.PROVINCE.value, "Toàn tỉnh"),
)
WHOLE = "Toàn tỉnh"
NOBODY = "-"  # in an id, where neither a unit nor a block is named
PARTS_OF_AN_ID = 5


@dataclass(frozen=True)
class FigureTold:
    """Một chỉ tiêu của một phạm vi, nhìn từ một kỳ báo cáo. Chỉ tính những gì đã gửi."""

    id: str = told(
        "Định danh: mã đợt, mã kỳ, phạm vi, mã đơn vị hoặc khối (toàn tỉnh: dấu gạch), mã chỉ tiêu",
        "2024:thang-4-2024:don-vi:SNV:CT01",
    )
    campaign: str = told("Mã đợt thi đua", "2024")
    period: str = told("Mã kỳ báo cáo", "thang-4-2024")
    scope: Word = told("Phạm vi", words=SCOPES)
    code: str = told("Mã đơn vị hoặc khối; rỗng: toàn tỉnh", "SNV")
    name: str = told("Tên đơn vị hoặc khối", "Sở Nội vụ")
    indicator: str = told("Mã chỉ tiêu", "CT01")
    indicator_name: str = told("Chỉ tiêu")
    measure: str = told("Đơn vị tính", "cuộc")
    registered: Decimal | None = told("Đã đăng ký cho cả đợt; null: không đăng ký", "12.00")
    in_period: Decimal = told("Thực hiện trong kỳ, đã gồm đính chính tính vào kỳ", "3.00")
    cumulative: Decimal = told("Lũy kế từ đầu đợt đến hết kỳ", "7.00")
    brought: Decimal = told("Trong đó đính chính của kỳ khác tính vào kỳ này", "0")
    taken: Decimal = told("Đính chính của kỳ này tính ở kỳ khác", "0")
    answered: int = told("Số đơn vị có số liệu", 1)
    not_applicable: int = told("Số đơn vị trả lời không áp dụng", 0)
    unanswered: int = told("Số đơn vị đã gửi báo cáo nhưng bỏ trống chỉ tiêu", 0)
    not_sent: int = told("Số đơn vị chưa gửi báo cáo", 0)


@dataclass(frozen=True)
class Group:
    """A scope that has figures: a unit, a block, or the province, by the key it is paged by."""

    level: Level
    key: int
    code: str = ""
    name: str = WHOLE
    unit: Unit | None = None


@dataclass(frozen=True)
class _Window:
    """The campaign as seen from a period."""

    campaign: Campaign
    period: ReportingPeriod


def figures(asked: Asked, after: After, size: int) -> Page[FigureTold]:
    window, code = _window(asked.campaign(), asked.said["ky"]), asked.said["chi_tieu"]
    if window is None:
        return Page(())
    asked_for = Indicator.objects.filter(campaign=window.campaign)
    each = asked_for.filter(code=code).count() if code else asked_for.in_use().count()
    if not each:
        return Page(())
    # As many units as fill the page, whichever row of the first one it begins at, and one row on.
    groups = _groups(
        asked, window.campaign, Level(asked.said["pham_vi"] or Level.UNIT),
        start=after[0] if after else 0, most=size // each + 2,
    )  # fmt: skip
    seen = _totals(asked, window, groups)
    rows = [
        ((group.key, indicator.pk), group, indicator, cell)
        for group in groups
        for indicator, cell in _cells(seen, group, code)
        if (group.key, indicator.pk) > after
    ]
    part = rows[:size]
    return Page([_tell(window, *row[1:]) for row in part], part[-1][0] if len(rows) > size else ())


def figure(asked: Asked, code: str) -> FigureTold | None:
    parts = code.split(":")
    if len(parts) != PARTS_OF_AN_ID or parts[2] not in set(Level):
        return None
    campaign, period, level, whose, indicator = parts
    narrowed = {Level.BLOCK: "khoi", Level.UNIT: "don_vi"}.get(Level(level), "pham_vi")
    said = {"khoi": "", "don_vi": "", "dot": campaign, narrowed: whose}
    one = Asked(asked.user, asked.at, said)
    window = _window(one.campaign(), period)
    if window is None or (level == Level.PROVINCE) != (whose == NOBODY):
        return None
    groups = _groups(one, window.campaign, Level(level))
    seen = _totals(one, window, groups)
    found = [(group, row, cell) for group in groups for row, cell in _cells(seen, group, indicator)]
    return _tell(window, *found[0]) if found else None


def _window(campaign: Campaign | None, code: str) -> _Window | None:
    """The period named, or the newest one begun, as on the page."""
    if campaign is None:
        return None
    known = list(periods_of(campaign))
    period = period_in(known, code) if code else (known[-1] if known else None)
    return _Window(campaign, period) if period else None


def _groups(
    asked: Asked, campaign: Campaign, level: Level, *, start: int = 0, most: int | None = None
) -> list[Group]:
    """Whose figures the person may read, from a key on; narrowed by what the address says."""
    if level is Level.PROVINCE:
        return [Group(level, PROVINCE)] if sees_province(asked.user) else []
    if level is Level.BLOCK:
        blocks = _blocks(asked, campaign).filter(pk__gte=start).order_by("pk")[:most]
        return [Group(level, row.pk, row.code, str(row)) for row in blocks]
    if level is Level.UNIT:
        units = _units(asked, campaign).filter(pk__gte=start).order_by("pk")[:most]
        return [Group(level, row.pk, row.code, row.name, row) for row in units]
    return []


def _blocks(asked: Asked, campaign: Campaign) -> QuerySet[Block]:
    blocks = Block.objects.filter(tier=Block.Tier.PROVINCE)
    if not sees_province(asked.user):
        blocks = blocks.filter(pk__in=_led(asked, campaign))
    code = asked.said["khoi"]
    return blocks.filter(code=code) if code else blocks


def _units(asked: Asked, campaign: Campaign) -> QuerySet[Unit]:
    """Units that were in force in the campaign, or reported in it."""
    units = Unit.objects.filter(
        valid_on(campaign.starts_on) | Q(progress_reports__period__campaign=campaign)
    ).distinct()
    if not sees_province(asked.user):
        own = standing(asked.user).units(Role.OFFICER, Role.HEAD)
        units = units.filter(
            Q(pk__in=own) | Q(pk__in=_members(campaign, block__in=_led(asked, campaign)))
        )
    if code := asked.said["khoi"]:
        units = units.filter(pk__in=_members(campaign, block__code=code))
    code = asked.said["don_vi"]
    return units.filter(code=code) if code else units


def _led(asked: Asked, campaign: Campaign) -> list[int]:
    return [block for block, year in standing(asked.user).led_blocks if year == campaign.year]


def _members(campaign: Campaign, **block: Any) -> QuerySet[BlockMembership, Any]:
    return BlockMembership.objects.filter(year=campaign.year, **block).values("unit")


def _totals(asked: Asked, window: _Window, groups: Sequence[Group]) -> Totals | None:
    """In a fixed number of queries, by a moment where one is given."""
    if not groups:
        return None
    by = asked.by
    if units := [group.unit for group in groups if group.unit]:
        return totals_of_units(units, window.campaign, window.period, by=by)
    return totals(window.campaign, window.period, by=by)


def _cells(seen: Totals | None, group: Group, code: str) -> Iterable[tuple[Indicator, Cell]]:
    """Indicators in the order of their keys: those in use, and old ones with figures."""
    if seen is None:
        return
    line = _line(seen, group)
    for indicator in sorted(seen.indicators, key=lambda row: row.pk):
        if code in {"", indicator.code} and (indicator.is_active or indicator.pk in line):
            yield indicator, line.get(indicator.pk, EMPTY)


def _line(seen: Totals, group: Group) -> Line:
    if group.level is Level.PROVINCE:
        return seen.province
    lines = seen.blocks if group.level is Level.BLOCK else seen.units
    return lines.get(group.key, {})


def _tell(window: _Window, group: Group, indicator: Indicator, cell: Cell) -> FigureTold:
    row = row_of("", indicator, cell)
    period = code_of(window.period)
    parts = (window.campaign.code, period, group.level.value, group.code or NOBODY, row.code)
    return FigureTold(
        id=":".join(parts),
        campaign=window.campaign.code,
        period=period,
        scope=Word(group.level.value, dict(SCOPES)[group.level.value]),
        code=group.code,
        name=group.name,
        indicator=row.code,
        indicator_name=row.name,
        measure=row.measure,
        registered=row.registered,
        in_period=row.in_period,
        cumulative=row.cumulative,
        brought=row.brought,
        taken=row.taken,
        answered=row.answered,
        not_applicable=row.not_applicable,
        unanswered=row.unanswered,
        not_sent=row.not_sent,
    )
