"""An activity of the campaign, from the day it is registered to its result."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from accounts.workflow import Refused, Workflow
from campaign.models.plan import Campaign, PlanItem
from campaign.models.sub_plan import ActivityFacts, PlannedActivity
from lib import clock
from lib.vietnamese import fold
from units.models import Unit
from units.permissions import Role, sees_province, standing


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, user: User) -> ActivityQuerySet:
        """Units that lead it, take part in it or registered it; a khối trưởng those of the
        block's units; board, council and leadership all."""
        if sees_province(user):
            return self
        mine = standing(user)
        own = self._of(Q(pk__in=mine.units(Role.OFFICER, Role.HEAD)))
        for block, year in mine.led_blocks:
            members = Unit.objects.filter(
                block_memberships__block=block, block_memberships__year=year
            )
            own |= self._of(Q(pk__in=members.values("pk"))) & Q(campaign__starts_on__year=year)
        return self.filter(own)

    @staticmethod
    def _of(wanted: Q) -> Q:
        units = Unit.objects.filter(wanted).values("pk")
        joined = Participation.objects.filter(unit__in=units).values("activity")
        return Q(lead_unit__in=units) | Q(registered_by__in=units) | Q(pk__in=joined)

    def of_unit(self, unit: Unit) -> ActivityQuerySet:
        """Those the unit leads, registered or takes part in, however it answered."""
        return self.filter(self._of(Q(pk=unit.pk)))

    def led_by(self, unit: Unit) -> ActivityQuerySet:
        return self.filter(lead_unit=unit)

    def counting(self) -> ActivityQuerySet:
        """Each real event once: what was folded into a joint activity does not count again."""
        return self.filter(same_as=None)

    def alive(self) -> ActivityQuerySet:
        return self.exclude(status=Activity.Status.CANCELLED)

    def works(self) -> ActivityQuerySet:
        return self.filter(kind=Activity.Kind.WORK)

    def registered(self) -> ActivityQuerySet:
        """Those a sub-plan registered; the others were added during the campaign."""
        return self.filter(registration__isnull=False)

    def matching(self, words: str) -> ActivityQuerySet:
        """By title, place sponsored or leading unit; tones and capitals do not matter."""
        key = fold(words)
        return self.filter(
            Q(title_key__contains=key)
            | Q(beneficiary_key__contains=key)
            | Q(lead_unit__search_key__contains=key)
        )

    def overdue(self, *, on: date) -> ActivityQuerySet:
        """Past their last day, and neither done nor put off."""
        return self.filter(ends_on__lt=on, status__in=Activity.UNDER_WAY)


ActivityManager = models.Manager.from_queryset(ActivityQuerySet)


