"""Agencies as they were on a day, the blocks they compete in, and who may act for them."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from accounts.models import User


def valid_on(day: date, prefix: str = "") -> Q:
    """Rows whose validity holds the day; both ends inclusive, an empty end is open."""
    started = Q(**{f"{prefix}valid_from": None}) | Q(**{f"{prefix}valid_from__lte": day})
    not_over = Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gte": day})
    return started & not_over


class UnitQuerySet(models.QuerySet["Unit"]):
    def in_force(self, *, on: date) -> UnitQuerySet:
        return self.filter(valid_on(on))

    def in_block(self, block: Block, *, year: int) -> UnitQuerySet:
        return self.filter(block_memberships__block=block, block_memberships__year=year)

    def districts(self) -> UnitQuerySet:
        return self.filter(group=Unit.Group.DISTRICT)

    def leading_blocks(self, *, year: int) -> UnitQuerySet:
        """The khối trưởng of the provincial blocks of a year."""
        return self.filter(
            block_memberships__year=year,
            block_memberships__role=BlockMembership.Role.LEAD,
            block_memberships__block__tier=Block.Tier.PROVINCE,
        )

    def in_protocol_order(self) -> UnitQuerySet:
        return self.order_by("sort_order", "pk")


UnitManager = models.Manager.from_queryset(UnitQuerySet)


class Unit(models.Model):
    """An agency, locality, enterprise or school (cơ quan, đơn vị). Names are as of its validity:
    a successor is another row, so documents of 2024 keep the names of 2024."""

    class Group(models.TextChoices):
        PARTY = "party", "Cơ quan Đảng"
        ELECTED = "elected", "Văn phòng Đoàn ĐBQH và HĐND"
        DEPARTMENT = "department", "Sở, ban, ngành"
        FRONT_MASS = "front_mass", "MTTQ và tổ chức chính trị - xã hội"
        ARMED_FORCES = "armed_forces", "Lực lượng vũ trang"
        JUDICIARY = "judiciary", "Cơ quan tư pháp"
        CENTRAL_VERTICAL = "central_vertical", "Cơ quan Trung ương trên địa bàn"
        PUBLIC_SERVICE = "public_service", "Đơn vị sự nghiệp"
        DISTRICT = "district", "UBND huyện, thị xã, thành phố"
        ASSOCIATION = "association", "Hội quần chúng"
        BANK = "bank", "Ngân hàng"
        ENTERPRISE = "enterprise", "Doanh nghiệp"

    code = models.CharField("mã", max_length=20, unique=True)
    name = models.CharField("tên đơn vị", max_length=200)
    short_name = models.CharField("tên viết tắt", max_length=40)
    search_key = models.CharField(max_length=250, editable=False)
    group = models.CharField("nhóm", max_length=20, choices=Group)
    is_border = models.BooleanField("giáp biên giới", default=False)
    sort_order = models.PositiveIntegerField("thứ tự", unique=True)
    valid_from = models.DateField("có hiệu lực từ", null=True, blank=True)
    valid_to = models.DateField("đến", null=True, blank=True)
    validity_note = models.CharField("ghi chú hiệu lực", max_length=200, blank=True)
    source_note = models.CharField("độ tin cậy", max_length=100, blank=True)

    objects = UnitManager()

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_from__lte=F("valid_to")),
                name="unit_starts_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """What became of a unit (kế tục): merge, split, rename, abolish; many to many.

    `to_unit` is empty while the successor is known by name only.
    """

    class Kind(models.TextChoices):
        MERGE = "merge", "Hợp nhất"
        SPLIT = "split", "Chia, tách"
        RENAME = "rename", "Đổi tên, tổ chức lại"
        ABOLISH = "abolish", "Giải thể, kết thúc hoạt động"

    from_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="successions", verbose_name="đơn vị cũ"
    )
    to_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="predecessions",
        verbose_name="đơn vị kế tục có trong danh mục",
    )  # fmt: skip
    to_name = models.CharField("đơn vị kế tục", max_length=250)
    on = models.DateField("ngày", null=True)
    kind = models.CharField("hình thức", max_length=10, choices=Kind)

    class Meta:
        verbose_name = "kế tục"
        verbose_name_plural = "kế tục"
        constraints = [
            models.UniqueConstraint(fields=["from_unit", "to_name"], name="succession_named_once"),
        ]

    def __str__(self) -> str:
        return f"{self.from_unit} → {self.to_name}"


class Block(models.Model):
    """Khối (or cụm) thi đua: units that compete with each other for a year."""

    class Kind(models.TextChoices):
        BLOCK = "khoi", "Khối"
        CLUSTER = "cum", "Cụm"

    class Tier(models.TextChoices):
        PROVINCE = "province", "Cấp tỉnh"
        DISTRICT = "district", "Cấp huyện"

    code = models.CharField("mã", max_length=10, unique=True)
    name = models.CharField("tên khối", max_length=150)
    kind = models.CharField("loại", max_length=5, choices=Kind, default=Kind.BLOCK)
    tier = models.CharField("cấp", max_length=10, choices=Tier, default=Tier.PROVINCE)
    sort_order = models.PositiveIntegerField("thứ tự", unique=True)

    class Meta:
        verbose_name = "khối thi đua"
        verbose_name_plural = "khối thi đua"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"


class BlockMembership(models.Model):
    """A unit's place in a block for one year; khối trưởng and khối phó change each year."""

    class Role(models.TextChoices):
        LEAD = "lead", "Khối trưởng"
        DEPUTY = "deputy", "Khối phó"
        MEMBER = "member", "Thành viên"

    block = models.ForeignKey(
        Block, models.PROTECT, related_name="memberships", verbose_name="khối thi đua"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="block_memberships", verbose_name="đơn vị"
    )
    year = models.PositiveSmallIntegerField("năm")
    role = models.CharField("vai trò", max_length=10, choices=Role, default=Role.MEMBER)
    is_illustrative = models.BooleanField("minh họa", default=False)
    evidence = models.CharField("căn cứ", max_length=100, blank=True)

    class Meta:
        verbose_name = "thành viên khối"
        verbose_name_plural = "thành viên khối"
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="one_block_per_unit_and_year"),
            models.UniqueConstraint(
                fields=["block", "year"], condition=Q(role="lead"), name="one_lead_per_block"
            ),
        ]
        indexes = [models.Index(fields=["year", "block", "unit"])]

    def __str__(self) -> str:
        return f"{self.unit} – {self.block} {self.year}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def valid(self, *, on: date) -> MembershipQuerySet:
        return self.filter(valid_on(on))

    def with_role(self, *roles: str) -> MembershipQuerySet:
        return self.filter(role__in=roles)


