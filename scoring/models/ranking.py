"""The ranking of a block (xếp hạng), frozen when it is published.

A published ranking never changes; what turns out wrong is put right by the next version, which
says why. Its rows keep every figure they were ranked by.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from accounts.workflow import Workflow
from scoring.formula import dump, load
from scoring.models.scale import POINTS_DIGITS, POINTS_PLACES, ScoringScale, of_blocks
from scoring.models.sheet import ScoreSheet
from scoring.ranking import DEFAULT_RULES, RankingRules
from units.models import Block, Unit
from units.permissions import sees_province, standing


def default_rules() -> Any:
    return dump(DEFAULT_RULES)


class RankingQuerySet(models.QuerySet["Ranking"]):
    def visible_to(self, user: User) -> RankingQuerySet:
        """Published: the whole block. Before that its khối trưởng; always the province."""
        if sees_province(user):
            return self
        mine = standing(user)
        published = Q(published_at__isnull=False) & of_blocks(mine.own_blocks)
        return self.filter(published | of_blocks(mine.led_blocks))

    def published(self) -> RankingQuerySet:
        return self.filter(status=Ranking.Status.PUBLISHED)


RankingManager = models.Manager.from_queryset(RankingQuerySet)


class Ranking(Workflow):
    """One version of the ranking of one block and year."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Dự kiến"
        PUBLISHED = "published", "Đã công bố"
        CORRECTED = "corrected", "Đã đính chính"

    MOVES = {
        Status.DRAFT: {Status.PUBLISHED},
        Status.PUBLISHED: {Status.CORRECTED},
        Status.CORRECTED: set(),
    }

    block = models.ForeignKey(Block, models.PROTECT, related_name="rankings")
    year = models.PositiveSmallIntegerField("năm")
    version = models.PositiveSmallIntegerField("lần", default=1)
    status = models.CharField("trạng thái", max_length=20, choices=Status, default=Status.DRAFT)
    scale = models.ForeignKey(ScoringScale, models.PROTECT, related_name="rankings")
    rules = models.JSONField("quy tắc xếp hạng", default=default_rules)
    reason = models.CharField("lý do đính chính", max_length=500, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    published_at = models.DateTimeField("công bố lúc", null=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    digest = models.CharField("mã số liệu", max_length=64, blank=True)

    objects = RankingManager()

    class Meta:
        verbose_name = "bảng xếp hạng"
        verbose_name_plural = "bảng xếp hạng"
        constraints = [
            models.UniqueConstraint(
                fields=["block", "year", "version"], name="ranking_version_once"
            ),
            models.UniqueConstraint(
                fields=["block", "year"], condition=Q(status="draft"), name="one_draft_ranking"
            ),
            models.UniqueConstraint(
                fields=["block", "year"],
                condition=Q(status="published"),
                name="one_published_ranking",
            ),
            models.CheckConstraint(
                condition=Q(status="draft", published_at=None, published_by=None, digest="")
                | (
                    ~Q(status="draft", digest="")
                    & Q(published_at__isnull=False, published_by__isnull=False)
                ),
                name="ranking_published_when_by_whom_with_digest",
            ),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reason=""), name="a_correction_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"Xếp hạng {self.block} năm {self.year} (lần {self.version})"

    def get_absolute_url(self) -> str:
        return reverse("scoring:ranking", args=[self.pk])

    def rule_set(self) -> RankingRules:
        return load(RankingRules, self.rules)

    def publish(self, *, by: User, at: datetime, digest: str) -> None:
        self._move(
            self.Status.PUBLISHED, by=by, at=at, published_at=at, published_by=by, digest=digest
        )

    def correct(self, *, by: User, at: datetime, reason: str) -> None:
        """Gives way to the next version, which carries the correction."""
        self._move(self.Status.CORRECTED, by=by, at=at, note=reason)


class RankingRow(models.Model):
    """One unit in a ranking, with every figure it was ranked by."""

    class State(models.TextChoices):
        RANKED = "ranked", "Được xếp hạng"
        NOT_RANKED = "not_ranked", "Không xếp hạng"
        WITHDRAWN = "withdrawn", "Xin rút"
        BELOW = "below", "Dưới mức điểm tối thiểu"

    ranking = models.ForeignKey(Ranking, models.CASCADE, related_name="rows")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="ranking_rows")
    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, null=True, related_name="ranking_rows")
    state = models.CharField("kết quả", max_length=12, choices=State)
    state_reason = models.CharField("lý do", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("hạng", null=True)
    decided_by = models.CharField("phân định bằng", max_length=100, blank=True)
    is_open = models.BooleanField("chờ người quyết định", default=False)
    award = models.CharField("đề nghị khen thưởng", max_length=150, blank=True)
    total = models.DecimalField(max_digits=POINTS_DIGITS, decimal_places=POINTS_PLACES)
    content = models.DecimalField(max_digits=POINTS_DIGITS, decimal_places=POINTS_PLACES)
    bonus = models.DecimalField(max_digits=POINTS_DIGITS, decimal_places=POINTS_PLACES)
    deduction = models.DecimalField(max_digits=POINTS_DIGITS, decimal_places=POINTS_PLACES)
    groups = models.JSONField("điểm từng nhóm", default=dict)

    class Meta:
        verbose_name = "kết quả xếp hạng"
        verbose_name_plural = "kết quả xếp hạng"
        constraints = [
            models.UniqueConstraint(fields=["ranking", "unit"], name="ranked_once"),
            models.CheckConstraint(
                condition=Q(state="ranked", position__isnull=False)
                | (~Q(state="ranked") & Q(position=None) & ~Q(state_reason="")),
                name="without_a_rank_there_is_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(total__gte=0, bonus__gte=0, deduction__gte=0),
                name="ranked_points_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position or '–'} {self.unit}"
