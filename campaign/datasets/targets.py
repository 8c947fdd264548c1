"""What a version promises, indicator by indicator (chỉ tiêu đăng ký), as pages and sheets show it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from campaign.checklist import TargetContent
from campaign.models import Indicator, PlannedActivity, SubPlan

_DIGEST_LENGTH = 16


@dataclass(frozen=True)
class TargetLine:
    """An indicator asked of the unit; `value` is empty where nothing is registered.

    Works are never typed: they are counted from the table of activities.
    """

    indicator: Indicator
    value: Decimal | None

    @property
    def is_counted(self) -> bool:
        return self.indicator.aggregate == Indicator.Aggregate.WORKS

    @property
    def is_part(self) -> bool:
        return self.indicator.parent_id is not None


def target_lines(sub_plan: SubPlan) -> list[TargetLine]:
    """Every indicator asked of the unit, in three queries however many there are."""
    asked = Indicator.objects.filter(campaign=sub_plan.campaign_id).in_use()
    indicators = list(asked.asked_of(sub_plan.unit).in_order())
    if not indicators:
        return []
    said = dict(sub_plan.targets.values_list("indicator", "value"))
    works = sub_plan.activities.filter(kind=PlannedActivity.Kind.WORK).count()
    return [
        TargetLine(indicator, _value(indicator, said, works)) for indicator in indicators
    ]  # fmt: skip


def _value(indicator: Indicator, said: Mapping[int, Decimal], works: int) -> Decimal | None:
    if indicator.aggregate == Indicator.Aggregate.WORKS:
        return Decimal(works)
    return said.get(indicator.pk)


def registered_lines(sub_plan: SubPlan) -> list[TargetLine]:
    """Only what is registered: for reading a version."""
    return [line for line in target_lines(sub_plan) if line.value]


def targets_state(sub_plan: SubPlan) -> str:
    """Another one as soon as a colleague has saved another target."""
    said = list(sub_plan.targets.order_by("indicator").values_list("indicator", "value"))
    return hashlib.sha256(repr(said).encode()).hexdigest()[:_DIGEST_LENGTH]


def targets_of(sub_plan: SubPlan) -> tuple[TargetContent, ...]:
    """As plain values, for the checklist."""
    lines = target_lines(sub_plan)
    codes = {line.indicator.pk: line.indicator.code for line in lines}
    return tuple(
        TargetContent(
            code=line.indicator.code,
            name=line.indicator.name,
            value=line.value,
            parent=codes.get(line.indicator.parent_id or 0, ""),
            relation=line.indicator.relation,
            is_counted=line.is_counted,
        )
        for line in lines
    )
