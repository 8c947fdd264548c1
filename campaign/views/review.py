"""One sub-plan under review: the file, what it says, the checklist, the decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.http import UserRequest, methods
from accounts.models import User
from accounts.once import once
from accounts.permissions import require
from campaign.actions import review as actions
from campaign.actions import submission
from campaign.checklist import Line
from campaign.datasets import queue as dataset
from campaign.datasets.history import history_of
from campaign.datasets.review import reading_of, shown_file
from campaign.forms.review import BAD, DecisionForm, LineForm, NoteForm, line_forms
from campaign.models import SubPlan, SubPlanFile
from campaign.permissions import may_decide, may_read_internal_notes, may_review
from campaign.views.queue import queue_form
from files.checks import Kind
from files.http import serve
from lib import clock

SHOWN_EVENTS = 50
Status = SubPlan.Status


def get_sent(request: UserRequest, pk: int) -> SubPlan:
    """A version that was sent, for somebody who may review it; 403 for the unit's own people."""
    seen = SubPlan.objects.visible_to(request.user).filter(submitted_at__isnull=False)
    sub_plan = get_object_or_404(
        seen.select_related("unit", "campaign", "reviewer", "decided_by", "submitted_by"), pk=pk
    )
    require(may_review(request.user, sub_plan))
    return sub_plan


@methods("GET")
def review(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, get_sent(request, pk))


