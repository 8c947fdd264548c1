"""Registered targets of a draft (chỉ tiêu đăng ký)."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from accounts.workflow import Conflict
from campaign.actions import submission
from campaign.datasets.targets import targets_state
from campaign.models import Indicator, RegisteredTarget, SubPlan


@transaction.atomic
def save_targets(
    sub_plan: SubPlan,
    values: Mapping[Indicator, Decimal | None],
    *,
    by: User,
    at: datetime,
    state: str,
) -> None:
    """All that was typed; `state` is that of the targets it was typed over, so that nobody
    overwrites a colleague unseen."""
    locked = submission.lock_draft(sub_plan, by=by)
    if targets_state(locked) != state:
        raise Conflict("Chỉ tiêu đăng ký vừa được người khác sửa.")
    known = {row.indicator_id: row.value for row in locked.targets.all()}
    changed = {
        indicator: value for indicator, value in values.items() if known.get(indicator.pk) != value
    }
    for indicator, value in changed.items():
        if value is None:
            locked.targets.filter(indicator=indicator).delete()
        else:
            RegisteredTarget.objects.update_or_create(
                sub_plan=locked, indicator=indicator, defaults={"value": value}
            )
    if changed:
        labels = [f"Chỉ tiêu {indicator.code}" for indicator in changed]
        submission.record_edit(locked, labels, by=by, at=at)
