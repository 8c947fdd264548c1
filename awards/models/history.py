"""Awards of the years before, and what people decided about look-alikes."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from awards.models.candidate import Candidate
from awards.models.catalogue import AwardForm, Ground, Recipient
from awards.models.grant import Grant
from awards.models.nomination import Nomination
from files.models import StoredFile
from lib.vietnamese import fold
from units.models import Unit
from units.permissions import Role, sees_province, standing


class PastAwardImport(models.Model):
    """One workbook of past awards that was taken in (lần nhập)."""

    stored = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    name = models.CharField("tên tệp", max_length=120)
    rows = models.PositiveIntegerField("số dòng", default=0)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "lần nhập lịch sử khen thưởng"
        verbose_name_plural = "lần nhập lịch sử khen thưởng"

    def __str__(self) -> str:
        return self.name


class PastAwardQuerySet(models.QuerySet["PastAward"]):
    def visible_to(self, user: User) -> Self:
        """The province all of them; a unit those of its own people, and of the units it follows."""
        if sees_province(user):
            return self
        mine = standing(user).units(Role.OFFICER, Role.HEAD)
        own = Q(unit__in=mine) | Q(unit__successions__to_unit__in=mine)
        return self.filter(pk__in=PastAward._base_manager.filter(own).values("pk"))

    def standing(self) -> Self:
        """Those that were not revoked."""
        return self.filter(revoked_on=None)

    def named(self, name: str) -> Self:
        return self.filter(name_key=fold(name)[:200])

    def matching(self, words: str) -> Self:
        key = fold(words)
        return self.filter(Q(name_key__contains=key) | Q(unit_key__contains=key))


PastAwardManager = models.Manager.from_queryset(PastAwardQuerySet)


class PastAward(models.Model):
    """An award given before, or outside the portal (lịch sử khen thưởng).

    `unit_name` and `form_name` are as the source says; `unit`, `form` and `candidate` are filled
    where they are known. `row_key` is a digest of what identifies the line, so that the same
    workbook taken in twice adds nothing. What the portal itself decided has its `grant`; what was
    revoked stays, with the day.
    """

    recipient = models.CharField("đối tượng", max_length=12, choices=Recipient)
    name = models.CharField("họ và tên, tên tập thể", max_length=200)
    name_key = models.CharField(max_length=200, editable=False)
    gender = models.CharField("giới tính", max_length=6, choices=Candidate.Gender, blank=True)
    position = models.CharField("chức vụ", max_length=150, blank=True)
    rank = models.CharField("nhóm đối tượng", max_length=20, choices=Candidate.Rank, blank=True)
    is_enterprise = models.BooleanField("là doanh nghiệp", default=False)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="past_awards"
    )
    unit_name = models.CharField("đơn vị", max_length=200, blank=True)
    unit_key = models.CharField(max_length=200, blank=True, editable=False)
    candidate = models.ForeignKey(
        Candidate, models.PROTECT, null=True, blank=True, related_name="past_awards"
    )
    form = models.ForeignKey(AwardForm, models.PROTECT, null=True, blank=True, related_name="+")
    form_name = models.CharField("danh hiệu, hình thức", max_length=150)
    ground = models.CharField("loại hình", max_length=12, choices=Ground, blank=True)
    year = models.PositiveSmallIntegerField("năm")
    achieved_from = models.DateField("thành tích từ ngày", null=True, blank=True)
    achieved_to = models.DateField("đến hết ngày", null=True, blank=True)
    achievement = models.TextField("thành tích", blank=True)
    achievement_key = models.TextField(blank=True, editable=False)
    initiative_name = models.CharField("sáng kiến", max_length=300, blank=True)
    initiative_key = models.CharField(max_length=300, blank=True, editable=False)
    decision_number = models.CharField("số quyết định", max_length=50, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    decided_by = models.CharField("cấp quyết định", max_length=15, blank=True)
    golden_book_number = models.CharField("số sổ vàng", max_length=30, blank=True)
    batch = models.ForeignKey(
        PastAwardImport, models.PROTECT, null=True, blank=True, related_name="awards"
    )
    grant = models.OneToOneField(
        Grant, models.PROTECT, null=True, blank=True, related_name="past_award"
    )
    revoked_on = models.DateField("ngày hủy bỏ", null=True, blank=True)
    row_key = models.CharField(max_length=64, unique=True, editable=False)
    is_demonstration = models.BooleanField("dữ liệu mẫu", default=False)

    objects = PastAwardManager()

    class Meta:
        verbose_name = "khen thưởng đã có"
        verbose_name_plural = "lịch sử khen thưởng"
        constraints = [
            models.CheckConstraint(
                condition=Q(achieved_from=None)
                | Q(achieved_to=None)
                | Q(achieved_from__lte=F("achieved_to")),
                name="past_achievement_starts_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(recipient="individual") | Q(gender="", rank=""),
                name="only_a_person_awarded_has_gender_and_rank",
            ),
        ]
        indexes = [
            models.Index(fields=["name_key"]),
            models.Index(fields=["unit", "year"]),
            models.Index(fields=["year"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} – {self.form_name} ({self.year})"

    def note_keys(self) -> None:
        self.name_key = fold(self.name)[:200]
        self.unit_key = fold(self.unit_name)[:200]
        self.achievement_key = fold(self.achievement)
        self.initiative_key = fold(self.initiative_name)[:300]


class DuplicateVerdict(models.Model):
    """What a person decided about two that look alike, and why (kết luận trùng thành tích).

    Of two nominations the older one is `other`; the pair is held once, in that order.
    """

    class Verdict(models.TextChoices):
        SAME_ACHIEVEMENT = "same_achievement", "Cùng một thành tích"
        SAME_PERSON = "same_person", "Cùng đối tượng, được giữ cả hai"
        DIFFERENT = "different", "Không trùng"

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="verdicts")
    other = models.ForeignKey(
        Nomination, models.PROTECT, null=True, blank=True, related_name="verdicts_against"
    )
    past_award = models.ForeignKey(
        PastAward, models.PROTECT, null=True, blank=True, related_name="verdicts"
    )
    verdict = models.CharField("kết luận", max_length=20, choices=Verdict)
    reason = models.CharField("lý do", max_length=500)
    score = models.DecimalField(
        "mức giống nhau", max_digits=5, decimal_places=4, null=True, blank=True
    )
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "kết luận trùng thành tích"
        verbose_name_plural = "kết luận trùng thành tích"
        constraints = [
            models.CheckConstraint(
                condition=Q(other=None) ^ Q(past_award=None), name="verdict_on_one_pair"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="verdict_with_a_reason"),
            models.CheckConstraint(
                condition=Q(other=None) | Q(other__lt=F("nomination")),
                name="verdict_pair_in_order",
            ),
            models.UniqueConstraint(
                fields=["nomination", "other"],
                condition=Q(other__isnull=False),
                name="verdict_on_nominations_once",
            ),
            models.UniqueConstraint(
                fields=["nomination", "past_award"],
                condition=Q(past_award__isnull=False),
                name="verdict_on_past_award_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nomination}: {self.get_verdict_display()}"
