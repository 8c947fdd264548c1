"""Pairs that may be one achievement, as they were last compared (nghi trùng thành tích)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from accounts.workflow import Refused
from awards.models.dossier import Dossier
from awards.models.history import DuplicateVerdict, PastAward
from awards.models.nomination import Nomination
from units.permissions import is_board_reviewer

CHANGED = (
    "Một trong hai bên vừa được sửa, nên phần so sánh ông/bà đã xem không còn đúng. "
    "Mời xem lại rồi kết luận."
)


class LookalikeQuerySet(models.QuerySet["Lookalike"]):
    def visible_to(self, user: User) -> Self:
        """Ban Thi đua and nobody else: a pair tells one unit of another unit's nominees."""
        return self if is_board_reviewer(user) else self.none()

    def both_stand(self) -> Self:
        """Neither side was withdrawn, turned down or revoked."""
        over, gone = Nomination.OVER, Dossier.Status.WITHDRAWN
        return self.exclude(
            Q(nomination__status__in=over) | Q(nomination__dossier__status=gone)
        ).exclude(Q(other__status__in=over) | Q(other__dossier__status=gone))

    def undecided(self) -> Self:
        return self.filter(verdict=None)

    def waiting(self) -> Self:
        """On which somebody of Ban Thi đua still has to decide."""
        return self.undecided().both_stand()

    def in_tab(self, tab: str) -> Self:
        """Chờ kết luận, đã kết luận, không còn phải xét: each pair is in one of the three."""
        standing = self.both_stand()
        if tab == "cho":
            return standing.undecided()
        if tab == "da-xet":
            return standing.exclude(verdict=None)
        return self.exclude(pk__in=standing.values("pk"))

    def named(self, key: str) -> Self:
        """With somebody of the name on either side; the key is folded."""
        return self.filter(
            Q(nomination__candidate__name_key__contains=key)
            | Q(other__candidate__name_key__contains=key)
            | Q(past_award__name_key__contains=key)
        )

    def of_nominations(self, nominations: models.QuerySet[Nomination]) -> Self:
        keys = nominations.order_by().values("pk")
        return self.filter(Q(nomination__in=keys) | Q(other__in=keys))

    def of_dossier(self, dossier: Dossier) -> Self:
        return self.of_nominations(Nomination.objects.filter(dossier=dossier))

    def with_sides(self) -> Self:
        sides = ("nomination", "other")
        names = ("candidate__unit", "dossier__unit", "dossier__campaign", "form")
        joined = [f"{side}__{name}" for side in sides for name in names]
        return self.select_related(*joined, "past_award__unit", "past_award__form", "verdict__by")


LookalikeManager = models.Manager.from_queryset(LookalikeQuerySet)


class Lookalike(models.Model):
    """A nomination and another one, or an award of before, that may be the same achievement.

    The older nomination is `other`. `digest` is of what was compared on both sides: a verdict
    holds for that, and `verdict` becomes empty again when a side changes. A pair once found stays
    until somebody decides, even if it looks less alike after a change.
    """

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="lookalikes")
    other = models.ForeignKey(
        Nomination, models.PROTECT, null=True, related_name="lookalikes_against"
    )
    past_award = models.ForeignKey(PastAward, models.PROTECT, null=True, related_name="lookalikes")
    score = models.PositiveSmallIntegerField("mức giống nhau")
    reasons = models.JSONField("căn cứ", default=list)
    digest = models.CharField(max_length=64)
    found_at = models.DateTimeField()
    compared_at = models.DateTimeField()
    reopened_at = models.DateTimeField(null=True)
    verdict = models.OneToOneField(
        DuplicateVerdict, models.PROTECT, null=True, related_name="lookalike"
    )

    objects = LookalikeManager()

    class Meta:
        verbose_name = "cặp nghi trùng thành tích"
        verbose_name_plural = "các cặp nghi trùng thành tích"
        constraints = [
            models.CheckConstraint(
                condition=Q(other=None) ^ Q(past_award=None), name="lookalike_is_one_pair"
            ),
            models.CheckConstraint(
                condition=Q(other=None) | Q(other__lt=F("nomination")),
                name="lookalike_pair_in_order",
            ),
            models.CheckConstraint(condition=Q(score__lte=100), name="lookalike_score_to_100"),
            models.UniqueConstraint(
                fields=["nomination", "other"],
                condition=Q(other__isnull=False),
                name="lookalike_nominations_once",
            ),
            models.UniqueConstraint(
                fields=["nomination", "past_award"],
                condition=Q(past_award__isnull=False),
                name="lookalike_past_award_once",
            ),
        ]
        indexes = [models.Index(fields=["verdict", "-score"])]

    def __str__(self) -> str:
        return f"{self.nomination} – {self.other or self.past_award}"

    def get_absolute_url(self) -> str:
        return reverse("awards:lookalike", args=[self.pk])

    @property
    def in_words(self) -> str:
        text = "; ".join(reason["text"] for reason in self.reasons)
        return text[:1].upper() + text[1:]

    def side_of(self, dossier: Dossier) -> Nomination:
        """The nomination of the pair that lies in the dossier."""
        if self.other and self.other.dossier_id == dossier.pk:
            return self.other
        return self.nomination

    def compare_again(
        self, *, score: int, reasons: list[dict[str, Any]], digest: str, at: datetime
    ) -> bool:
        """Take the newer comparison; True where that opens again what was decided."""
        is_reopened = digest != self.digest and self.verdict_id is not None
        if digest != self.digest:
            self.score, self.reasons, self.digest = score, reasons, digest
        if is_reopened:
            self.verdict, self.reopened_at = None, at
        self.compared_at = at
        self.save()
        return is_reopened

    def decide(self, verdict: str, *, reason: str, digest: str, by: User, at: datetime) -> None:
        """What a person decides on what they saw; the last word replaces the one before it."""
        same_pair = Lookalike._base_manager.select_for_update().filter(pk=self.pk, digest=digest)
        if not same_pair.exists():
            raise Refused(CHANGED)
        pair: dict[str, Any] = {
            "nomination": self.nomination, "other": self.other, "past_award": self.past_award,
        }  # fmt: skip
        said = {"verdict": verdict, "reason": reason, "score": self.score / 100, "at": at, "by": by}
        self.verdict, _ = DuplicateVerdict.objects.update_or_create(**pair, defaults=said)
        self.save(update_fields=["verdict"])
        self._hold_together(is_one=verdict != DuplicateVerdict.Verdict.DIFFERENT)

    def _hold_together(self, *, is_one: bool) -> None:
        """Of one person or collective the awards of all units count: R1 and R19 look at them."""
        mine = self.nomination.candidate
        root = mine.same_as or mine
        if self.past_award is not None:
            if is_one:
                self.past_award.candidate = root
            elif self.past_award.candidate_id in {mine.pk, root.pk}:
                self.past_award.candidate = None
            self.past_award.save(update_fields=["candidate"])
        elif self.other is not None:
            theirs = self.other.candidate
            other_root = theirs.same_as or theirs
            if is_one and root.pk != other_root.pk:
                root.be_same_as(other_root)
            elif not is_one and mine.same_as_id == other_root.pk:
                mine.same_as = None
                mine.save(update_fields=["same_as"])


class ComparedNomination(models.Model):
    """That a nomination was compared with all others, and when (đã so trùng)."""

    nomination = models.OneToOneField(
        Nomination, models.CASCADE, related_name="compared", primary_key=True
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = "lần so trùng"
        verbose_name_plural = "các lần so trùng"

    def __str__(self) -> str:
        return f"#{self.nomination_id}, {self.at:%d/%m/%Y}"