MembershipManager = models.Manager.from_queryset(MembershipQuerySet)


class Membership(models.Model):
    """A person's role at a unit, with dates. Rights are read from here at each request (R3).

    The roles of the board, the council and the leadership are given at the unit where the
    person works, so that "belongs to" is known for everyone: a reviewer who works at Sở Nội vụ
    never reviews the plan of Sở Nội vụ.
    """

    class Role(models.TextChoices):
        OFFICER = "officer", "Chuyên viên phụ trách thi đua"
        HEAD = "head", "Thủ trưởng đơn vị"
        BLOCK_LEAD = "block_lead", "Khối trưởng"
        REVIEWER = "reviewer", "Chuyên viên Ban Thi đua - Khen thưởng"
        BOARD_HEAD = "board_head", "Trưởng Ban Thi đua - Khen thưởng"
        COUNCIL_MEMBER = "council_member", "Thành viên Hội đồng TĐKT"
        LEADERSHIP = "leadership", "Lãnh đạo tỉnh"
        ADMINISTRATOR = "administrator", "Quản trị hệ thống"

    user = models.ForeignKey(
        User, models.PROTECT, related_name="memberships", verbose_name="người dùng"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="memberships", verbose_name="đơn vị"
    )
    role = models.CharField("vai trò", max_length=20, choices=Role)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True)

    objects = MembershipManager()

    class Meta:
        verbose_name = "vai trò"
        verbose_name_plural = "vai trò"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "role", "valid_from"], name="a_role_is_given_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from__lte=F("valid_to")),
                name="membership_starts_before_it_ends",
            ),
        ]
        indexes = [models.Index(fields=["user", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()} – {self.unit}"
