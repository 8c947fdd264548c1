"""Nhắc việc: which days before and after a due day, what was sent to whom, and letters of chasing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Mail, User
from campaign.models.obligation import Obligation
from campaign.models.plan import Campaign
from files.models import StoredFile


class ReminderRule(models.Model):
    """One day of the schedule: `offset` days after the due day (before it where negative).

    A weekly rule comes again every seven days after its offset, until the thing arrives.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="reminder_rules")
    kind = models.CharField("nội dung", max_length=20, choices=Obligation.Kind)
    offset = models.SmallIntegerField("số ngày so với hạn")
    is_weekly = models.BooleanField("lặp lại hằng tuần", default=False)

    class Meta:
        verbose_name = "lịch nhắc"
        verbose_name_plural = "lịch nhắc"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "kind", "offset"], name="reminder_rule_once"
            ),
            models.CheckConstraint(
                condition=Q(is_weekly=False) | Q(offset__gt=0), name="weekly_only_after_the_due_day"
            ),
            models.CheckConstraint(
                condition=Q(offset__gte=-60, offset__lte=60), name="reminder_within_two_months"
            ),
        ]

    def __str__(self) -> str:
        return f"D{self.offset:+d}"


class Digest(models.Model):
    """One letter of reminders to one person on one day, however much that person's units owe.

    The row comes before the letter (R38): of two runs that meet, one writes it. What a reviewer
    sends by hand from the chasing board is a digest of its own.
    """

    class Source(models.TextChoices):
        SCHEDULE = "schedule", "Theo lịch"
        BOARD = "board", "Ban Thi đua - Khen thưởng gửi"

    user = models.ForeignKey(User, models.PROTECT, related_name="digests")
    day = models.DateField("ngày")
    source = models.CharField(max_length=10, choices=Source, default=Source.SCHEDULE)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    mail = models.OneToOneField(Mail, models.PROTECT, null=True, related_name="digest")
    at = models.DateTimeField("lúc")
    seen_at = models.DateTimeField("đã xem lúc", null=True)

    class Meta:
        verbose_name = "thư nhắc"
        verbose_name_plural = "thư nhắc"
        constraints = [
            models.UniqueConstraint(fields=["user", "day", "source"], name="one_digest_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.day}"


class ReminderRun(models.Model):
    """That the clock's reminders of a day are all written; the day's later rounds then rest.

    Written last: a run that was killed leaves none, and is made again (ADR 0014).
    """

    day = models.DateField("ngày", unique=True)
    at = models.DateTimeField("lúc")
    people = models.PositiveIntegerField("số người được nhắc")

    class Meta:
        verbose_name = "lượt nhắc việc"
        verbose_name_plural = "lượt nhắc việc"

    def __str__(self) -> str:
        return str(self.day)


class Reminder(models.Model):
    """That one person was reminded of one obligation at one offset from one due day; never twice.

    `due_date` is the day the letter named: after an extension, or for the supplement of a
    returned version, the schedule begins anew. `offset` is empty where a reviewer pressed the
    button.
    """

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="reminders")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    due_date = models.DateField("hạn được nhắc")
    offset = models.SmallIntegerField(null=True)
    digest = models.ForeignKey(Digest, models.PROTECT, related_name="reminders")

    class Meta:
        verbose_name = "lần nhắc"
        verbose_name_plural = "lần nhắc"
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "due_date", "offset", "user"],
                name="reminded_once_per_offset",
            ),
            models.UniqueConstraint(
                fields=["obligation", "due_date", "digest"], name="once_in_a_digest"
            ),
        ]
        indexes = [models.Index(fields=["obligation", "user"])]

    def __str__(self) -> str:
        return f"{self.obligation} → {self.user}"


class ChasingLetter(models.Model):
    """Công văn đôn đốc (to units that were assigned) or trao đổi (to those that were requested).

    The annexed list is `obligations`, as they stood at `at`; number and day are filled in once
    the letter is issued.
    """

    class Kind(models.TextChoices):
        URGE = "urge", "Công văn đôn đốc"
        EXCHANGE = "exchange", "Công văn trao đổi"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="chasing_letters")
    kind = models.CharField("loại", max_length=10, choices=Kind)
    obligations = models.ManyToManyField(Obligation, related_name="letters")
    new_due_date = models.DateField("đề nghị gửi trước ngày")
    number = models.CharField("số, ký hiệu", max_length=50, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True)
    docx = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "công văn đôn đốc, trao đổi"
        verbose_name_plural = "công văn đôn đốc, trao đổi"
        constraints = [
            models.CheckConstraint(
                condition=Q(number="", issued_on=None) | ~Q(number="") & Q(issued_on__isnull=False),
                name="letter_number_and_day_go_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()