def _page(
    request: UserRequest,
    sub_plan: SubPlan,
    *,
    lines: list[LineForm] | None = None,
    decision: DecisionForm | None = None,
    note: NoteForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user, today = request.user, clock.local_day(request.at)
    lines = lines or line_forms(sub_plan)
    reading = reading_of(sub_plan, today=today)
    context = {
        "sub_plan": sub_plan,
        "obligation": sub_plan.obligation(),
        "reading": reading,
        "file": shown_file(reading.files, request.GET.get("tep", "")),
        "is_pdf": Kind.PDF.value,
        "lines": [(line, reading.findings[line.line.code]) for line in lines],
        "decision": decision or _fresh_decision(request, lines),
        "note": note or NoteForm(),
        "notes": list(sub_plan.internal_notes.select_related("by").order_by("-at", "-pk")),
        "reasons": list(sub_plan.return_reasons.order_by("pk")),
        "events": history_of(sub_plan, user)[:SHOWN_EVENTS],
        "at": request.at,
        **_what_next(user, sub_plan),
        **_around(request, sub_plan),
    }
    return render(request, "campaign/review.html", context, status=status)


def _what_next(user: User, sub_plan: SubPlan) -> dict[str, bool]:
    under_review = sub_plan.status == Status.UNDER_REVIEW
    return {
        "can_take": may_review(user, sub_plan) and sub_plan.status == Status.SUBMITTED,
        "can_decide": may_decide(user, sub_plan) and under_review,
        "is_with_another": under_review and sub_plan.reviewer_id != user.pk,
    }


def _around(request: UserRequest, sub_plan: SubPlan) -> dict[str, Any]:
    """Where this lies in the queue the reviewer came from, and what comes before and after."""
    form = queue_form(request, sub_plan.campaign, request.GET)
    filters = form.filters()
    tab = dataset.tab_by_code(request.user, filters.tab)
    among = dataset.among(request.user, sub_plan.campaign, filters)
    asked = request.GET.copy()
    asked.pop("tep", None)
    return {
        "neighbours": dataset.neighbours(request.user, among, tab, sub_plan),
        "tab": tab,
        "query": f"?{asked.urlencode()}" if asked else "",
    }


def _fresh_decision(request: UserRequest, lines: list[LineForm]) -> DecisionForm:
    due = submission.default_return_date(request.at)
    return DecisionForm(today=clock.local_day(request.at), lines=lines, initial={"due": due})


@methods("POST")
@once
def review_take(request: UserRequest, pk: int) -> HttpResponse:
    sub_plan = get_sent(request, pk)
    submission.take(sub_plan, by=request.user, at=request.at)
    messages.success(request, "Đã nhận xem xét. Đơn vị không rút lại được trong lúc này.")
    return redirect(_address(request, pk))


@methods("POST")
@once
def review_decide(request: UserRequest, pk: int) -> HttpResponse:
    """Keep the marks; accept, return or put back as the button says."""
    sub_plan = get_sent(request, pk)
    require(may_decide(request.user, sub_plan))
    lines = line_forms(sub_plan, request.POST)
    form = DecisionForm(request.POST, today=clock.local_day(request.at), lines=lines)
    if not form.is_valid():
        return _page(request, sub_plan, lines=lines, decision=form, status=422)
    by, at = request.user, request.at
    actions.mark_lines(sub_plan, _marks(lines), by=by, at=at)
    decided = form.cleaned_data["decision"]
    if decided == DecisionForm.ACCEPT:
        actions.accept_sub_plan(sub_plan, by=by, at=at, note=form.cleaned_data["note"])
        messages.success(request, f"Đã tiếp nhận kế hoạch của {sub_plan.unit}.")
    elif decided == DecisionForm.RETURN:
        _return(request, sub_plan, form)
    elif decided == DecisionForm.PUT_BACK:
        submission.put_back(sub_plan, by=by, at=at)
        messages.success(request, "Đã đưa lại hàng chờ; đánh dấu và ghi chú vẫn được giữ.")
    else:
        messages.success(request, "Đã lưu đánh dấu. Đơn vị chưa thấy gì.")
    return redirect(_address(request, pk))


def _marks(lines: list[LineForm]) -> dict[Line, actions.LineMark]:
    return {
        line.line: actions.LineMark(not line.is_bad, line.cleaned_data["reason"])
        for line in lines
        if line.cleaned_data["mark"]
    }


def _return(request: UserRequest, sub_plan: SubPlan, form: DecisionForm) -> None:
    by, at, due = request.user, request.at, form.cleaned_data["due"]
    reasons = {
        line.line: line.cleaned_data["reason"]
        for line in form.lines
        if line.cleaned_data["mark"] == BAD
    }
    if form.cleaned_data["is_void"]:
        actions.return_as_void(
            sub_plan, by=by, at=at, due=due, reasons=reasons,
            void_reason=form.cleaned_data["void_reason"],
        )  # fmt: skip
        messages.success(request, f"Đã trả lại {sub_plan.unit}; lần gửi này không tính.")
        return
    actions.return_sub_plan(sub_plan, by=by, at=at, due=due, reasons=reasons)
    messages.success(request, f"Đã trả lại {sub_plan.unit} để bổ sung. Đơn vị sẽ nhận được thư.")


@methods("POST")
@once
def review_note(request: UserRequest, pk: int) -> HttpResponse:
    sub_plan = get_sent(request, pk)
    require(may_read_internal_notes(request.user, sub_plan))
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, sub_plan, note=form, status=422)
    actions.add_internal_note(
        sub_plan, by=request.user, at=request.at, text=form.cleaned_data["text"]
    )
    messages.success(request, "Đã lưu ghi chú nội bộ.")
    return redirect(_address(request, pk) + "#ghi-chu")


def _address(request: UserRequest, pk: int) -> str:
    """The same page in the same queue."""
    query = request.META.get("QUERY_STRING", "")
    return reverse("campaign:review", args=[pk]) + (f"?{query}" if query else "")


@methods("GET")
def sub_plan_preview(request: UserRequest, pk: int, file_pk: int) -> HttpResponseBase:
    """A file of a version as shown inside the review page."""
    sub_plan = get_sent(request, pk)
    files = SubPlanFile.objects.filter(sub_plan=sub_plan).select_related("stored")
    file = get_object_or_404(files, pk=file_pk)
    return serve(file.stored, file.name, inline_pdf=True)
