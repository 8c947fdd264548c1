"""One report under review: its figures beside the last period, its words, the decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.http import UserRequest, methods
from accounts.models import User
from accounts.once import once
from accounts.permissions import require
from campaign import consistency
from campaign.actions import report_review as actions
from campaign.actions import submission
from campaign.datasets import queue as dataset
from campaign.datasets.evidence import evidence_of_report
from campaign.datasets.history import history_of
from campaign.datasets.report_content import content_of
from campaign.datasets.report_edition import changes_since_previous
from campaign.datasets.report_prefill import parts_of
from campaign.datasets.report_table import table_of
from campaign.datasets.report_words import about_in_words
from campaign.forms.report_review import QuestionForm, ReportDecisionForm, about_choices
from campaign.models import Figure, ProgressReport
from campaign.permissions import may_decide, may_review
from campaign.views.queue import queue_form
from campaign.views.report import parts_as_read
from lib import clock

SHOWN_EVENTS = 50
Status = ProgressReport.Status


def get_sent(request: UserRequest, pk: int) -> ProgressReport:
    """A version that was sent, for somebody who may review it; 403 for the unit's own people."""
    seen = ProgressReport.objects.visible_to(request.user).filter(submitted_at__isnull=False)
    report = get_object_or_404(
        seen.select_related("unit", "period__campaign", "reviewer", "decided_by", "submitted_by"),
        pk=pk,
    )
    require(may_review(request.user, report))
    return report


@methods("GET")
def report_review(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, get_sent(request, pk))


def _page(
    request: UserRequest,
    report: ProgressReport,
    *,
    decision: ReportDecisionForm | None = None,
    question: QuestionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    table = table_of(report)
    is_declared = report.channel == report.Channel.PORTAL or bool(table)
    findings = consistency.check(content_of(report, table)) if is_declared else []
    difference = changes_since_previous(report)
    context = {
        "report": report,
        "obligation": report.obligation(),
        "parts": parts_as_read(report),
        "table": table,
        "exemplars": list(report.exemplars.order_by("pk")),
        "evidence": evidence_of_report(report),
        "is_declared": is_declared,
        "findings": findings,
        "difference": difference,
        "changed": difference.changed_labels if difference else frozenset(),
        "reasons": [
            (about_in_words(reason.about), reason.text)
            for reason in report.return_reasons.order_by("pk")
        ],
        "decision": decision or _fresh_decision(request, report),
        "question": question or QuestionForm(),
        "can_ask": report.status in actions.ASKABLE,
        "events": history_of(report, request.user)[:SHOWN_EVENTS],
        "at": request.at,
        **_what_next(request.user, report),
        **_around(request, report),
    }
    return render(request, "campaign/report_review.html", context, status=status)


def _what_next(user: User, report: ProgressReport) -> dict[str, bool]:
    under_review = report.status == Status.UNDER_REVIEW
    return {
        "can_take": may_review(user, report) and report.status == Status.SUBMITTED,
        "can_decide": may_decide(user, report) and under_review,
        "is_with_another": under_review and report.reviewer_id != user.pk,
    }


def _around(request: UserRequest, report: ProgressReport) -> dict[str, Any]:
    """Where this lies in the queue the reviewer came from, and what comes before and after."""
    asked = request.GET.copy()
    asked["loai"] = dataset.REPORTS.code
    campaign = report.period.campaign
    filters = queue_form(request, campaign, asked).filters()
    tab = dataset.tab_by_code(request.user, filters.tab)
    among = dataset.among(request.user, campaign, filters)
    return {
        "neighbours": dataset.neighbours(request.user, among, tab, report),
        "tab": tab,
        "query": f"?{asked.urlencode()}",
    }


def _decision(request: UserRequest, report: ProgressReport, **more: Any) -> ReportDecisionForm:
    figures = report.figures.select_related("indicator").order_by("indicator__position")
    indicators = list({row.indicator_id: row.indicator for row in figures}.values())
    choices = about_choices(parts_of(report), indicators)
    today = clock.local_day(request.at)
    return ReportDecisionForm(choices=choices, today=today, **more)


def _fresh_decision(request: UserRequest, report: ProgressReport) -> ReportDecisionForm:
    due = submission.default_return_date(request.at)
    return _decision(request, report, initial={"due": due})


@methods("POST")
@once
def report_take(request: UserRequest, pk: int) -> HttpResponse:
    report = get_sent(request, pk)
    submission.take(report, by=request.user, at=request.at)
    messages.success(request, "Đã nhận xem xét. Đơn vị không rút lại được trong lúc này.")
    return redirect(_address(request, pk))


@methods("POST")
@once
def report_decide(request: UserRequest, pk: int) -> HttpResponse:
    """Accept, return or put back, as the button says."""
    report = get_sent(request, pk)
    require(may_decide(request.user, report))
    form = _decision(request, report, data=request.POST)
    if not form.is_valid():
        return _page(request, report, decision=form, status=422)
    by, at, decided = request.user, request.at, form.cleaned_data["decision"]
    if decided == ReportDecisionForm.ACCEPT:
        actions.accept_report(report, by=by, at=at, note=form.cleaned_data["note"])
        messages.success(request, f"Đã tiếp nhận báo cáo của {report.unit}.")
    elif decided == ReportDecisionForm.RETURN:
        _return(request, report, form)
    else:
        submission.put_back(report, by=by, at=at)
        messages.success(request, "Đã đưa lại hàng chờ.")
    return redirect(_address(request, pk))


def _return(request: UserRequest, report: ProgressReport, form: ReportDecisionForm) -> None:
    by, at, due = request.user, request.at, form.cleaned_data["due"]
    if form.cleaned_data["is_void"]:
        actions.return_report_as_void(
            report, by=by, at=at, due=due, reasons=form.reasons(),
            void_reason=form.cleaned_data["void_reason"],
        )  # fmt: skip
        messages.success(request, f"Đã trả lại {report.unit}; lần gửi này không tính.")
        return
    actions.return_report(report, by=by, at=at, due=due, reasons=form.reasons())
    messages.success(request, f"Đã trả lại {report.unit} để bổ sung. Đơn vị sẽ nhận được thư.")


@methods("POST")
@once
def report_ask(request: UserRequest, pk: int) -> HttpResponse:
    """Ask about one figure; the unit answers in place and nothing is returned for it."""
    report = get_sent(request, pk)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _page(request, report, question=form, status=422)
    figures = Figure.objects.filter(report=report).select_related("indicator", "activity")
    figure = get_object_or_404(figures, pk=form.cleaned_data["figure"])
    actions.ask_about_figure(
        report, figure.indicator, activity=figure.activity,
        by=request.user, at=request.at, text=form.cleaned_data["text"],
    )  # fmt: skip
    messages.success(request, f"Đã hỏi {report.unit} về {figure.indicator.code}.")
    return redirect(f"{_address(request, pk)}#chi-tieu-{figure.indicator.code}")


def _address(request: UserRequest, pk: int) -> str:
    """The same page in the same queue."""
    query = request.META.get("QUERY_STRING", "")
    return reverse("campaign:report-review", args=[pk]) + (f"?{query}" if query else "")
