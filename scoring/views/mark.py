"""One cell of a sheet: answered, explained, proved."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.permissions import require
from files.actions import stage_file
from files.checks import BadFile
from files.http import serve
from scoring.actions import evidence as evidence_actions
from scoring.actions import mark as actions
from scoring.forms.sheet import CellForm, EvidenceForm
from scoring.formula import BadAnswer
from scoring.models import Criterion, Evidence, Level, Mark, ScoreSheet
from scoring.permissions import may_score_self
from scoring.views.sheet import get_sheet, grid_of, sheet_view, writing_of


def _criterion(sheet: ScoreSheet, code: str) -> Criterion:
    rows = Criterion.objects.filter(scale=sheet.scale_id).select_related("parent")
    return get_object_or_404(rows, code=code)


@methods("POST")
@once
def answer(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """Save one cell. htmx gets the state of the cell and all sums; without it the page again."""
    sheet = get_sheet(request, pk)
    criterion = _criterion(sheet, code)
    form = CellForm(request.POST)
    if not form.is_valid():
        raise Http404  # the fields of a cell cannot be wrong unless somebody changed the page
    writing = writing_of(request.user, sheet)
    assignment = writing.assignment if writing else None
    try:
        actions.answer_criterion(
            sheet, criterion, _said(request, criterion, form, assignment),
            by=request.user, at=request.at,
        )  # fmt: skip
    except BadAnswer as bad:
        return _refused(request, sheet, criterion, bad)
    if not request.htmx:
        return redirect(f"{sheet.get_absolute_url()}#tieu-chi-{code}")
    return _saved(request, sheet, code, is_in_grid=bool(form.cleaned_data["place"]))


def _said(
    request: UserRequest, criterion: Criterion, form: CellForm, assignment: Any
) -> actions.Answer:
    questions = () if criterion.is_group else criterion.formula().questions()
    typed = {one.name: request.POST.get(one.name, "") for one in questions}
    said = form.cleaned_data
    return actions.Answer(
        level=said["level"],
        kind=form.kind(typed, questions),
        typed=typed,
        reason=said["reason"],
        replaces=said["replaces"],
        assignment=assignment if said["level"] == Level.CROSS else None,
    )


def _saved(request: UserRequest, sheet: ScoreSheet, code: str, *, is_in_grid: bool) -> HttpResponse:
    """The state of the cell, and out of band what follows from it where it is shown."""
    grid, writing = grid_of(request, sheet)
    context = {"sheet": sheet, "grid": grid, "writing": writing, "row": grid.row(code)}
    name = "scoring/cell_saved.html" if is_in_grid else "scoring/sheet_saved.html"
    return render(request, name, context)


def _refused(
    request: UserRequest, sheet: ScoreSheet, criterion: Criterion, bad: BadAnswer
) -> HttpResponse:
    """What was typed stays: in place for htmx, in the whole page otherwise."""
    errors = list(bad.errors.values())
    if request.htmx:
        context = {"errors": errors, "code": criterion.code}
        return render(request, "scoring/sheet_refused.html", context, status=422)
    return sheet_view(
        request, sheet, status=422, refused=errors, refused_code=criterion.code,
        typed=request.POST,
    )  # fmt: skip


@methods("GET")
def why(request: UserRequest, pk: int, code: str) -> HttpResponse:
    sheet = get_sheet(request, pk)
    return _why(request, sheet, _criterion(sheet, code))


def _why(
    request: UserRequest, sheet: ScoreSheet, criterion: Criterion, *, status: int = 200, **more: Any
) -> HttpResponse:
    grid, writing = grid_of(request, sheet)
    history = Mark.objects.history_of(sheet, criterion).select_related("by", "assignment__scorer")
    if writing and writing.assignment:  # cross-scorers do not copy from each other
        history = history.filter(Q(assignment=None) | Q(assignment=writing.assignment))
    evidence = Evidence.objects.filter(sheet=sheet, criterion=criterion, removed_at=None)
    context = {
        "sheet": sheet,
        "criterion": criterion,
        "row": grid.row(criterion.code),
        "history": list(history),
        "evidence": list(evidence.select_related("stored", "added_by").order_by("pk")),
        "can_prove": may_score_self(request.user, sheet.unit)
        and sheet.status in actions.OPEN[Level.SELF],
        "form": EvidenceForm(),
        **more,
    }
    return render(request, "scoring/sheet_why.html", context, status=status)


@methods("POST")
@once
def add_evidence(request: UserRequest, pk: int, code: str) -> HttpResponse:
    sheet = get_sheet(request, pk)
    criterion = _criterion(sheet, code)
    require(may_score_self(request.user, sheet.unit))
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid() and (sent := form.cleaned_data["file"]):
        try:
            staged = stage_file(by=request.user, at=request.at, name=sent.name or "", content=sent)
        except BadFile as bad:
            form.add_error("file", bad.sentence)
        else:
            evidence_actions.add_file(
                sheet, criterion, staged.token, by=request.user, at=request.at
            )
    if not form.is_valid():
        return _why(request, sheet, criterion, status=422, form=form)
    if link := form.cleaned_data["link"]:
        evidence_actions.add_link(sheet, criterion, link, by=request.user, at=request.at)
    messages.success(request, f"Đã thêm minh chứng cho tiêu chí {code}.")
    return redirect("scoring:sheet-why", pk, code)


def _evidence(request: UserRequest, pk: int, file_pk: int) -> Evidence:
    sheet = get_sheet(request, pk)
    rows = Evidence.objects.filter(sheet=sheet, removed_at=None)
    return get_object_or_404(rows.select_related("stored", "criterion", "sheet__unit"), pk=file_pk)


@methods("GET")
def evidence_file(request: UserRequest, pk: int, file_pk: int) -> HttpResponseBase:
    found = _evidence(request, pk, file_pk)
    if found.stored is None:
        raise Http404
    return serve(found.stored, found.name)


@methods("POST")
@once
def remove_evidence(request: UserRequest, pk: int, file_pk: int) -> HttpResponse:
    found = _evidence(request, pk, file_pk)
    require(may_score_self(request.user, found.sheet.unit))
    evidence_actions.remove_evidence(found, by=request.user, at=request.at)
    messages.success(request, "Đã gỡ minh chứng.")
    return redirect(reverse("scoring:sheet-why", args=[pk, found.criterion.code]))
