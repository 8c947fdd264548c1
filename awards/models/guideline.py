"""The inter-agency guideline of a campaign (hướng dẫn liên ngành, IV.3.5): quotas, papers, dates.

Until one is issued nothing about quotas or dates is enforced. An issued one never changes; an
amendment is the next version, and the one before it keeps the days it held.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from accounts.workflow import Refused, Workflow
from awards.models.catalogue import AwardForm, PaperKind, Recipient
from campaign.models import Campaign
from files.models import StoredFile
from lib.vietnamese import short_date
from units.models import Block, Unit, valid_on
from units.permissions import has_a_role, is_board_reviewer


class AwardGuidelineQuerySet(models.QuerySet["AwardGuideline"]):
    def visible_to(self, user: User) -> Self:
        """Drafts are the board's; what was issued is for whoever has a role."""
        if is_board_reviewer(user):
            return self
        return self.exclude(status="draft") if has_a_role(user) else self.none()

    def issued(self) -> Self:
        return self.exclude(status="draft")

    def in_force(self, campaign: Campaign, *, on: date) -> AwardGuideline | None:
        """The version that holds on a day; of two that overlap by mistake the newer."""
        held = self.issued().filter(valid_on(on), campaign=campaign)
        return held.order_by("-version").first()


AwardGuidelineManager = models.Manager.from_queryset(AwardGuidelineQuerySet)


