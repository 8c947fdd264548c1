"""What the board writes while it reviews: reasons the unit sees, notes it does not."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from campaign.checklist import Line
from campaign.models.sub_plan import SubPlan
from units.models import Block


class ReturnReason(models.Model):
    """One reason for a return, tied to a line of the checklist. The unit sees it."""

    sub_plan = models.ForeignKey(SubPlan, models.CASCADE, related_name="return_reasons")
    line = models.CharField("mục kiểm tra", max_length=20, choices=Line.choices())
    text = models.CharField("lý do", max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sub_plan", "line"], name="one_reason_per_line"),
        ]

    def __str__(self) -> str:
        return self.text


class ChecklistMark(models.Model):
    """A reviewer's tick on a line of the checklist of one version; units never see it.

    `reason` is what a return would say of the line: kept while the review goes on.
    """

    sub_plan = models.ForeignKey(SubPlan, models.CASCADE, related_name="checklist_marks")
    line = models.CharField(max_length=20, choices=Line.choices())
    is_good = models.BooleanField()
    reason = models.CharField("lý do", max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sub_plan", "line"], name="one_mark_per_line"),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.is_good}"


class InternalNote(models.Model):
    """A note among reviewers (ghi chú nội bộ). Units never see it."""

    sub_plan = models.ForeignKey(SubPlan, models.CASCADE, related_name="internal_notes")
    text = models.TextField("ghi chú", max_length=2000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text


class ReviewAssignment(models.Model):
    """Which reviewer looks after which block's sub-plans (phân công xem xét)."""

    block = models.ForeignKey(Block, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="review_assignments")

    class Meta:
        verbose_name = "phân công xem xét"
        verbose_name_plural = "phân công xem xét"
        constraints = [
            models.UniqueConstraint(fields=["block", "year"], name="one_reviewer_per_block"),
        ]

    def __str__(self) -> str:
        return f"{self.block} → {self.reviewer}"
