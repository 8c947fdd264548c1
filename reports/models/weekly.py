"""Tổng quan by e-mail at the beginning of the week: who wants it, and what each has got."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Q

from accounts.models import Mail, User
from units.models import Block


class WeeklyPageQuerySet(models.QuerySet["WeeklyPage"]):
    def wanted(self) -> WeeklyPageQuerySet:
        return self.filter(is_on=True)

    def of(self, user: User, block: Block | None) -> WeeklyPage | None:
        return self.filter(user=user, block=block).first()

    def due(self, week: date, *, since: datetime) -> WeeklyPageQuerySet:
        """Wanted before the week's letters began, and not sent yet."""
        sent = WeeklyLetter.objects.filter(week=week)
        return self.wanted().filter(asked_at__lt=since).exclude(pk__in=sent.values("page"))


WeeklyPageManager = models.Manager.from_queryset(WeeklyPageQuerySet)


class WeeklyPage(models.Model):
    """That a person wants the page (“Gửi tôi mỗi sáng thứ Hai”); of a block, or of the province."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    block = models.ForeignKey(Block, models.PROTECT, null=True, related_name="+")
    is_on = models.BooleanField("đang gửi", default=True)
    asked_at = models.DateTimeField("chọn lúc")

    objects = WeeklyPageManager()

    class Meta:
        verbose_name = "đăng ký nhận Tổng quan hằng tuần"
        verbose_name_plural = "đăng ký nhận Tổng quan hằng tuần"
        constraints = [
            models.UniqueConstraint(fields=["user", "block"], name="weekly_page_of_a_block_once"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(block=None), name="weekly_page_of_the_province_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.block or 'toàn tỉnh'}"


class WeeklyLetter(models.Model):
    """That the letter of a week, by its Monday, was written; never twice (ADR 0014)."""

    page = models.ForeignKey(WeeklyPage, models.CASCADE, related_name="letters")
    week = models.DateField("tuần từ thứ Hai")
    mail = models.OneToOneField(Mail, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "thư Tổng quan"
        verbose_name_plural = "thư Tổng quan"
        constraints = [
            models.UniqueConstraint(fields=["page", "week"], name="one_overview_a_week"),
        ]

    def __str__(self) -> str:
        return f"{self.page}, {self.week}"
