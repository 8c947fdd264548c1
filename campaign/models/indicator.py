"""What is counted in a campaign: the catalogue of indicators (danh mục chỉ tiêu)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from campaign.models.plan import Campaign, PlanItem
from units.models import Unit


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def in_order(self) -> IndicatorQuerySet:
        return self.order_by("position", "pk")

    def in_use(self) -> IndicatorQuerySet:
        return self.filter(is_active=True)

    def asked_of(self, unit: Unit) -> IndicatorQuerySet:
        """Those every unit answers, and those asked of this one by name."""
        return self.filter(Q(only_units=None) | Q(only_units=unit)).distinct()


IndicatorManager = models.Manager.from_queryset(IndicatorQuerySet)


class Indicator(models.Model):
    """One line of Phụ lục I: what it counts, in what unit of measure, and how it adds up.

    An indicator that splits another names it as `parent` and says by `relation` how the two
    agree: parts add up to the whole, a subset is at most the whole, a companion only stands
    beside it in another measure (suất quà; trị giá).
    """

    class Aggregate(models.TextChoices):
        SUM = "sum", "Cộng số của các đơn vị"
        JOINT = "joint", "Cộng, hoạt động chung chỉ tính một lần"
        DISTINCT = "distinct", "Đếm nơi được đỡ đầu, mỗi nơi một lần"
        WORKS = "works", "Đếm công trình, phần việc hoàn thành"

    class Relation(models.TextChoices):
        PART = "part", "Là một phần: các phần cộng lại bằng chỉ tiêu chính"
        SUBSET = "subset", "Trong đó: không lớn hơn chỉ tiêu chính"
        COMPANION = "companion", "Đi kèm, đơn vị tính khác"

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="indicators", verbose_name="đợt thi đua"
    )
    code = models.CharField("mã", max_length=12)
    name = models.CharField("chỉ tiêu", max_length=300)
    measure = models.CharField("đơn vị tính", max_length=40)
    aggregate = models.CharField(
        "cách tổng hợp", max_length=10, choices=Aggregate, default=Aggregate.SUM
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children",
        verbose_name="chỉ tiêu chính",
    )  # fmt: skip
    relation = models.CharField("quan hệ", max_length=10, choices=Relation, blank=True)
    decimals = models.PositiveSmallIntegerField("số chữ số thập phân", default=0)
    plan_items = models.ManyToManyField(
        PlanItem, blank=True, related_name="indicators", verbose_name="mục của Kế hoạch"
    )
    only_units = models.ManyToManyField(
        Unit, blank=True, related_name="+", verbose_name="chỉ hỏi các đơn vị này"
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    is_active = models.BooleanField("đang dùng", default=True)

    objects = IndicatorManager()

    class Meta:
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "chỉ tiêu"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="indicator_code_once"),
            models.CheckConstraint(
                condition=Q(parent=None, relation="") | Q(parent__isnull=False) & ~Q(relation=""),
                name="a_child_indicator_says_how_it_relates",
            ),
            models.CheckConstraint(condition=Q(decimals__lte=2), name="at_most_two_decimals"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def is_under_parent(self) -> bool:
        """Numbered under its parent, as CT09.1 under CT09; fetch `parent` along."""
        return self.parent is not None and self.code.startswith(f"{self.parent.code}.")

    @property
    def is_counted_by_activity(self) -> bool:
        """Its figures belong to activities; a unit may add what was no activity of its list."""
        return self.aggregate != self.Aggregate.SUM

    @property
    def is_computed(self) -> bool:
        """Nobody types it: the portal counts activities of the right kind."""
        return self.aggregate in {self.Aggregate.DISTINCT, self.Aggregate.WORKS}
