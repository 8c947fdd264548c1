"""Whose report it is (phạm vi): the province, a block, a unit, or one row of the plan."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from campaign.datasets.totals import EMPTY, NO_BLOCK, Line, Totals
from campaign.models import Campaign, Indicator, PlanItem, ReportingPeriod
from campaign.totalling import NOTHING
from lib import clock
from lib.vietnamese import short_date
from reports.kinds import Kind, Level, Window
from units.models import Block, BlockMembership, Unit
from units.permissions import Role, is_board_reviewer, standing


@dataclass(frozen=True)
class Scope:
    """`units` are those whose papers count; None is everybody's. `group` is that of a unit."""

    level: Level = Level.PROVINCE
    code: str = ""
    name: str = ""
    group: str = ""
    units: frozenset[int] | None = None
    pk: int = 0

    @property
    def is_province(self) -> bool:
        return self.level is Level.PROVINCE

    def frozen(self) -> dict[str, str]:
        return {"level": self.level, "code": self.code, "name": self.name, "group": self.group}

    def of_units(self, rows: QuerySet[Any], path: str = "unit") -> QuerySet[Any]:
        return rows if self.units is None else rows.filter(**{f"{path}__in": self.units})

    def line(self, seen: Totals) -> Line:
        """The totals of this scope."""
        if self.level is Level.BLOCK:
            return seen.blocks.get(self.pk or NO_BLOCK, {})
        if self.level is Level.UNIT:
            return seen.units.get(self.pk, {})
        return seen.province

    def indicators(self, seen: Totals) -> list[Indicator]:
        """Those in use, and of a row of the plan those tied to it or to a part of it."""
        line = self.line(seen)
        known = [
            row
            for row in seen.indicators
            if row.is_active or line.get(row.pk, EMPTY).amount != NOTHING
        ]
        if self.level is not Level.ITEM:
            return known
        tied = set(
            Indicator.objects.filter(pk__in=[row.pk for row in known])
            .filter(plan_items__in=self.items())
            .values_list("pk", flat=True)
        )
        return [row for row in known if row.pk in tied]

    def items(self) -> QuerySet[PlanItem]:
        item = PlanItem.objects.filter(pk=self.pk)
        below = PlanItem.objects.filter(
            campaign__in=item.values("campaign"), code__startswith=f"{self.code}."
        )
        return item | below

    def is_under(self, codes: list[str]) -> bool:
        """An activity counts here: tied to the row of the plan, where one was asked for."""
        if self.level is not Level.ITEM:
            return True
        return any(code == self.code or code.startswith(f"{self.code}.") for code in codes)


PROVINCE = Scope()
WHOLE = "Toàn tỉnh"


def scope_of(
    campaign: Campaign,
    *,
    block: Block | None = None,
    unit: Unit | None = None,
    item: PlanItem | None = None,
) -> Scope:
    if unit is not None:
        units = frozenset({unit.pk})
        return Scope(Level.UNIT, unit.code, unit.name, unit.group, units, unit.pk)
    if block is not None:
        members = BlockMembership.objects.filter(block=block, year=campaign.year)
        units = frozenset(members.values_list("unit", flat=True))
        return Scope(Level.BLOCK, block.code, str(block), "", units, block.pk)
    if item is not None:
        return Scope(Level.ITEM, item.code, f"mục {item.code}", "", None, item.pk)
    return PROVINCE


def offered_to(user: User, campaign: Campaign) -> list[Scope]:
    """Whose reports a person may ask for, the widest first; in at most two queries."""
    mine = standing(user)
    if is_board_reviewer(user):
        blocks, units = Block.objects.all(), Unit.objects.in_force(on=campaign.starts_on)
    else:
        led = [block for block, year in mine.led_blocks if year == campaign.year]
        blocks = Block.objects.filter(pk__in=led)
        units = Unit.objects.filter(pk__in=mine.units(Role.OFFICER, Role.HEAD))
    named_blocks = blocks.filter(tier=Block.Tier.PROVINCE).order_by("sort_order", "pk")
    return [
        *([replace(PROVINCE, name=WHOLE)] if is_board_reviewer(user) else []),
        *(Scope(Level.BLOCK, row.code, str(row), "", None, row.pk) for row in named_blocks),
        *(
            Scope(Level.UNIT, row.code, row.name, row.group, None, row.pk)
            for row in units.in_protocol_order()
        ),
    ]


def read_scope(said: Mapping[str, str] | None) -> Scope:
    """As a snapshot keeps it: enough to name it."""
    if not said:
        return PROVINCE
    return Scope(Level(said["level"]), said["code"], said["name"], said["group"])


def window_of(
    kind: Kind, campaign: Campaign, as_of: datetime, period: ReportingPeriod | None
) -> ReportingPeriod | None:
    """The days a kind tells of: those of a kept period, or a window of its own, never saved."""
    if kind.window is Window.NONE:
        return None
    if kind.window is Window.PERIOD:
        return period
    day = min(clock.local_day(as_of), campaign.ends_on)
    if kind.window is Window.CAMPAIGN:
        return _own(campaign, "cả đợt", campaign.ends_on)
    return _own(campaign, f"đến ngày {short_date(day)}", max(day, campaign.starts_on))


def _own(campaign: Campaign, name: str, last: date) -> ReportingPeriod:
    return ReportingPeriod(
        campaign=campaign, kind=ReportingPeriod.Kind.AD_HOC, name=name,
        data_from=campaign.starts_on, data_to=last, opens_on=campaign.starts_on, due_date=last,
    )  # fmt: skip
