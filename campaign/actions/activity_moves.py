"""What the unit that leads an activity says of it: how it goes, and what it is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Conflict, Refused
from campaign.actions.joint_activity import invite
from campaign.actions.sub_plan import ActivityData
from campaign.models import Activity, Campaign
from campaign.permissions import may_add_activity, may_lead_activity
from units.models import Unit


@dataclass(frozen=True)
class Outcome:
    """What came of an activity."""

    on: date
    result: str
    quantity_done: Decimal | None = None
    cost_spent: Decimal | None = None


@transaction.atomic
def add_activity(
    campaign: Campaign, unit: Unit, row: ActivityData, *, by: User, at: datetime
) -> Activity:
    """One that no sub-plan registered; it still answers to a row of the plan."""
    require(may_add_activity(by, unit))
    if not row.plan_items:
        raise Refused("Hoạt động phải gắn với ít nhất một mục của Kế hoạch.")
    activity = Activity(
        campaign=campaign, registered_by=unit, lead_unit=unit, added_at=at, added_by=by,
        **row.fields,
    )  # fmt: skip
    activity.note_keys()
    activity.save(force_insert=True)
    activity.plan_items.set(row.plan_items)
    AuditEvent.objects.record(
        activity, "added", by=by, at=at, label="Thêm hoạt động trong đợt thi đua"
    )
    invite(activity, row.participants, at=at)
    return activity


@transaction.atomic
def edit_activity(
    activity: Activity, row: ActivityData, *, by: User, at: datetime, revision: int
) -> None:
    """Change what it is about; refuses to overwrite a colleague."""
    require(may_lead_activity(by, activity))
    if activity.status == Activity.Status.CANCELLED:
        raise Refused("Hoạt động đã hủy nên không sửa được. Hãy khôi phục hoạt động trước.")
    labels = _changed_labels(activity, row)
    same = Activity.objects.filter(pk=activity.pk, revision=revision)
    if not same.update(revision=F("revision") + 1):
        raise Conflict("Hoạt động này vừa được người khác sửa. Mời tải lại trang để xem.")
    for name, value in row.fields.items():
        setattr(activity, name, value)
    activity.revision = revision + 1
    activity.note_keys()
    activity.save(update_fields=[*row.fields, "title_key", "beneficiary_key"])
    activity.plan_items.set(row.plan_items)
    if labels:
        AuditEvent.objects.record(
            activity, "edited", by=by, at=at, label="Sửa hoạt động", note="; ".join(labels)
        )


def _changed_labels(activity: Activity, row: ActivityData) -> list[str]:
    labels = [
        str(Activity._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name, value in row.fields.items()
        if getattr(activity, name) != value
    ]
    if set(activity.plan_items.all()) != set(row.plan_items):
        labels.append("Mục của Kế hoạch")
    return labels


@transaction.atomic
def begin_activity(activity: Activity, *, by: User, at: datetime) -> None:
    require(may_lead_activity(by, activity))
    if activity.status == Activity.Status.DONE:
        raise Refused("Hoạt động đã hoàn thành. Nếu chưa xong, hãy bấm Mở lại và ghi lý do.")
    activity.begin(by=by, at=at)


@transaction.atomic
def complete_activity(activity: Activity, outcome: Outcome, *, by: User, at: datetime) -> None:
    require(may_lead_activity(by, activity))
    activity.complete(by=by, at=at, on=outcome.on, result=outcome.result)
    activity.quantity_done, activity.cost_spent = outcome.quantity_done, outcome.cost_spent
    activity.save(update_fields=["quantity_done", "cost_spent"])


@transaction.atomic
def postpone_activity(
    activity: Activity, *, by: User, at: datetime, reason: str, ends_on: date | None
) -> None:
    require(may_lead_activity(by, activity))
    activity.postpone(by=by, at=at, reason=reason, ends_on=ends_on)


@transaction.atomic
def cancel_activity(activity: Activity, *, by: User, at: datetime, reason: str) -> None:
    require(may_lead_activity(by, activity))
    activity.cancel(by=by, at=at, reason=reason)


@transaction.atomic
def reopen_activity(activity: Activity, *, by: User, at: datetime, reason: str) -> None:
    """It was not done after all."""
    require(may_lead_activity(by, activity))
    if activity.status != Activity.Status.DONE:
        raise Refused("Chỉ mở lại được hoạt động đã hoàn thành.")
    activity.reopen(by=by, at=at, reason=reason)


@transaction.atomic
def restore_activity(activity: Activity, *, by: User, at: datetime, reason: str) -> None:
    """It takes place after all."""
    require(may_lead_activity(by, activity))
    activity.restore(by=by, at=at, reason=reason)


# --- Several at once: all of them or none -------------------------------------------------------


def why_not_moved(activity: Activity, *, by: User, to: Activity.Status) -> str:
    """Why an activity stays where it is, in a sentence; nothing where it can be moved."""
    if not may_lead_activity(by, activity):
        return f"Do {activity.lead_unit} chủ trì."
    if not activity.can_move(to):
        return f"Hoạt động ở tình trạng “{activity.get_status_display()}”."
    return ""


@transaction.atomic
def postpone_several(
    activities: Iterable[Activity], *, by: User, at: datetime, reason: str, ends_on: date | None
) -> None:
    for activity in activities:
        postpone_activity(activity, by=by, at=at, reason=reason, ends_on=ends_on)


@transaction.atomic
def complete_several(
    activities: Iterable[Activity], *, by: User, at: datetime, on: date, result: str
) -> None:
    """Each with the quantity it registered: whoever did less says so activity by activity."""
    for activity in activities:
        outcome = Outcome(on, result, quantity_done=activity.quantity)
        complete_activity(activity, outcome, by=by, at=at)
