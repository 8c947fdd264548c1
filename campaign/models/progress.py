"""What units report, period by period: windows, reports, figures and their corrections."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from accounts.workflow import Workflow
from campaign.models.activity import Activity
from campaign.models.indicator import Indicator
from campaign.models.obligation import Obligation
from campaign.models.plan import Campaign
from campaign.models.submission import Submission, SubmissionQuerySet, submission_constraints
from lib.vietnamese import short_date
from units.models import Unit
from units.permissions import has_a_role, sees_province


class ReportingPeriodQuerySet(models.QuerySet["ReportingPeriod"]):
    def visible_to(self, user: User) -> ReportingPeriodQuerySet:
        """Whoever has a role sees the periods that were opened; the province also what is planned."""
        if sees_province(user):
            return self
        return self.begun() if has_a_role(user) else self.none()

    def begun(self) -> ReportingPeriodQuerySet:
        """Opened at some time: units could or can report."""
        return self.exclude(status=ReportingPeriod.Status.PLANNED)

    def open(self) -> ReportingPeriodQuerySet:
        return self.filter(status=ReportingPeriod.Status.OPEN)

    def in_order(self) -> ReportingPeriodQuerySet:
        """By the day their data end; of two that end together the shorter comes first."""
        return self.order_by("data_to", F("data_from").desc(), "pk")

    def to_open(self, *, on: date) -> ReportingPeriodQuerySet:
        return self.filter(
            status=ReportingPeriod.Status.PLANNED, opens_on__lte=on, owing_units__isnull=False
        ).distinct()


ReportingPeriodManager = models.Manager.from_queryset(ReportingPeriodQuerySet)


class ReportingPeriod(Workflow):
    """Kỳ báo cáo: a window of data, a due day, and the units that owe a report.

    `collects_from` is the first day whose figures this period asks for: the part of its window
    that no period opened before it has asked for. It is set when the period opens and is empty
    where nothing is left to ask (a half year whose months were all reported): then the report
    is words, and its figures are summed from the periods it covers (ADR 0007).
    """

    class Status(models.TextChoices):
        PLANNED = "planned", "Chưa mở"
        OPEN = "open", "Đang mở"
        LOCKED = "locked", "Đã khóa"

    MOVES = {
        Status.PLANNED: {Status.OPEN},
        Status.OPEN: {Status.LOCKED},
        Status.LOCKED: {Status.OPEN},
    }

    class Kind(models.TextChoices):
        MONTH = "month", "Tháng"
        QUARTER = "quarter", "Quý"
        HALF_YEAR = "half_year", "6 tháng đầu năm"
        NINE_MONTHS = "nine_months", "9 tháng"
        YEAR = "year", "Năm"
        FINAL = "final", "Tổng kết đợt thi đua"
        AD_HOC = "ad_hoc", "Đột xuất, chuyên đề"

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="periods", verbose_name="đợt thi đua"
    )
    kind = models.CharField("loại kỳ", max_length=12, choices=Kind)
    name = models.CharField("tên kỳ", max_length=100)
    status = models.CharField("trạng thái", max_length=20, choices=Status, default=Status.PLANNED)
    data_from = models.DateField("số liệu từ ngày")
    data_to = models.DateField("đến hết ngày")
    opens_on = models.DateField("mở nhận báo cáo từ ngày")
    due_date = models.DateField("hạn gửi")
    asks_figures = models.BooleanField("yêu cầu biểu số liệu", default=True)
    collects_from = models.DateField(null=True)
    basis = models.CharField("văn bản yêu cầu", max_length=200, blank=True)
    owing_units = models.ManyToManyField(
        Unit, blank=True, related_name="+", verbose_name="đơn vị phải báo cáo"
    )

    objects = ReportingPeriodManager()

    class Meta:
        verbose_name = "kỳ báo cáo"
        verbose_name_plural = "kỳ báo cáo"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "name"], name="period_named_once"),
            models.CheckConstraint(
                condition=Q(data_from__lte=F("data_to")), name="period_data_window"
            ),
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("due_date")), name="period_opens_before_it_is_due"
            ),
            models.CheckConstraint(
                condition=Q(collects_from=None)
                | Q(collects_from__lte=F("data_to"), collects_from__gte=F("data_from")),
                name="period_collects_within_its_window",
            ),
        ]
        indexes = [models.Index(fields=["campaign", "status", "data_to"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("campaign:period", args=[self.pk])

    @property
    def window(self) -> str:
        return f"{short_date(self.data_from)} – {short_date(self.data_to)}"

    @property
    def collects_figures(self) -> bool:
        return self.collects_from is not None

    def open_for_reports(
        self, *, by: User | None, at: datetime, collects_from: date | None
    ) -> None:
        self._move(self.Status.OPEN, by=by, at=at, collects_from=collects_from)

    def lock(self, *, by: User, at: datetime) -> None:
        """Khóa sổ: an act of the board, never of the clock (R41)."""
        self._move(self.Status.LOCKED, by=by, at=at)

    def reopen(self, *, by: User, at: datetime, reason: str) -> None:
        self._move(self.Status.OPEN, by=by, at=at, note=reason)


class ProgressReportQuerySet(SubmissionQuerySet["ProgressReport"]):
    pass


ProgressReportManager = models.Manager.from_queryset(ProgressReportQuerySet)


class ProgressReport(Submission):
    """One version of what a unit reports for one period (báo cáo kỳ)."""

    SERIES = ("period", "unit")
    YEAR = "period__campaign__starts_on__year"
    short_title = "báo cáo"

    period = models.ForeignKey(
        ReportingPeriod, models.PROTECT, related_name="reports", verbose_name="kỳ báo cáo"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="progress_reports")
    document_number = models.CharField("Số, ký hiệu", max_length=50, blank=True)
    document_date = models.DateField("Ngày ban hành", null=True, blank=True)
    signer_name = models.CharField("Người ký", max_length=100, blank=True)
    signer_position = models.CharField("Chức vụ người ký", max_length=150, blank=True)

    objects = ProgressReportManager()

    TEXT_FIELDS = ("document_number", "document_date", "signer_name", "signer_position")

    class Meta:
        verbose_name = "báo cáo kỳ"
        verbose_name_plural = "báo cáo kỳ"
        constraints = submission_constraints("progress_report", ("period", "unit"))
        indexes = [
            models.Index(fields=["period", "status", "submitted_at"]),
            models.Index(fields=["unit", "period", "version"]),
        ]

    def __str__(self) -> str:
        return f"Báo cáo {self.period} của {self.unit} (lần {self.version})"

    def get_absolute_url(self) -> str:
        return reverse("campaign:progress-report", args=[self.pk])

    def campaign_code(self) -> str:
        return self.period.campaign.code

    def obligation(self) -> Obligation:
        return Obligation.objects.get(period=self.period, unit=self.unit)


class ReportSection(models.Model):
    """One part of the text of a report: words, or that nothing arose, or no answer yet."""

    class Answer(models.TextChoices):
        UNANSWERED = "unanswered", "Chưa trả lời"
        TEXT = "text", "Có nội dung"
        NOTHING = "nothing", "Không phát sinh"

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="sections")
    code = models.CharField("mục", max_length=10)
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.UNANSWERED)
    text = models.TextField("nội dung", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "code"], name="report_section_once"),
            models.CheckConstraint(
                condition=Q(answer="text") & ~Q(text="") | ~Q(answer="text") & Q(text=""),
                name="report_section_has_text_where_it_says_so",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.code}"


class Figure(models.Model):
    """One number of one version: what was added in the period, never a running total.

    Three kinds of nothing stay apart: the value 0, "không áp dụng", and no answer yet. With an
    `activity` it is that activity's figure and belongs to the unit that leads it.
    """

    class Answer(models.TextChoices):
        UNANSWERED = "unanswered", "Chưa trả lời"
        VALUE = "value", "Có số liệu"
        NOT_APPLICABLE = "not_applicable", "Không áp dụng"

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="figures")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="figures")
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, related_name="figures")
    answer = models.CharField(max_length=15, choices=Answer, default=Answer.UNANSWERED)
    value = models.DecimalField("số liệu", max_digits=14, decimal_places=2, null=True)
    note = models.CharField("giải trình", max_length=500, blank=True)

    class Meta:
        verbose_name = "số liệu"
        verbose_name_plural = "số liệu"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "indicator"], condition=Q(activity=None), name="own_figure_once"
            ),
            models.UniqueConstraint(
                fields=["report", "indicator", "activity"],
                condition=Q(activity__isnull=False),
                name="activity_figure_once",
            ),
            models.CheckConstraint(
                condition=Q(answer="value", value__gte=0) | ~Q(answer="value") & Q(value=None),
                name="figure_has_a_value_where_it_says_so",
            ),
        ]
        indexes = [models.Index(fields=["indicator", "report"])]

    def __str__(self) -> str:
        return f"{self.indicator.code}: {self.value}"


class Adjustment(models.Model):
    """Đính chính: a report says that an earlier period's figure should have been another.

    `difference` counts from the report that says so; both periods show it. The figure that was
    sent then is never changed.
    """

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="adjustments")
    period = models.ForeignKey(
        ReportingPeriod,
        models.PROTECT,
        related_name="adjustments",
        verbose_name="kỳ được đính chính",
    )
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="adjustments")
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, related_name="adjustments")
    difference = models.DecimalField("chênh lệch", max_digits=14, decimal_places=2)
    reason = models.CharField("lý do", max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "đính chính"
        verbose_name_plural = "đính chính"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "period", "indicator"],
                condition=Q(activity=None),
                name="own_figure_adjusted_once",
            ),
            models.UniqueConstraint(
                fields=["report", "period", "indicator", "activity"],
                condition=Q(activity__isnull=False),
                name="activity_figure_adjusted_once",
            ),
            models.CheckConstraint(condition=~Q(difference=0), name="adjustment_changes_something"),
            models.CheckConstraint(condition=~Q(reason=""), name="adjustment_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.period}: {self.difference:+}"


class Exemplar(models.Model):
    """Điển hình tiên tiến, người tốt việc tốt: a role model a report names (Phụ lục III)."""

    class Kind(models.TextChoices):
        COLLECTIVE = "collective", "Tập thể"
        INDIVIDUAL = "individual", "Cá nhân"

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="exemplars")
    kind = models.CharField("loại", max_length=10, choices=Kind)
    name = models.CharField("tên tập thể, họ và tên", max_length=150)
    position = models.CharField("chức vụ, nơi công tác", max_length=200, blank=True)
    achievement = models.CharField("thành tích tiêu biểu", max_length=500)

    class Meta:
        verbose_name = "điển hình tiên tiến"
        verbose_name_plural = "điển hình tiên tiến"

    def __str__(self) -> str:
        return self.name


class FigureQuestion(models.Model):
    """Ban Thi đua asks about one figure; the unit answers in place."""

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="questions")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, related_name="+")
    text = models.CharField("câu hỏi", max_length=500)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField("trả lời", max_length=1000, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "câu hỏi về số liệu"
        verbose_name_plural = "câu hỏi về số liệu"
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None)
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
                name="answered_by_somebody_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class ReportReturnReason(models.Model):
    """One reason for a return of a report, tied to the section or indicator it is about."""

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="return_reasons")
    about = models.CharField("về mục", max_length=12)
    text = models.CharField("lý do", max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "about"], name="one_report_reason_each"),
        ]

    def __str__(self) -> str:
        return self.text