class Activity(ActivityFacts, Workflow):
    """An activity as it goes on (hoạt động, công trình, phần việc, đỡ đầu).

    It comes from the sub-plan that counts (`registration`), or is added during the campaign.
    `lead_unit` owns its figures; the others of `participations` confirm or contest. One event
    that two units registered is folded into one by `same_as`, so the province counts it once
    (domain guide §3.3, the double-counting trap).
    """

    class Status(models.TextChoices):
        PLANNED = "planned", "Chưa thực hiện"
        RUNNING = "running", "Đang thực hiện"
        DONE = "done", "Đã hoàn thành"
        POSTPONED = "postponed", "Tạm hoãn"
        CANCELLED = "cancelled", "Đã hủy"

    UNDER_WAY = [Status.PLANNED, Status.RUNNING]

    MOVES = {
        Status.PLANNED: {Status.RUNNING, Status.DONE, Status.POSTPONED, Status.CANCELLED},
        Status.RUNNING: {Status.DONE, Status.POSTPONED, Status.CANCELLED},
        Status.POSTPONED: {Status.RUNNING, Status.DONE, Status.CANCELLED},
        Status.DONE: {Status.RUNNING},
        Status.CANCELLED: {Status.PLANNED},
    }

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="activities", verbose_name="đợt thi đua"
    )
    key = models.UUIDField(default=uuid.uuid4)
    status = models.CharField("tình trạng", max_length=20, choices=Status, default=Status.PLANNED)
    registered_by = models.ForeignKey(Unit, models.PROTECT, related_name="registered_activities")
    lead_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="activities_led", verbose_name="đơn vị chủ trì"
    )
    registration = models.ForeignKey(
        PlannedActivity, models.PROTECT, null=True, related_name="+", verbose_name="bản đăng ký"
    )
    plan_items = models.ManyToManyField(PlanItem, related_name="activities")
    title_key = models.CharField(max_length=500, blank=True, editable=False)
    beneficiary_key = models.CharField(max_length=200, blank=True, editable=False)
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="folded", verbose_name="là hoạt động"
    )
    added_at = models.DateTimeField("ghi nhận lúc")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    done_on = models.DateField("ngày hoàn thành", null=True)
    result = models.TextField("kết quả", blank=True)
    status_reason = models.CharField("lý do", max_length=300, blank=True)
    quantity_done = models.DecimalField(
        "số lượng thực hiện", max_digits=12, decimal_places=2, null=True
    )
    cost_spent = models.DecimalField(
        "kinh phí thực hiện (triệu đồng)", max_digits=14, decimal_places=2, null=True
    )

    objects = ActivityManager()

    class Meta:
        verbose_name = "hoạt động"
        verbose_name_plural = "hoạt động"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "key"], name="activity_key_once"),
            models.CheckConstraint(
                condition=Q(status="done", done_on__isnull=False)
                | (~Q(status="done") & Q(done_on=None)),
                name="activity_done_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["postponed", "cancelled"]) | ~Q(status_reason=""),
                name="activity_stopped_with_a_reason",
            ),
            models.CheckConstraint(
                condition=(Q(quantity=None) | Q(quantity__gte=0))
                & (Q(quantity_done=None) | Q(quantity_done__gte=0)),
                name="activity_quantities_not_negative",
            ),
            models.CheckConstraint(
                condition=(Q(cost=None) | Q(cost__gte=0))
                & (Q(cost_spent=None) | Q(cost_spent__gte=0)),
                name="activity_costs_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(same_as=None) | ~Q(same_as=models.F("pk")),
                name="activity_is_not_folded_into_itself",
            ),
        ]
        indexes = [
            models.Index(fields=["campaign", "lead_unit", "status"]),
            models.Index(fields=["campaign", "status", "ends_on"]),
            models.Index(fields=["campaign", "title_key"]),
            models.Index(fields=["campaign", "added_at"]),
            # Which of them are overdue depends on the day, so no tally can hold it.
            models.Index(
                fields=["campaign", "ends_on", "lead_unit"],
                condition=Q(same_as=None, status__in=["planned", "running"]),
                name="activity_still_to_be_done",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("campaign:followed-activity", args=[self.pk])

    def is_overdue(self, *, at: datetime) -> bool:
        if self.ends_on is None or self.status not in self.UNDER_WAY:
            return False
        return self.ends_on < clock.local_day(at)

    @property
    def was_added(self) -> bool:
        """During the campaign, by no sub-plan."""
        return self.registration_id is None

    def note_keys(self) -> None:
        """Keep the keys under which the same title is found, and the same place counted once,
        however they are spelt."""
        self.title_key = fold(self.title)[:500]
        self.beneficiary_key = fold(self.beneficiary)[:200]

    def begin(self, *, by: User, at: datetime) -> None:
        self._move(self.Status.RUNNING, by=by, at=at, status_reason="", done_on=None)

    def complete(self, *, by: User, at: datetime, on: date, result: str) -> None:
        if on > clock.local_day(at):
            raise Refused("Ngày hoàn thành không thể ở sau hôm nay.")
        self._move(
            self.Status.DONE, by=by, at=at, note=result, done_on=on, result=result, status_reason=""
        )

    def reopen(self, *, by: User, at: datetime, reason: str) -> None:
        """It was not done after all; its figures stay until the lead changes them."""
        self._move(
            self.Status.RUNNING, by=by, at=at, note=reason, done_on=None, status_reason=reason
        )

    def postpone(self, *, by: User, at: datetime, reason: str, ends_on: date | None) -> None:
        """Put it off, to a day where one is known."""
        moved = {} if ends_on is None else {"ends_on": ends_on}
        self._move(self.Status.POSTPONED, by=by, at=at, note=reason, status_reason=reason, **moved)

    def cancel(self, *, by: User | None, at: datetime, reason: str) -> None:
        self._move(self.Status.CANCELLED, by=by, at=at, note=reason, status_reason=reason)

    def restore(self, *, by: User | None, at: datetime, reason: str) -> None:
        self._move(self.Status.PLANNED, by=by, at=at, note=reason, status_reason="")


class Participation(models.Model):
    """A unit beside the lead (đơn vị phối hợp), and what it says of the activity's figures."""

    class State(models.TextChoices):
        ASKED = "asked", "Chờ xác nhận"
        CONFIRMED = "confirmed", "Đã xác nhận"
        CONTESTED = "contested", "Có ý kiến khác"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="participations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="participations")
    state = models.CharField("xác nhận", max_length=10, choices=State, default=State.ASKED)
    note = models.CharField("ý kiến", max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "đơn vị phối hợp"
        verbose_name_plural = "đơn vị phối hợp"
        constraints = [
            models.UniqueConstraint(fields=["activity", "unit"], name="takes_part_once"),
            models.CheckConstraint(
                condition=~Q(state="contested") | ~Q(note=""), name="contested_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="asked") | Q(by__isnull=False, at__isnull=False),
                name="answered_by_somebody_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"])]

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_state_display()}"
