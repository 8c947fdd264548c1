"""The plan: the document to read, and one row of it with everything behind."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.http import UserRequest, methods
from campaign.datasets.plan import FOLLOWED, item_page, only_mine, plan_page
from campaign.models import Campaign, PlanItem
from campaign.permissions import may_read_plans
from units.acting import acting_for
from units.models import Unit
from units.permissions import sees_province


def _acting_unit(request: UserRequest) -> Unit:
    """The unit the person acts for; who has no role anywhere sees nothing."""
    acting = acting_for(request)
    if acting is None:
        raise Http404
    return acting.unit


@methods("GET")
def plan(request: UserRequest, code: str) -> HttpResponse:
    unit = _acting_unit(request)
    campaign = get_object_or_404(Campaign, code=code)
    page = plan_page(campaign, reader=request.user, unit=unit)
    is_mine = request.GET.get("cua_toi") == "1"
    context = {
        "page": page,
        "campaign": campaign,
        "unit": unit,
        "is_mine": is_mine,
        "sections": only_mine(page) if is_mine else page.sections,
        "can_read_plans": may_read_plans(request.user),
    }
    return render(request, "campaign/plan.html", context)


@methods("GET")
def plan_item(request: UserRequest, code: str, item_code: str) -> HttpResponse:
    unit = _acting_unit(request)
    item = get_object_or_404(
        PlanItem.objects.select_related("campaign", "source", "withdrawn_by"),
        campaign__code=code,
        code=item_code,
    )
    context = {
        "page": item_page(item, reader=request.user, unit=unit),
        "campaign": item.campaign,
        "item": item,
        "unit": unit,
        "can_follow": item.kind in FOLLOWED and sees_province(request.user),
    }
    return render(request, "campaign/plan_item.html", context)
