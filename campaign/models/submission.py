"""What a unit sends to Ban Thi đua, whatever it is: drafted, approved by the head, sent, reviewed.

A row is one version. Once submitted a version never changes: what is written after a return,
a withdrawal or an acceptance is the next version, a copy to begin with. So versions can be
compared, the first submission keeps its time, and reports read plain rows (ADR 0002).
"""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import BaseConstraint, Exists, F, OuterRef, Q
from django.db.models.expressions import Combinable

from accounts.models import AuditEvent, User
from accounts.workflow import Refused, Workflow
from campaign.models.obligation import Obligation
from lib import clock
from units.models import Unit
from units.permissions import Role, sees_province, standing

S = TypeVar("S", bound="Submission")

UNSENT = ["draft", "awaiting_head", "set_aside"]
OPEN = ["draft", "awaiting_head", "submitted", "under_review"]


class SubmissionQuerySet(models.QuerySet[S]):
    """How versions are read; `SERIES` of the model says which rows are versions of one thing."""

    def visible_to(self, user: User) -> Self:
        """The unit itself sees all its versions; a khối trưởng those the block's units have
        sent; board, council and leadership those of every unit, once sent."""
        mine = standing(user)
        own = Q(unit__in=mine.units(Role.OFFICER, Role.HEAD))
        sent = Q(submitted_at__isnull=False)
        if sees_province(user):
            return self.filter(own | sent)
        for block, year in mine.led_blocks:
            own |= sent & Q(
                unit__block_memberships__block=block,
                unit__block_memberships__year=year,
                **{self.model.YEAR: year},
            )
        return self.filter(pk__in=self.model._base_manager.filter(own).values("pk"))

    def open(self) -> Self:
        """Versions that still wait for somebody; at most one in a series."""
        return self.filter(status__in=OPEN)

    def newest_among(self, among: models.QuerySet[S]) -> Self:
        same = {name: OuterRef(name) for name in self.model.SERIES}
        return self.filter(~Exists(among.filter(**same, version__gt=OuterRef("version"))))

    def latest_versions(self) -> Self:
        return self.newest_among(self.model._base_manager.all())

    def sent(self) -> Self:
        """Versions the board has got and not declared void or given back on request."""
        return self.filter(submitted_at__isnull=False, voided_at=None).exclude(status="withdrawn")

    def counted(self, *, by: datetime | None = None) -> Self:
        """The newest version of each series among those sent (by a moment): what reports count."""
        sent = type(self)(self.model).sent()
        rows = self.sent()
        if by is not None:
            sent, rows = sent.filter(submitted_at__lte=by), rows.filter(submitted_at__lte=by)
        return rows.newest_among(sent)

    def awaiting_review(self) -> Self:
        return self.filter(status="submitted").order_by("submitted_at", "pk")

    def under_review_by(self, user: User) -> Self:
        return self.filter(status="under_review", reviewer=user)


