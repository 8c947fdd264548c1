"""Tổng quan: everything the page shows, in a fixed number of queries."""

from dataclasses import dataclass

from accounts.models import User
from awards.datasets.reception import STAGES, stage_counts
from campaign.datasets.ledger import NOTHING, LedgerTotals
from reports.datasets.dashboard.changes import KINDS, Change, changed
from reports.datasets.dashboard.districts import District, districts
from reports.datasets.dashboard.five import (
    Five,
    lengths,
    numbers,
    numbers_before,
    put_together,
    totals_owed,
)
from reports.datasets.dashboard.going import Going, Items, going_by_block, items
from reports.datasets.dashboard.scored import BlockRanking, blocks_scored, rankings
from reports.datasets.dashboard.sending import (
    Behind,
    Sending,
    behind,
    sending,
)
from reports.datasets.dashboard.viewpoint import Viewpoint, day_before
from units.models import Block


@dataclass(frozen=True)
class BlockLine:
    """One block beside the others; `block` is None for units without one."""

    block: Block | None
    totals: LedgerTotals
    going: Going
    scored: int


@dataclass(frozen=True)
class StageLine:
    code: str
    label: str
    count: int


@dataclass(frozen=True)
class Board:
    """The five figures with those of the day before, and what stands behind them."""

    five: Five
    before: Five
    sending: Sending
    behind: Behind
    blocks: tuple[BlockLine, ...]
    items: Items
    districts: tuple[District, ...]
    rankings: tuple[BlockRanking, ...]
    stages: tuple[StageLine, ...]
    changes: tuple[Change, ...]


def board(view: Viewpoint, reader: User) -> Board:
    sent = sending(view)
    told = _numbers(view, sent, reader)
    return Board(
        five=told.five,
        before=told.before,
        sending=sent,
        behind=behind(view),
        blocks=tuple(_blocks(view, sent)),
        items=items(view),
        districts=tuple(districts(view)),
        rankings=tuple(rankings(view)),
        stages=tuple(
            StageLine(code, STAGES[code], count)
            for code, count in stage_counts(reader, view.campaign, view.by).items()
        ),
        changes=told.changes,
    )


@dataclass(frozen=True)
class Numbers:
    five: Five
    before: Five
    changes: tuple[Change, ...]


def _numbers(view: Viewpoint, sent: Sending, reader: User) -> Numbers:
    """All that is a number and nothing else, in one statement beside those of the ledger."""
    then = day_before(view)
    told, before = numbers(view, reader), numbers_before(view, then, reader)
    earlier = {f"before_{name}": rows for name, rows in before.items()}
    found = lengths(view.campaign, {**told, **earlier, **changed(view)})
    return Numbers(
        put_together(sent.totals, {name: found[name] for name in told}),
        put_together(totals_owed(then), {name: found[f"before_{name}"] for name in before}),
        tuple(Change(kind, found[kind.code]) for kind in KINDS),
    )


def _blocks(view: Viewpoint, sent: Sending) -> list[BlockLine]:
    """Blocks in protocol order; units without one come last."""
    going = going_by_block(view)
    known: list[tuple[Block | None, int]] = [*blocks_scored(view).items(), (None, 0)]
    lines = []
    for block, scored in known:
        key = block.pk if block else None
        if key in sent.by_block or key in going:
            totals = sent.by_block.get(key, NOTHING)
            lines.append(BlockLine(block, totals, going.get(key, Going()), scored))
    return lines
