"""What may be given, by whom, on what ground: the law as rows with a validity.

Everything here is loaded from `awards/data` by `manage.py load_awards` and only looked at. The
same award under two decrees is two rows with one `code`, so that a paper of 2024 keeps naming
the law of 2024.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any, Self, TypeVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from units.models import valid_on

M = TypeVar("M", bound=models.Model)


class Recipient(models.TextChoices):
    """Whom an award is for (đối tượng khen thưởng)."""

    INDIVIDUAL = "individual", "Cá nhân"
    COLLECTIVE = "collective", "Tập thể"
    HOUSEHOLD = "household", "Hộ gia đình"


class Ground(models.TextChoices):
    """Why an award is given (loại hình khen thưởng; the columns of form 0603)."""

    REGULAR = "regular", "Công trạng (thường xuyên)"
    THEMATIC = "thematic", "Phong trào thi đua theo chuyên đề"
    AD_HOC = "ad_hoc", "Đột xuất"
    FOREIGN = "foreign", "Đối ngoại"
    DEVOTION = "devotion", "Cống hiến"
    SERVICE = "service", "Niên hạn"
    RESISTANCE = "resistance", "Kháng chiến"


class PaperKind(models.TextChoices):
    """The papers of a dossier (thành phần hồ sơ)."""

    LETTER = "letter", "Tờ trình kèm danh sách"
    REPORT = "report", "Báo cáo thành tích"
    MINUTES = "minutes", "Biên bản xét khen thưởng của đơn vị"
    BALLOT = "ballot", "Kết quả bỏ phiếu"
    INITIATIVE = "initiative", "Chứng nhận sáng kiến"
    TAX = "tax", "Xác nhận của cơ quan thuế"
    INSURANCE = "insurance", "Xác nhận của bảo hiểm xã hội"
    ENVIRONMENT = "environment", "Xác nhận về bảo vệ môi trường"
    FIRE_SAFETY = "fire_safety", "Xác nhận về phòng cháy, chữa cháy"
    OTHER = "other", "Giấy tờ khác"


class InForceQuerySet(models.QuerySet[M]):
    def in_force(self, *, on: date) -> Self:
        return self.filter(valid_on(on))


def starts_before_it_ends(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_from__lte=F("valid_to")),
        name=f"{name}_starts_before_it_ends",
    )


class QuorumField(models.CharField[str, str]):
    """A share of the members such as "2/3", kept as it is written: as a decimal number exactly
    two thirds would be too few or too many."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 7
        kwargs["validators"] = [RegexValidator(r"^[1-9]\d?/[1-9]\d?$", "Viết tỷ lệ dạng 2/3.")]
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


def quorum_share(text: str) -> Fraction | None:
    return Fraction(text) if text else None


class AwardFormQuerySet(InForceQuerySet["AwardForm"]):
    def thematic(self) -> Self:
        """Those a campaign like ours may end with."""
        return self.filter(is_thematic=True)

    def in_order(self) -> Self:
        """The highest first, as the law counts them."""
        return self.order_by("position", "valid_from", "pk")


AwardFormManager = models.Manager.from_queryset(AwardFormQuerySet)


