"""What became of each nomination a decision granted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from awards.models.decision import Decision
from awards.models.nomination import Nomination


class Grant(models.Model):
    """One line of a decision: who got what, as printed then (dòng trong danh sách khen thưởng).

    Name, position and unit are kept as they read on the day; the bonus in đồng from the base
    salary of the day of the decision. `golden_book_number` is the số sổ vàng of the certificate.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="grants")
    nomination = models.OneToOneField(Nomination, models.PROTECT, related_name="grant")
    order = models.PositiveSmallIntegerField("STT trong quyết định")
    name = models.CharField("họ và tên, tên tập thể", max_length=200)
    position = models.CharField("chức vụ", max_length=150, blank=True)
    unit_name = models.CharField("đơn vị", max_length=200)
    golden_book_number = models.CharField("số sổ vàng", max_length=30, blank=True)
    bonus = models.PositiveBigIntegerField("tiền thưởng (đồng)", null=True, blank=True)
    handed_over_on = models.DateField("ngày trao tặng", null=True, blank=True)
    handed_over_note = models.CharField("nơi trao, ghi chú", max_length=200, blank=True)
    revoked_on = models.DateField("ngày hủy bỏ", null=True, blank=True)
    revoked_under = models.CharField("quyết định hủy bỏ", max_length=50, blank=True)
    revoked_reason = models.CharField("lý do hủy bỏ", max_length=500, blank=True)

    class Meta:
        verbose_name = "khen thưởng theo quyết định"
        verbose_name_plural = "khen thưởng theo quyết định"
        constraints = [
            models.UniqueConstraint(fields=["decision", "order"], name="grant_order_once"),
            models.UniqueConstraint(
                fields=["golden_book_number"],
                condition=~Q(golden_book_number=""),
                name="golden_book_number_once",
            ),
            models.CheckConstraint(
                condition=Q(revoked_on=None, revoked_under="", revoked_reason="")
                | Q(revoked_on__isnull=False) & ~Q(revoked_under="") & ~Q(revoked_reason=""),
                name="revoked_when_under_what_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.name}"
