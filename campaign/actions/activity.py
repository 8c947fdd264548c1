"""Activities come to life from the sub-plan that counts, and follow it until they are begun.

Nobody presses a button for this: it happens in the transaction in which another version begins
to count (sent, withdrawn, void, entered on paper), and running it again changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts.models import AuditEvent, User
from campaign import emails
from campaign.models import Activity, Campaign, Figure, Participation, PlannedActivity, SubPlan
from units.models import Unit

DROPPED = "Kế hoạch triển khai đang được tính không có hoạt động này"
State = Participation.State


@dataclass(frozen=True)
class Followed:
    """What a run changed; nothing of it when all was in line."""

    added: int = 0
    changed: int = 0
    cancelled: int = 0

    def __str__(self) -> str:
        return f"thêm {self.added}, sửa {self.changed}, hủy {self.cancelled}"

    @property
    def did_something(self) -> bool:
        return bool(self.added or self.changed or self.cancelled)


@transaction.atomic
def follow_sub_plan(
    campaign: Campaign, unit: Unit, *, by: User | None, at: datetime
) -> Followed:  # fmt: skip
    """Bring the unit's activities in line with the version that counts.

    A newer version changes only what it says otherwise than the one before it, so that what the
    lead has edited meanwhile stays. What it leaves out is cancelled, unless somebody has begun.
    """
    version = followed_version(campaign, unit)
    rows = _rows(version)
    known = _known(campaign, unit)
    begun = _begun(known.values())
    following = _Following(unit, by, at)
    if version is not None:
        for row in rows:
            activity = known.get(row.key)
            if activity is None:
                following.add(row, version)
            else:
                following.take_over(activity, row, version, is_begun=activity.pk in begun)
    kept = {row.key for row in rows}
    for key, activity in known.items():
        if key not in kept and activity.pk not in begun:
            following.drop(activity)
    following.tell()
    return following.outcome()


def followed_version(campaign: Campaign, unit: Unit) -> SubPlan | None:
    """The newest version sent that lists activities. What came on paper has none on the portal:
    it leaves the activities of the version before as they are."""
    listed = Q(channel=SubPlan.Channel.PORTAL) | Q(activities__isnull=False)
    sent = SubPlan.objects.sent().filter(listed, campaign=campaign, unit=unit).distinct()
    return sent.select_related("submitted_by").order_by("-version").first()


def _rows(version: SubPlan | None) -> list[PlannedActivity]:
    if version is None:
        return []
    rows = version.activities.select_related("lead_unit").order_by("position", "pk")
    return list(rows.prefetch_related("plan_items", "participants"))


def _known(campaign: Campaign, unit: Unit) -> dict[UUID, Activity]:
    rows = (
        Activity.objects.registered()
        .filter(campaign=campaign, registered_by=unit)
        .select_related("registration", "lead_unit")
        .prefetch_related("registration__plan_items", "registration__participants")
        .select_for_update(of=("self",))
    )
    return {row.key: row for row in rows}


def _begun(activities: Iterable[Activity]) -> set[int]:
    """Those that somebody has acted on: moved, reported figures of, or folded another into."""
    known = {row.pk: row for row in activities}
    moved = {
        pk
        for pk, row in known.items()
        if row.status != Activity.Status.PLANNED and not _was_dropped(row)
    }
    counted = Figure.objects.filter(activity__in=known).values_list("activity", flat=True)
    joined = Activity.objects.filter(same_as__in=known).values_list("same_as", flat=True)
    return moved | {pk for pk in (*counted, *joined) if pk is not None}


def _was_dropped(activity: Activity) -> bool:
    return activity.status == Activity.Status.CANCELLED and activity.status_reason == DROPPED


class _Following:
    """One run for one unit, and whom it has to tell."""

    def __init__(self, unit: Unit, by: User | None, at: datetime) -> None:
        self.unit, self.by, self.at = unit, by, at
        self.added = self.changed = self.cancelled = 0
        self.asked: dict[Unit, list[Activity]] = {}

    def outcome(self) -> Followed:
        return Followed(self.added, self.changed, self.cancelled)

    def tell(self) -> None:
        for unit, activities in self.asked.items():
            emails.activities_await_answer(unit, activities, asked_by=self.unit, at=self.at)

    def add(self, row: PlannedActivity, version: SubPlan) -> None:
        lead = row.lead_unit or self.unit
        activity = Activity(
            campaign=version.campaign, key=row.key, registered_by=self.unit, lead_unit=lead,
            registration=row, added_at=self.at, added_by=self.by or version.submitted_by,
            **{name: getattr(row, name) for name in PlannedActivity.FACTS},
        )  # fmt: skip
        activity.note_keys()
        activity.save(force_insert=True)
        activity.plan_items.set(row.plan_items.all())
        self._settle_lead(activity, version)
        self._ask(activity, set(row.participants.all()))
        self._record(activity, "registered", f"Đăng ký trong kế hoạch triển khai {_which(version)}")
        self.added += 1

    def take_over(
        self, activity: Activity, row: PlannedActivity, version: SubPlan, *, is_begun: bool
    ) -> None:
        """Point to the newer row; while nobody has begun, say what it says otherwise."""
        was_dropped = _was_dropped(activity)
        if was_dropped:
            reason = f"Kế hoạch triển khai {_which(version)} có hoạt động này"
            activity.restore(by=self.by, at=self.at, reason=reason)
        before = activity.registration
        if before is None or before.pk == row.pk:
            self.changed += was_dropped
            return
        said = [] if is_begun else self._copy(activity, before, row, version)
        activity.registration = row
        activity.save(update_fields=["registration"])
        if said:
            self._record(activity, "changed", f"Sửa theo kế hoạch triển khai {_which(version)}",
                         "; ".join(said))  # fmt: skip
        self.changed += bool(said or was_dropped)

    def _copy(
        self, activity: Activity, before: PlannedActivity, row: PlannedActivity, version: SubPlan
    ) -> list[str]:
        said = [
            name for name in PlannedActivity.FACTS if getattr(before, name) != getattr(row, name)
        ]
        for name in said:
            setattr(activity, name, getattr(row, name))
        labels = [str(PlannedActivity._meta.get_field(name).verbose_name) for name in said]  # type: ignore[union-attr]
        if before.lead_unit_id != row.lead_unit_id:
            activity.lead_unit = row.lead_unit or self.unit
            labels.append("Đơn vị chủ trì")
        activity.note_keys()
        activity.revision += 1
        activity.save(
            update_fields=[*said, "lead_unit", "title_key", "beneficiary_key", "revision"]
        )
        if "Đơn vị chủ trì" in labels:
            self._settle_lead(activity, version)
        items = set(row.plan_items.all())
        if items != set(before.plan_items.all()):
            activity.plan_items.set(items)
            labels.append("Mục của Kế hoạch")
        if self._copy_participants(activity, before, row):
            labels.append("Đơn vị phối hợp")
        return labels

    def _copy_participants(
        self, activity: Activity, before: PlannedActivity, row: PlannedActivity
    ) -> bool:
        """Who has confirmed stays: the unit itself said that it takes part."""
        old, new = set(before.participants.all()), set(row.participants.all())
        activity.participations.filter(unit__in=old - new).exclude(state=State.CONFIRMED).delete()
        self._ask(activity, new - old)
        return old != new

    def _settle_lead(self, activity: Activity, version: SubPlan) -> None:
        """The lead does not stand beside itself; a unit that registered for another takes part."""
        activity.participations.filter(unit=activity.lead_unit).delete()
        if activity.lead_unit == self.unit:
            return
        Participation.objects.update_or_create(
            activity=activity, unit=self.unit,
            defaults={"state": State.CONFIRMED, "by": version.submitted_by, "at": self.at, "note": ""},
        )  # fmt: skip
        self.asked.setdefault(activity.lead_unit, []).append(activity)

    def _ask(self, activity: Activity, units: set[Unit]) -> None:
        for unit in sorted(units, key=lambda unit: unit.sort_order):
            if unit in {activity.lead_unit, self.unit}:
                continue
            _, is_new = Participation.objects.get_or_create(activity=activity, unit=unit)
            if is_new:
                self.asked.setdefault(unit, []).append(activity)

    def drop(self, activity: Activity) -> None:
        if activity.status == Activity.Status.PLANNED:
            activity.cancel(by=self.by, at=self.at, reason=DROPPED)
            self.cancelled += 1

    def _record(self, activity: Activity, verb: str, label: str, note: str = "") -> None:
        AuditEvent.objects.record(activity, verb, by=self.by, at=self.at, label=label, note=note)


def _which(version: SubPlan) -> str:
    return f"lần {version.version}"


def follow_all(campaign: Campaign, *, at: datetime) -> Followed:
    """Every unit that has sent a sub-plan: for what was sent before activities were followed."""
    units = Unit.objects.filter(
        pk__in=SubPlan.objects.sent().filter(campaign=campaign).values("unit")
    )
    runs = [
        follow_sub_plan(campaign, unit, by=None, at=at) for unit in units.in_protocol_order()
    ]  # fmt: skip
    return Followed(
        sum(run.added for run in runs),
        sum(run.changed for run in runs),
        sum(run.cancelled for run in runs),
    )
