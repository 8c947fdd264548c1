"""How far the blocks have scored, and what they have published of it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from campaign.datasets.ledger import WITHOUT_BLOCK
from reports.datasets.dashboard.viewpoint import Viewpoint
from scoring.models import Ranking, RankingRow, ScoreSheet
from units.models import Block, BlockMembership

LEADING = 3  # places shown of each block


def sheets(view: Viewpoint) -> QuerySet[ScoreSheet]:
    """Score sheets of the campaign's year that had been handed in by then."""
    rows = ScoreSheet.objects.of_year(view.campaign.year).submitted()
    if view.by is not None:
        rows = rows.filter(submitted_at__lte=view.by)
    return view.scope.of_units(rows)


def units_scored(view: Viewpoint, block: str = "") -> QuerySet[BlockMembership]:
    """The members of blocks that had handed in a sheet; `block` by its code, or all of them."""
    rows = BlockMembership.objects.filter(
        year=view.campaign.year, unit__in=sheets(view).values("unit")
    )
    if block == WITHOUT_BLOCK:
        return rows.none()
    return rows.filter(block__code=block) if block else rows


def blocks_scored(view: Viewpoint) -> dict[Block, int]:
    """Every block in protocol order, with how many of its members have."""
    places = units_scored(view).filter(block=OuterRef("pk")).order_by().values("block")
    number = Coalesce(Subquery(places.annotate(n=Count("unit")).values("n")), 0)
    rows: QuerySet[Any] = Block.objects.annotate(scored=number).order_by("sort_order", "pk")
    return {block: block.scored for block in rows}


@dataclass(frozen=True)
class BlockRanking:
    """A published ranking with its leading places; `ranked` is how many have one."""

    ranking: Ranking
    ranked: int
    leading: tuple[RankingRow, ...]

    @property
    def block(self) -> Block:
        return self.ranking.block


def rankings(view: Viewpoint) -> list[BlockRanking]:
    """The newest published by then of each block, in one query."""
    published = Ranking.objects.filter(year=view.campaign.year, published_at__isnull=False)
    if view.by is not None:
        published = published.filter(published_at__lte=view.by)
    newest = published.filter(block=OuterRef("ranking__block")).order_by("-version")
    ranked = RankingRow.objects.filter(
        ranking=OuterRef("ranking"), state=RankingRow.State.RANKED
    ).order_by().values("ranking").annotate(n=Count("pk")).values("n")  # fmt: skip
    rows: QuerySet[Any] = (
        RankingRow.objects.filter(
            ranking__in=published.values("pk"), position__lte=LEADING,
        )
        .annotate(newest=Subquery(newest.values("pk")[:1]), ranked=Subquery(ranked))
        .filter(ranking=F("newest"))
        .select_related("ranking__block", "unit")
        .order_by("ranking__block__sort_order", "position", "unit__sort_order")
    )  # fmt: skip
    by_ranking: dict[Ranking, list[Any]] = defaultdict(list)
    for row in rows:
        by_ranking[row.ranking].append(row)
    return [
        BlockRanking(ranking, found[0].ranked, tuple(found))
        for ranking, found in by_ranking.items()
    ]
