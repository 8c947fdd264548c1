"""After the appraisal: opinions of other bodies (hiệp y), meetings of the council, secret votes.

The votes themselves are in `awards.models.council_ballot`.
"""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from accounts.workflow import Refused, Workflow
from awards.models.catalogue import QuorumField, quorum_share
from awards.models.nomination import Nomination
from awards.voting import DEFAULT_QUORUM, has_quorum, needed
from campaign.models import Campaign
from files.models import StoredFile
from units.models import Unit
from units.permissions import is_board_reviewer, sees_province


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def visible_to(self, user: User) -> Self:
        """What other bodies say of a nominee is for the board and the province."""
        return self if sees_province(user) else self.none()

    def unanswered(self) -> Self:
        return self.filter(answered_on=None)

    def overdue(self, *, on: date) -> Self:
        return self.unanswered().filter(due_date__lt=on)


ConsultationManager = models.Manager.from_queryset(ConsultationQuerySet)


class Consultation(models.Model):
    """A body asked for its opinion on nominations (lấy ý kiến hiệp y), by a day."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="consultations")
    body = models.CharField("cơ quan được hỏi", max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    number = models.CharField("số công văn", max_length=50, blank=True)
    asked_on = models.DateField("ngày hỏi")
    due_date = models.DateField("hạn trả lời")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    answer_number = models.CharField("số văn bản trả lời", max_length=50, blank=True)
    answer_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    answer_file_name = models.CharField("tên tệp", max_length=120, blank=True)
    noted_at = models.DateTimeField(null=True)
    noted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ConsultationManager()

    class Meta:
        verbose_name = "lấy ý kiến hiệp y"
        verbose_name_plural = "lấy ý kiến hiệp y"
        constraints = [
            models.CheckConstraint(
                condition=Q(due_date__gte=F("asked_on")), name="consultation_gives_time"
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None, noted_at=None, noted_by=None)
                | Q(answered_on__isnull=False, noted_at__isnull=False, noted_by__isnull=False),
                name="consultation_answered_and_noted_go_together",
            ),
        ]
        indexes = [models.Index(fields=["campaign", "answered_on", "due_date"])]

    def __str__(self) -> str:
        return f"Lấy ý kiến {self.body}"

    def get_absolute_url(self) -> str:
        return reverse("awards:consultation", args=[self.pk])

    def state_on(self, day: date) -> str:
        """answered, waiting or overdue; silence is shown as silence, never taken for consent."""
        if self.answered_on:
            return "answered"
        return "overdue" if self.due_date < day else "waiting"


class ConsultationOpinion(models.Model):
    """What the body says of one nomination."""

    class Answer(models.TextChoices):
        WAITING = "waiting", "Chưa trả lời"
        AGREES = "agrees", "Thống nhất"
        OBJECTS = "objects", "Không thống nhất"
        NO_OPINION = "no_opinion", "Không có ý kiến"

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="opinions")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="opinions")
    answer = models.CharField("ý kiến", max_length=12, choices=Answer, default=Answer.WAITING)
    text = models.CharField("nội dung", max_length=500, blank=True)

    class Meta:
        verbose_name = "ý kiến hiệp y"
        verbose_name_plural = "ý kiến hiệp y"
        constraints = [
            models.UniqueConstraint(fields=["consultation", "nomination"], name="opinion_once"),
            models.CheckConstraint(
                condition=~Q(answer="objects") | ~Q(text=""), name="objection_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nomination}: {self.get_answer_display()}"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User) -> Self:
        """Plans of a meeting are the board's; once it was called the province sees it."""
        if is_board_reviewer(user):
            return self
        return self.exclude(status="planned") if sees_province(user) else self.none()


MeetingManager = models.Manager.from_queryset(MeetingQuerySet)


