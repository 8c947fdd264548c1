"""The reports of a unit: its periods, a report as it is read, and the moves the unit makes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, methods
from accounts.models import User
from accounts.once import once
from accounts.permissions import require
from campaign import consistency
from campaign.actions import report as actions
from campaign.actions.report_review import answer_question
from campaign.datasets.evidence import evidence_of_report
from campaign.datasets.history import history_of
from campaign.datasets.my_reports import my_reports as periods_of
from campaign.datasets.report_content import content_of
from campaign.datasets.report_edition import changes_between
from campaign.datasets.report_prefill import parts_of
from campaign.datasets.report_table import TableRow, table_of
from campaign.datasets.report_words import about_in_words
from campaign.forms.report import AnswerForm
from campaign.forms.sub_plan import ReasonForm, StartForm
from campaign.models import FigureQuestion, Obligation, ProgressReport, ReportingPeriod
from campaign.permissions import may_draft, may_prove_report, may_review, may_submit, may_withdraw
from campaign.views.obligation import current_campaign
from campaign.views.sub_plan import own_units, unit_to_write_for
from units.models import Unit
from units.permissions import has_a_role

Status = ProgressReport.Status
SHOWN_EVENTS = 50


def get_report(request: UserRequest, pk: int) -> ProgressReport:
    """A version the person may see, with everything a page names about it."""
    seen = ProgressReport.objects.visible_to(request.user).select_related(
        "unit", "period__campaign", "saved_by", "submitted_by", "decided_by", "reviewer"
    )
    return get_object_or_404(seen, pk=pk)


# --- The unit's periods -------------------------------------------------------------------------


@methods("GET")
def my_reports(request: UserRequest) -> HttpResponse:
    """What the unit owes, period by period; others see a unit's by the link with its code."""
    if not has_a_role(request.user):
        raise Http404
    campaign = current_campaign()
    owing = Obligation.objects.visible_to(request.user).of_kind(Obligation.Kind.PROGRESS_REPORT)
    owing = owing.filter(campaign=campaign)
    mine = own_units(request.user)
    code = request.GET.get("don-vi", "")
    if code:
        seen = Unit.objects.filter(pk__in=owing.values("unit"))
        unit = next((one for one in mine if one.code == code), None)
        unit = unit or get_object_or_404(seen, code=code)
    elif mine:
        unit = unit_to_write_for(request)
    else:
        others = Unit.objects.filter(pk__in=owing.values("unit")).in_protocol_order()
        chooser = {"campaign": campaign, "units": others}
        return render(request, "campaign/report_units.html", chooser)
    seen_reports = ProgressReport.objects.visible_to(request.user)
    context: dict[str, Any] = {
        "campaign": campaign,
        "unit": unit,
        "rows": periods_of(campaign, unit, reader_sees=seen_reports),
        "writes": may_draft(request.user, unit),
        "is_head": any(unit == one for one in mine),
        "at": request.at,
    }
    return render(request, "campaign/my_reports.html", context)


@methods("POST")
@once
def report_start(request: UserRequest, period_pk: int) -> HttpResponse:
    """Begin the report of a period, or its next version."""
    period = get_object_or_404(ReportingPeriod.objects.begun(), pk=period_pk)
    unit = unit_to_write_for(request)
    form = StartForm(request.POST, units=own_units(request.user))
    chosen = form.cleaned_data["unit"] if form.is_valid() else None
    draft = actions.start_report(period, chosen or unit, by=request.user, at=request.at)
    if draft.is_editable:
        return redirect("campaign:report-draft", draft.pk)
    return redirect(draft)


# --- One report ---------------------------------------------------------------------------------


@methods("GET")
def progress_report(request: UserRequest, pk: int) -> HttpResponse:
    return _detail(request, get_report(request, pk), ReasonForm(), status=200)


def _detail(
    request: UserRequest,
    report: ProgressReport,
    form: ReasonForm,
    *,
    status: int,
    refused_answer: tuple[int, AnswerForm] | None = None,
) -> HttpResponse:
    seen = ProgressReport.objects.visible_to(request.user).filter(**report.series())
    versions = list(seen.order_by("-version"))
    table = table_of(report)
    context: dict[str, Any] = {
        "report": report,
        "obligation": report.obligation(),
        "at": request.at,
        "parts": parts_as_read(report),
        "table": table,
        "exemplars": list(report.exemplars.order_by("pk")),
        "evidence": evidence_of_report(report),
        "reasons": [
            (about_in_words(reason.about), reason.text)
            for reason in report.return_reasons.order_by("pk")
        ],
        "questions": _questions(request.user, report, table, refused_answer),
        "versions": versions,
        "latest": versions[0],
        "events": history_of(report, request.user)[:SHOWN_EVENTS],
        "form": form,
        **_what_next(request.user, report, is_latest=versions[0].pk == report.pk),
    }
    if context["can_approve"]:
        context |= findings_of(report, table)
    return render(request, "campaign/progress_report.html", context, status=status)