class Submission(Workflow):
    """One version of something a unit sends. A subclass names its `SERIES` and its obligation."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Đang soạn"
        AWAITING_HEAD = "awaiting_head", "Chờ thủ trưởng duyệt"
        SUBMITTED = "submitted", "Đã nộp"
        UNDER_REVIEW = "under_review", "Đang xem xét"
        RETURNED = "returned", "Trả lại bổ sung"
        ACCEPTED = "accepted", "Đã tiếp nhận"
        WITHDRAWN = "withdrawn", "Đã rút"
        SET_ASIDE = "set_aside", "Thôi dùng, đã nhận bản khác"

    MOVES = {
        Status.DRAFT: {Status.AWAITING_HEAD, Status.SUBMITTED, Status.SET_ASIDE},
        Status.AWAITING_HEAD: {Status.DRAFT, Status.SUBMITTED, Status.SET_ASIDE},
        Status.SUBMITTED: {Status.UNDER_REVIEW, Status.WITHDRAWN},
        Status.UNDER_REVIEW: {Status.SUBMITTED, Status.RETURNED, Status.ACCEPTED},
        Status.RETURNED: set(),
        Status.ACCEPTED: set(),
        Status.WITHDRAWN: set(),
        Status.SET_ASIDE: set(),
    }

    class Channel(models.TextChoices):
        PORTAL = "portal", "Trên cổng"
        EOFFICE = "eoffice", "Qua văn phòng điện tử"
        PAPER = "paper", "Bản giấy"
        EMAIL = "email", "Thư điện tử"

    OPEN = OPEN

    # The fields that name what a version is a version of, and the way to the year of its blocks.
    SERIES: ClassVar[tuple[str, ...]]
    YEAR: ClassVar[str]
    # What a person calls it in the middle of a sentence.
    short_title: ClassVar[str]

    # Every subclass has one of its own.
    unit: models.ForeignKey[Unit | Combinable, Unit]
    unit_id: int

    version = models.PositiveSmallIntegerField("lần", default=1)
    status = models.CharField("trạng thái", max_length=20, choices=Status, default=Status.DRAFT)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    submitted_at = models.DateTimeField("đã nhận lúc", null=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    channel = models.CharField("gửi qua", max_length=10, choices=Channel, default=Channel.PORTAL)
    receipt_code = models.CharField("mã tiếp nhận", max_length=20, null=True, unique=True)  # noqa: DJ001  # unique, so empty must be NULL
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    reviewer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    return_due_date = models.DateField("hạn bổ sung", null=True)

    class Meta:
        abstract = True

    @property
    def is_editable(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_void(self) -> bool:
        return self.voided_at is not None

    def obligation(self) -> Obligation:
        """What this answers in the ledger; `DoesNotExist` where the unit owes nothing."""
        raise NotImplementedError

    def campaign_code(self) -> str:
        raise NotImplementedError

    def series(self) -> dict[str, object]:
        """The lookup that finds every version of the same thing."""
        return {name: getattr(self, f"{name}_id") for name in self.SERIES}

    def sent_versions(self) -> SubmissionQuerySet[Any]:
        """Every version of the same thing that the board has got and that counts."""
        return SubmissionQuerySet(type(self)).sent().filter(**self.series())

    def hand_to_head(self, *, by: User, at: datetime) -> None:
        self._move(self.Status.AWAITING_HEAD, by=by, at=at)

    def hand_back(self, *, by: User, at: datetime, reason: str) -> None:
        """The head of the unit gives the draft back to the officer."""
        self._move(self.Status.DRAFT, by=by, at=at, note=reason)

    def submit(self, *, by: User, at: datetime) -> None:
        """Send to Ban Thi đua. Never refused for being late: lateness is a label (R41)."""
        self._move(
            self.Status.SUBMITTED, by=by, at=at,
            submitted_at=at, submitted_by=by, receipt_code=self.new_receipt_code(),
        )  # fmt: skip

    def new_receipt_code(self) -> str:
        """Short enough to be read on the telephone, too sparse to be guessed."""
        return f"{self.campaign_code()}-{uuid.uuid4().hex[:10].upper()}"

    def withdraw(self, *, by: User, at: datetime, reason: str) -> None:
        self._move(self.Status.WITHDRAWN, by=by, at=at, note=reason)

    def set_aside(self, *, by: User, at: datetime, reason: str) -> None:
        """An unsent draft gives way to what came on paper; it stays readable."""
        self._move(self.Status.SET_ASIDE, by=by, at=at, note=reason)

    def take(self, *, by: User, at: datetime) -> None:
        self._move(self.Status.UNDER_REVIEW, by=by, at=at, reviewer=by)

    def put_back(self, *, by: User, at: datetime) -> None:
        """Back to the queue, for another reviewer."""
        self._move(self.Status.SUBMITTED, by=by, at=at, reviewer=None)

    def send_back(self, *, by: User, at: datetime, due: date, note: str) -> None:
        """Trả lại bổ sung, with a new due day; the reasons are rows of their own."""
        if due <= clock.local_day(at):
            raise Refused("Hạn bổ sung phải sau ngày hôm nay.")
        self._move(
            self.Status.RETURNED, by=by, at=at, note=note,
            decided_at=at, decided_by=by, return_due_date=due,
        )  # fmt: skip

    def declare_void(self, *, by: User, at: datetime, reason: str) -> None:
        """This submission does not count (an empty file, another document)."""
        if self.status != self.Status.RETURNED or self.is_void:
            raise Refused("Chỉ bản đã trả lại mới có thể bị coi là không hợp lệ.")
        self.voided_at, self.voided_by = at, by
        self.save(update_fields=["voided_at", "voided_by"])
        AuditEvent.objects.record(
            self, "voided", by=by, at=at, label="Lần gửi không hợp lệ, không tính", note=reason
        )

    def accept(self, *, by: User, at: datetime, note: str = "") -> None:
        self._move(self.Status.ACCEPTED, by=by, at=at, note=note, decided_at=at, decided_by=by)

    def claim_revision(self, revision: int, *, by: User, at: datetime) -> bool:
        """Count one save of the draft; False where somebody saved since the page was read."""
        same = type(self)._base_manager.filter(
            pk=self.pk, revision=revision, status=self.Status.DRAFT
        )
        changed = same.update(revision=F("revision") + 1, saved_at=at, saved_by=by)
        if changed:
            self.revision, self.saved_at, self.saved_by = revision + 1, at, by
        return bool(changed)


def submission_constraints(name: str, series: tuple[str, ...]) -> list[BaseConstraint]:
    """What the database holds of every kind of submission; `name` begins the constraints' names."""
    return [
        models.UniqueConstraint(fields=[*series, "version"], name=f"{name}_version_once"),
        models.UniqueConstraint(
            fields=[*series], condition=Q(status__in=OPEN), name=f"one_open_{name}_per_unit"
        ),
        models.CheckConstraint(
            condition=Q(submitted_at=None, submitted_by=None, receipt_code=None)
            | Q(submitted_at__isnull=False, submitted_by__isnull=False, receipt_code__isnull=False),
            name=f"{name}_submitted_at_by_and_receipt_go_together",
        ),
        models.CheckConstraint(
            condition=Q(status__in=UNSENT, submitted_at=None)
            | (~Q(status__in=UNSENT) & Q(submitted_at__isnull=False)),
            name=f"{name}_is_sent_once_submitted",
        ),
        models.CheckConstraint(
            condition=Q(voided_at=None, voided_by=None)
            | Q(voided_at__isnull=False, voided_by__isnull=False, status="returned"),
            name=f"only_a_returned_{name}_is_void",
        ),
    ]
