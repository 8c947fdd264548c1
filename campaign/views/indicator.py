"""The catalogue of indicators: read by everybody who works here, kept by the head of the board."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, methods
from accounts.models import AuditEvent
from accounts.once import once
from accounts.permissions import require
from campaign.actions import indicator as actions
from campaign.datasets.indicators import catalogue, is_counted_with
from campaign.datasets.vocabulary import vocabulary_of
from campaign.forms.indicator import IndicatorForm
from campaign.models import Indicator
from campaign.permissions import may_edit_indicators
from campaign.views.obligation import current_campaign
from units.permissions import has_a_role

PAGE = "campaign:indicators"


def get_indicator(request: UserRequest, pk: int) -> Indicator:
    """Of the current campaign; for who may change it, and 404 for who sees nothing here."""
    if not has_a_role(request.user):
        raise Http404
    known = Indicator.objects.filter(campaign=current_campaign())
    found = get_object_or_404(known.select_related("campaign", "parent"), pk=pk)
    require(may_edit_indicators(request.user))
    return found


@methods("GET")
def indicators(request: UserRequest) -> HttpResponse:
    if not has_a_role(request.user):
        raise Http404
    campaign = current_campaign()
    context = {
        "campaign": campaign,
        "rows": catalogue(campaign),
        "can_edit": may_edit_indicators(request.user),
    }
    return render(request, "campaign/indicators.html", context)


@methods("GET", "POST")
@once
def indicator_add(request: UserRequest) -> HttpResponse:
    if not has_a_role(request.user):
        raise Http404
    require(may_edit_indicators(request.user))
    campaign = current_campaign()
    form = IndicatorForm(
        request.POST if request.method == "POST" else None,
        campaign=campaign, vocabulary=vocabulary_of(campaign),
    )  # fmt: skip
    if not form.is_valid():
        return _form(request, form)
    added = actions.add_indicator(
        campaign, form.cleaned_data["code"], _data(form), by=request.user, at=request.at
    )
    messages.success(request, f"Đã thêm chỉ tiêu {added.code}.")
    return redirect(PAGE)


@methods("GET", "POST")
@once
def indicator_edit(request: UserRequest, pk: int) -> HttpResponse:
    found = get_indicator(request, pk)
    form = IndicatorForm(
        request.POST if request.method == "POST" else None,
        campaign=found.campaign, vocabulary=vocabulary_of(found.campaign),
        indicator=found, is_frozen=is_counted_with(found),
    )  # fmt: skip
    if not form.is_valid():
        return _form(request, form)
    actions.change_indicator(found, _data(form), by=request.user, at=request.at)
    messages.success(request, f"Đã lưu chỉ tiêu {found.code}.")
    return redirect(PAGE)


def _data(form: IndicatorForm) -> actions.IndicatorData:
    said = form.cleaned_data
    return actions.IndicatorData(form.facts(), said["plan_codes"], said["only_units"])


def _form(request: UserRequest, form: IndicatorForm) -> HttpResponse:
    known = form.indicator
    context = {
        "form": form,
        "indicator": known,
        "events": AuditEvent.objects.about(known).select_related("by") if known else None,
    }
    status = 422 if form.is_bound else 200
    return render(request, "campaign/indicator_form.html", context, status=status)


@methods("POST")
@once
def indicator_up(request: UserRequest, pk: int) -> HttpResponse:
    actions.raise_indicator(get_indicator(request, pk), by=request.user)
    return redirect(PAGE)


@methods("POST")
@once
def indicator_down(request: UserRequest, pk: int) -> HttpResponse:
    actions.lower_indicator(get_indicator(request, pk), by=request.user)
    return redirect(PAGE)


@methods("POST")
@once
def indicator_retire(request: UserRequest, pk: int) -> HttpResponse:
    found = get_indicator(request, pk)
    actions.retire_indicator(found, by=request.user, at=request.at)
    messages.success(request, f"Đã ngừng dùng {found.code}; số liệu đã báo cáo vẫn giữ nguyên.")
    return redirect(PAGE)


@methods("POST")
@once
def indicator_restore(request: UserRequest, pk: int) -> HttpResponse:
    found = get_indicator(request, pk)
    actions.restore_indicator(found, by=request.user, at=request.at)
    messages.success(request, f"{found.code} được hỏi lại từ báo cáo tới.")
    return redirect(PAGE)
