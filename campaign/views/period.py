"""Kỳ báo cáo: which there are, who owes each, and opening, locking and reopening them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, methods
from accounts.models import AuditEvent, User
from accounts.once import once
from accounts.permissions import require
from accounts.workflow import Refused
from campaign.actions import period as actions
from campaign.datasets.matter import Matter
from campaign.datasets.periods import periods_of, proposals, units_meant
from campaign.datasets.vocabulary import vocabulary_of
from campaign.forms.period import (
    NO_BLOCK,
    OwingForm,
    PeriodForm,
    ReopenForm,
    initial_of,
    initial_of_proposal,
)
from campaign.models import Campaign, ReportingPeriod
from campaign.permissions import may_set_periods
from campaign.views.ledger import ledger_page
from campaign.views.obligation import current_campaign
from lib.vietnamese import short_date
from units.models import Unit
from units.permissions import has_a_role, sees_province

Status = ReportingPeriod.Status
SHOWN_EVENTS = 50


def get_period(request: UserRequest, pk: int) -> ReportingPeriod:
    seen = ReportingPeriod.objects.visible_to(request.user).select_related("campaign")
    return get_object_or_404(seen, pk=pk)


@methods("GET")
def periods(request: UserRequest) -> HttpResponse:
    if not sees_province(request.user):
        raise Http404
    campaign = current_campaign()
    context = {
        "campaign": campaign,
        "rows": periods_of(campaign, at=request.at),
        "can_set": may_set_periods(request.user),
        "at": request.at,
    }
    return render(request, "campaign/periods.html", context)


@methods("GET", "POST")
@once
def period_add(request: UserRequest) -> HttpResponse:
    """A new period; `goi-y` in the address begins it as one of the proposals says."""
    if not has_a_role(request.user):
        raise Http404
    require(may_set_periods(request.user))
    campaign = current_campaign()
    offered = proposals(campaign)
    vocabulary = vocabulary_of(campaign)
    if request.method == "GET":
        wanted = request.GET.get("goi-y", "")
        chosen = next((found for found in offered if found.key == wanted), None)
        initial = initial_of_proposal(chosen) if chosen else {"asks_figures": True}
        form = PeriodForm(campaign=campaign, initial=initial)
        owing = OwingForm(vocabulary=vocabulary, initial=OwingForm.every_block())
        return _form_page(request, campaign, form, owing, proposals=offered, chosen=chosen)
    form = PeriodForm(request.POST, campaign=campaign)
    owing = OwingForm(request.POST, vocabulary=vocabulary)
    if not (form.is_valid() and owing.is_valid()):
        return _form_page(request, campaign, form, owing, status=422)
    try:
        units = _units(campaign, owing)
        period = actions.plan_period(
            campaign, actions.PeriodData(**form.values()), units, by=request.user, at=request.at
        )
    except Refused as refused:
        form.add_error("name", str(refused))
        return _form_page(request, campaign, form, owing, status=422)
    messages.success(request, f"Đã đặt kỳ báo cáo {period}, {units.count()} đơn vị phải gửi.")
    return redirect(period)


def _units(campaign: Campaign, owing: OwingForm) -> Any:
    blocks = owing.cleaned_data["blocks"]
    return units_meant(
        campaign,
        blocks=blocks,
        with_no_block=NO_BLOCK in blocks,
        named=owing.cleaned_data["units"],
    )


def _form_page(
    request: UserRequest,
    campaign: Campaign,
    form: PeriodForm,
    owing: OwingForm | None,
    *,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    context = {"campaign": campaign, "form": form, "owing": owing, **more}
    return render(request, "campaign/period_form.html", context, status=status)


@methods("GET")
def period(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, get_period(request, pk))


def _page(
    request: UserRequest, period: ReportingPeriod, *, status: int = 200, **forms: object
) -> HttpResponse:
    sets = may_set_periods(request.user)
    context: dict[str, Any] = {
        "period": period,
        "can_set": sets,
        "is_planned": period.status == Status.PLANNED,
        "is_open": period.status == Status.OPEN,
        "is_locked": period.status == Status.LOCKED,
        "reopen_form": ReopenForm(),
        "owing_form": OwingForm(vocabulary=vocabulary_of(period.campaign)) if sets else None,
        "events": _history(request.user, period),
        **forms,
    }
    if period.status == Status.PLANNED:
        context["owing_units"] = list(period.owing_units.in_protocol_order())
        return render(request, "campaign/period.html", context, status=status)
    answer = ledger_page(request, Matter(period.campaign, period), "campaign/period.html", context)
    if status != HttpResponse.status_code:
        answer.status_code = status
    return answer


def _history(user: User, period: ReportingPeriod) -> list[AuditEvent] | None:
    """Who opened and locked it, and why, is for the province to read."""
    if not sees_province(user):
        return None
    return list(AuditEvent.objects.about(period).select_related("by")[:SHOWN_EVENTS])


@methods("GET", "POST")
@once
def period_edit(request: UserRequest, pk: int) -> HttpResponse:
    period = get_period(request, pk)
    require(may_set_periods(request.user))
    if request.method == "GET":
        form = PeriodForm(campaign=period.campaign, initial=initial_of(period))
        return _form_page(request, period.campaign, form, None, period=period)
    form = PeriodForm(request.POST, campaign=period.campaign)
    if not form.is_valid():
        return _form_page(request, period.campaign, form, None, status=422, period=period)
    actions.change_period(
        period, actions.PeriodData(**form.values()), by=request.user, at=request.at
    )
    messages.success(request, "Đã sửa kỳ báo cáo.")
    return redirect(period)


@methods("POST")
@once
def period_drop(request: UserRequest, pk: int) -> HttpResponse:
    period = get_period(request, pk)
    actions.drop_period(period, by=request.user, at=request.at)
    messages.success(request, f"Đã bỏ kỳ báo cáo {period}.")
    return redirect("campaign:periods")


@methods("POST")
@once
def period_open(request: UserRequest, pk: int) -> HttpResponse:
    period = get_period(request, pk)
    actions.open_period(period, by=request.user, at=request.at)
    asked = (
        f"Biểu số liệu hỏi từ ngày {short_date(period.collects_from)}."
        if period.collects_from
        else "Kỳ này không hỏi thêm số liệu; số liệu cộng từ các kỳ đã có."
    )
    messages.success(request, f"Đã mở kỳ báo cáo {period}. {asked}")
    return redirect(period)


@methods("POST")
@once
def period_lock(request: UserRequest, pk: int) -> HttpResponse:
    period = get_period(request, pk)
    actions.lock_period(period, by=request.user, at=request.at)
    messages.success(request, f"Đã khóa kỳ báo cáo {period}: đơn vị không gửi thêm được nữa.")
    return redirect(period)


@methods("POST")
@once
def period_reopen(request: UserRequest, pk: int) -> HttpResponse:
    period = get_period(request, pk)
    require(may_set_periods(request.user))
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _page(request, period, status=422, reopen_form=form)
    reason = form.cleaned_data["reason"]
    actions.reopen_period(period, by=request.user, at=request.at, reason=reason)
    messages.success(request, f"Đã mở lại kỳ báo cáo {period}.")
    return redirect(period)


@methods("POST")
@once
def period_owing_add(request: UserRequest, pk: int) -> HttpResponse:
    period = get_period(request, pk)
    require(may_set_periods(request.user))
    form = OwingForm(request.POST, vocabulary=vocabulary_of(period.campaign))
    if not form.is_valid():
        return _page(request, period, status=422, owing_form=form)
    units = _units(period.campaign, form)
    added = actions.add_owing_units(period, units, by=request.user, at=request.at)
    messages.success(request, f"Đã thêm {added} đơn vị phải báo cáo.")
    return redirect(period)


@methods("POST")
@once
def period_owing_remove(request: UserRequest, pk: int) -> HttpResponse:
    period = get_period(request, pk)
    require(may_set_periods(request.user))
    chosen = [int(pk) for pk in request.POST.getlist("chon") if pk.isdecimal()]
    units = Unit.objects.filter(pk__in=chosen)
    gone = actions.remove_owing_units(period, units, by=request.user, at=request.at)
    messages.success(request, f"Đã bớt {gone} đơn vị khỏi danh sách phải báo cáo.")
    return redirect(period)
