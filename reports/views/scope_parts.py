"""The parts of the pages of one block, one unit, one row of the plan, as they are drawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from campaign.models import Activity, PlanItem
from lib.charts import DayMark, Part, days_chart, share_bar
from lib.charts.marks import counted, shade_of
from reports.datasets.dashboard.block_board import BlockBoard
from reports.datasets.dashboard.by_unit import States, UnitLine
from reports.datasets.dashboard.going import STATES, ItemLine
from reports.datasets.dashboard.item_board import ItemBoard
from reports.datasets.dashboard.unit_board import SolutionLine, UnitBoard
from reports.views.dashboard_parts import DUTY_LOOKS, Card, DutyRow, HeatCell
from reports.views.scope_links import UNCOVERED, PartLinks
from units.models import Unit

Status = Activity.Status
# The column of each status: its word in an address, and its colour in a bar.
COLUMNS = {
    Status.PLANNED: ("chua", "grey"),
    Status.RUNNING: ("dang", "blue"),
    Status.DONE: ("xong", "green"),
    Status.POSTPONED: ("hoan", "amber"),
}
HEADS = tuple(status.label for status in COLUMNS)


# --- activities by status ------------------------------------------------------------------------


@dataclass(frozen=True)
class StateRow:
    """How the activities of a unit, or under a row of the plan, go: each number a link."""

    name: str
    href: str
    registered: SafeString
    alive: SafeString
    cells: tuple[SafeString, ...]
    bar: SafeString


def _cells(states: States, links: PartLinks, *, unit: str, item: str) -> tuple[SafeString, ...]:
    return tuple(
        counted(states.of(status), links.followed(word, unit=unit, item=item))
        for status, (word, _) in COLUMNS.items()
    )


def _bar(states: States) -> SafeString:
    parts = [
        Part(states.of(status), tone, status.label.lower()) for status, (_, tone) in COLUMNS.items()
    ]
    return share_bar(parts, whole=states.going.alive)


def unit_rows(lines: Iterable[UnitLine], links: PartLinks, item: str = "") -> list[StateRow]:
    return [
        StateRow(
            line.unit.name,
            links.unit(line.unit.code),
            counted(line.registered, links.registered_of(unit=line.unit.code, item=item)),
            counted(line.states.going.alive, links.followed(unit=line.unit.code, item=item)),
            _cells(line.states, links, unit=line.unit.code, item=item),
            _bar(line.states),
        )
        for line in lines
    ]


def solution_rows(lines: Iterable[SolutionLine], links: PartLinks, unit: str) -> list[StateRow]:
    return [
        StateRow(
            f"{line.item.code} {line.title}",
            links.item(line.item.code),
            SafeString(""),
            counted(line.states.going.alive, links.followed(unit=unit, item=line.item.code)),
            _cells(line.states, links, unit=unit, item=line.item.code),
            _bar(line.states),
        )
        for line in lines
    ]


# --- a block -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MemberRow:
    """One unit of a block beside the others."""

    line: UnitLine
    href: str
    registered: SafeString
    done: SafeString


def member_rows(found: BlockBoard, links: PartLinks) -> list[MemberRow]:
    return [
        MemberRow(
            line,
            links.unit(line.unit.code),
            counted(line.registered, links.registered_of(unit=line.unit.code)),
            counted(
                line.states.going.done,
                links.followed("xong", unit=line.unit.code),
                f"{line.states.going.done}/{line.states.going.alive}",
            ),
        )
        for line in found.lines
    ]


def scored_card(found: BlockBoard, href: str) -> Card:
    whole = len(found.lines)
    return Card(
        "đơn vị đã nộp bảng chấm điểm",
        counted(found.scored, href, f"{found.scored}/{whole}"),
        "trong các thành viên của khối",
        "",
    )


@dataclass(frozen=True)
class UnitHeatRow:
    line: ItemLine
    href: str
    total: SafeString
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class UnitHeat:
    """Solutions down, units across: how many activities are registered."""

    units: tuple[Unit, ...]
    rows: tuple[UnitHeatRow, ...]


def unit_heat(found: BlockBoard, links: PartLinks, block: str) -> UnitHeat:
    units = tuple(line.unit for line in found.lines)
    lines = found.board.items.solutions
    numbers = [number for line in lines for number in found.by_row.get(line.item.pk, {}).values()]
    most = max(numbers, default=0)
    rows = []
    for line in lines:
        own, code = found.by_row.get(line.item.pk, {}), line.item.code
        cells = tuple(
            HeatCell(
                shade_of(own.get(unit.pk, 0), most),
                counted(own.get(unit.pk, 0), links.registered_of(unit=unit.code, item=code)),
            )
            for unit in units
        )
        total = counted(line.activities, links.registered(item=code, block=block))
        rows.append(UnitHeatRow(line, links.item(code), total, cells))
    return UnitHeat(units, tuple(rows))


# --- a unit --------------------------------------------------------------------------------------


def unit_cards(found: UnitBoard, links: PartLinks) -> list[Card]:
    code, going = found.unit.code, found.going
    owed = len(found.sent) + len(found.unsent)
    uncovered = len(found.uncovered)
    return [
        Card(
            "nội dung đã gửi",
            counted(len(found.sent), "#da-gui", f"{len(found.sent)}/{owed}"),
            counted(len(found.unsent), "#chua-gui", f"còn {len(found.unsent)} chưa gửi"),
            "",
        ),
        Card(
            "hoạt động đã đăng ký",
            counted(found.registered, links.registered_of(unit=code)),
            "trong kế hoạch đã gửi",
            "",
        ),
        Card(
            "hoạt động hoàn thành",
            counted(going.done, links.followed("xong", unit=code), f"{going.done}/{going.alive}"),
            "đơn vị chủ trì, không kể đã hủy",
            "",
        ),
        Card(
            "nhiệm vụ chưa có hoạt động",
            counted(uncovered, UNCOVERED, f"{uncovered}/{len(found.duties)}"),
            "trong các nhiệm vụ Kế hoạch giao, đề nghị",
            "",
            "amber" if uncovered else "",
        ),
        Card(
            "khen thưởng được công bố",
            counted(len(found.grants), "#khen-thuong"),
            "theo quyết định của đợt thi đua",
            "",
        ),
    ]  # fmt: skip


# --- a row of the plan ---------------------------------------------------------------------------


def duty_rows(lines: Iterable[ItemLine], links: PartLinks, unit: str) -> list[DutyRow]:
    """Duties with the activities one unit has registered under each."""
    return [
        DutyRow(
            line, *DUTY_LOOKS[line.state], STATES[line.state],
            counted(line.activities, links.registered_of(unit=unit, item=line.item.code)),
        )
        for line in lines
    ]  # fmt: skip


def item_cards(found: ItemBoard, item: PlanItem, links: PartLinks) -> list[Card]:
    going, code = found.going, item.code
    shown = [
        Card(
            "hoạt động đã đăng ký",
            counted(found.registered, links.registered_of(item=code)),
            "trong kế hoạch các đơn vị đã gửi",
            "",
        ),
        Card(
            "hoạt động hoàn thành",
            counted(going.done, links.followed("xong", item=code), f"{going.done}/{going.alive}"),
            "không kể đã hủy, đã gộp",
            "",
        ),
    ]
    if not found.assigned:
        return shown
    missing, whole = len(found.without), len(found.assigned)
    card = Card(
        "đơn vị được giao chưa có hoạt động",
        counted(missing, UNCOVERED, f"{missing}/{whole}"),
        f"{whole - missing} đơn vị đã đăng ký",
        "",
        "amber" if missing else "",
    )
    return [card, *shown]


@dataclass(frozen=True)
class DoneRow:
    day: date
    done: SafeString


@dataclass(frozen=True)
class DoneDays:
    chart: SafeString
    rows: tuple[DoneRow, ...]


def done_days(found: ItemBoard, item: PlanItem, links: PartLinks) -> DoneDays:
    """Done activities by day, added up; the table has the days on which something was done."""
    marks = [
        DayMark(row.day, row.done, 0, links.followed("xong", item=item.code, done_by=row.day))
        for row in found.days
    ]
    chart = days_chart(
        marks,
        whole=found.going.alive,
        due=links.view.campaign.ends_on,
        words=f"Hoạt động đã hoàn thành của mục {item.code}, cộng dồn theo ngày",
        verb="hoàn thành",
    )
    before, rows = 0, []
    for mark in marks:
        if mark.value != before:
            rows.append(DoneRow(mark.day, counted(mark.value, mark.href)))
        before = mark.value
    return DoneDays(chart, tuple(rows))
