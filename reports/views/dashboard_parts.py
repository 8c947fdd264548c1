"""The parts of the dashboard as they are drawn: every number is a link to its list."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from awards.datasets.reception import SENT
from campaign.models import Obligation
from lib.charts import Tile, tile_map
from lib.charts.marks import counted, shade_of
from lib.vietnamese import percent
from reports.datasets.dashboard.board import BlockLine, Board
from reports.datasets.dashboard.districts import District
from reports.datasets.dashboard.going import STATES, ItemLine
from reports.datasets.dashboard.sending import DayLine
from reports.documents.overview_charts import most_registered, sending_bar, sending_chart
from reports.views.dashboard_links import Links, code_of
from units.models import Block

POINTS = 100
DUTY_LOOKS = {
    "chua-co": ("amber", "bi-exclamation-triangle"),
    "dang": ("blue", "bi-play-circle"),
    "xong": ("green", "bi-check-circle"),
}


@dataclass(frozen=True)
class Card:
    """One of the five: the number, what it is of, and how it changed since the day before."""

    label: str
    value: SafeString
    note: str
    change: str
    tone: str = ""


def cards(found: Board, links: Links, since: str) -> list[Card]:
    now, then = found.five, found.before
    return [
        Card(
            "đơn vị đã nộp kế hoạch",
            counted(now.sent, links.ledger("da-gui"), f"{now.sent}/{now.owed}"),
            format_html(
                "chưa nộp {}, trong đó quá hạn {}",
                counted(now.outstanding, links.ledger("chua-nop")),
                counted(now.overdue, links.ledger("qua-han")),
            ),
            _change(now.sent, then.sent, since),
            "red" if now.overdue else "",
        ),
        Card(
            "nộp đúng hạn",
            counted(
                now.required_on_time, links.ledger("dung-han", level="phai-gui"),
                rate_in_words(now.on_time_rate),
            ),
            format_html(
                "{} trong {} đơn vị phải gửi",
                now.required_on_time, counted(now.required, links.ledger(level="phai-gui")),
            ),
            _change_of_rate(now.on_time_rate, then.on_time_rate, since),
        ),
        Card(
            "hoạt động hoàn thành",
            counted(now.done, links.activities("xong"), rate_in_words(now.done_rate)),
            format_html(
                "{} trong {} hoạt động", now.done, counted(now.alive, links.activities())
            ),
            _change(now.done, then.done, since),
        ),
        Card(
            "nhiệm vụ chưa có hoạt động",
            counted(now.uncovered, links.duties("chua-co")),
            format_html("trong {} nhiệm vụ của Kế hoạch", counted(now.duties, links.duties())),
            _change(now.uncovered, then.uncovered, since),
            "amber" if now.uncovered else "",
        ),
        Card(
            "hồ sơ khen thưởng đã gửi",
            counted(now.dossiers, links.dossiers(SENT)),
            SafeString("không kể hồ sơ đã rút"),
            _change(now.dossiers, then.dossiers, since),
        ),
    ]  # fmt: skip


def rate_in_words(rate: Decimal | None) -> str:
    return "–" if rate is None else percent(rate)


def _change(now: int, then: int, since: str) -> str:
    if now == then:
        return f"không đổi so với {since}"
    return f"{'+' if now > then else '−'}{abs(now - then)} so với {since}"


def _change_of_rate(now: Decimal | None, then: Decimal | None, since: str) -> str:
    if now is None or then is None or now == then:
        return f"không đổi so với {since}"
    points = f"{abs(now - then) * POINTS:.1f}".replace(".", ",")
    return f"{'+' if now > then else '−'}{points} điểm % so với {since}"


# --- who has sent --------------------------------------------------------------------------------


@dataclass(frozen=True)
class DayRow:
    line: DayLine
    sent: SafeString
    late: SafeString
    so_far: SafeString


@dataclass(frozen=True)
class Days:
    chart: SafeString
    rows: tuple[DayRow, ...]


def days(found: Board, links: Links) -> Days:
    lines = found.sending.days
    first = lines[0].day if lines else found.sending.due

    def up_to(line: DayLine) -> str:
        return links.ledger("da-gui", sent=(first, line.day))

    rows = tuple(
        DayRow(
            line,
            counted(line.sent, links.ledger("da-gui", sent=(line.day, line.day))),
            counted(line.late, links.ledger("tre-han", sent=(line.day, line.day))),
            counted(line.sent_so_far, up_to(line)),
        )
        for line in lines
        if line.sent
    )
    return Days(sending_chart(found, up_to), rows)


@dataclass(frozen=True)
class BlockRow:
    """A block's numbers, each a link, and its bar: on time, late, not sent, of those that owe."""

    block: Block | None
    sent: SafeString
    bar: SafeString
    on_time: SafeString
    late: SafeString
    outstanding: SafeString
    done: SafeString
    done_rate: Decimal | None
    scored: SafeString


