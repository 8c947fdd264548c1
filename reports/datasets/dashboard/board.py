"""Tổng quan: everything the page shows, in a fixed number of queries."""

from dataclasses import dataclass

from accounts.models import User
from awards.datasets.reception import STAGES, stage_counts
from campaign.datasets.ledger import LedgerTotals
from reports.datasets.dashboard.changes import KINDS, Change, changed
from reports.datasets.dashboard.districts import District, districts
from reports.datasets.dashboard.five import Five, lengths, querysets
from reports.datasets.dashboard.going import Going, Items, going_by_block, items
from reports.datasets.dashboard.scored import BlockRanking, rankings, scored_by_block
from reports.datasets.dashboard.sending import (
    NOTHING,
    Behind,
    Sending,
    behind,
    blocks_of,
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
    before = day_before(view)
    told = querysets(view, reader)
    now = lengths(view.campaign, told | changed(view))
    sent = sending(view)
    return Board(
        five=Five(**{name: now[name] for name in told}),
        before=Five(**lengths(view.campaign, querysets(before, reader))),
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
        changes=tuple(Change(kind, now[kind.code]) for kind in KINDS),
    )


def _blocks(view: Viewpoint, sent: Sending) -> list[BlockLine]:
    """Blocks in protocol order; units without one come last."""
    going, scored, known = going_by_block(view), scored_by_block(view), blocks_of(view)
    wanted = [pk for pk in known if pk in sent.by_block or pk in going]
    without = [None] if None in sent.by_block or None in going else []
    return [
        BlockLine(
            known[pk] if pk is not None else None, sent.by_block.get(pk, NOTHING),
            going.get(pk, Going()), scored.get(pk, 0) if pk is not None else 0,
        )
        for pk in [*wanted, *without]
    ]  # fmt: skip
