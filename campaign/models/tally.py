"""Tallies of activities (bảng đếm), written by the database alone: see `campaign.tallied`."""

from __future__ import annotations

from django.db import models

from campaign.models.plan import Campaign, PlanItem
from units.models import Unit


class Tally(models.Model):
    """How many activities, now: `registered` in the newest version the unit has sent, the others
    by the status of those under way.

    Nothing of ours writes these rows. No row is shared by two units, so units that send in the
    same minute never wait for each other.
    """

    # Whatever is counted refers to these rows already.
    campaign = models.ForeignKey(
        Campaign, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    unit = models.ForeignKey(
        Unit, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    registered = models.PositiveIntegerField("đã đăng ký")
    planned = models.PositiveIntegerField("chưa thực hiện")
    running = models.PositiveIntegerField("đang thực hiện")
    done = models.PositiveIntegerField("đã hoàn thành")
    postponed = models.PositiveIntegerField("tạm hoãn")
    cancelled = models.PositiveIntegerField("đã hủy")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.registered}"


class UnitTally(Tally):
    """Of one unit in one campaign: what it registered, what it leads, and what of that was folded
    into an activity of another (`folded`, in none of the statuses)."""

    folded = models.PositiveIntegerField("gộp vào hoạt động khác")

    class Meta:
        verbose_name = "số hoạt động của đơn vị"
        verbose_name_plural = "số hoạt động của đơn vị"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit"], name="one_tally_per_unit"),
        ]


class ItemTally(Tally):
    """The same for one row of the plan: what is tied to it or to one of its parts, once each."""

    item = models.ForeignKey(
        PlanItem, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )

    class Meta:
        verbose_name = "số hoạt động theo mục"
        verbose_name_plural = "số hoạt động theo mục"
        constraints = [
            models.UniqueConstraint(fields=["item", "unit"], name="one_tally_per_item_and_unit"),
        ]
        indexes = [models.Index(fields=["unit", "campaign"])]
