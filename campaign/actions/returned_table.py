"""Take over a table of activities that was filled in elsewhere: all of it or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.workflow import Conflict
from campaign.actions.sub_plan import (
    ActivityData,
    add_activities,
    change_activity,
    remove_activity,
)
from campaign.actions.submission import lock_draft
from campaign.datasets.activity_table import activities_in_order
from campaign.datasets.activity_workbook import table_state
from campaign.models import SubPlan


@dataclass(frozen=True)
class ReturnedTable:
    """What becomes otherwise; changed and removed activities by the key of their line."""

    state: str
    added: Sequence[ActivityData] = ()
    changed: Mapping[str, ActivityData] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()


@transaction.atomic
def take_table(sub_plan: SubPlan, table: ReturnedTable, *, by: User, at: datetime) -> None:
    """Only onto the table the workbook was made from; whatever a colleague saved stays."""
    locked = lock_draft(sub_plan, by=by)
    activities = activities_in_order(locked)
    if table_state(activities) != table.state:
        raise Conflict("Bảng hoạt động vừa được người khác sửa. Mời tải tệp mới rồi điền lại.")
    for activity in activities:
        key = str(activity.key)
        if key in table.removed:
            remove_activity(activity, by=by, at=at)
        elif key in table.changed:
            change_activity(
                activity, table.changed[key], by=by, at=at, revision=activity.revision
            )  # fmt: skip
    if table.added:
        add_activities(locked, list(table.added), by=by, at=at)