def block_rows(found: Board, links: Links) -> list[BlockRow]:
    return [_block_row(line, links) for line in found.blocks]


def _block_row(line: BlockLine, links: Links) -> BlockRow:
    totals, code = line.totals, code_of(line.block)
    done = f"{line.going.done}/{line.going.alive}"
    return BlockRow(
        block=line.block,
        sent=counted(totals.sent, links.ledger("da-gui", block=code), f"{totals.sent}/{totals.owed}"),
        bar=sending_bar(totals),
        on_time=counted(totals.on_time, links.ledger("dung-han", block=code)),
        late=counted(totals.late, links.ledger("tre-han", block=code)),
        outstanding=counted(totals.outstanding, links.ledger("chua-nop", block=code)),
        done=counted(line.going.done, links.activities("xong", block=code), done),
        done_rate=line.going.rate,
        scored=counted(line.scored, links.scored(code)),
    )  # fmt: skip


# --- the plan ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class HeatCell:
    shade: int
    number: SafeString


@dataclass(frozen=True)
class HeatRow:
    line: ItemLine
    cells: tuple[HeatCell, ...]
    total: SafeString


@dataclass(frozen=True)
class HeatMap:
    """Solutions down, blocks across: how many activities are registered."""

    blocks: tuple[Block | None, ...]
    rows: tuple[HeatRow, ...]


def heat_map(found: Board, links: Links) -> HeatMap:
    blocks = tuple(line.block for line in found.blocks)
    most = most_registered(found.items.solutions)
    return HeatMap(
        blocks, tuple(_heat_row(line, blocks, most, links) for line in found.items.solutions)
    )


def _heat_row(line: ItemLine, blocks: Iterable[Block | None], most: int, links: Links) -> HeatRow:
    cells = []
    for block in blocks:
        known = line.by_block.get(block.pk if block else None)
        number = known.activities if known else 0
        href = links.registered(item=line.item.code, block=code_of(block))
        cells.append(HeatCell(shade_of(number, most), counted(number, href)))
    total = counted(line.activities, links.registered(item=line.item.code))
    return HeatRow(line, tuple(cells), total)


@dataclass(frozen=True)
class DutyRow:
    line: ItemLine
    tone: str
    icon: str
    word: str
    registered: SafeString


def duty_rows(lines: Iterable[ItemLine], links: Links) -> list[DutyRow]:
    return [
        DutyRow(
            line, *DUTY_LOOKS[line.state], STATES[line.state],
            counted(line.activities, links.registered(item=line.item.code)),
        )
        for line in lines
    ]  # fmt: skip


# --- districts -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class DistrictRow:
    district: District
    alive: SafeString
    done: SafeString


@dataclass(frozen=True)
class Districts:
    map: SafeString
    rows: tuple[DistrictRow, ...]
    border: int


def district_map(found: Board, links: Links) -> Districts:
    tiles = [_tile(one, links) for one in found.districts]
    border = sum(one.unit.is_border for one in found.districts)
    rows = tuple(
        DistrictRow(
            one,
            counted(one.going.alive, links.activities(lead=one.unit.code)),
            counted(one.going.done, links.activities("xong", lead=one.unit.code)),
        )
        for one in found.districts
    )
    words = f"{len(tiles)} huyện, thị xã, thành phố; {border} giáp biên giới"
    return Districts(tile_map(tiles, words=words), rows, border)


def _tile(one: District, links: Links) -> Tile:
    tone, sent = _sent_in_words(one.owed)
    notes = (
        f"{sent} · biên giới" if one.unit.is_border else sent,
        f"{one.going.done}/{one.going.alive} hoàn thành",
    )
    return Tile(
        one.column, one.row, one.unit.short_name, notes, tone, one.going.alive,
        links.activities(lead=one.unit.code), one.unit.is_border,
    )  # fmt: skip


def _sent_in_words(owed: Obligation) -> tuple[str, str]:
    if not owed.is_owed:
        return "grey", "được miễn"
    if owed.is_late:
        return "red", f"trễ {owed.days_late} ngày"
    return ("green", "đúng hạn") if owed.is_on_time else ("grey", "chưa nộp")


# --- scoring, awards, changes --------------------------------------------------------------------


@dataclass(frozen=True)
class Numbered:
    """A line that says something and its number."""

    label: str
    number: SafeString
    count: int


def stage_rows(found: Board, links: Links) -> list[Numbered]:
    return [
        Numbered(line.label, counted(line.count, links.dossiers(line.code)), line.count)
        for line in found.stages
    ]


def change_rows(found: Board, links: Links) -> list[Numbered]:
    return [
        Numbered(
            change.kind.label, counted(change.count, links.changes(change.kind.code)), change.count
        )
        for change in found.changes
        if change.count
    ]
