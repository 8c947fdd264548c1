"""The campaign and the plan that launched it, row by row."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from units.models import Unit, UnitQuerySet


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def current(self) -> Campaign | None:
        return self.order_by("-starts_on", "-pk").first()


CampaignManager = models.Manager.from_queryset(CampaignQuerySet)


class Campaign(models.Model):
    """Đợt thi đua: a time-boxed emulation movement, the root of everything."""

    code = models.CharField("mã", max_length=20, unique=True)
    name = models.CharField("tên gọi", max_length=200)
    document_type = models.CharField("loại văn bản", max_length=50)
    document_number = models.CharField("số, ký hiệu", max_length=50, blank=True)
    issued_on = models.DateField("ngày ban hành")
    place = models.CharField("địa danh", max_length=50)
    issuer = models.CharField("cơ quan ban hành", max_length=200)
    subject = models.TextField("trích yếu")
    theme = models.CharField("chủ đề", max_length=300, blank=True)
    guiding_thought = models.TextField("tư tưởng chỉ đạo", blank=True)
    starts_on = models.DateField("bắt đầu")
    ends_on = models.DateField("kết thúc")
    sub_plan_due_date = models.DateField("hạn gửi kế hoạch triển khai")
    receiver = models.CharField("nơi nhận kế hoạch", max_length=200)
    signer_position = models.CharField("chức vụ người ký", max_length=200, blank=True)
    signer_name = models.CharField("người ký", max_length=100, blank=True)

    objects = CampaignManager()

    class Meta:
        verbose_name = "đợt thi đua"
        verbose_name_plural = "đợt thi đua"
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")), name="campaign_starts_before_it_ends"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("campaign:plan", args=[self.code])

    @property
    def year(self) -> int:
        """The year whose blocks and memberships hold."""
        return self.starts_on.year


class PlanItemQuerySet(models.QuerySet["PlanItem"]):
    def in_order(self) -> PlanItemQuerySet:
        return self.order_by("position")

    def in_effect(self) -> PlanItemQuerySet:
        """Without what an amending plan took out; what was tied to it stays tied."""
        return self.filter(withdrawn_by=None)

    def contents(self) -> PlanItemQuerySet:
        return self.in_effect().filter(kind=PlanItem.Kind.CONTENT_ITEM)

    def solutions(self) -> PlanItemQuerySet:
        return self.in_effect().filter(kind=PlanItem.Kind.SOLUTION_HEADING)

    def bullets(self) -> PlanItemQuerySet:
        return self.in_effect().filter(kind=PlanItem.Kind.SOLUTION_BULLET)

    def duties(self) -> PlanItemQuerySet:
        return self.in_effect().filter(kind=PlanItem.Kind.ASSIGNMENT_BULLET)

    def addressees(self) -> PlanItemQuerySet:
        return self.in_effect().filter(kind=PlanItem.Kind.ASSIGNMENT_HEADING)

    def recipients(self) -> PlanItemQuerySet:
        return self.in_effect().filter(kind=PlanItem.Kind.RECIPIENT)

    def can_be_registered_under(self) -> PlanItemQuerySet:
        """What an activity may be tied to: contents II.1–II.6, bullets of III, duties of IV."""
        return self.in_effect().filter(
            kind__in=[
                PlanItem.Kind.CONTENT_ITEM,
                PlanItem.Kind.SOLUTION_BULLET,
                PlanItem.Kind.ASSIGNMENT_BULLET,
            ]
        )


PlanItemManager = models.Manager.from_queryset(PlanItemQuerySet)


class PlanItem(models.Model):
    """One coded row of the plan. Codes follow the document and never change: an amended row keeps
    its code (`PlanItemChange` has what stood there), a withdrawn one stays as the history it is."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", "Văn bản"
        ANNIVERSARY = "anniversary", "Sự kiện kỷ niệm"
        LEGAL_BASIS = "legal_basis", "Căn cứ"
        PREAMBLE = "preamble", "Mở đầu"
        PURPOSE = "purpose", "Mục đích, yêu cầu"
        CONTENT_ITEM = "content_item", "Nội dung thi đua"
        THEME = "theme", "Chủ đề"
        GUIDING_THOUGHT = "guiding_thought", "Tư tưởng chỉ đạo"
        GUIDING_PART = "guiding_part", "Nội dung tư tưởng chỉ đạo"
        SOLUTION_HEADING = "solution_heading", "Giải pháp"
        SOLUTION_BULLET = "solution_bullet", "Nội dung giải pháp"
        CAMPAIGN_WINDOW = "campaign_window", "Thời gian thi đua"
        ASSIGNMENT_HEADING = "assignment_heading", "Nơi được giao"
        ASSIGNMENT_BULLET = "assignment_bullet", "Nhiệm vụ"
        CLOSING_REQUIREMENT = "closing_requirement", "Yêu cầu chung"
        PROVISION = "provision", "Nội dung khác"
        RECIPIENT = "recipient", "Nơi nhận"
        SIGNATURE = "signature", "Chữ ký"

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="items", verbose_name="đợt thi đua"
    )
    code = models.CharField("mã", max_length=20)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    kind = models.CharField("loại", max_length=20, choices=Kind)
    position = models.PositiveSmallIntegerField("thứ tự")
    heading = models.CharField("đề mục", max_length=500, blank=True)
    text_issued = models.TextField("nguyên văn")
    text_corrected = models.TextField("văn bản đã sửa lỗi", blank=True)
    line_start = models.PositiveSmallIntegerField(null=True)
    line_end = models.PositiveSmallIntegerField(null=True)
    dates = models.CharField("mốc thời gian", max_length=60, blank=True)
    date_note = models.CharField(max_length=200, blank=True)
    legal_references = models.CharField(max_length=300, blank=True)
    related_codes = models.CharField(max_length=120, blank=True)
    note = models.CharField("ghi chú biên tập", max_length=400, blank=True)
    source = models.ForeignKey(
        "campaign.SourceDocument", models.PROTECT, null=True, related_name="items",
        verbose_name="văn bản",
    )  # fmt: skip
    withdrawn_by = models.ForeignKey(
        "campaign.SourceDocument", models.PROTECT, null=True, related_name="withdrawn_items",
        verbose_name="bãi bỏ theo",
    )  # fmt: skip

    objects = PlanItemManager()

    class Meta:
        verbose_name = "mục của kế hoạch"
        verbose_name_plural = "mục của kế hoạch"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="plan_code_once"),
            models.UniqueConstraint(fields=["campaign", "position"], name="plan_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    @property
    def text(self) -> str:
        """The corrected text where the original errs, else the text as issued."""
        return self.text_corrected or self.text_issued

    @property
    def is_corrected(self) -> bool:
        return bool(self.text_corrected)


class DutyQuerySet(models.QuerySet["Duty"]):
    def of_unit(self, unit: Unit) -> DutyQuerySet:
        """Duties given to the unit by name or as a member of a class (not mere coordination)."""
        return self.filter(
            assignments__unit=unit, assignments__role=Assignment.Role.ASSIGNEE
        ).order_by("item__position")


DutyManager = models.Manager.from_queryset(DutyQuerySet)


class Duty(models.Model):
    """One of the duties of part IV (nhiệm vụ được giao hoặc được đề nghị)."""

    class Verb(models.TextChoices):
        LEAD = "lead", "Chủ trì"
        COORDINATE = "coordinate", "Phối hợp"
        ADVISE = "advise", "Tham mưu"
        DIRECT = "direct", "Chỉ đạo"
        CARRY_OUT = "carry_out", "Thực hiện"

    class LeadBasis(models.TextChoices):
        EXPLICIT = "explicit", "Nêu rõ"
        JOINT = "joint_no_lead", "Cùng thực hiện, không nêu chủ trì"
        NOT_STATED = "not_stated", "Kế hoạch không nêu"
        CROSS_REFERENCE = "cross_ref", "Nêu ở mục khác"

    item = models.OneToOneField(PlanItem, models.PROTECT, related_name="duty")
    verb = models.CharField("vai trò", max_length=10, choices=Verb)
    is_request = models.BooleanField("đề nghị (không phải giao)", default=False)
    lead_basis = models.CharField(max_length=15, choices=LeadBasis)
    other_actors = models.CharField("nơi phối hợp khác", max_length=400, blank=True)

    objects = DutyManager()

    class Meta:
        verbose_name = "nhiệm vụ"
        verbose_name_plural = "nhiệm vụ"

    def __str__(self) -> str:
        return str(self.item)


class DutyParty(models.Model):
    """Whom a duty names, as the plan names it: a unit, or a class of units."""

    class Role(models.TextChoices):
        ASSIGNEE = "assignee", "Được giao"
        LEAD = "lead", "Chủ trì"
        COORDINATOR = "coordinator", "Phối hợp"

    class Class(models.TextChoices):
        BLOCKS = "KTDCT", "Các Khối Thi đua cấp tỉnh"
        DISTRICTS = "UBNDCH", "UBND các huyện, thị xã, thành phố"
        ALL = "ALL", "Các cơ quan, đơn vị, địa phương, doanh nghiệp, trường học"
        DEPARTMENTS = "SBN", "Các sở, ban, ngành tỉnh"
        FRONT = "DOANTHE", "MTTQ và các tổ chức chính trị - xã hội"
        PARTY = "DANG", "Các cơ quan Đảng"
        ARMED = "LLVT", "Lực lượng vũ trang tỉnh"
        ASSOCIATIONS = "HOI", "Các hội quần chúng"
        ENTERPRISES = "DN", "Các doanh nghiệp"

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="parties")
    role = models.CharField(max_length=12, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    unit_class = models.CharField(max_length=10, choices=Class, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None) ^ Q(unit_class=""), name="a_party_is_a_unit_or_a_class"
            ),
            models.UniqueConstraint(
                fields=["duty", "role", "unit"],
                condition=Q(unit__isnull=False),
                name="a_unit_is_named_once",
            ),
            models.UniqueConstraint(
                fields=["duty", "role", "unit_class"],
                condition=Q(unit=None),
                name="a_class_is_named_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.unit) if self.unit_id else self.get_unit_class_display()

    # Which groups of units a class of groups means; blocks and everybody are asked for otherwise.
    GROUPS = {
        Class.DISTRICTS: [Unit.Group.DISTRICT],
        Class.DEPARTMENTS: [Unit.Group.DEPARTMENT, Unit.Group.ELECTED],
        Class.FRONT: [Unit.Group.FRONT_MASS],
        Class.PARTY: [Unit.Group.PARTY],
        Class.ARMED: [Unit.Group.ARMED_FORCES],
        Class.ASSOCIATIONS: [Unit.Group.ASSOCIATION],
        Class.ENTERPRISES: [Unit.Group.ENTERPRISE, Unit.Group.BANK],
    }

    def units(self, *, on: date) -> UnitQuerySet:
        """The units meant, on a day."""
        if self.unit_id:
            return Unit.objects.in_force(on=on).filter(pk=self.unit_id)
        return self.class_units(self.unit_class, on=on)

    @classmethod
    def class_units(cls, code: str, *, on: date) -> UnitQuerySet:
        """The members of a class on a day: a class of blocks means the units that lead them."""
        in_force = Unit.objects.in_force(on=on)
        if code == cls.Class.BLOCKS:
            return in_force.leading_blocks(year=on.year)
        if code == cls.Class.ALL:
            return in_force
        return in_force.filter(group__in=cls.GROUPS[cls.Class(code)])


class Assignment(models.Model):
    """A duty as it falls on one unit, expanded on a day. Written by `assign_duties` only."""

    Role = DutyParty.Role

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=12, choices=DutyParty.Role)
    expanded_on = models.DateField("tính đến ngày")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty", "unit", "role"], name="assigned_once"),
        ]
        indexes = [models.Index(fields=["unit", "role"])]

    def __str__(self) -> str:
        return f"{self.duty.item.code} → {self.unit}"
