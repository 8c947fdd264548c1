"""What a unit of the province tells of a period, and how the addresses of a report are asked."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from accounts.models import AuditEvent
from campaign.models import (
    Exemplar,
    Figure,
    FigureQuestion,
    Indicator,
    ProgressReport,
    ReportSection,
)
from campaign.sections import SECTIONS
from tests.factories import (
    AdjustmentFactory,
    FigureFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    ReportSectionFactory,
)
from tests.factories.progress import ExemplarFactory, FigureQuestionFactory
from units.models import Unit

SENT_AT = datetime(2024, 4, 16, 2, 0, tzinfo=UTC)
NEVER_SENT = {"draft", "awaiting_head"}


@dataclass
class Told:
    """`report` is the open version, `earlier` the one before it, `last` of the period before."""

    report: ProgressReport
    earlier: ProgressReport
    last: ProgressReport
    figure: Figure
    past_figure: Figure
    exemplar: Exemplar
    question: FigureQuestion

    def put(self, state: str, *, sender: Any, reviewer: Any) -> None:
        sent: dict[str, Any] = {"submitted_at": None, "submitted_by": None, "receipt_code": None}
        if state not in NEVER_SENT:
            code = f"2024-R{self.report.pk:09X}"
            sent = {"submitted_at": SENT_AT, "submitted_by": sender, "receipt_code": code}
        held = reviewer if state in {"under_review", "returned"} else None
        rows = ProgressReport.objects.filter(pk=self.report.pk)
        rows.update(status=state, reviewer=held, **sent)


def tell(unit: Unit, indicator: Indicator) -> Told:
    """Ready to be sent: every part and every figure has its answer."""
    last = ProgressReportFactory(unit=unit, period__month=3, accepted=True)
    earlier = ProgressReportFactory(unit=unit, returned=True)
    report = ProgressReportFactory(unit=unit, version=2)
    ReportSection.objects.bulk_create(
        ReportSection(report=report, code=part.code, answer=ReportSection.Answer.NOTHING)
        for part in SECTIONS
    )
    figure = FigureFactory(report=report, indicator=indicator)
    return Told(
        report=report,
        earlier=earlier,
        last=last,
        figure=figure,
        past_figure=FigureFactory(report=last, indicator=indicator),
        exemplar=ExemplarFactory(report=report),
        question=FigureQuestionFactory(report=report, indicator=indicator),
    )


def sing(report: ProgressReport, say: Any) -> None:
    """A canary in each place where a report holds words; `say(kind, field)` makes one."""
    words = partial(say, "words")
    ProgressReport.objects.filter(pk=report.pk).update(document_number=words("number"))
    ReportSectionFactory(report=report, code="I", text=words("section"))
    figure = FigureFactory(report=report, note=words("note"))
    ExemplarFactory(report=report, name=words("exemplar"), achievement=words("achievement"))
    corrected = ReportingPeriodFactory(campaign=report.period.campaign, month=3)
    AdjustmentFactory(
        report=report, period=corrected, indicator=figure.indicator, reason=words("correction")
    )
    AuditEvent.objects.record(
        report, "edited", by=report.created_by, at=report.created_at, label="Sửa bản soạn",
        note=say("writing", "edit"),
    )  # fmt: skip
    if report.submitted_at is not None:
        FigureQuestionFactory(
            report=report, indicator=figure.indicator, text=words("question"),
            answer=words("answer"), answered_by=report.created_by, answered_at=report.submitted_at,
        )  # fmt: skip


# --- How its addresses are asked ----------------------------------------------------------------

DRAFTING = ("draft", "submitted")


def _says(**typed: Any) -> Any:
    return lambda world, scope, principal: dict(typed)


def _reported(world: Any, scope: str, principal: str) -> dict[str, Any]:
    figure = world.places[scope].told.figure
    return {"revision": "0", f"f-{figure.pk}-value": "4", "s-I-text": "Đã ban hành."}


def _right(world: Any, scope: str, principal: str) -> dict[str, Any]:
    prefix = f"c-{world.places[scope].told.past_figure.pk}"
    return {f"{prefix}-right": "5", f"{prefix}-reason": "Đếm thiếu"}


def _question(world: Any, scope: str, principal: str) -> dict[str, Any]:
    return {"figure": str(world.places[scope].told.figure.pk), "text": "Vì sao?"}


def asked(decision: Any, unit: Any) -> dict[str, tuple[Any, tuple[str, ...]]]:
    """By address: a good body, and the states the report is put in first."""

    def verdict(world: Any, scope: str, principal: str) -> dict[str, Any]:
        about = {"ly-do-1-about": "chung", "ly-do-1-text": "Thiếu số liệu"}
        return {**decision(world, scope, principal), **about}

    exemplar = _says(
        kind="individual", name="Lê An (mẫu)", position="Giáo viên", achievement="Hiến máu"
    )
    nothing = _says()
    return {
        "campaign:exemplar-add": (exemplar, DRAFTING),
        "campaign:exemplar-remove": (nothing, DRAFTING),
        "campaign:progress-report": (nothing, ("draft", "awaiting_head", "submitted", "returned")),
        "campaign:report-answer": (_says(answer="Do cao điểm"), ("submitted",)),
        "campaign:report-ask": (_question, DRAFTING),
        "campaign:report-autosave": (_reported, DRAFTING),
        "campaign:report-compare": (nothing, DRAFTING),
        "campaign:report-corrections": (_right, DRAFTING),
        "campaign:report-decide": (verdict, ("submitted", "under_review")),
        "campaign:report-draft": (_reported, DRAFTING),
        "campaign:report-hand-back": (_says(reason="Sửa"), ("awaiting_head", "submitted")),
        "campaign:report-hand-to-head": (nothing, DRAFTING),
        "campaign:report-nothing": (nothing, DRAFTING),
        "campaign:report-receipt": (nothing, DRAFTING),
        "campaign:report-receipt-pdf": (nothing, DRAFTING),
        "campaign:report-refresh": (nothing, DRAFTING),
        "campaign:report-return": (nothing, DRAFTING),
        "campaign:report-review": (nothing, ("draft", "submitted", "under_review")),
        "campaign:report-start": (unit, ("returned",)),
        "campaign:report-submit": (nothing, ("draft", "awaiting_head", "submitted")),
        "campaign:report-take": (nothing, ("draft", "submitted", "under_review")),
        "campaign:report-withdraw": (_says(reason="Nhầm"), ("submitted", "under_review")),
        "campaign:report-workbook": (nothing, DRAFTING),
        "campaign:report-zeros": (nothing, DRAFTING),
    }


OF_A_REPORT = (
    "exemplar-add", "exemplar-remove", "progress-report", "report-answer", "report-ask",
    "report-autosave", "report-compare", "report-corrections", "report-decide", "report-draft",
    "report-hand-back", "report-hand-to-head", "report-nothing", "report-receipt",
    "report-receipt-pdf", "report-refresh", "report-return", "report-review", "report-submit",
    "report-take", "report-withdraw", "report-workbook", "report-zeros",
)  # fmt: skip
OVERVIEWS = {
    "reports:overview-unit",
    "reports:overview-block",
    "reports:overview-block-pdf",
}
VALUES: dict[str, Any] = {
    **{
        f"campaign:{name} pk": lambda world, scope: world.places[scope].report.pk
        for name in OF_A_REPORT
    },
    "campaign:report-compare other_pk": lambda world, scope: world.places[scope].told.earlier.pk,
    "campaign:report-corrections period_pk": lambda world, scope: (
        world.places[scope].told.last.period_id
    ),
    "reports:overview-unit code": lambda world, scope: world.places[scope].unit.code,
    **{
        f"reports:overview-block{file} code": lambda world, scope: (
            world.places[scope].unit.block_memberships.get().block.code
        )
        for file in ("", "-pdf")
    },
    "reports:overview-item code": lambda world, scope: world.item.code,
    "campaign:report-start period_pk": lambda world, scope: world.periods["open"].pk,
    "exemplar_pk": lambda world, scope: world.places[scope].told.exemplar.pk,
    "question_pk": lambda world, scope: world.places[scope].told.question.pk,
}
