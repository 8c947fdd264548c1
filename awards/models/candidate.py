"""Who may be nominated: people, collectives and households, kept apart from those who sign in."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from awards.models.catalogue import Recipient
from lib.vietnamese import fold
from units.models import Unit
from units.permissions import Role, is_board_reviewer, sees_province, standing


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def visible_to(self, user: User) -> Self:
        """The unit's own; the province those in a dossier that was sent; a khối trưởng those the
        units of the block have sent."""
        mine = standing(user)
        own = Q(unit__in=mine.units(Role.OFFICER, Role.HEAD))
        sent = Q(nominations__dossier__submitted_at__isnull=False)
        if sees_province(user):
            own |= sent
        for block, year in mine.led_blocks:
            own |= sent & Q(
                unit__block_memberships__block=block, unit__block_memberships__year=year
            )
        return self.filter(pk__in=Candidate._base_manager.filter(own).values("pk"))

    def of_unit(self, unit: Unit) -> Self:
        return self.filter(unit=unit)

    def named(self, name: str) -> Self:
        """By name, however its tones and capitals are written."""
        return self.filter(name_key=fold(name)[:200])

    def matching(self, words: str) -> Self:
        return self.filter(name_key__contains=fold(words))


CandidateManager = models.Manager.from_queryset(CandidateQuerySet)


class Candidate(models.Model):
    """A person, collective or household (đối tượng đề nghị) as its unit knows it.

    `same_as` points to the row of the same person or collective at another unit, once somebody
    decided so (`DuplicateVerdict`); awards are then shown together. Birth date and identity
    number are in `PersonalData`, which lists never read.
    """

    class Gender(models.TextChoices):
        FEMALE = "female", "Nữ"
        MALE = "male", "Nam"

    class Rank(models.TextChoices):
        """The five classes of individuals in form 0603."""

        PROVINCIAL_LEADER = "provincial_leader", "Lãnh đạo cấp bộ, cấp tỉnh"
        DEPARTMENT_LEADER = "department_leader", "Lãnh đạo cấp sở và tương đương"
        BUSINESSPERSON = "businessperson", "Doanh nhân"
        OTHER_LEADER = "other_leader", "Lãnh đạo khác, từ phó phòng trở lên"
        DIRECT_WORKER = "direct_worker", "Người trực tiếp công tác, lao động, học tập, chiến đấu"

    recipient = models.CharField("đối tượng", max_length=12, choices=Recipient)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="candidates", verbose_name="đơn vị")
    name = models.CharField("họ và tên, tên tập thể", max_length=200)
    name_key = models.CharField(max_length=200, editable=False)
    gender = models.CharField("giới tính", max_length=6, choices=Gender, blank=True)
    position = models.CharField("chức vụ, chức danh", max_length=150, blank=True)
    workplace = models.CharField("phòng, ban, địa chỉ", max_length=200, blank=True)
    rank = models.CharField("nhóm đối tượng", max_length=20, choices=Rank, blank=True)
    is_enterprise = models.BooleanField("là doanh nghiệp", default=False)
    member_count = models.PositiveIntegerField("số người", null=True, blank=True)
    women_count = models.PositiveIntegerField("trong đó nữ", null=True, blank=True)
    joined_on = models.DateField("thuộc đơn vị từ ngày", null=True, blank=True)
    left_on = models.DateField("đến hết ngày", null=True, blank=True)
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="same_rows",
        verbose_name="cùng là",
    )  # fmt: skip
    is_demonstration = models.BooleanField("dữ liệu mẫu", default=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = CandidateManager()

    class Meta:
        verbose_name = "đối tượng khen thưởng"
        verbose_name_plural = "đối tượng khen thưởng"
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient="individual") | Q(gender="", rank=""),
                name="only_a_person_has_gender_and_rank",
            ),
            models.CheckConstraint(
                condition=~Q(recipient="individual") | Q(member_count=None, women_count=None),
                name="a_person_has_no_members",
            ),
            models.CheckConstraint(
                condition=Q(women_count=None) | Q(women_count__lte=F("member_count")),
                name="women_are_members",
            ),
            models.CheckConstraint(
                condition=Q(joined_on=None) | Q(left_on=None) | Q(joined_on__lte=F("left_on")),
                name="candidate_joins_before_leaving",
            ),
            models.CheckConstraint(
                condition=Q(is_enterprise=False) | Q(recipient="collective"),
                name="an_enterprise_is_a_collective",
            ),
            models.CheckConstraint(
                condition=Q(same_as=None) | ~Q(same_as=F("pk")),
                name="candidate_is_not_its_own_twin",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "name_key"]),
            models.Index(fields=["name_key"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_direct_worker(self) -> bool:
        """Người trực tiếp công tác, lao động: the class of form 0603, not a second tick."""
        return self.rank == self.Rank.DIRECT_WORKER

    @property
    def women_share(self) -> Decimal | None:
        if self.women_count is None or not self.member_count:
            return None
        return Decimal(self.women_count * 100) / self.member_count

    def be_same_as(self, other: Candidate) -> None:
        """From now on one with the other, and so are all that were one with this row."""
        rows = Candidate._base_manager.filter(Q(pk=self.pk) | Q(same_as=self))
        rows.update(same_as=other)
        self.same_as = other

    def note_key(self) -> None:
        self.name_key = fold(self.name)[:200]


class PersonalDataQuerySet(models.QuerySet["PersonalData"]):
    def visible_to(self, user: User) -> Self:
        """The unit that gave them and the board that checks them: nobody else needs them."""
        own = Q(candidate__unit__in=standing(user).units(Role.OFFICER, Role.HEAD))
        if is_board_reviewer(user):
            own |= Q(candidate__in=Candidate.objects.visible_to(user).values("pk"))
        return self.filter(own)


PersonalDataManager = models.Manager.from_queryset(PersonalDataQuerySet)


class PersonalData(models.Model):
    """Birth date and identity number of a person (dữ liệu cá nhân), in a table of their own.

    Each look goes through `awards.actions.personal.show_personal_data`, which writes it into the
    audit trail.
    """

    candidate = models.OneToOneField(
        Candidate, models.CASCADE, related_name="personal_data", primary_key=True
    )
    birth_date = models.DateField("ngày sinh", null=True, blank=True)
    id_number = models.CharField(
        "số căn cước", max_length=12, blank=True,
        validators=[RegexValidator(r"^\d{9}(\d{3})?$", "Số căn cước gồm 12 chữ số.")],
    )  # fmt: skip

    objects = PersonalDataManager()

    class Meta:
        verbose_name = "dữ liệu cá nhân"
        verbose_name_plural = "dữ liệu cá nhân"

    def __str__(self) -> str:
        return f"Dữ liệu cá nhân #{self.pk}"


class AnnualResult(models.Model):
    """How a year went for a candidate (mức độ hoàn thành nhiệm vụ), which R12–R14 look at."""

    class Rating(models.TextChoices):
        EXCELLENT = "excellent", "Hoàn thành xuất sắc nhiệm vụ"
        GOOD = "good", "Hoàn thành tốt nhiệm vụ"
        FAIR = "fair", "Hoàn thành nhiệm vụ"
        FAILED = "failed", "Không hoàn thành nhiệm vụ"

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="annual_results")
    year = models.PositiveSmallIntegerField("năm")
    rating = models.CharField("xếp loại", max_length=10, choices=Rating)
    initiatives = models.PositiveSmallIntegerField("số sáng kiến được công nhận", default=0)
    tasks_done = models.DecimalField(
        "tỷ lệ cá nhân hoàn thành nhiệm vụ (%)",
        max_digits=5, decimal_places=2, null=True, blank=True,
    )  # fmt: skip
    advanced_workers = models.DecimalField(
        "tỷ lệ Lao động tiên tiến (%)", max_digits=5, decimal_places=2, null=True, blank=True
    )
    has_base_fighter = models.BooleanField("có Chiến sĩ thi đua cơ sở", default=False)

    class Meta:
        verbose_name = "kết quả năm"
        verbose_name_plural = "kết quả năm"
        constraints = [
            models.UniqueConstraint(fields=["candidate", "year"], name="annual_result_once"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate} {self.year}: {self.get_rating_display()}"
