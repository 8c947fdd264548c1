"""A unit's score sheet and every mark that was ever put on it (bảng chấm điểm).

Marks only grow. Each level — the unit itself, another unit of the block, the block, the board,
the council — puts its own beside those below, and a changed mark is a new row that names the one
it replaces: no figure, author, time or reason is ever lost, and of two people who mark the same
cell at once one is told that the other was first.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from accounts.workflow import Workflow
from files.models import StoredFile
from scoring.formula import AnswerKind, Outcome
from scoring.models.scale import POINTS_DIGITS, POINTS_PLACES, Criterion, ScoringScale, of_blocks
from units.models import Unit
from units.permissions import Role, sees_province, standing


class Level(models.TextChoices):
    """Who marks, lowest first; what counts is the highest level that has a mark."""

    SELF = "self", "Tự chấm"
    CROSS = "cross", "Chấm chéo"
    BLOCK = "block", "Khối thẩm định"
    BOARD = "board", "Ban TĐKT thẩm định"
    COUNCIL = "council", "Hội đồng TĐKT"


class ScoreSheetQuerySet(models.QuerySet["ScoreSheet"]):
    def visible_to(self, user: User) -> ScoreSheetQuerySet:
        """The unit's own; for the province and the khối trưởng once submitted; for who is to
        cross-score it until the block has appraised it; for the rest of the block once the
        ranking is published."""
        mine = standing(user)
        acting = mine.units(Role.OFFICER, Role.HEAD)
        own = Q(unit__in=acting)
        sent = Q(submitted_at__isnull=False)
        if sees_province(user):
            return self.filter(own | sent)
        assigned = CrossAssignment.objects.in_force().filter(scorer__in=acting)
        own |= Q(status=ScoreSheet.Status.SUBMITTED, cross_assignments__in=assigned)
        own |= sent & of_blocks(mine.led_blocks, "scale__")
        for block, year in mine.own_blocks:
            own |= Q(
                scale__block=block,
                scale__year=year,
                ranking_rows__ranking__status__in=["published", "corrected"],
            )
        return self.filter(pk__in=ScoreSheet._base_manager.filter(own).values("pk"))

    def of_year(self, year: int) -> ScoreSheetQuerySet:
        return self.filter(scale__year=year)

    def submitted(self) -> ScoreSheetQuerySet:
        return self.filter(submitted_at__isnull=False)


ScoreSheetManager = models.Manager.from_queryset(ScoreSheetQuerySet)


class ScoreSheet(Workflow):
    """One unit's sheet under one version of the scale of its block."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Đang tự chấm"
        AWAITING_HEAD = "awaiting_head", "Chờ thủ trưởng duyệt"
        SUBMITTED = "submitted", "Đã nộp"
        RETURNED = "returned", "Trả lại bổ sung"
        BLOCK_APPRAISED = "block_appraised", "Khối đã thẩm định"
        BOARD_APPRAISED = "board_appraised", "Ban TĐKT đã thẩm định"
        LOCKED = "locked", "Đã khóa sổ"

    MOVES = {
        Status.DRAFT: {Status.AWAITING_HEAD, Status.SUBMITTED},
        Status.AWAITING_HEAD: {Status.DRAFT, Status.SUBMITTED},
        Status.SUBMITTED: {Status.RETURNED, Status.BLOCK_APPRAISED},
        Status.RETURNED: {Status.AWAITING_HEAD, Status.SUBMITTED},
        Status.BLOCK_APPRAISED: {Status.SUBMITTED, Status.BOARD_APPRAISED},
        Status.BOARD_APPRAISED: {Status.BLOCK_APPRAISED, Status.LOCKED},
        Status.LOCKED: set(),
    }

    scale = models.ForeignKey(ScoringScale, models.PROTECT, related_name="sheets")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="score_sheets")
    status = models.CharField("trạng thái", max_length=20, choices=Status, default=Status.DRAFT)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField("đã nộp lúc", null=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    locked_at = models.DateTimeField("khóa lúc", null=True)
    locked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ScoreSheetManager()

    class Meta:
        verbose_name = "bảng chấm điểm"
        verbose_name_plural = "bảng chấm điểm"
        constraints = [
            models.UniqueConstraint(fields=["scale", "unit"], name="one_sheet_per_unit"),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="sheet_submitted_at_and_by_go_together",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "awaiting_head"]) | Q(submitted_at__isnull=False),
                name="sheet_is_submitted_with_a_time",
            ),
            models.CheckConstraint(
                condition=Q(status="locked", locked_at__isnull=False, locked_by__isnull=False)
                | (~Q(status="locked") & Q(locked_at=None, locked_by=None)),
                name="sheet_is_locked_when_and_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["unit", "status"])]

    def __str__(self) -> str:
        return f"Bảng chấm điểm {self.scale.year} của {self.unit}"

    def get_absolute_url(self) -> str:
        return reverse("scoring:sheet", args=[self.pk])

    def hand_to_head(self, *, by: User, at: datetime) -> None:
        self._move(self.Status.AWAITING_HEAD, by=by, at=at)

    def hand_back(self, *, by: User, at: datetime, reason: str) -> None:
        """The head of the unit gives the sheet back to the officer."""
        self._move(self.Status.DRAFT, by=by, at=at, note=reason)

    def submit(self, *, by: User, at: datetime) -> None:
        """To the block; the first time stays the time, whatever is sent again after a return."""
        first: dict[str, Any] = (
            {} if self.submitted_at else {"submitted_at": at, "submitted_by": by}
        )
        self._move(self.Status.SUBMITTED, by=by, at=at, **first)

    def send_back(self, *, by: User, at: datetime, reason: str) -> None:
        self._move(self.Status.RETURNED, by=by, at=at, note=reason)

    def finish_block_appraisal(self, *, by: User, at: datetime) -> None:
        self._move(self.Status.BLOCK_APPRAISED, by=by, at=at)

    def reopen_block_appraisal(self, *, by: User, at: datetime, reason: str) -> None:
        self._move(self.Status.SUBMITTED, by=by, at=at, note=reason)

    def finish_board_appraisal(self, *, by: User, at: datetime) -> None:
        self._move(self.Status.BOARD_APPRAISED, by=by, at=at)

    def reopen_board_appraisal(self, *, by: User, at: datetime, reason: str) -> None:
        self._move(self.Status.BLOCK_APPRAISED, by=by, at=at, note=reason)

    def lock(self, *, by: User, at: datetime) -> None:
        self._move(self.Status.LOCKED, by=by, at=at, locked_at=at, locked_by=by)


class CrossAssignmentQuerySet(models.QuerySet["CrossAssignment"]):
    def in_force(self) -> CrossAssignmentQuerySet:
        return self.filter(cancelled_at=None)

    def unfinished(self) -> CrossAssignmentQuerySet:
        return self.in_force().filter(finished_at=None)

    def missed(self) -> CrossAssignmentQuerySet:
        """Not finished although the time for it is over: the block has appraised the sheet."""
        return self.unfinished().filter(
            sheet__status__in=[
                ScoreSheet.Status.BLOCK_APPRAISED,
                ScoreSheet.Status.BOARD_APPRAISED,
                ScoreSheet.Status.LOCKED,
            ]
        )


CrossAssignmentManager = models.Manager.from_queryset(CrossAssignmentQuerySet)


class CrossAssignment(models.Model):
    """Which unit cross-scores whose sheet (phân công chấm chéo); never its own."""

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="cross_assignments")
    scorer = models.ForeignKey(Unit, models.PROTECT, related_name="cross_assignments")
    scored = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    finished_at = models.DateTimeField("chấm xong lúc", null=True)
    finished_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField("bỏ phân công lúc", null=True)
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = CrossAssignmentManager()

    class Meta:
        verbose_name = "phân công chấm chéo"
        verbose_name_plural = "phân công chấm chéo"
        constraints = [
            # `scored` is the unit of the sheet, kept here so that the database can compare.
            models.CheckConstraint(condition=~Q(scorer=F("scored")), name="nobody_scores_itself"),
            models.UniqueConstraint(
                fields=["sheet", "scorer"],
                condition=Q(cancelled_at=None),
                name="assigned_once_each",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, finished_by=None)
                | Q(finished_at__isnull=False, finished_by__isnull=False),
                name="cross_finished_at_and_by_go_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scorer} → {self.scored}"


class MarkQuerySet(models.QuerySet["Mark"]):
    def current(self) -> MarkQuerySet:
        """The last word of each level on each criterion."""
        return self.filter(replaced_by=None)

    def counting(self) -> MarkQuerySet:
        """Current, and not given under an assignment that was cancelled: those stay in the
        history and count no more."""
        return self.current().filter(assignment__cancelled_at=None)

    def history_of(self, sheet: ScoreSheet, criterion: Criterion) -> MarkQuerySet:
        return self.filter(sheet=sheet, criterion=criterion).order_by("at", "pk")


MarkManager = models.Manager.from_queryset(MarkQuerySet)


class Mark(models.Model):
    """What one level said of one criterion, once. The database refuses to change or delete a row.

    `inputs` is what was answered, `because` how the points came about, `reason` why they differ
    from the level below. A cross mark also names the assignment it was given under.
    """

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="marks")
    level = models.CharField("cấp chấm", max_length=10, choices=Level)
    assignment = models.ForeignKey(CrossAssignment, models.PROTECT, null=True, related_name="marks")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    kind = models.CharField("trả lời", max_length=15, choices=AnswerKind.choices())
    inputs = models.JSONField(default=dict)
    points = models.DecimalField(
        "điểm", max_digits=POINTS_DIGITS, decimal_places=POINTS_PLACES, null=True
    )
    because = models.CharField("cách tính", max_length=500, blank=True)
    reason = models.CharField("lý do", max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = MarkManager()

    class Meta:
        verbose_name = "điểm chấm"
        verbose_name_plural = "điểm chấm"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="scored", points__isnull=False, points__gte=0)
                | Q(kind__in=["not_applicable", "not_scored"], points=None),
                name="only_what_is_scored_has_points",
            ),
            models.CheckConstraint(
                condition=Q(level="cross", assignment__isnull=False)
                | (~Q(level="cross") & Q(assignment=None)),
                name="a_cross_mark_is_assigned",
            ),
            # With `replaces` unique, a chain of marks per cell: two people cannot both be next.
            models.UniqueConstraint(
                fields=["sheet", "criterion", "level"],
                condition=Q(replaces=None, assignment=None),
                name="one_first_mark_per_level",
            ),
            models.UniqueConstraint(
                fields=["sheet", "criterion", "assignment"],
                condition=Q(replaces=None, assignment__isnull=False),
                name="one_first_mark_per_assignment",
            ),
        ]
        indexes = [models.Index(fields=["sheet", "level", "criterion"])]

    def __str__(self) -> str:
        return f"{self.criterion.code} {self.get_level_display()}: {self.points}"

    def outcome(self) -> Outcome:
        return Outcome(AnswerKind(self.kind), self.points, self.because)


class Evidence(models.Model):
    """What proves an answer (minh chứng): a file, or a link to where it can be read."""

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="evidence")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="evidence")
    stored = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    link = models.URLField("đường dẫn", max_length=500, blank=True)
    name = models.CharField("tên minh chứng", max_length=200)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "minh chứng"
        verbose_name_plural = "minh chứng"
        constraints = [
            models.CheckConstraint(
                condition=(Q(stored=None) & ~Q(link="")) | (Q(stored__isnull=False) & Q(link="")),
                name="score_evidence_is_a_file_or_a_link",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="score_evidence_removed_at_and_by_go_together",
            ),
        ]
        indexes = [models.Index(fields=["sheet", "criterion"])]

    def __str__(self) -> str:
        return self.name
