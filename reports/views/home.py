"""Việc của tôi: the first page, different for each role."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.http import UserRequest, methods
from campaign.datasets.reminded import reminded
from campaign.models import Campaign
from reports.datasets.home import home_of
from units.permissions import is_board_reviewer


@methods("GET")
def home(request: UserRequest) -> HttpResponse:
    """What waits for the person; who only reads is taken to the overview."""
    campaign = Campaign.objects.current()
    work = home_of(request.user, campaign, at=request.at)
    if work.is_only_for_reading:
        return redirect("reports:overview")
    context = {
        "campaign": campaign,
        "home": work,
        "reminded": reminded(request.user, at=request.at),
        "can_build": is_board_reviewer(request.user),
        "at": request.at,
    }
    return render(request, "reports/home.html", context)
