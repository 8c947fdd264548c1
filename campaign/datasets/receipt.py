"""What a receipt says (phiếu tiếp nhận), for the page, the PDF and whoever verifies the code."""

from dataclasses import dataclass
from datetime import date, datetime

from campaign.models import Campaign, Figure, Obligation, ProgressReport, SubPlan
from lib import clock


@dataclass(frozen=True)
class ReceiptFile:
    name: str
    kind: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Receipt:
    """One submission as it was received. Late or not is the obligation's: the first submission
    that counts decides, a later version changes nothing."""

    code: str
    paper: str
    contents: str
    unit: str
    campaign: str
    receiver: str
    version: int
    document_number: str
    document_date: date | None
    signer_name: str
    channel: str
    received_at: datetime
    sent_by: str
    due_date: date
    is_exempt: bool
    is_counted: bool
    decides: bool
    days_late: int
    working_days_late: int
    files: tuple[ReceiptFile, ...]

    @property
    def standing(self) -> str:
        """On time or late, in a sentence."""
        if not self.is_counted:
            return "Lần gửi này không còn được tính (đơn vị đã rút hoặc không hợp lệ)"
        if self.is_exempt:
            return "Đơn vị được miễn gửi"
        if self.days_late:
            return f"Trễ {self.days_late} ngày ({self.working_days_late} ngày làm việc)"
        return "Đúng hạn"

    @property
    def tone(self) -> str:
        if not self.is_counted or self.is_exempt:
            return "grey"
        return "red" if self.days_late else "green"


def receipt_of(sub_plan: SubPlan) -> Receipt | None:
    """The receipt of a version, or nothing while it has not been sent."""
    campaign = sub_plan.campaign
    return _receipt(
        sub_plan, campaign,
        paper=f"Kế hoạch triển khai {campaign}",
        contents=f"{sub_plan.activities.count()} hoạt động đăng ký",
        files=tuple(
            ReceiptFile(file.name, file.get_kind_display(), file.stored.size, file.stored.sha256)
            for file in sub_plan.files.select_related("stored").order_by("-kind", "pk")
        ),
    )  # fmt: skip


def receipt_of_report(report: ProgressReport) -> Receipt | None:
    campaign = report.period.campaign
    answered = report.figures.exclude(answer=Figure.Answer.UNANSWERED).count()
    return _receipt(
        report, campaign,
        paper=f"Báo cáo {report.period} {campaign}",
        contents=f"{report.sections.count()} mục, {answered} dòng số liệu",
    )  # fmt: skip


def _receipt(
    sent: SubPlan | ProgressReport,
    campaign: Campaign,
    *,
    paper: str,
    contents: str,
    files: tuple[ReceiptFile, ...] = (),
) -> Receipt | None:
    if sent.submitted_at is None or sent.receipt_code is None:
        return None
    owed = sent.obligation()
    is_counted = not sent.is_void and sent.status != sent.Status.WITHDRAWN
    decided_at = owed.met_at or sent.submitted_at
    due = owed.effective_due_date
    return Receipt(
        code=sent.receipt_code,
        paper=paper,
        contents=contents,
        unit=sent.unit.name,
        campaign=campaign.name,
        receiver=campaign.receiver,
        version=sent.version,
        document_number=sent.document_number,
        document_date=sent.document_date,
        signer_name=sent.signer_name,
        channel=sent.get_channel_display(),
        received_at=sent.submitted_at,
        sent_by=str(sent.submitted_by),
        due_date=due,
        is_exempt=owed.level == Obligation.Level.EXEMPT,
        is_counted=is_counted,
        decides=is_counted and owed.met_at == sent.submitted_at,
        days_late=clock.days_late(due, decided_at),
        working_days_late=clock.working_days_late(due, decided_at),
        files=files,
    )


def receipt_by_code(code: str) -> Receipt | None:
    """For anyone who holds a code, so past `visible_to`: the code itself is the right to ask."""
    wanted = code.strip().upper()
    plans = SubPlan.objects.select_related("unit", "campaign", "submitted_by")
    if sub_plan := plans.filter(receipt_code=wanted).first():
        return receipt_of(sub_plan)
    reports = ProgressReport.objects.select_related("unit", "period__campaign", "submitted_by")
    report = reports.filter(receipt_code=wanted).first()
    return receipt_of_report(report) if report else None
