"""One nomination (đề nghị khen thưởng) inside a dossier, and what it stands on."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from accounts.workflow import Workflow
from awards.models.candidate import Candidate
from awards.models.catalogue import AwardForm, Ground, PaperKind
from awards.models.decision import Proposal
from awards.models.dossier import Dossier, DossierReturn
from campaign.models import Activity, Campaign, Figure
from lib.vietnamese import fold
from scoring.models import Ballot, RankingRow
from units.models import Unit


class NominationQuerySet(models.QuerySet["Nomination"]):
    def visible_to(self, user: User) -> Self:
        """Whoever sees the dossier sees its nominations."""
        return self.filter(dossier__in=Dossier.objects.visible_to(user).values("pk"))

    def of_campaign(self, campaign: Campaign) -> Self:
        return self.filter(dossier__campaign=campaign)

    def of_unit(self, unit: Unit) -> Self:
        return self.filter(dossier__unit=unit)

    def live(self) -> Self:
        """Neither taken back nor turned down: those that use up a quota."""
        return self.exclude(status__in=Nomination.OVER).exclude(dossier__status="withdrawn")

    def sent(self) -> Self:
        return self.filter(dossier__submitted_at__isnull=False)

    def granted(self) -> Self:
        return self.filter(status__in=Nomination.HONOURED)

    def in_order(self) -> Self:
        """As a list of nominees is written: the higher forms first, then as they were entered."""
        return self.order_by("form__position", "position", "pk")


NominationManager = models.Manager.from_queryset(NominationQuerySet)


class Nomination(Workflow):
    """One candidate proposed for one form.

    While the dossier is with the unit or at reception the nomination has no life of its own
    (`in_dossier`). What it is proposed for comes from the portal: activities and figures
    (`AchievementSource`), from which `achievement` is drafted and then edited.
    """

    class Status(models.TextChoices):
        IN_DOSSIER = "in_dossier", "Trong hồ sơ đơn vị"
        APPRAISING = "appraising", "Chờ thẩm định"
        APPRAISED = "appraised", "Đã thẩm định"
        CONSULTING = "consulting", "Đang lấy ý kiến"
        WITH_COUNCIL = "with_council", "Trình Hội đồng"
        PROPOSED = "proposed", "Đã trình Chủ tịch UBND tỉnh"
        GRANTED = "granted", "Được khen thưởng"
        NOT_GRANTED = "not_granted", "Không khen thưởng"
        HANDED_OVER = "handed_over", "Đã trao tặng"
        REVOKED = "revoked", "Đã hủy bỏ quyết định"
        WITHDRAWN = "withdrawn", "Đã rút"

    MOVES = {
        Status.IN_DOSSIER: {Status.APPRAISING, Status.WITHDRAWN},
        Status.APPRAISING: {Status.IN_DOSSIER, Status.APPRAISED, Status.WITHDRAWN},
        Status.APPRAISED: {
            Status.APPRAISING, Status.CONSULTING, Status.WITH_COUNCIL, Status.NOT_GRANTED,
            Status.WITHDRAWN,
        },
        Status.CONSULTING: {Status.APPRAISED, Status.WITH_COUNCIL, Status.WITHDRAWN},
        Status.WITH_COUNCIL: {
            Status.APPRAISED, Status.PROPOSED, Status.NOT_GRANTED, Status.WITHDRAWN,
        },
        Status.PROPOSED: {Status.GRANTED, Status.NOT_GRANTED, Status.WITH_COUNCIL},
        Status.GRANTED: {Status.HANDED_OVER, Status.REVOKED},
        Status.HANDED_OVER: {Status.REVOKED},
        Status.NOT_GRANTED: set(),
        Status.REVOKED: set(),
        Status.WITHDRAWN: set(),
    }  # fmt: skip

    OVER = [Status.NOT_GRANTED, Status.REVOKED, Status.WITHDRAWN]
    HONOURED = [Status.GRANTED, Status.HANDED_OVER]
    UNDER_WAY = [
        Status.APPRAISING, Status.APPRAISED, Status.CONSULTING, Status.WITH_COUNCIL,
        Status.PROPOSED,
    ]  # fmt: skip

    class Integrity(models.TextChoices):
        """R4: what the unit declares of discipline, inspections and complaints."""

        UNANSWERED = "", "Chưa khai"
        CLEAN = "clean", "Không thuộc trường hợp nào"
        PENDING = "pending", "Đang bị xem xét kỷ luật, thanh tra, kiểm tra hoặc có đơn thư"
        SERVED = "served", "Từng bị kỷ luật, đã chấp hành xong"

    class Opinion(models.TextChoices):
        RECOMMENDED = "recommended", "Đủ điều kiện, đề nghị khen thưởng"
        NOT_RECOMMENDED = "not_recommended", "Không đủ điều kiện"

    class Origin(models.TextChoices):
        TYPED = "typed", "Nhập trên cổng"
        SHEET = "sheet", "Nhập từ Excel"
        RANKING = "ranking", "Theo xếp hạng của khối"

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="nominations")
    candidate = models.ForeignKey(
        Candidate, models.PROTECT, related_name="nominations", verbose_name="đối tượng"
    )
    form = models.ForeignKey(
        AwardForm, models.PROTECT, related_name="nominations", verbose_name="hình thức đề nghị"
    )
    ground = models.CharField("loại hình", max_length=12, choices=Ground, default=Ground.THEMATIC)
    status = models.CharField(
        "trạng thái", max_length=20, choices=Status, default=Status.IN_DOSSIER
    )
    position = models.PositiveSmallIntegerField("STT", default=1)
    origin = models.CharField("cách nhập", max_length=10, choices=Origin, default=Origin.TYPED)
    ranking_row = models.ForeignKey(
        RankingRow, models.PROTECT, null=True, blank=True, related_name="nominations"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    # The achievement: when, what, and the short form for the list of the letter.
    achieved_from = models.DateField("thành tích từ ngày", null=True, blank=True)
    achieved_to = models.DateField("đến hết ngày", null=True, blank=True)
    achievement = models.TextField("báo cáo thành tích", blank=True)
    achievement_key = models.TextField(blank=True, editable=False)
    summary = models.CharField("tóm tắt thành tích", max_length=500, blank=True)
    is_drafted = models.BooleanField("văn bản do cổng soạn, chưa sửa", default=False)
    initiative_name = models.CharField("sáng kiến", max_length=300, blank=True)
    initiative_key = models.CharField(max_length=300, blank=True, editable=False)
    initiative_number = models.CharField("số quyết định công nhận", max_length=50, blank=True)
    integrity = models.CharField(
        "kỷ luật, thanh tra, đơn thư", max_length=10, choices=Integrity, blank=True,
        default=Integrity.UNANSWERED,
    )  # fmt: skip
    integrity_note = models.CharField("nội dung cụ thể", max_length=300, blank=True)
    discipline_ended_on = models.DateField("chấp hành xong kỷ luật ngày", null=True, blank=True)

    # The vote of the block, where there was one.
    block_ballot = models.ForeignKey(
        Ballot, models.PROTECT, null=True, blank=True, related_name="+"
    )
    block_votes = models.PositiveSmallIntegerField("phiếu suy tôn", null=True, blank=True)
    block_voters = models.PositiveSmallIntegerField("số đơn vị bỏ phiếu", null=True, blank=True)

    # What Ban Thi đua found.
    opinion = models.CharField("ý kiến thẩm định", max_length=20, choices=Opinion, blank=True)
    opinion_reason = models.TextField("lý do thẩm định", blank=True)
    appraised_at = models.DateTimeField("thẩm định lúc", null=True)
    appraised_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="nominations"
    )
    not_granted_reason = models.TextField("lý do không khen thưởng", blank=True)

    objects = NominationManager()

    class Meta:
        verbose_name = "đề nghị khen thưởng"
        verbose_name_plural = "đề nghị khen thưởng"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "candidate", "form"],
                condition=~Q(status="withdrawn"),
                name="nominated_once_per_dossier_and_form",
            ),
            models.CheckConstraint(
                condition=Q(achieved_from=None)
                | Q(achieved_to=None)
                | Q(achieved_from__lte=F("achieved_to")),
                name="achievement_starts_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(appraised_at=None, appraised_by=None, opinion="")
                | Q(appraised_at__isnull=False, appraised_by__isnull=False) & ~Q(opinion=""),
                name="appraised_at_by_and_opinion_go_together",
            ),
            models.CheckConstraint(
                condition=~Q(opinion="not_recommended") | ~Q(opinion_reason=""),
                name="not_recommended_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="not_granted") | ~Q(not_granted_reason=""),
                name="not_granted_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(integrity="pending") | ~Q(integrity_note=""),
                name="integrity_pending_says_what",
            ),
            models.CheckConstraint(
                condition=Q(discipline_ended_on=None) | Q(integrity="served"),
                name="discipline_ended_only_where_there_was_one",
            ),
            models.CheckConstraint(
                condition=Q(block_votes=None, block_voters=None)
                | Q(block_voters__isnull=False, block_votes__lte=F("block_voters")),
                name="block_votes_are_of_voters",
            ),
        ]
        indexes = [
            models.Index(fields=["candidate", "status"]),
            models.Index(fields=["status", "form"]),
            models.Index(fields=["initiative_key"]),
        ]

    def __str__(self) -> str:
        return f"{self.candidate} – {self.form.short_name}"

    def get_absolute_url(self) -> str:
        return reverse("awards:nomination", args=[self.pk])

    def note_keys(self) -> None:
        """Keep what likeness and R2 compare, spelt one way."""
        self.achievement_key = fold(self.achievement)
        self.initiative_key = fold(self.initiative_name)[:300]

    def begin_appraisal(self, *, by: User, at: datetime) -> None:
        """With its dossier, once that is complete."""
        self._move(self.Status.APPRAISING, by=by, at=at)

    def return_to_unit(self, *, by: User, at: datetime) -> None:
        """With its dossier, given back after all."""
        self._move(self.Status.IN_DOSSIER, by=by, at=at)

    def appraise(self, opinion: str, *, by: User, at: datetime, reason: str) -> None:
        self._move(
            self.Status.APPRAISED, by=by, at=at, note=reason,
            opinion=opinion, opinion_reason=reason, appraised_at=at, appraised_by=by,
        )  # fmt: skip

    def reopen_appraisal(self, *, by: User, at: datetime, reason: str) -> None:
        self._move(
            self.Status.APPRAISING, by=by, at=at, note=reason,
            opinion="", opinion_reason="", appraised_at=None, appraised_by=None,
        )  # fmt: skip

    def withdraw(self, *, by: User, at: datetime, reason: str) -> None:
        self._move(self.Status.WITHDRAWN, by=by, at=at, note=reason)

    def ask_opinions(self, *, by: User, at: datetime) -> None:
        """Hiệp y begins."""
        self._move(self.Status.CONSULTING, by=by, at=at)

    def end_consultation(self, *, by: User, at: datetime, note: str = "") -> None:
        self._move(self.Status.APPRAISED, by=by, at=at, note=note)

    def bring_to_council(self, *, by: User, at: datetime) -> None:
        self._move(self.Status.WITH_COUNCIL, by=by, at=at)

    def take_from_council(self, *, by: User, at: datetime, reason: str) -> None:
        self._move(self.Status.APPRAISED, by=by, at=at, note=reason)

    def propose(self, proposal: Proposal, *, by: User, at: datetime) -> None:
        """In the letter of Sở Nội vụ to the Chairman."""
        self._move(self.Status.PROPOSED, by=by, at=at, proposal=proposal)

    def award(self, *, by: User, at: datetime, note: str = "") -> None:
        """Named so that it does not hide behind `grant`, the line of the decision."""
        self._move(self.Status.GRANTED, by=by, at=at, note=note)

    def turn_down(self, *, by: User, at: datetime, reason: str) -> None:
        self._move(self.Status.NOT_GRANTED, by=by, at=at, note=reason, not_granted_reason=reason)

    def hand_over(self, *, by: User, at: datetime, note: str = "") -> None:
        """Trao tặng."""
        self._move(self.Status.HANDED_OVER, by=by, at=at, note=note)

    def revoke(self, *, by: User, at: datetime, reason: str) -> None:
        """Hủy bỏ quyết định (Điều 93): the record stays, with the reason."""
        self._move(self.Status.REVOKED, by=by, at=at, note=reason)


class AchievementSource(models.Model):
    """What in the portal an achievement stands on: an activity, or a figure that was reported."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="sources")
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, related_name="+")
    figure = models.ForeignKey(Figure, models.PROTECT, null=True, related_name="+")
    position = models.PositiveSmallIntegerField("thứ tự", default=1)

    class Meta:
        verbose_name = "căn cứ thành tích"
        verbose_name_plural = "căn cứ thành tích"
        constraints = [
            models.CheckConstraint(
                condition=Q(activity=None) ^ Q(figure=None), name="source_is_one_thing"
            ),
            models.UniqueConstraint(
                fields=["nomination", "activity"],
                condition=Q(activity__isnull=False),
                name="activity_is_source_once",
            ),
            models.UniqueConstraint(
                fields=["nomination", "figure"],
                condition=Q(figure__isnull=False),
                name="figure_is_source_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.activity or self.figure)


class RuleReason(models.Model):
    """Why a nomination goes on although a rule warns (giải trình)."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="rule_reasons")
    rule_code = models.CharField("điều kiện", max_length=10)
    reason = models.CharField("giải trình", max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "giải trình"
        verbose_name_plural = "giải trình"
        constraints = [
            models.UniqueConstraint(fields=["nomination", "rule_code"], name="rule_reason_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="rule_reason_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_code}: {self.reason}"


class ReturnReason(models.Model):
    """One thing to mend in a returned dossier: of a paper, of a nominee, or of the whole."""

    dossier_return = models.ForeignKey(DossierReturn, models.CASCADE, related_name="reasons")
    nomination = models.ForeignKey(Nomination, models.PROTECT, null=True, related_name="+")
    paper_kind = models.CharField("giấy tờ", max_length=12, choices=PaperKind, blank=True)
    text = models.CharField("nội dung", max_length=500)

    class Meta:
        verbose_name = "nội dung cần bổ sung"
        verbose_name_plural = "nội dung cần bổ sung"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="return_reason_says_something"),
        ]

    def __str__(self) -> str:
        return self.text
