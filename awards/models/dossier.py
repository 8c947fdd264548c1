"""The dossier of a unit (hồ sơ khen thưởng): one letter that carries several nominations.

The dossier moves as a whole until Ban Thi đua declares it complete. From then on each nomination
goes its own way (ADR 0023), and the dossier stays as what was handed in.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from accounts.workflow import Refused, Workflow
from campaign.models import Campaign
from lib import clock
from units.models import Unit
from units.permissions import Role, sees_province, standing

UNSENT = ["drafting", "awaiting_head"]


class DossierQuerySet(models.QuerySet["Dossier"]):
    def visible_to(self, user: User) -> Self:
        """The unit's own; a khối trưởng those of the block's units once their heads signed; the
        province what it was sent."""
        mine = standing(user)
        own = Q(unit__in=mine.units(Role.OFFICER, Role.HEAD))
        if sees_province(user):
            own |= Q(submitted_at__isnull=False)
        for block, year in mine.led_blocks:
            own |= Q(signed_at__isnull=False) & Q(
                unit__block_memberships__block=block,
                unit__block_memberships__year=year,
                campaign__starts_on__year=year,
            )
        return self.filter(pk__in=Dossier._base_manager.filter(own).values("pk"))

    def of(self, campaign: Campaign, unit: Unit) -> Self:
        return self.filter(campaign=campaign, unit=unit)

    def live(self) -> Self:
        return self.exclude(status="withdrawn")


DossierManager = models.Manager.from_queryset(DossierQuerySet)


class Dossier(Workflow):
    """One dossier of one unit for one campaign; a unit may send several.

    `signed_at` is when the head signed it last, `submitted_at` when the board got it first:
    that stays whatever is sent again after a return. `received_at` is when the board declared
    it complete, from which the legal time of the appraisal runs.
    """

    class Status(models.TextChoices):
        DRAFTING = "drafting", "Đang soạn"
        AWAITING_HEAD = "awaiting_head", "Chờ thủ trưởng duyệt"
        BLOCK_VOTE = "block_vote", "Chờ khối suy tôn"
        SUBMITTED = "submitted", "Chờ tiếp nhận"
        RETURNED = "returned", "Trả lại bổ sung"
        COMPLETE = "complete", "Hồ sơ đầy đủ"
        WITHDRAWN = "withdrawn", "Đã rút"

    MOVES = {
        Status.DRAFTING: {
            Status.AWAITING_HEAD, Status.BLOCK_VOTE, Status.SUBMITTED, Status.WITHDRAWN,
        },
        Status.AWAITING_HEAD: {Status.DRAFTING, Status.BLOCK_VOTE, Status.SUBMITTED},
        Status.BLOCK_VOTE: {Status.DRAFTING, Status.SUBMITTED, Status.WITHDRAWN},
        Status.SUBMITTED: {Status.DRAFTING, Status.RETURNED, Status.COMPLETE, Status.WITHDRAWN},
        Status.RETURNED: {Status.AWAITING_HEAD, Status.SUBMITTED, Status.WITHDRAWN},
        Status.COMPLETE: {Status.RETURNED},
        Status.WITHDRAWN: set(),
    }  # fmt: skip

    EDITABLE = [Status.DRAFTING, Status.RETURNED]

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="award_dossiers", verbose_name="đợt thi đua"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="award_dossiers", verbose_name="đơn vị"
    )
    number = models.PositiveSmallIntegerField("hồ sơ số", default=1)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    status = models.CharField("trạng thái", max_length=20, choices=Status, default=Status.DRAFTING)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    # The letter (tờ trình) and the council of the unit that met about it.
    letter_number = models.CharField("số tờ trình", max_length=50, blank=True)
    letter_date = models.DateField("ngày tờ trình", null=True, blank=True)
    signer_name = models.CharField("người ký", max_length=100, blank=True)
    signer_position = models.CharField("chức vụ người ký", max_length=150, blank=True)
    reason = models.TextField("lý do đề nghị", blank=True)
    council_met_on = models.DateField("ngày họp hội đồng đơn vị", null=True, blank=True)
    council_members = models.PositiveSmallIntegerField("số thành viên", null=True, blank=True)
    council_present = models.PositiveSmallIntegerField("số có mặt", null=True, blank=True)
    council_chair = models.CharField("chủ trì", max_length=150, blank=True)
    council_secretary = models.CharField("thư ký", max_length=150, blank=True)
    council_notes = models.TextField("nội dung họp", blank=True)

    signed_at = models.DateTimeField("thủ trưởng duyệt lúc", null=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField("đã gửi lúc", null=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    last_submitted_at = models.DateTimeField("gửi lần gần nhất lúc", null=True)
    receipt_code = models.CharField("mã tiếp nhận", max_length=24, null=True, unique=True)  # noqa: DJ001  # unique, so empty must be NULL
    received_at = models.DateTimeField("nhận đủ hồ sơ lúc", null=True)
    received_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    return_due_date = models.DateField("hạn bổ sung", null=True)

    objects = DossierManager()

    class Meta:
        verbose_name = "hồ sơ khen thưởng"
        verbose_name_plural = "hồ sơ khen thưởng"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "unit", "number"], name="dossier_number_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    submitted_at=None, submitted_by=None, receipt_code=None, last_submitted_at=None
                )
                | Q(
                    submitted_at__isnull=False,
                    submitted_by__isnull=False,
                    receipt_code__isnull=False,
                    last_submitted_at__isnull=False,
                ),
                name="dossier_submitted_at_by_and_receipt_go_together",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["submitted", "returned", "complete"])
                | Q(submitted_at__isnull=False),
                name="dossier_is_submitted_with_a_time",
            ),
            models.CheckConstraint(
                condition=Q(status="complete", received_at__isnull=False, received_by__isnull=False)
                | (~Q(status="complete") & Q(received_at=None, received_by=None)),
                name="complete_dossier_was_received",
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="dossier_signed_at_and_by_go_together",
            ),
            models.CheckConstraint(
                condition=Q(council_present=None)
                | Q(council_present__lte=models.F("council_members")),
                name="unit_council_present_are_members",
            ),
        ]
        indexes = [
            models.Index(fields=["campaign", "status", "submitted_at"]),
            models.Index(fields=["unit", "campaign"]),
        ]

    def __str__(self) -> str:
        return f"Hồ sơ khen thưởng số {self.number} của {self.unit}"

    def get_absolute_url(self) -> str:
        return reverse("awards:dossier", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        return self.status in self.EDITABLE

    def hand_to_head(self, *, by: User, at: datetime) -> None:
        self._move(self.Status.AWAITING_HEAD, by=by, at=at)

    def hand_back(self, *, by: User, at: datetime, reason: str) -> None:
        """The head of the unit gives the draft back; one the board returned stays owed to it."""
        if self.status != self.Status.AWAITING_HEAD:
            raise Refused("Chỉ hồ sơ đang chờ thủ trưởng duyệt mới trả lại chuyên viên được.")
        self._move(self.Status.DRAFTING, by=by, at=at, note=reason)

    def pass_to_block(self, *, by: User, at: datetime) -> None:
        """The head signed; the block votes before the dossier goes on."""
        self._move(self.Status.BLOCK_VOTE, by=by, at=at, signed_at=at, signed_by=by)

    def block_hands_back(self, *, by: User, at: datetime, reason: str) -> None:
        self._move(self.Status.DRAFTING, by=by, at=at, note=reason, signed_at=None, signed_by=None)

    def submit(self, *, by: User, at: datetime) -> None:
        """To Ban Thi đua. The first time stays; each time is in the audit trail."""
        changes: dict[str, Any] = {"last_submitted_at": at, "return_due_date": None}
        if self.submitted_at is None:
            code = f"KT-{self.campaign.code}-{uuid.uuid4().hex[:10].upper()}"
            changes |= {"submitted_at": at, "submitted_by": by, "receipt_code": code}
        if self.signed_at is None or self.status == self.Status.RETURNED:
            changes |= {"signed_at": at, "signed_by": by}
        self._move(self.Status.SUBMITTED, by=by, at=at, **changes)

    def take_back(self, *, by: User, at: datetime, reason: str) -> None:
        """The unit takes it back to change it, while nobody at the board has decided on it."""
        if self.status not in {self.Status.SUBMITTED, self.Status.BLOCK_VOTE}:
            raise Refused("Hồ sơ đã được Ban Thi đua xử lý, không lấy lại được nữa.")
        self._move(self.Status.DRAFTING, by=by, at=at, note=reason, signed_at=None, signed_by=None)

    def send_back(self, *, by: User, at: datetime, due: date, note: str) -> None:
        """Trả lại bổ sung; the reasons are rows of their own (`DossierReturn`)."""
        if due <= clock.local_day(at):
            raise Refused("Hạn bổ sung phải sau ngày hôm nay.")
        self._move(
            self.Status.RETURNED, by=by, at=at, note=note,
            return_due_date=due, received_at=None, received_by=None,
        )  # fmt: skip

    def declare_complete(self, *, by: User, at: datetime) -> None:
        self._move(self.Status.COMPLETE, by=by, at=at, received_at=at, received_by=by)

    def withdraw(self, *, by: User, at: datetime, reason: str) -> None:
        self._move(self.Status.WITHDRAWN, by=by, at=at, note=reason)


class DossierReturn(models.Model):
    """One time a dossier was given back (lần trả lại), by when it is to come again."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="returns")
    due_date = models.DateField("hạn bổ sung")
    note = models.TextField("ý kiến chung", blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "lần trả lại hồ sơ"
        verbose_name_plural = "lần trả lại hồ sơ"
        indexes = [models.Index(fields=["dossier", "at"])]

    def __str__(self) -> str:
        return f"{self.dossier}, trả lại {self.at:%d/%m/%Y}"
