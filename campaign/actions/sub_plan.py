"""What the people of a unit do with their sub-plan. Each asks who, acts once, tells others."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Conflict, Refused
from campaign import checklist, emails
from campaign.actions import submission
from campaign.actions.activity import follow_sub_plan
from campaign.datasets.content import content_of
from campaign.models import (
    Campaign,
    Exclusion,
    Obligation,
    PlanItem,
    PlannedActivity,
    SubPlan,
    SubPlanFile,
)
from campaign.permissions import may_draft
from files.actions import claim_staged
from lib import clock
from lib.vietnamese import short_date
from units.models import Unit


class Incomplete(Refused):
    """The checklist has errors; `findings` says which and where."""

    def __init__(self, findings: list[checklist.Finding]) -> None:
        super().__init__("Kế hoạch còn lỗi phải sửa trước khi gửi.")
        self.findings = findings
        self.details = tuple(finding.message for finding in findings)


@dataclass(frozen=True)
class DraftFile:
    """A staged upload to attach: its token and what it is."""

    token: str
    kind: str


@transaction.atomic
def start_sub_plan(campaign: Campaign, unit: Unit, *, by: User, at: datetime) -> SubPlan:
    """The unit's open version; a new one where there is none, a copy of the last one.

    The last version may be paper that the board registered, without the activities: then the
    words and activities come from the last one the unit wrote here, the rest from the paper.
    """
    require(may_draft(by, unit))
    open_version = SubPlan.objects.open().filter(campaign=campaign, unit=unit).first()
    if open_version:
        return open_version
    if not Obligation.objects.of_kind(Obligation.Kind.SUB_PLAN).filter(
        campaign=campaign, unit=unit
    ):
        raise Refused(
            f"{unit} không có trong danh sách gửi Kế hoạch triển khai của {campaign}. "
            "Mời liên hệ Ban Thi đua - Khen thưởng."
        )
    versions = SubPlan.objects.filter(campaign=campaign, unit=unit)
    last = versions.order_by("-version").first()
    written = versions.filter(channel=SubPlan.Channel.PORTAL).order_by("-version").first() or last
    fresh, is_new = submission.begin(
        SubPlan(campaign=campaign, unit=unit, **_texts_of(last, written, campaign)), by=by, at=at
    )
    if not is_new:
        return fresh
    if last and written:
        _copy_files(last, fresh)
        _copy_content(written, fresh)
    AuditEvent.objects.record(fresh, "started", by=by, at=at, label="Bắt đầu soạn")
    return fresh


def _texts_of(last: SubPlan | None, written: SubPlan | None, campaign: Campaign) -> dict[str, Any]:
    if last and written:
        return {name: getattr(last, name) or getattr(written, name) for name in SubPlan.TEXT_FIELDS}
    return {"theme": f"“{campaign.theme}”", "legal_basis": _basis_of(campaign)}


def _basis_of(campaign: Campaign) -> str:
    """The one basis that every sub-plan has, so that nobody types it again."""
    kind, number = campaign.document_type.capitalize(), campaign.document_number
    name = f"{kind} số {number}" if number else kind
    subject = campaign.subject[:1].lower() + campaign.subject[1:]
    return f"Căn cứ {name} ngày {short_date(campaign.issued_on)} của {campaign.issuer} {subject}."


def _copy_files(last: SubPlan, fresh: SubPlan) -> None:
    for file in last.files.order_by("pk"):
        file.pk, file.sub_plan = None, fresh
        file.save(force_insert=True)


def _copy_content(last: SubPlan, fresh: SubPlan) -> None:
    for exclusion in last.exclusions.order_by("pk"):
        exclusion.pk, exclusion.sub_plan = None, fresh
        exclusion.save(force_insert=True)
    for target in last.targets.order_by("pk"):
        target.pk, target.sub_plan = None, fresh
        target.save(force_insert=True)
    for activity in last.activities.order_by("position", "pk"):
        items = list(activity.plan_items.all())
        participants = list(activity.participants.all())
        activity.pk, activity.sub_plan, activity.revision = None, fresh, 0
        activity.save(force_insert=True)
        activity.plan_items.set(items)
        activity.participants.set(participants)


@transaction.atomic
def save_texts(
    sub_plan: SubPlan, *, by: User, at: datetime, revision: int, values: dict[str, Any]
) -> None:
    """Autosave of the document's data and text parts; refuses to overwrite a colleague."""
    require(may_draft(by, sub_plan.unit))
    changed = [name for name, value in values.items() if getattr(sub_plan, name) != value]
    submission.claim(sub_plan, revision, by=by, at=at)
    if not changed:
        return
    for name in changed:
        setattr(sub_plan, name, values[name])
    sub_plan.save(update_fields=changed)
    labels = [str(SubPlan._meta.get_field(name).verbose_name) for name in changed]  # type: ignore[union-attr]
    submission.record_edit(sub_plan, labels, by=by, at=at)


@dataclass(frozen=True)
class ActivityData:
    """One row of the activity table: plain fields, and what it is tied to."""

    fields: dict[str, Any]
    plan_items: tuple[PlanItem, ...]
    participants: tuple[Unit, ...]