class Meeting(Workflow):
    """A meeting of the council or of its standing group (phiên họp xét khen thưởng)."""

    class Status(models.TextChoices):
        PLANNED = "planned", "Đang chuẩn bị"
        CALLED = "called", "Đã mời họp"
        OPEN = "open", "Đang họp"
        CLOSED = "closed", "Đã kết thúc"
        CANCELLED = "cancelled", "Đã hủy"

    MOVES = {
        Status.PLANNED: {Status.CALLED, Status.CANCELLED},
        Status.CALLED: {Status.OPEN, Status.CANCELLED},
        Status.OPEN: {Status.CLOSED},
        Status.CLOSED: set(),
        Status.CANCELLED: set(),
    }

    class Body(models.TextChoices):
        COUNCIL = "council", "Hội đồng Thi đua - Khen thưởng tỉnh"
        STANDING = "standing", "Thường trực Hội đồng Thi đua - Khen thưởng tỉnh"

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="council_meetings", verbose_name="đợt thi đua"
    )
    status = models.CharField("trạng thái", max_length=20, choices=Status, default=Status.PLANNED)
    body = models.CharField("thành phần", max_length=10, choices=Body, default=Body.COUNCIL)
    title = models.CharField("nội dung họp", max_length=200)
    meets_at = models.DateTimeField("thời gian")
    place = models.CharField("địa điểm", max_length=200, blank=True)
    chair = models.CharField("chủ trì", max_length=150, blank=True)
    secretary = models.CharField("thư ký", max_length=150, blank=True)
    quorum = QuorumField("tỷ lệ dự họp tối thiểu", blank=True)
    minutes = models.TextField("nội dung biên bản", blank=True)
    minutes_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = MeetingManager()

    class Meta:
        verbose_name = "phiên họp Hội đồng"
        verbose_name_plural = "phiên họp Hội đồng"
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["open", "closed"], opened_at__isnull=False)
                | (~Q(status__in=["open", "closed"]) & Q(opened_at=None)),
                name="meeting_opened_with_a_time",
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False)
                | (~Q(status="closed") & Q(closed_at=None)),
                name="meeting_closed_with_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("awards:meeting", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        """Members and agenda are settled before the meeting opens."""
        return self.status in {self.Status.PLANNED, self.Status.CALLED}

    def required_quorum(self) -> Fraction:
        return quorum_share(self.quorum) or DEFAULT_QUORUM

    def call(self, *, by: User, at: datetime) -> None:
        """Invitations go out."""
        if not self.attendances.exists() or not self.agenda.exists():
            raise Refused("Cần danh sách thành viên và nội dung họp trước khi mời họp.")
        self._move(self.Status.CALLED, by=by, at=at)

    def open(self, *, by: User, at: datetime) -> None:
        """Only with a quorum of members in the room (R10)."""
        present, members = self.attendances.present().count(), self.attendances.count()
        quorum = self.required_quorum()
        if not has_quorum(present, members, quorum):
            raise Refused(
                f"Chưa đủ thành viên dự họp: có mặt {present}/{members}, cần ít nhất "
                f"{needed(members, quorum)}."
            )
        self._move(self.Status.OPEN, by=by, at=at, opened_at=at)

    def close(self, *, by: User, at: datetime) -> None:
        self._move(self.Status.CLOSED, by=by, at=at, closed_at=at)

    def cancel(self, *, by: User, at: datetime, reason: str) -> None:
        self._move(self.Status.CANCELLED, by=by, at=at, note=reason)


class AgendaItem(models.Model):
    """A nomination on the agenda of a meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="agenda_items")
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    note = models.CharField("ý kiến tại phiên họp", max_length=500, blank=True)
    agreed = models.BooleanField("Hội đồng thống nhất", null=True)

    class Meta:
        verbose_name = "nội dung phiên họp"
        verbose_name_plural = "nội dung phiên họp"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "nomination"], name="on_the_agenda_once"),
            models.CheckConstraint(
                condition=Q(agreed=None) | Q(agreed=True) | ~Q(note=""),
                name="council_disagrees_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.nomination)


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def present(self) -> Self:
        return self.filter(state="present")

    def who_may_vote(self) -> Self:
        """In the room, or asked in writing."""
        return self.filter(state__in=["present", "written"])

    def in_order(self) -> Self:
        return self.order_by("order", "pk")


AttendanceManager = models.Manager.from_queryset(AttendanceQuerySet)


class Attendance(models.Model):
    """A member of the council at a meeting (dự họp): the row is the membership on that day."""

    class State(models.TextChoices):
        INVITED = "invited", "Đã mời"
        PRESENT = "present", "Có mặt"
        WRITTEN = "written", "Vắng, lấy ý kiến bằng văn bản"
        ABSENT = "absent", "Vắng"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    member = models.ForeignKey(User, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    position = models.CharField("chức danh trong Hội đồng", max_length=150, blank=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=1)
    state = models.CharField("dự họp", max_length=10, choices=State, default=State.INVITED)
    note = models.CharField("ghi chú", max_length=200, blank=True)

    objects = AttendanceManager()

    class Meta:
        verbose_name = "thành viên dự họp"
        verbose_name_plural = "thành viên dự họp"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="member_attends_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_state_display()}"