class AwardForm(models.Model):
    """A title (danh hiệu thi đua) or a form of commendation (hình thức khen thưởng).

    The ballot figures are of all members of the council, the threshold in percent; empty where
    no national rule asks and the provincial one decides (R11).
    """

    class Kind(models.TextChoices):
        TITLE = "title", "Danh hiệu thi đua"
        COMMENDATION = "commendation", "Hình thức khen thưởng"

    class Decider(models.TextChoices):
        UNIT_HEAD = "unit_head", "Thủ trưởng cơ quan, đơn vị"
        DISTRICT = "district", "Chủ tịch UBND cấp huyện"
        PROVINCE = "province", "Chủ tịch UBND tỉnh"
        PRIME_MINISTER = "prime_minister", "Thủ tướng Chính phủ"
        PRESIDENT = "president", "Chủ tịch nước"

    code = models.CharField("mã", max_length=20)
    kind = models.CharField("loại", max_length=15, choices=Kind)
    name = models.CharField("tên", max_length=150)
    short_name = models.CharField("tên ngắn", max_length=60)
    decider = models.CharField("cấp quyết định", max_length=15, choices=Decider)
    decided_by = models.CharField("người quyết định", max_length=200)
    legal_basis = models.CharField("căn cứ", max_length=300)
    is_thematic = models.BooleanField("dùng cho đợt thi đua theo chuyên đề")
    thematic_note = models.CharField("lý do", max_length=300, blank=True)
    ballot_required = models.BooleanField("bắt buộc bỏ phiếu kín")
    ballot_threshold = models.DecimalField(
        "tỷ lệ phiếu tối thiểu (%)", max_digits=5, decimal_places=2, null=True, blank=True
    )
    ballot_quorum = QuorumField("tỷ lệ dự họp tối thiểu", blank=True)
    ballot_basis = models.CharField("căn cứ bỏ phiếu", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự")
    valid_from = models.DateField("có hiệu lực từ")
    valid_to = models.DateField("đến", null=True, blank=True)

    objects = AwardFormManager()

    class Meta:
        verbose_name = "danh hiệu, hình thức khen thưởng"
        verbose_name_plural = "danh hiệu, hình thức khen thưởng"
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="award_form_once"),
            starts_before_it_ends("award_form"),
            models.CheckConstraint(
                condition=Q(ballot_threshold=None)
                | Q(ballot_threshold__gt=0, ballot_threshold__lte=100),
                name="ballot_threshold_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(is_thematic=True) | ~Q(thematic_note=""),
                name="not_thematic_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_provincial(self) -> bool:
        return self.decider == self.Decider.PROVINCE

    @property
    def is_state_level(self) -> bool:
        """Khen thưởng cấp Nhà nước: counted in form 0602, the others in 0603."""
        return self.decider in {self.Decider.PRIME_MINISTER, self.Decider.PRESIDENT}


class FormRecipient(models.Model):
    """Whom a form is for, and the bonus in multiples of the base salary (hệ số tiền thưởng)."""

    form = models.ForeignKey(AwardForm, models.CASCADE, related_name="recipients")
    recipient = models.CharField("đối tượng", max_length=12, choices=Recipient)
    factor = models.DecimalField(
        "hệ số lương cơ sở", max_digits=5, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = "đối tượng và mức thưởng"
        verbose_name_plural = "đối tượng và mức thưởng"
        constraints = [
            models.UniqueConstraint(fields=["form", "recipient"], name="form_recipient_once"),
            models.CheckConstraint(
                condition=Q(factor=None) | Q(factor__gt=0), name="bonus_factor_is_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} – {self.get_recipient_display()}"


class BaseSalaryQuerySet(models.QuerySet["BaseSalary"]):
    def on(self, day: date) -> BaseSalary | None:
        """The salary the bonus of a decision of that day is counted from."""
        return self.filter(valid_from__lte=day).order_by("-valid_from").first()


BaseSalaryManager = models.Manager.from_queryset(BaseSalaryQuerySet)


class BaseSalary(models.Model):
    """Lương cơ sở, in đồng, from a day on."""

    valid_from = models.DateField("từ ngày", unique=True)
    amount = models.PositiveIntegerField("mức (đồng)")
    legal_basis = models.CharField("căn cứ", max_length=200)

    objects = BaseSalaryManager()

    class Meta:
        verbose_name = "lương cơ sở"
        verbose_name_plural = "lương cơ sở"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="base_salary_is_money"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} đồng từ {self.valid_from}"


class PaperTemplateQuerySet(InForceQuerySet["PaperTemplate"]):
    def for_paper(self, kind: str, *, ground: str, recipient: str) -> Self:
        """The template of a paper; an empty ground or recipient stands for any."""
        return self.filter(
            Q(ground="") | Q(ground=ground), Q(recipient="") | Q(recipient=recipient), kind=kind
        )


PaperTemplateManager = models.Manager.from_queryset(PaperTemplateQuerySet)


class PaperTemplate(models.Model):
    """The numbered form a decree gives for a paper (mẫu số), chosen by the day of the decision."""

    kind = models.CharField("giấy tờ", max_length=12, choices=PaperKind)
    ground = models.CharField("loại hình", max_length=12, choices=Ground, blank=True)
    recipient = models.CharField("đối tượng", max_length=12, choices=Recipient, blank=True)
    number = models.CharField("mẫu số", max_length=20, blank=True)
    legal_basis = models.CharField("căn cứ", max_length=200)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    valid_from = models.DateField("có hiệu lực từ")
    valid_to = models.DateField("đến", null=True, blank=True)

    objects = PaperTemplateManager()

    class Meta:
        verbose_name = "mẫu văn bản"
        verbose_name_plural = "mẫu văn bản"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "ground", "recipient", "valid_from"], name="paper_template_once"
            ),
            starts_before_it_ends("paper_template"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()


class EligibilityRule(models.Model):
    """One rule a nomination is held against (điều kiện xét khen thưởng), R1–R19 of the guide.

    `code` names the check in `awards.eligibility`; what it says, how hard it is, where it comes
    from, when it holds and its settings are here.
    """

    class Severity(models.TextChoices):
        ERROR = "error", "Không được đề nghị"
        WARNING = "warning", "Cần nêu lý do"
        HINT = "hint", "Lưu ý khi xét"
        OFF = "off", "Không áp dụng"

    code = models.CharField("mã", max_length=10)
    sentence = models.CharField("nội dung", max_length=500)
    severity = models.CharField("mức", max_length=10, choices=Severity)
    legal_basis = models.CharField("căn cứ", max_length=300)
    settings = models.JSONField("tham số", default=dict, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự")
    valid_from = models.DateField("có hiệu lực từ")
    valid_to = models.DateField("đến", null=True, blank=True)

    objects = models.Manager.from_queryset(InForceQuerySet["EligibilityRule"])()

    class Meta:
        verbose_name = "điều kiện xét khen thưởng"
        verbose_name_plural = "điều kiện xét khen thưởng"
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="eligibility_rule_once"),
            starts_before_it_ends("eligibility_rule"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.sentence}"
