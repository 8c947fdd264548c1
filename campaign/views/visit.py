"""One visit of an inspection: its page, its day and team, its minutes, and how it ends."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, attachment, methods
from accounts.models import AuditEvent
from accounts.once import once
from accounts.permissions import require
from accounts.workflow import Refused
from campaign.actions import inspection as actions
from campaign.datasets.minutes import minutes_of, team_of
from campaign.datasets.vocabulary import Vocabulary, vocabulary_of
from campaign.documents.minutes import minutes_document
from campaign.forms.visit import (
    CancelForm,
    MinutesForm,
    VisitForm,
    finding_rows,
    team_rows,
    texts_of,
    with_more_rows,
)
from campaign.models import FollowUpAnswer, Visit
from campaign.permissions import may_change_visit, may_read_minutes, may_write_minutes
from files.checks import CONTENT_TYPES, Kind
from lib.official.docx import write_docx
from lib.official.pdf import write_pdf
from units.permissions import belongs_to, is_board_reviewer, sees_province

WRITERS = {"docx": write_docx, "pdf": write_pdf}
SHOWN_EVENTS = 50


def get_visit(request: UserRequest, pk: int) -> Visit:
    seen = Visit.objects.visible_to(request.user).select_related("unit", "round__campaign")
    return get_object_or_404(seen, pk=pk)


@methods("GET")
def visit(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, get_visit(request, pk), CancelForm())


def _page(
    request: UserRequest, visit: Visit, cancel_form: CancelForm, *, status: int = 200
) -> HttpResponse:
    user = request.user
    reads = may_read_minutes(user, visit)
    accepted = FollowUpAnswer.objects.filter(
        obligation__finding=OuterRef("pk"), verdict=FollowUpAnswer.Verdict.ACCEPTED
    )
    findings = visit.findings.select_related("plan_item", "obligation").order_by("pk")
    findings = findings.annotate(is_settled=Exists(accepted))
    writes, changes = may_write_minutes(user, visit), may_change_visit(user, visit)
    events = AuditEvent.objects.about(visit).select_related("by")
    context = {
        "visit": visit,
        "team": team_of(visit),
        "reads": reads,
        "findings": list(findings) if reads else [],
        "events": list(events[:SHOWN_EVENTS]) if writes else None,
        "can_write": writes and visit.is_editable,
        "can_change": changes and visit.is_editable,
        "can_hold": writes and visit.can_move(Visit.Status.HELD),
        "can_close": changes and visit.can_move(Visit.Status.CLOSED),
        "can_cancel": changes and visit.can_move(Visit.Status.CANCELLED),
        "is_conflict": is_board_reviewer(user) and belongs_to(user, visit.unit),
        "sees_round": sees_province(user),
        "cancel_form": cancel_form,
        "at": request.at,
    }
    return render(request, "campaign/visit.html", context, status=status)


@methods("GET", "POST")
@once
def visit_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Day and team."""
    visit = get_visit(request, pk)
    require(may_change_visit(request.user, visit))
    if request.method == "POST":
        return _save_plan(request, visit)
    if not visit.is_editable:
        return redirect(visit)
    form = VisitForm(initial={"day": visit.day, "revision": visit.revision}, visit=visit)
    return _edit(request, visit, form, team_rows(visit, team_of(visit)))


def _save_plan(request: UserRequest, visit: Visit) -> HttpResponse:
    if "them" in request.POST:
        return _edit(request, visit, *_typed_plan(visit, with_more_rows(request.POST, "doan")))
    form, rows = _typed_plan(visit, request.POST)
    if not all([form.is_valid(), rows.is_valid()]):
        return _edit(request, visit, form, rows, status=422)
    day, revision, at = form.cleaned_data["day"], form.cleaned_data["revision"], request.at
    try:
        actions.change_visit(
            visit, by=request.user, at=at, revision=revision, day=day, team=rows.team()
        )
    except Refused as clash:
        typed = _typed_plan(visit, _of_today(request, visit.pk))
        return _edit(request, visit, *typed, clash=str(clash))
    messages.success(request, "Đã lưu ngày và đoàn kiểm tra.")
    return redirect(visit)


def _typed_plan(visit: Visit, data: Any) -> tuple[VisitForm, Any]:
    return VisitForm(data, visit=visit), team_rows(visit, (), data)