class AwardGuideline(Workflow):
    """One version of the guideline of one campaign."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Đang soạn"
        ISSUED = "issued", "Đang áp dụng"
        SUPERSEDED = "superseded", "Đã thay thế"

    MOVES = {
        Status.DRAFT: {Status.ISSUED},
        Status.ISSUED: {Status.SUPERSEDED},
        Status.SUPERSEDED: set(),
    }

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="award_guidelines", verbose_name="đợt thi đua"
    )
    version = models.PositiveSmallIntegerField("lần", default=1)
    status = models.CharField("trạng thái", max_length=20, choices=Status, default=Status.DRAFT)
    number = models.CharField("số, ký hiệu", max_length=50, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    standards = models.TextField("tiêu chuẩn chung", blank=True)
    due_date = models.DateField("hạn gửi hồ sơ", null=True, blank=True)
    minimum_direct_share = models.DecimalField(
        "tỷ lệ người trực tiếp lao động tối thiểu (%)",
        max_digits=5, decimal_places=2, null=True, blank=True,
    )  # fmt: skip
    max_per_year = models.PositiveSmallIntegerField(
        "số lần khen cấp tỉnh tối đa trong năm", null=True, blank=True
    )
    min_months_between = models.PositiveSmallIntegerField(
        "số tháng tối thiểu giữa hai lần khen cấp tỉnh", null=True, blank=True
    )
    needs_block_vote = models.BooleanField("khối thi đua bỏ phiếu suy tôn trước", default=False)
    return_days = models.PositiveSmallIntegerField("số ngày làm việc kiểm tra hồ sơ", default=5)
    appraisal_days = models.PositiveSmallIntegerField("số ngày làm việc thẩm định", default=20)
    document = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    document_name = models.CharField("tên tệp", max_length=120, blank=True)
    is_illustrative = models.BooleanField("minh họa", default=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    put_in_force_at = models.DateTimeField(null=True)
    put_in_force_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField("áp dụng từ", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    objects = AwardGuidelineManager()

    class Meta:
        verbose_name = "hướng dẫn khen thưởng"
        verbose_name_plural = "hướng dẫn khen thưởng"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "version"], name="guideline_version_once"),
            models.UniqueConstraint(
                fields=["campaign"], condition=Q(status="draft"), name="one_draft_guideline"
            ),
            models.UniqueConstraint(
                fields=["campaign"], condition=Q(status="issued"), name="one_guideline_in_force"
            ),
            models.CheckConstraint(
                condition=Q(status="draft", put_in_force_at=None, put_in_force_by=None)
                | Q(
                    put_in_force_at__isnull=False,
                    put_in_force_by__isnull=False,
                    valid_from__isnull=False,
                    issued_on__isnull=False,
                )
                & ~Q(status="draft") & ~Q(number=""),
                name="guideline_issued_when_and_under_which_number",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from__lte=F("valid_to")),
                name="guideline_starts_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(minimum_direct_share=None)
                | Q(minimum_direct_share__gte=0, minimum_direct_share__lte=100),
                name="direct_share_is_a_share",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        number = f" số {self.number}" if self.number else ""
        return f"Hướng dẫn khen thưởng{number} (lần {self.version})"

    def get_absolute_url(self) -> str:
        return reverse("awards:guideline", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    def put_in_force(self, *, by: User, at: datetime) -> None:
        if not self.number or self.issued_on is None or self.valid_from is None:
            raise Refused("Cần số, ký hiệu, ngày ban hành và ngày áp dụng trước khi ban hành.")
        self._move(self.Status.ISSUED, by=by, at=at, put_in_force_at=at, put_in_force_by=by)

    def give_way(self, *, by: User, at: datetime, to: AwardGuideline) -> None:
        """The next version begins; this one ends the day before."""
        if to.valid_from is None or self.valid_from is None or to.valid_from <= self.valid_from:
            started = short_date(self.valid_from) if self.valid_from else ""
            raise Refused(f"Bản mới phải áp dụng sau ngày {started} của bản đang áp dụng.")
        last = to.valid_from - timedelta(days=1)
        self._move(self.Status.SUPERSEDED, by=by, at=at, valid_to=last)


class GuidelineForm(models.Model):
    """A form the guideline allows, with its standards (tiêu chuẩn)."""

    guideline = models.ForeignKey(AwardGuideline, models.CASCADE, related_name="forms")
    form = models.ForeignKey(AwardForm, models.PROTECT, related_name="+")
    standards = models.TextField("tiêu chuẩn", blank=True)

    class Meta:
        verbose_name = "hình thức theo hướng dẫn"
        verbose_name_plural = "hình thức theo hướng dẫn"
        constraints = [
            models.UniqueConstraint(fields=["guideline", "form"], name="guideline_form_once"),
        ]

    def __str__(self) -> str:
        return str(self.form)


class GuidelineQuota(models.Model):
    """How many of a form may be proposed (chỉ tiêu): by each unit or block, or by one by name.

    One named goes before the general one. `recipient` empty counts all kinds together.
    """

    class Scope(models.TextChoices):
        EACH_UNIT = "each_unit", "Mỗi đơn vị"
        EACH_BLOCK = "each_block", "Mỗi khối thi đua"
        UNIT = "unit", "Riêng đơn vị"
        BLOCK = "block", "Riêng khối"

    guideline = models.ForeignKey(AwardGuideline, models.CASCADE, related_name="quotas")
    form = models.ForeignKey(AwardForm, models.PROTECT, related_name="+")
    recipient = models.CharField("đối tượng", max_length=12, choices=Recipient, blank=True)
    scope = models.CharField("phạm vi", max_length=10, choices=Scope)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    block = models.ForeignKey(Block, models.PROTECT, null=True, blank=True, related_name="+")
    most = models.PositiveSmallIntegerField("số lượng tối đa")

    class Meta:
        verbose_name = "chỉ tiêu khen thưởng"
        verbose_name_plural = "chỉ tiêu khen thưởng"
        constraints = [
            models.UniqueConstraint(
                fields=["guideline", "form", "recipient", "scope"],
                condition=Q(unit=None, block=None),
                name="general_quota_once",
            ),
            models.UniqueConstraint(
                fields=["guideline", "form", "recipient", "unit"],
                condition=Q(unit__isnull=False),
                name="quota_of_a_unit_once",
            ),
            models.UniqueConstraint(
                fields=["guideline", "form", "recipient", "block"],
                condition=Q(block__isnull=False),
                name="quota_of_a_block_once",
            ),
            models.CheckConstraint(
                condition=Q(scope="unit", unit__isnull=False, block=None)
                | Q(scope="block", unit=None, block__isnull=False)
                | Q(scope__in=["each_unit", "each_block"], unit=None, block=None),
                name="quota_names_whom_it_is_for",
            ),
        ]

    def __str__(self) -> str:
        whom = self.unit or self.block or self.get_scope_display()
        return f"{self.form}: {self.most} – {whom}"


class GuidelinePaper(models.Model):
    """A paper every dossier needs (thành phần hồ sơ), for one form or, where it is empty, all."""

    class Scope(models.TextChoices):
        DOSSIER = "dossier", "Một bản cho cả hồ sơ"
        NOMINATION = "nomination", "Mỗi đề nghị một bản"

    guideline = models.ForeignKey(AwardGuideline, models.CASCADE, related_name="papers")
    form = models.ForeignKey(AwardForm, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField("giấy tờ", max_length=12, choices=PaperKind)
    scope = models.CharField("phạm vi", max_length=12, choices=Scope)
    copies = models.PositiveSmallIntegerField("số bản", default=1)
    note = models.CharField("yêu cầu", max_length=300, blank=True)

    class Meta:
        verbose_name = "giấy tờ theo hướng dẫn"
        verbose_name_plural = "giấy tờ theo hướng dẫn"
        constraints = [
            models.UniqueConstraint(
                fields=["guideline", "kind", "scope"],
                condition=Q(form=None),
                name="guideline_paper_once",
            ),
            models.UniqueConstraint(
                fields=["guideline", "form", "kind", "scope"],
                condition=Q(form__isnull=False),
                name="guideline_paper_of_a_form_once",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
