"""A block's scale of points for a year (thang bảng điểm), version by version.

A row is one version. While it is a draft its criteria change freely; put in force it never
changes again, and an amendment is the next version, a copy to begin with. So a score always
points at the very criteria it was given under.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from accounts.workflow import Workflow
from campaign.models import PlanItem
from scoring.formula import MethodName, Node, Section, describe, method_from
from scoring.formula.method import Formula
from scoring.models.package import PackageCriterion
from units.models import Block, BlockMembership, Unit
from units.permissions import sees_province, standing

POINTS_DIGITS = 7
POINTS_PLACES = 2


def of_blocks(pairs: Iterable[tuple[int, int]], prefix: str = "") -> Q:
    """Rows that belong to one of these blocks in that year."""
    found = Q(pk__in=())
    for block, year in pairs:
        found |= Q(**{f"{prefix}block": block, f"{prefix}year": year})
    return found


class ScoringScaleQuerySet(models.QuerySet["ScoringScale"]):
    def visible_to(self, user: User) -> ScoringScaleQuerySet:
        """The members of the block, who are asked for their consent to drafts too; and the
        province."""
        if sees_province(user):
            return self
        return self.filter(of_blocks(standing(user).own_blocks))

    def of(self, block: Block, year: int) -> ScoringScaleQuerySet:
        return self.filter(block=block, year=year)

    def in_force(self) -> ScoringScaleQuerySet:
        return self.filter(status=ScoringScale.Status.IN_FORCE)

    def drafts(self) -> ScoringScaleQuerySet:
        return self.filter(status=ScoringScale.Status.DRAFT)


ScoringScaleManager = models.Manager.from_queryset(ScoringScaleQuerySet)


class ScoringScale(Workflow):
    """One version of the scale of one block and year."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Đang soạn"
        IN_FORCE = "in_force", "Đang áp dụng"
        SUPERSEDED = "superseded", "Đã thay thế"

    MOVES = {
        Status.DRAFT: {Status.IN_FORCE},
        Status.IN_FORCE: {Status.SUPERSEDED},
        Status.SUPERSEDED: set(),
    }

    block = models.ForeignKey(Block, models.PROTECT, related_name="scales", verbose_name="khối")
    year = models.PositiveSmallIntegerField("năm")
    version = models.PositiveSmallIntegerField("lần", default=1)
    status = models.CharField("trạng thái", max_length=20, choices=Status, default=Status.DRAFT)
    total = models.DecimalField(
        "Tổng điểm", max_digits=POINTS_DIGITS, decimal_places=POINTS_PLACES, default=Decimal(1000)
    )
    bonus_cap = models.DecimalField(
        "Điểm thưởng tối đa", max_digits=POINTS_DIGITS, decimal_places=POINTS_PLACES,
        default=Decimal(0),
    )  # fmt: skip
    honesty_percent = models.DecimalField(
        "Mức chênh được phép giữa tự chấm và thẩm định (% tổng điểm)",
        max_digits=5, decimal_places=2, default=Decimal(5),
    )  # fmt: skip
    based_on = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    change_note = models.TextField("Lý do sửa đổi", blank=True)
    effective_date = models.DateField("Áp dụng từ ngày", null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    put_in_force_at = models.DateTimeField(null=True)
    put_in_force_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True)

    objects = ScoringScaleManager()

    class Meta:
        verbose_name = "thang bảng điểm"
        verbose_name_plural = "thang bảng điểm"
        constraints = [
            models.UniqueConstraint(
                fields=["block", "year", "version"], name="scale_version_once"
            ),
            models.UniqueConstraint(
                fields=["block", "year"], condition=Q(status="draft"), name="one_draft_scale"
            ),
            models.UniqueConstraint(
                fields=["block", "year"], condition=Q(status="in_force"), name="one_scale_in_force"
            ),
            models.CheckConstraint(
                condition=Q(total__gt=0, bonus_cap__gte=0, honesty_percent__gte=0),
                name="scale_points_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(status="draft", put_in_force_at=None, put_in_force_by=None)
                | (
                    ~Q(status="draft")
                    & Q(
                        put_in_force_at__isnull=False,
                        put_in_force_by__isnull=False,
                        effective_date__isnull=False,
                    )
                ),
                name="scale_in_force_since_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(status="superseded", superseded_at__isnull=False)
                | (~Q(status="superseded") & Q(superseded_at=None)),
                name="scale_superseded_since_when",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Thang bảng điểm {self.block} năm {self.year} (lần {self.version})"

    def get_absolute_url(self) -> str:
        return reverse("scoring:scale", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        return self.status == self.Status.DRAFT

    def put_in_force(self, *, by: User, at: datetime, effective_date: date) -> None:
        self._move(
            self.Status.IN_FORCE, by=by, at=at,
            put_in_force_at=at, put_in_force_by=by, effective_date=effective_date,
        )  # fmt: skip

    def supersede(self, *, by: User, at: datetime) -> None:
        self._move(self.Status.SUPERSEDED, by=by, at=at, superseded_at=at)

    def is_used(self) -> bool:
        """Whether any unit has begun to score in this block and year, under whichever version."""
        sheets = ScoringScale._base_manager.filter(
            block=self.block_id, year=self.year, sheets__isnull=False
        )
        return sheets.exists()

    def members(self) -> models.QuerySet[BlockMembership]:
        rows = BlockMembership.objects.filter(block=self.block_id, year=self.year)
        return rows.select_related("unit").order_by("unit__sort_order", "unit_id")

    def nodes(self) -> list[Node]:
        return [one.node() for one in self.criteria.select_related("parent").order_by("position")]

    def claim_revision(self, revision: int) -> bool:
        """Count one save of the draft; False where somebody saved since the page was read."""
        same = ScoringScale._base_manager.filter(
            pk=self.pk, revision=revision, status=self.Status.DRAFT
        )
        changed = same.update(revision=F("revision") + 1)
        if changed:
            self.revision = revision + 1
        return bool(changed)


class CriterionQuerySet(models.QuerySet["Criterion"]):
    def in_order(self) -> CriterionQuerySet:
        return self.order_by("position", "pk")

    def leaves(self) -> CriterionQuerySet:
        return self.exclude(method=MethodName.GROUP)


CriterionManager = models.Manager.from_queryset(CriterionQuerySet)


class Criterion(models.Model):
    """One line of a scale (tiêu chí): a group with its children, or a leaf with its method.

    `position` runs through the whole scale, so that one sort gives the printed order.
    """

    scale = models.ForeignKey(ScoringScale, models.CASCADE, related_name="criteria")
    code = models.CharField("mã", max_length=20)
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    section = models.CharField(
        "phần", max_length=10, choices=Section.choices(), default=Section.CONTENT.value
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    name = models.CharField("nội dung", max_length=500)
    max_points = models.DecimalField(
        "điểm chuẩn", max_digits=POINTS_DIGITS, decimal_places=POINTS_PLACES
    )
    method = models.CharField(
        "cách chấm", max_length=10, choices=MethodName.choices(), default=MethodName.REVIEW.value
    )
    config = models.JSONField("cấu hình", default=dict, blank=True)
    wording = models.CharField("cách chấm theo văn bản", max_length=500, blank=True)
    evidence_required = models.BooleanField("bắt buộc minh chứng", default=False)
    evidence_note = models.CharField("minh chứng", max_length=300, blank=True)
    verifier = models.CharField("nơi thẩm định", max_length=100, blank=True)
    plan_items = models.ManyToManyField(PlanItem, blank=True, related_name="criteria")
    package_criterion = models.ForeignKey(
        PackageCriterion, models.PROTECT, null=True, blank=True, related_name="taken_as"
    )

    objects = CriterionManager()

    class Meta:
        verbose_name = "tiêu chí"
        verbose_name_plural = "tiêu chí"
        constraints = [
            models.UniqueConstraint(fields=["scale", "code"], name="criterion_code_once"),
            models.CheckConstraint(condition=Q(max_points__gte=0), name="max_points_not_negative"),
            models.CheckConstraint(
                condition=Q(section__in=["content", "bonus", "deduction"]),
                name="criterion_section_known",
            ),
        ]
        indexes = [models.Index(fields=["scale", "position"])]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def is_group(self) -> bool:
        return self.method == MethodName.GROUP

    def formula(self) -> Formula:
        return method_from(self.method, self.config)

    def in_words(self) -> str:
        return describe(self.method, self.config, self.max_points)

    def node(self) -> Node:
        return Node(
            self.code,
            self.parent.code if self.parent else None,
            Section(self.section),
            self.max_points,
            self.is_group,
        )


class MemberConsent(models.Model):
    """What a member of the block says to a draft (ý kiến thành viên), at a meeting or in writing."""

    class How(models.TextChoices):
        MEETING = "meeting", "Tại hội nghị khối"
        WRITING = "writing", "Bằng văn bản"

    scale = models.ForeignKey(ScoringScale, models.CASCADE, related_name="consents")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    agrees = models.BooleanField("đồng ý")
    how = models.CharField("hình thức", max_length=10, choices=How)
    note = models.CharField("ý kiến", max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "ý kiến thành viên"
        verbose_name_plural = "ý kiến thành viên"
        constraints = [
            models.UniqueConstraint(fields=["scale", "unit"], name="one_consent_per_member"),
            models.CheckConstraint(
                condition=Q(agrees=True) | ~Q(note=""), name="dissent_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {'đồng ý' if self.agrees else 'không đồng ý'}"
