"""What Ban Thi đua does with a report: ask about a figure, return, accept, enter what came on
paper. Nobody reviews a unit they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from campaign import emails
from campaign.actions import submission
from campaign.actions.evidence import attach_scans_unchecked
from campaign.actions.report import refuse_closed, refuse_not_owed
from campaign.datasets.report_words import about_in_words
from campaign.models import (
    Activity,
    FigureQuestion,
    Indicator,
    ProgressReport,
    ReportingPeriod,
    ReportReturnReason,
)
from campaign.permissions import may_draft, may_review
from units.models import Unit

Status = ProgressReport.Status
ASKABLE = {Status.SUBMITTED, Status.UNDER_REVIEW, Status.ACCEPTED}


@transaction.atomic
def return_report(
    report: ProgressReport, *, by: User, at: datetime, due: date, reasons: dict[str, str]
) -> None:
    """Trả lại bổ sung: reasons by the part or the indicator they are about, and a new due day."""
    said = {about_in_words(about): text for about, text in reasons.items()}
    submission.send_back(report, by=by, at=at, due=due, reasons=said)
    for about, text in reasons.items():
        ReportReturnReason.objects.create(report=report, about=about, text=text)
    emails.report_returned(report, at=at)


@transaction.atomic
def return_report_as_void(
    report: ProgressReport,
    *,
    by: User,
    at: datetime,
    due: date,
    reasons: dict[str, str],
    void_reason: str,
) -> None:
    """Send back a submission that was none, and do not count it: both or neither."""
    return_report(report, by=by, at=at, due=due, reasons=reasons)
    submission.declare_void(report, by=by, at=at, reason=void_reason)


@transaction.atomic
def accept_report(report: ProgressReport, *, by: User, at: datetime, note: str = "") -> None:
    submission.accept(report, by=by, at=at, note=note)
    emails.report_accepted(report, at=at)


@transaction.atomic
def ask_about_figure(
    report: ProgressReport,
    indicator: Indicator,
    *,
    by: User,
    at: datetime,
    text: str,
    activity: Activity | None = None,
) -> FigureQuestion:
    """The unit answers in place; nothing is returned for it and no version is made."""
    require(may_review(by, report))
    if report.status not in ASKABLE:
        raise Refused("Chỉ hỏi được về báo cáo đã gửi và đang được tính.")
    if not report.figures.filter(indicator=indicator, activity=activity).exists():
        raise Refused("Báo cáo này không có chỉ tiêu được hỏi.")
    question = FigureQuestion.objects.create(
        report=report, indicator=indicator, activity=activity, text=text, asked_by=by, asked_at=at
    )
    AuditEvent.objects.record(
        report, "figure_questioned", by=by, at=at, label=f"Hỏi về {indicator.code}", note=text
    )
    emails.figure_questioned(question, at=at)
    return question


@transaction.atomic
def answer_question(question: FigureQuestion, *, by: User, at: datetime, answer: str) -> None:
    require(may_draft(by, question.report.unit))
    same = FigureQuestion.objects.filter(pk=question.pk, answered_at=None)
    if not same.update(answer=answer, answered_by=by, answered_at=at):
        raise Refused("Câu hỏi này đã được trả lời. Mời tải lại trang để xem.")
    question.refresh_from_db()
    AuditEvent.objects.record(
        question.report, "figure_answered", by=by, at=at,
        label=f"Trả lời về {question.indicator.code}", note=answer,
    )  # fmt: skip
    emails.figure_answered(question, at=at)


@dataclass(frozen=True)
class ReportReceipt(submission.Arrival):
    """What a reviewer enters of a report that came by another way than the portal."""

    document_number: str
    document_date: date
    signer_name: str
    signer_position: str
    # Staged files by their tokens; they become evidence of the whole report.
    scans: Sequence[str] = field(default_factory=tuple)


@transaction.atomic
def register_report(
    period: ReportingPeriod, unit: Unit, receipt: ReportReceipt, *, by: User, at: datetime
) -> ProgressReport:
    """Nhập thay. Its figures are still missing: the unit types them into the next version."""
    refuse_closed(period)
    refuse_not_owed(period, unit)
    fresh = ProgressReport(
        period=period, unit=unit,
        document_number=receipt.document_number, document_date=receipt.document_date,
        signer_name=receipt.signer_name, signer_position=receipt.signer_position,
    )  # fmt: skip
    report = submission.register(fresh, receipt, by=by, at=at)
    attach_scans_unchecked(report, receipt.scans, by=by, at=at)
    submission.count_registered(report, receipt, by=by, at=at)
    emails.report_submitted(report, at=at)
    return report
