"""The year of a block beside its points: pledge, meetings, hand-over."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from files.models import StoredFile
from scoring.models.scale import of_blocks
from units.models import Block, Unit
from units.permissions import sees_province, standing


class BlockYearQuerySet(models.QuerySet["BlockYear"]):
    def visible_to(self, user: User) -> BlockYearQuerySet:
        if sees_province(user):
            return self
        return self.filter(of_blocks(standing(user).own_blocks))


BlockYearManager = models.Manager.from_queryset(BlockYearQuerySet)


class BlockYear(models.Model):
    """One block in one year (năm hoạt động của khối), with its pledge (giao ước thi đua)."""

    block = models.ForeignKey(Block, models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField("năm")
    pledge_signed_on = models.DateField("ngày ký giao ước", null=True, blank=True)
    pledge_number = models.CharField("số văn bản giao ước", max_length=50, blank=True)
    pledge_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    pledge_file_name = models.CharField("tên tệp giao ước", max_length=200, blank=True)
    handed_over_on = models.DateField("ngày bàn giao", null=True, blank=True)
    handed_over_to = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="khối trưởng năm sau",
    )  # fmt: skip
    hand_over_note = models.TextField("nội dung bàn giao", blank=True)
    # Both sides say so: the khối trưởng of the year, then that of the next (ký nhận bàn giao).
    handed_over_at = models.DateTimeField("bên giao xác nhận lúc", null=True)
    handed_over_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField("bên nhận xác nhận lúc", null=True)
    received_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = BlockYearManager()

    class Meta:
        verbose_name = "năm hoạt động của khối"
        verbose_name_plural = "năm hoạt động của khối"
        constraints = [
            models.UniqueConstraint(fields=["block", "year"], name="block_year_once"),
            models.CheckConstraint(
                condition=Q(handed_over_on=None, handed_over_to=None)
                | Q(handed_over_on__isnull=False, handed_over_to__isnull=False),
                name="handed_over_when_and_to_whom",
            ),
            models.CheckConstraint(
                condition=Q(handed_over_at=None, handed_over_by=None)
                | Q(
                    handed_over_at__isnull=False,
                    handed_over_by__isnull=False,
                    handed_over_on__isnull=False,
                ),
                name="hand_over_said_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(received_at=None, received_by=None)
                | Q(
                    received_at__isnull=False,
                    received_by__isnull=False,
                    handed_over_at__isnull=False,
                ),
                name="received_only_what_was_handed_over",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.block} năm {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("scoring:block-year", args=[self.block.code, self.year])

    @property
    def is_pledged(self) -> bool:
        return self.pledge_signed_on is not None

    @property
    def is_handed_over(self) -> bool:
        """Both sides have said so."""
        return self.received_at is not None


class PledgeTarget(models.Model):
    """A target of the pledge (chỉ tiêu giao ước): of the whole block, or of one unit."""

    block_year = models.ForeignKey(BlockYear, models.CASCADE, related_name="targets")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    position = models.PositiveSmallIntegerField("STT")
    text = models.CharField("chỉ tiêu", max_length=500)
    quantity = models.DecimalField(
        "số lượng", max_digits=12, decimal_places=2, null=True, blank=True
    )
    quantity_unit = models.CharField("đơn vị tính", max_length=40, blank=True)

    class Meta:
        verbose_name = "chỉ tiêu giao ước"
        verbose_name_plural = "chỉ tiêu giao ước"
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity=None) | Q(quantity__gte=0), name="pledge_target_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class BlockMeeting(models.Model):
    """A meeting of the block (hội nghị khối) and its minutes."""

    class Kind(models.TextChoices):
        PLEDGE = "pledge", "Ký kết giao ước"
        MID_YEAR = "mid_year", "Sơ kết 6 tháng"
        YEAR_END = "year_end", "Tổng kết năm"
        OTHER = "other", "Hội nghị khác"

    block_year = models.ForeignKey(BlockYear, models.PROTECT, related_name="meetings")
    kind = models.CharField("loại", max_length=10, choices=Kind)
    held_on = models.DateField("ngày họp")
    place = models.CharField("địa điểm", max_length=200, blank=True)
    chaired_by = models.CharField("chủ trì", max_length=150, blank=True)
    secretary = models.CharField("thư ký", max_length=150, blank=True)
    minutes = models.TextField("nội dung biên bản", blank=True)
    minutes_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    minutes_file_name = models.CharField("tên tệp biên bản", max_length=200, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "hội nghị khối"
        verbose_name_plural = "hội nghị khối"
        constraints = [
            models.UniqueConstraint(
                fields=["block_year", "kind", "held_on"], name="meeting_noted_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.block_year}"

    @property
    def has_minutes(self) -> bool:
        return bool(self.minutes) or self.minutes_file_id is not None


class Attendance(models.Model):
    """Whether a unit was at a meeting, and who for it (dự họp)."""

    meeting = models.ForeignKey(BlockMeeting, models.CASCADE, related_name="attendances")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    is_present = models.BooleanField("có mặt")
    people = models.CharField("người dự", max_length=300, blank=True)

    class Meta:
        verbose_name = "dự họp"
        verbose_name_plural = "dự họp"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "unit"], name="attendance_noted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {'có mặt' if self.is_present else 'vắng'}"
