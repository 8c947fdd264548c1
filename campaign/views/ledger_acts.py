"""What the head of Ban Thi đua does to several rows of a ledger at once, after a look ahead."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from accounts import bulk
from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.permissions import require
from campaign.actions import obligation as actions
from campaign.datasets.ledger import select
from campaign.datasets.matter import Matter
from campaign.forms.obligation import ExemptSeveralForm, ExtendSeveralForm, LedgerForm
from campaign.models import Obligation, ReportingPeriod
from campaign.views.obligation import current_campaign
from lib.listing import sort_out
from lib.vietnamese import short_date
from units.permissions import is_board_head


def _matter(request: UserRequest, pk: int | None) -> Matter:
    """The sub-plans of the campaign, or the reports of the period in the address."""
    require(is_board_head(request.user))
    if pk is None:
        return Matter(current_campaign())
    seen = ReportingPeriod.objects.visible_to(request.user).select_related("campaign")
    period = get_object_or_404(seen, pk=pk)
    return Matter(period.campaign, period)


def _back(request: UserRequest, matter: Matter) -> str:
    """The list as it was filtered."""
    page = (
        reverse("campaign:period", args=[matter.period.pk])
        if matter.period
        else reverse("campaign:sub-plans")
    )
    return f"{page}?{request.META.get('QUERY_STRING', '')}".rstrip("?")


def _ticked(request: UserRequest, matter: Matter) -> Any:
    def filtered() -> Any:
        form = LedgerForm(request.GET)
        return select(request.user, matter, at=request.at, filters=form.filters())

    seen = Obligation.objects.visible_to(request.user)
    mine = matter.obligations().filter(pk__in=seen.values("pk"))
    found: Any = bulk.ticked(request, mine, filtered)
    return found.select_related("unit", "period").order_by("unit__sort_order", "pk")


def _name(owed: Obligation) -> str:
    return f"{owed.unit} (hạn {short_date(owed.effective_due_date)})"


@methods("POST")
@once
def extend_several(request: UserRequest, pk: int | None = None) -> HttpResponse:
    matter = _matter(request, pk)
    wanted, back = _ticked(request, matter), _back(request, matter)
    if why := bulk.too_few_or_many(wanted):
        return bulk.turned_back(request, why, back)
    rows = sort_out(wanted, partial(actions.why_not_extended, by=request.user))
    form = ExtendSeveralForm(
        request.POST if bulk.is_agreed(request) else None,
        now_due=max((owed.effective_due_date for owed in rows.will), default=None),
    )
    plan: bulk.Plan[Obligation] = bulk.Plan(
        f"Gia hạn {matter.title}", "Gia hạn", rows, _name, back, form,
        note="Mỗi đơn vị nhận một thư báo hạn mới.",
    )  # fmt: skip
    if not bulk.is_confirmed(request, plan):
        return bulk.preview(request, plan)
    actions.extend_several(rows.will, by=request.user, at=request.at, **form.cleaned_data)
    due = short_date(form.cleaned_data["due"])
    messages.success(request, f"Đã gia hạn cho {len(rows.will)} đơn vị đến {due}.")
    return redirect(back)


@methods("POST")
@once
def exempt_several(request: UserRequest, pk: int | None = None) -> HttpResponse:
    matter = _matter(request, pk)
    wanted, back = _ticked(request, matter), _back(request, matter)
    if why := bulk.too_few_or_many(wanted):
        return bulk.turned_back(request, why, back)
    rows = sort_out(wanted, partial(actions.why_not_exempted, by=request.user))
    form = ExemptSeveralForm(request.POST if bulk.is_agreed(request) else None)
    plan: bulk.Plan[Obligation] = bulk.Plan(
        f"Miễn gửi {matter.title}", "Miễn", rows, _name, back, form,
        note="Đơn vị được miễn không bị nhắc và không tính vào tỷ lệ; có thể đổi lại sau.",
    )  # fmt: skip
    if not bulk.is_confirmed(request, plan):
        return bulk.preview(request, plan)
    reason = form.cleaned_data["reason"]
    actions.exempt_several(rows.will, by=request.user, at=request.at, reason=reason)
    messages.success(request, f"Đã miễn {len(rows.will)} đơn vị.")
    return redirect(back)
