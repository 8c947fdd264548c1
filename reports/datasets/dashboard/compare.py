"""The campaign beside another one, on the same day of each: as many days after it began."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from campaign.datasets.ledger import LedgerTotals, counts
from campaign.models import Campaign
from reports.datasets.dashboard.five import Five, five, querysets, totals_owed
from reports.datasets.dashboard.going import Going, going_by_block
from reports.datasets.dashboard.viewpoint import Viewpoint, viewpoint

# What stands beside each other, under the names of `querysets`.
FIGURES = {
    "sent": "Đã nộp kế hoạch",
    "required_on_time": "Nộp đúng hạn, trong các đơn vị phải gửi",
    "done": "Hoạt động hoàn thành",
    "uncovered": "Nhiệm vụ chưa có hoạt động",
    "dossiers": "Hồ sơ khen thưởng đã gửi",
}
# What can be counted by block, and the way from its rows to the unit.
OF_BLOCKS = {"sent": "unit", "done": "lead_unit"}


def same_day(view: Viewpoint, other: Campaign, *, at: datetime) -> Viewpoint:
    """The other campaign as it stood as many days after its first as this one stands now."""
    passed = view.day - view.campaign.starts_on
    return viewpoint(other, at=at, day=other.starts_on + passed, scope=view.scope)


def number_of_day(view: Viewpoint) -> int:
    """The first day of a campaign is day 1; before it, none has passed."""
    return max(0, (view.day - view.campaign.starts_on).days + 1)


@dataclass(frozen=True)
class Compared:
    view: Viewpoint
    five: Five
    sent: Mapping[int | None, LedgerTotals]
    going: Mapping[int | None, Going]


def compared(view: Viewpoint, reader: User) -> Compared:
    """What stands beside the figures and the blocks."""
    rows = view.placed(view.obligations(), "unit").order_by().values_list("block_id")
    sent = {block: LedgerTotals(*found) for block, *found in rows.annotate(**counts(view.at))}
    return Compared(view, five(view, reader, totals_owed(view)), sent, going_by_block(view))


def behind(view: Viewpoint, reader: User, figure: str, block: str) -> QuerySet[Any]:
    """The rows of one of the compared figures, of one block by its code or of all."""
    rows = querysets(view, reader)[figure]
    if not block:
        return rows
    path = OF_BLOCKS[figure]
    return rows.filter(
        Q(**{f"{path}__block_memberships__year": view.campaign.year})
        & Q(**{f"{path}__block_memberships__block__code": block})
    )
