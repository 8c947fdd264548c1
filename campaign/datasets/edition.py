"""A version of a sub-plan as labelled text, for reading side by side."""

from datetime import date
from decimal import Decimal

from campaign.difference import Difference, Edition, compare
from campaign.models import PlannedActivity, SubPlan
from lib.vietnamese import number, short_date

FIELDS = (
    "title", "lead_text", "participants_text", "beneficiary", "place", "starts_on", "ends_on", "quantity",
    "quantity_unit", "cost", "cost_source", "product", "person_responsible",
)  # fmt: skip


def shown(value: str | date | Decimal | None) -> str:
    """A field's value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, Decimal):
        return number(value)
    return value


def edition_of(sub_plan: SubPlan) -> Edition:
    rows = (
        sub_plan.activities.select_related("lead_unit")
        .prefetch_related("plan_items", "participants")
        .order_by("position", "pk")
    )
    return Edition(
        texts={
            _label(SubPlan, name): shown(getattr(sub_plan, name)) for name in SubPlan.TEXT_FIELDS
        },
        activities={str(row.key): _activity(row) for row in rows},
        files={
            file.stored.sha256: file.name
            for file in sub_plan.files.select_related("stored").order_by("pk")
        },
        targets={
            f"{row.indicator.name} ({row.indicator.measure})": number(
                row.value, row.indicator.decimals
            )
            for row in sub_plan.targets.select_related("indicator").order_by("indicator__position")
        },
    )


def _activity(row: PlannedActivity) -> dict[str, str]:
    said = {_label(PlannedActivity, name): shown(getattr(row, name)) for name in FIELDS}
    said[_label(PlannedActivity, "kind")] = row.get_kind_display()
    said["Đơn vị chủ trì"] = str(row.lead_unit or "")
    said["Mục của Kế hoạch"] = ", ".join(
        item.code for item in sorted(row.plan_items.all(), key=lambda item: item.position)
    )
    said["Đơn vị phối hợp"] = "; ".join(
        unit.name for unit in sorted(row.participants.all(), key=lambda unit: unit.sort_order)
    )
    return said


def _label(model: type[SubPlan | PlannedActivity], name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def changes_between(old: SubPlan, new: SubPlan) -> Difference:
    return compare(edition_of(old), edition_of(new))


def changes_since_previous(sub_plan: SubPlan) -> Difference | None:
    """What the unit changed since the version it sent before; None for a first version."""
    previous = (
        SubPlan.objects.filter(
            campaign=sub_plan.campaign, unit=sub_plan.unit, version__lt=sub_plan.version,
            submitted_at__isnull=False,
        )
        .order_by("-version")
        .first()
    )  # fmt: skip
    return changes_between(previous, sub_plan) if previous else None
