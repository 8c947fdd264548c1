"""One nominee: typed, tied to what is in the portal, held against the rules."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.permissions import require
from awards.actions import nomination as actions
from awards.actions.personal import show_personal_data
from awards.datasets.achievement import line_of_figure, sources_of, sources_offered
from awards.datasets.dossier import dossier_page, events_of
from awards.datasets.guideline import forms_offered
from awards.datasets.likeness import told_to_unit
from awards.datasets.rules import judge
from awards.forms.dossier import ReasonForm
from awards.forms.nomination import NominationForm, SourcesForm, typed_of
from awards.forms.reception import AppraisalForm
from awards.models import AwardGuideline, Dossier, Nomination
from awards.permissions import may_appraise, may_edit_dossier, may_read_personal_data
from awards.views.dossier import get_dossier
from campaign.datasets.report_prefill import line_about
from lib import clock
from units.permissions import sees_province

Status = Nomination.Status
# From here on the unit reads what Ban Thi đua had found.
ENDED = {*Nomination.OVER, *Nomination.HONOURED}


def get_nomination(request: UserRequest, pk: int) -> Nomination:
    seen = Nomination.objects.visible_to(request.user).select_related(
        "candidate__unit", "form", "dossier__unit", "dossier__campaign", "appraised_by",
        "ranking_row__ranking",
    )  # fmt: skip
    return get_object_or_404(seen, pk=pk)


def bound_form(
    request: UserRequest, dossier: Dossier, nomination: Nomination | None = None
) -> NominationForm:
    """The form with what was posted, offering what may be proposed today; a nomination keeps
    its own form though it is offered no more."""
    on = clock.local_day(request.at)
    guideline = AwardGuideline.objects.in_force(dossier.campaign, on=on)
    offered = forms_offered(guideline, on=on)
    data = request.POST if request.method == "POST" else None
    if nomination is None:
        return NominationForm(data, offered=offered)
    # The form by its key, as a select compares what is chosen.
    shown = {**typed_of(nomination), "form": nomination.form_id}
    return NominationForm(data, offered=[*offered, nomination.form], initial=shown)


@methods("GET", "POST")
@once
def nomination_add(request: UserRequest, pk: int) -> HttpResponse:
    dossier = get_dossier(request, pk)
    require(may_edit_dossier(request.user, dossier))
    form = bound_form(request, dossier)
    if not form.is_valid():
        context = {"dossier": dossier, "form": form, "page": dossier_page(dossier, at=request.at)}
        status = 422 if form.is_bound else 200
        return render(request, "awards/nomination_form.html", context, status=status)
    made = actions.add_nomination(
        dossier, form.candidate(), form.nomination(), by=request.user, at=request.at
    )
    messages.success(request, f"Đã thêm {made.candidate}. Mời chọn hoạt động, số liệu làm căn cứ.")
    return redirect("awards:nomination-sources", made.pk)


@methods("GET", "POST")
@once
def nomination_edit(request: UserRequest, pk: int) -> HttpResponse:
    found = get_nomination(request, pk)
    require(may_edit_dossier(request.user, found.dossier))
    form = bound_form(request, found.dossier, found)
    if not form.is_valid():
        context = {
            "dossier": found.dossier, "nomination": found, "form": form,
            "page": dossier_page(found.dossier, at=request.at),
        }  # fmt: skip
        status = 422 if form.is_bound else 200
        return render(request, "awards/nomination_form.html", context, status=status)
    actions.change_nomination(
        found, form.candidate(), form.nomination(), by=request.user, at=request.at
    )
    messages.success(request, "Đã lưu đề nghị.")
    return redirect(found)


@methods("GET")
def nomination(request: UserRequest, pk: int) -> HttpResponse:
    return detail(request, get_nomination(request, pk))


def detail(
    request: UserRequest, found: Nomination, *, status: int = 200, **typed: Any
) -> HttpResponse:
    user, dossier = request.user, found.dossier
    everybody = list(
        dossier.nominations.exclude(status=Status.WITHDRAWN)
        .select_related("candidate__unit", "form")
        .in_order()
    )
    judged = next(
        (one for one in judge(dossier, everybody, at=request.at) if one.nomination == found), None
    )
    appraises = may_appraise(user, found)
    context = {
        "nomination": found,
        "dossier": dossier,
        "judged": judged,
        "likeness": told_to_unit(dossier).get(found.pk, ""),
        "sources": [(source, _line(source, dossier)) for source in sources_of(found)],
        "papers": found.papers.current().select_related("stored").order_by("pk"),
        "events": events_of(user, dossier, found),
        "reads_opinion": sees_province(user) or found.status in ENDED,
        "can_edit": may_edit_dossier(user, dossier) and dossier.is_editable
        and found.status == Status.IN_DOSSIER,
        "can_read_personal": may_read_personal_data(user, found.candidate)
        and found.candidate.recipient == "individual",
        "can_appraise": appraises and found.status == Status.APPRAISING,
        "can_reopen": appraises and found.status == Status.APPRAISED,
        "appraisal_form": AppraisalForm(),
        "reason_form": ReasonForm(),
        **typed,
    }  # fmt: skip
    return render(request, "awards/nomination.html", context, status=status)


def _line(source: Any, dossier: Dossier) -> str:
    if source.activity is not None:
        return line_about(source.activity, dossier.unit).removeprefix("- ")
    return line_of_figure(source.figure).removeprefix("- ")


@methods("POST")
@once
def personal(request: UserRequest, pk: int) -> HttpResponse:
    """A look at birth date and identity number: by a button, because it is written down."""
    found = get_nomination(request, pk)
    data = show_personal_data(found.candidate, by=request.user, at=request.at)
    return detail(request, found, personal=data, looked=True)


@methods("GET", "POST")
@once
def sources(request: UserRequest, pk: int) -> HttpResponse:
    found = get_nomination(request, pk)
    require(may_edit_dossier(request.user, found.dossier))
    offered = sources_offered(found.dossier)
    form = SourcesForm(
        request.POST if request.method == "POST" else None,
        activities=offered.activities, figures=offered.figures,
    )  # fmt: skip
    if not form.is_valid():
        chosen = sources_of(found)
        context = {
            "nomination": found,
            "dossier": found.dossier,
            "activities": [
                (row, line_about(row, found.dossier.unit)) for row in offered.activities
            ],
            "figures": [(row, line_of_figure(row)) for row in offered.figures],
            "chosen_activities": {row.activity_id for row in chosen},
            "chosen_figures": {row.figure_id for row in chosen},
            "form": form,
        }
        status = 422 if form.is_bound else 200
        return render(request, "awards/nomination_sources.html", context, status=status)
    actions.choose_sources(
        found, form.cleaned_data["activities"], form.cleaned_data["figures"],
        by=request.user, at=request.at,
    )  # fmt: skip
    said = (
        "Cổng đã soạn sẵn báo cáo thành tích."
        if found.is_drafted
        else "Văn bản đã viết giữ nguyên."
    )
    messages.success(request, f"Đã gắn căn cứ thành tích. {said}")
    return redirect(found)


@methods("POST")
@once
def remove(request: UserRequest, pk: int) -> HttpResponse:
    found = get_nomination(request, pk)
    actions.remove_nomination(found, by=request.user, at=request.at)
    messages.success(request, f"Đã bỏ {found.candidate} khỏi hồ sơ.")
    return redirect(found.dossier)


@methods("POST")
@once
def give_reason(request: UserRequest, pk: int, code: str) -> HttpResponse:
    found = get_nomination(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return detail(request, found, status=422, reason_form=form, reason_for=code)
    actions.give_reason(
        found, code[:10], form.cleaned_data["reason"], by=request.user, at=request.at
    )
    messages.success(request, "Đã ghi lý do.")
    return redirect(f"{reverse('awards:nomination', args=[found.pk])}#dieu-kien")