def findings_of(report: ProgressReport, table: tuple[TableRow, ...]) -> dict[str, Any]:
    """What the checks say, by what it asks of the person."""
    findings = consistency.check(content_of(report, table))
    return {
        "errors": [one for one in findings if one.is_error],
        "to_explain": [one for one in findings if one.asks_note],
        "warnings": [one for one in findings if not one.blocks],
        "blocking": len(consistency.blocking(findings)),
    }


def parts_as_read(report: ProgressReport) -> list[dict[str, Any]]:
    """The parts in order, each with what the unit says of it."""
    rows = {row.code: row for row in report.sections.all()}
    return [{"part": part, "row": rows.get(part.code)} for part in parts_of(report)]


def _questions(
    user: User,
    report: ProgressReport,
    table: tuple[TableRow, ...],
    refused: tuple[int, AnswerForm] | None,
) -> list[dict[str, Any]]:
    """Every question of the report, and under an open one the form for whoever may answer."""
    answers = may_draft(user, report.unit)
    shown = []
    for asked in (question for row in table for question in row.questions):
        form = refused[1] if refused and refused[0] == asked.pk else AnswerForm()
        shown.append({"asked": asked, "form": form if answers and not asked.answer else None})
    return shown


def _what_next(user: User, report: ProgressReport, *, is_latest: bool) -> dict[str, bool]:
    """The steps open to this person on this version now."""
    writes, status = may_draft(user, report.unit), report.status
    over = {Status.RETURNED, Status.WITHDRAWN, Status.ACCEPTED, Status.SET_ASIDE}
    is_open = report.period.status == ReportingPeriod.Status.OPEN
    return {
        "is_latest": is_latest,
        "can_edit": writes and report.is_editable,
        "can_prove": report.is_editable and may_prove_report(user, report),
        "can_approve": may_submit(user, report) and status == Status.AWAITING_HEAD,
        "can_withdraw": may_withdraw(user, report) and status == Status.SUBMITTED,
        "can_start": writes and is_latest and status in over and is_open,
        "can_review": may_review(user, report)
        and status in {Status.SUBMITTED, Status.UNDER_REVIEW},
        "is_closed": writes and is_latest and not is_open,
    }


@methods("GET")
def report_compare(request: UserRequest, pk: int, other_pk: int) -> HttpResponse:
    """What changed between two versions: words, figures, corrections."""
    newer, older = get_report(request, pk), get_report(request, other_pk)
    if newer.series() != older.series():
        raise Http404
    if newer.version < older.version:
        newer, older = older, newer
    context = {"older": older, "newer": newer, "difference": changes_between(older, newer)}
    return render(request, "campaign/report_compare.html", context)


@methods("POST")
@once
def report_hand_to_head(request: UserRequest, pk: int) -> HttpResponse:
    report = get_report(request, pk)
    actions.hand_report_to_head(report, by=request.user, at=request.at)
    messages.success(
        request, "Đã trình thủ trưởng. Thủ trưởng đơn vị nhận được thư và sẽ duyệt trên Cổng."
    )
    return redirect(report)


@methods("POST")
@once
def report_submit(request: UserRequest, pk: int) -> HttpResponse:
    report = get_report(request, pk)
    actions.submit_report(report, by=request.user, at=request.at)
    receiver = report.period.campaign.receiver
    messages.success(request, f"Đã gửi {receiver}. Phiếu tiếp nhận ở ngay dưới đây.")
    return redirect("campaign:report-receipt", report.pk)


@methods("POST")
@once
def report_hand_back(request: UserRequest, pk: int) -> HttpResponse:
    """The head gives the draft back to the officer, and says why."""
    report = get_report(request, pk)
    require(may_submit(request.user, report))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _detail(request, report, form, status=422)
    reason = form.cleaned_data["reason"]
    actions.hand_report_back(report, by=request.user, at=request.at, reason=reason)
    messages.success(request, "Đã chuyển lại chuyên viên để sửa.")
    return redirect(report)


@methods("POST")
@once
def report_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Take a report back before anybody reviews it."""
    report = get_report(request, pk)
    require(may_withdraw(request.user, report))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _detail(request, report, form, status=422)
    reason = form.cleaned_data["reason"]
    actions.withdraw_report(report, by=request.user, at=request.at, reason=reason)
    messages.success(request, "Đã rút báo cáo. Lần gửi này không còn được tính; hãy gửi lại.")
    return redirect(report)


@methods("POST")
@once
def report_answer(request: UserRequest, pk: int, question_pk: int) -> HttpResponse:
    """The unit answers a question about one figure in place, without a new version."""
    report = get_report(request, pk)
    require(may_draft(request.user, report.unit))
    questions = FigureQuestion.objects.select_related("report", "indicator", "asked_by")
    question = get_object_or_404(questions, pk=question_pk, report=report)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        refused = question.pk, form
        return _detail(request, report, ReasonForm(), status=422, refused_answer=refused)
    answer = form.cleaned_data["answer"]
    answer_question(question, by=request.user, at=request.at, answer=answer)
    messages.success(request, "Đã gửi câu trả lời cho Ban Thi đua - Khen thưởng.")
    return redirect(f"{report.get_absolute_url()}#cau-hoi")