def _edit(
    request: UserRequest,
    visit: Visit,
    form: VisitForm,
    rows: Any,
    *,
    status: int = 200,
    clash: str = "",
) -> HttpResponse:
    context = {"visit": visit, "form": form, "rows": rows, "clash": clash}
    if clash:
        context["stored"] = {"day": get_visit(request, visit.pk).day, "team": team_of(visit)}
    return render(request, "campaign/visit_edit.html", context, status=409 if clash else status)


@methods("GET", "POST")
@once
def minutes(request: UserRequest, pk: int) -> HttpResponse:
    visit = get_visit(request, pk)
    require(may_write_minutes(request.user, visit))
    words = vocabulary_of(visit.round.campaign)
    if request.method == "POST":
        return _save_minutes(request, visit, words)
    if not visit.is_editable:
        return redirect(visit)
    rows = finding_rows(visit, words, minutes_of(visit).findings)
    return _write(request, visit, MinutesForm(initial=texts_of(visit)), rows)


def _save_minutes(request: UserRequest, visit: Visit, words: Vocabulary) -> HttpResponse:
    if "them" in request.POST:
        more = with_more_rows(request.POST, "noi-dung")
        return _write(request, visit, *_typed_minutes(visit, words, more))
    form, rows = _typed_minutes(visit, words, request.POST)
    if not all([form.is_valid(), rows.is_valid()]):
        return _write(request, visit, form, rows, status=422)
    said = form.minutes(found for row in rows if (found := row.found()))
    revision = form.cleaned_data["revision"]
    try:
        actions.save_minutes(visit, said, by=request.user, at=request.at, revision=revision)
    except Refused as clash:
        typed = _typed_minutes(visit, words, _of_today(request, visit.pk))
        return _write(request, visit, *typed, clash=str(clash))
    messages.success(request, "Đã lưu biên bản.")
    return redirect(visit)


def _typed_minutes(visit: Visit, words: Vocabulary, data: Any) -> tuple[MinutesForm, Any]:
    return MinutesForm(data), finding_rows(visit, words, (), data)


def _of_today(request: UserRequest, pk: int) -> Any:
    """What was typed, to be saved next over what a colleague stored meanwhile."""
    data = request.POST.copy()
    data["revision"] = str(get_visit(request, pk).revision)
    return data


def _write(
    request: UserRequest,
    visit: Visit,
    form: MinutesForm,
    rows: Any,
    *,
    status: int = 200,
    clash: str = "",
) -> HttpResponse:
    context = {"visit": visit, "form": form, "rows": rows, "clash": clash}
    if clash:
        context["stored"] = minutes_of(get_visit(request, visit.pk))
    return render(request, "campaign/visit_minutes.html", context, status=409 if clash else status)


@methods("GET")
def minutes_file(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    """Biên bản as a file, at any stage: what is not written yet is dots to fill in by hand."""
    visit = get_visit(request, pk)
    require(may_read_minutes(request.user, visit))
    if kind not in WRITERS:
        raise Http404
    name = f"bien-ban-kiem-tra-{visit.unit.code}-{visit.day:%Y-%m-%d}.{kind}"
    return attachment(WRITERS[kind](minutes_document(visit)), name, CONTENT_TYPES[Kind(kind)])


@methods("POST")
@once
def hold(request: UserRequest, pk: int) -> HttpResponse:
    visit = get_visit(request, pk)
    actions.hold_visit(visit, by=request.user, at=request.at)
    messages.success(request, "Đã ghi nhận cuộc kiểm tra. Từ lúc này đơn vị đọc được biên bản.")
    return redirect(visit)


@methods("POST")
@once
def close(request: UserRequest, pk: int) -> HttpResponse:
    visit = get_visit(request, pk)
    owed = actions.close_visit(visit, by=request.user, at=request.at)
    what = f"{len(owed)} nội dung phải khắc phục" if owed else "không có nội dung phải khắc phục"
    messages.success(request, f"Đã kết luận: {what}. Đơn vị sẽ nhận được thư.")
    return redirect(visit)


@methods("POST")
@once
def cancel(request: UserRequest, pk: int) -> HttpResponse:
    visit = get_visit(request, pk)
    require(may_change_visit(request.user, visit))
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _page(request, visit, form, status=422)
    reason = form.cleaned_data["reason"]
    actions.cancel_visit(visit, by=request.user, at=request.at, reason=reason)
    messages.success(request, "Đã hủy cuộc kiểm tra.")
    return redirect(visit)
