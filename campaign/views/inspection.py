"""Rounds of inspection: all of them, one with the plan of its visits, and putting units into it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import XLSX, UserRequest, attachment, methods
from accounts.once import once
from accounts.permissions import require
from campaign.actions import inspection as actions
from campaign.datasets.inspection import (
    rounds_of,
    summary_of,
    units_to_visit,
    visits_in,
)
from campaign.datasets.inspection_sheet import round_sheet
from campaign.forms.inspection import RoundForm, VisitsForm, facts_of
from campaign.models import InspectionRound, Visit
from campaign.permissions import may_plan_inspections
from campaign.views.obligation import current_campaign
from lib.sheet import write_xlsx
from lib.vietnamese import fold
from units.permissions import has_a_role, sees_province, standing


@methods("GET")
def inspections(request: UserRequest) -> HttpResponse:
    """The province sees rounds and figures; a unit the visits it gets, a team those it makes."""
    if not has_a_role(request.user):
        raise Http404
    campaign = current_campaign()
    seen = Visit.objects.visible_to(request.user).filter(round__campaign=campaign)
    is_province = sees_province(request.user)
    context = {
        "campaign": campaign,
        "rounds": rounds_of(campaign) if is_province else None,
        "visits": None if is_province else list(seen.select_related("unit", "round").in_order()),
        "summary": summary_of(request.user, campaign, at=request.at),
        "can_plan": may_plan_inspections(request.user),
        "at": request.at,
    }
    return render(request, "campaign/inspections.html", context)


def get_round(request: UserRequest, pk: int) -> InspectionRound:
    """The whole plan of a round is the province's; a unit sees its own visit."""
    if not sees_province(request.user):
        raise Http404
    rounds = InspectionRound.objects.select_related("campaign")
    return get_object_or_404(rounds, pk=pk)


@methods("GET")
def inspection_round(request: UserRequest, pk: int) -> HttpResponse:
    round_ = get_round(request, pk)
    rows = visits_in(round_)
    if request.GET.get("xuat") == "xlsx":
        content = write_xlsx([round_sheet(round_, rows, at=request.at)])
        name = f"ke-hoach-{fold(round_.name).replace(' ', '-')[:60]}.xlsx"
        return attachment(content, name, XLSX)
    context = {
        "round": round_,
        "rows": rows,
        "can_plan": may_plan_inspections(request.user),
        "own_units": standing(request.user).units(),
    }
    return render(request, "campaign/inspection_round.html", context)


@methods("GET", "POST")
@once
def round_add(request: UserRequest) -> HttpResponse:
    require(may_plan_inspections(request.user))
    campaign = current_campaign()
    form = RoundForm(request.POST if request.method == "POST" else None, campaign=campaign)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "campaign/inspection_round_form.html", {"form": form}, status=status)
    made = actions.create_round(campaign, form.facts(), by=request.user, at=request.at)
    messages.success(request, f"Đã lập {made.name}. Mời chọn các đơn vị được kiểm tra.")
    return redirect("campaign:visits-add", made.pk)


@methods("GET", "POST")
@once
def round_edit(request: UserRequest, pk: int) -> HttpResponse:
    round_ = get_round(request, pk)
    require(may_plan_inspections(request.user))
    form = RoundForm(
        request.POST if request.method == "POST" else None,
        campaign=round_.campaign, round_=round_, initial=facts_of(round_),
    )  # fmt: skip
    if not form.is_valid():
        context, status = {"form": form, "round": round_}, 422 if form.is_bound else 200
        return render(request, "campaign/inspection_round_form.html", context, status=status)
    actions.change_round(round_, form.facts(), by=request.user, at=request.at)
    messages.success(request, "Đã lưu đợt kiểm tra.")
    return redirect(round_)


@methods("GET", "POST")
@once
def visits_add(request: UserRequest, pk: int) -> HttpResponse:
    """Several units at once: whole blocks or one by one, on one day or spread over working days."""
    round_ = get_round(request, pk)
    require(may_plan_inspections(request.user))
    form = VisitsForm(
        request.POST if request.method == "POST" else None,
        round_=round_,
        groups=units_to_visit(standing(request.user).units(), round_),
        initial={"day": round_.starts_on},
    )
    if not form.is_valid():
        context = {"form": form, "round": round_, "ticked": form.ticked()}
        status = 422 if form.is_bound else 200
        return render(request, "campaign/visits_add.html", context, status=status)
    made = actions.add_visits(
        round_, form.days(), by=request.user, at=request.at, team_of=form.cleaned_data["team_of"]
    )
    messages.success(request, f"Đã đưa {len(made)} đơn vị vào đợt kiểm tra.")
    return redirect(round_)
