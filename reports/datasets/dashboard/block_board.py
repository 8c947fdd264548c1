"""Tổng quan of one block: the same figures as the province's, taken apart by unit."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from reports.datasets.dashboard.board import Board
from reports.datasets.dashboard.by_unit import UnitLine, members, registered_by_unit
from reports.datasets.dashboard.five import five, five_before
from reports.datasets.dashboard.going import items
from reports.datasets.dashboard.sending import behind, sending
from reports.datasets.dashboard.viewpoint import Viewpoint
from scoring.models import Ranking, RankingRow


@dataclass(frozen=True)
class BlockBoard:
    """`board` holds what the province's page shows too, `by_row` the registered activities by
    row of the plan and by unit."""

    board: Board
    lines: tuple[UnitLine, ...]
    by_row: Mapping[int, Mapping[int, int]]
    ranking: Ranking | None
    ranks: tuple[RankingRow, ...]

    @property
    def scored(self) -> int:
        return sum(line.is_scored for line in self.lines)


def block_board(view: Viewpoint, reader: User) -> BlockBoard:
    """In a fixed number of queries, however many units the block has."""
    ranking, sent = published_ranking(view, view.scope.pk), sending(view)
    board = Board(
        five=five(view, reader, sent.totals),
        before=five_before(view, reader),
        sending=sent,
        behind=behind(view),
        items=items(view),
        blocks=(),
        districts=(),
        rankings=(),
        stages=(),
        changes=(),
    )
    return BlockBoard(
        board=board,
        lines=tuple(members(view)),
        by_row=registered_by_unit(view),
        ranking=ranking,
        ranks=tuple(_ranks(ranking)) if ranking else (),
    )


def published_ranking(view: Viewpoint, block: int) -> Ranking | None:
    """The newest a block had published of the year by then."""
    rows = Ranking.objects.filter(block=block, year=view.campaign.year, published_at__isnull=False)
    if view.by is not None:
        rows = rows.filter(published_at__lte=view.by)
    return rows.select_related("block").order_by("-version").first()


def _ranks(ranking: Ranking) -> QuerySet[RankingRow]:
    placed = ranking.rows.filter(state=RankingRow.State.RANKED).select_related("unit")
    return placed.order_by("position", "unit__sort_order")
