"""What became of each nomination a decision granted."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from awards.models.decision import Decision
from awards.models.nomination import Nomination


class GrantQuerySet(models.QuerySet["Grant"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(decision__in=Decision.objects.visible_to(user).values("pk"))

    def standing(self) -> Self:
        """Those that were not revoked."""
        return self.filter(revoked_on=None)

    def revoked(self) -> Self:
        return self.filter(revoked_on__isnull=False)

    def in_order(self) -> Self:
        return self.order_by("order")


GrantManager = models.Manager.from_queryset(GrantQuerySet)


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
    pays_own = models.BooleanField("đơn vị tự chi thưởng", default=False)
    bonus = models.PositiveBigIntegerField("tiền thưởng (đồng)", null=True, blank=True)
    handed_over_on = models.DateField("ngày trao tặng", null=True, blank=True)
    handed_over_note = models.CharField("nơi trao, ghi chú", max_length=200, blank=True)
    revoked_on = models.DateField("ngày hủy bỏ", null=True, blank=True)
    revoked_under = models.CharField("quyết định hủy bỏ", max_length=50, blank=True)
    revoked_reason = models.CharField("lý do hủy bỏ", max_length=500, blank=True)

    objects = GrantManager()

    class Meta:
        verbose_name = "khen thưởng theo quyết định"
        verbose_name_plural = "khen thưởng theo quyết định"
        constraints = [
            models.UniqueConstraint(fields=["decision", "order"], name="grant_order_once"),
            models.UniqueConstraint(
                fields=["decision", "golden_book_number"],
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

    @property
    def is_revoked(self) -> bool:
        return self.revoked_on is not None

    def note_hand_over(self, *, on: date, note: str) -> None:
        self.handed_over_on, self.handed_over_note = on, note
        self.save(update_fields=["handed_over_on", "handed_over_note"])

    def note_revocation(self, *, on: date, under: str, reason: str) -> None:
        """Điều 93: the line stays and says so."""
        self.revoked_on, self.revoked_under, self.revoked_reason = on, under, reason
        self.save(update_fields=["revoked_on", "revoked_under", "revoked_reason"])