@transaction.atomic
def add_activities(
    sub_plan: SubPlan, rows: list[ActivityData], *, by: User, at: datetime
) -> list[PlannedActivity]:
    """New rows at the end: one by hand, or all of a paste or a sheet."""
    locked = submission.lock_draft(sub_plan, by=by)
    last = locked.activities.aggregate(Max("position"))["position__max"] or 0
    added = []
    for number, row in enumerate(rows, start=last + 1):
        activity = PlannedActivity.objects.create(sub_plan=locked, position=number, **row.fields)
        activity.plan_items.set(row.plan_items)
        activity.participants.set(row.participants)
        added.append(activity)
    AuditEvent.objects.record(
        locked, "activities_added", by=by, at=at, label=f"Thêm {len(added)} hoạt động",
        note="; ".join(activity.title for activity in added[:5]),
    )  # fmt: skip
    return added


@transaction.atomic
def change_activity(
    activity: PlannedActivity, row: ActivityData, *, by: User, at: datetime, revision: int
) -> None:
    locked = submission.lock_draft(activity.sub_plan, by=by)
    same = PlannedActivity.objects.filter(pk=activity.pk, revision=revision)
    if not same.update(revision=revision + 1, **row.fields):
        raise Conflict("Hoạt động này vừa được người khác sửa. Mời tải lại trang để xem.")
    activity.plan_items.set(row.plan_items)
    activity.participants.set(row.participants)
    AuditEvent.objects.record(
        locked, "activity_changed", by=by, at=at, label="Sửa hoạt động",
        note=str(row.fields.get("title", activity.title)),
    )  # fmt: skip


@transaction.atomic
def remove_activity(activity: PlannedActivity, *, by: User, at: datetime) -> None:
    locked = submission.lock_draft(activity.sub_plan, by=by)
    AuditEvent.objects.record(
        locked, "activity_removed", by=by, at=at, label="Xóa hoạt động", note=activity.title
    )
    activity.delete()


@transaction.atomic
def attach_files(sub_plan: SubPlan, files: list[DraftFile], *, by: User, at: datetime) -> None:
    attach_files_unchecked(submission.lock_draft(sub_plan, by=by), files, by=by, at=at)


def attach_files_unchecked(
    sub_plan: SubPlan, files: list[DraftFile], *, by: User, at: datetime
) -> None:
    """Attach what the caller has already been allowed to attach."""
    kinds = {file.token: file.kind for file in files}
    for staged in claim_staged(list(kinds), by=by, at=at):
        SubPlanFile.objects.get_or_create(
            sub_plan=sub_plan, stored=staged.stored,
            defaults={
                "name": staged.name, "kind": kinds[str(staged.token)],
                "added_at": at, "added_by": by,
            },
        )  # fmt: skip
        AuditEvent.objects.record(
            sub_plan, "file_attached", by=by, at=at, label="Đính kèm tệp", note=staged.name
        )


@transaction.atomic
def detach_file(file: SubPlanFile, *, by: User, at: datetime) -> None:
    locked = submission.lock_draft(file.sub_plan, by=by)
    AuditEvent.objects.record(locked, "file_detached", by=by, at=at, label="Gỡ tệp", note=file.name)
    file.delete()


@transaction.atomic
def exclude_item(sub_plan: SubPlan, item: PlanItem, *, by: User, at: datetime, reason: str) -> None:
    """Say why a duty or a solution does not apply; an empty reason takes it back."""
    locked = submission.lock_draft(sub_plan, by=by)
    if not reason:
        Exclusion.objects.filter(sub_plan=locked, plan_item=item).delete()
        label = f"{item.code}: bỏ đánh dấu không áp dụng"
    else:
        Exclusion.objects.update_or_create(
            sub_plan=locked, plan_item=item, defaults={"reason": reason}
        )
        label = f"{item.code}: không áp dụng"
    AuditEvent.objects.record(locked, "excluded", by=by, at=at, label=label, note=reason)


@transaction.atomic
def hand_to_head(sub_plan: SubPlan, *, by: User, at: datetime) -> None:
    submission.hand_to_head(sub_plan, by=by, at=at, check=_refuse_incomplete)
    emails.sub_plan_awaits_head(sub_plan, at=at)


@transaction.atomic
def hand_back(sub_plan: SubPlan, *, by: User, at: datetime, reason: str) -> None:
    submission.hand_back(sub_plan, by=by, at=at, reason=reason)
    emails.sub_plan_handed_back(sub_plan, at=at, reason=reason)


@transaction.atomic
def submit_sub_plan(sub_plan: SubPlan, *, by: User, at: datetime) -> None:
    submission.submit(sub_plan, by=by, at=at, check=_refuse_incomplete)
    follow_sub_plan(sub_plan.campaign, sub_plan.unit, by=by, at=at)
    emails.sub_plan_submitted(sub_plan, at=at)


def _refuse_incomplete(sub_plan: SubPlan, at: datetime) -> None:
    findings = checklist.check(content_of(sub_plan, today=clock.local_day(at)))
    if wrong := checklist.errors(findings):
        raise Incomplete(wrong)


@transaction.atomic
def withdraw_sub_plan(sub_plan: SubPlan, *, by: User, at: datetime, reason: str) -> None:
    submission.withdraw(sub_plan, by=by, at=at, reason=reason)
    follow_sub_plan(sub_plan.campaign, sub_plan.unit, by=by, at=at)
