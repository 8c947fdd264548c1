"""The campaign's package in a scale, and for Ban Thi đua how far it has got."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.permissions import require
from campaign.models import Campaign
from lib import clock
from scoring.actions import package as actions
from scoring.datasets.content import content_of
from scoring.datasets.coverage import coverage
from scoring.datasets.scale import use_of
from scoring.forms.package import DayForm, PackageForm
from scoring.models import CampaignPackage
from scoring.permissions import may_read_coverage, may_set_package_day
from scoring.views.editor import get_draft, revision_of
from units.permissions import has_a_role


@methods("GET", "POST")
@once
def take(request: UserRequest, pk: int) -> HttpResponse:
    scale = get_draft(request, pk)
    package = CampaignPackage.objects.filter(campaign__starts_on__year=scale.year).first()
    if package is None:
        raise Http404
    content = content_of(scale)
    use = use_of(scale)
    form = PackageForm(
        request.POST or None, content=content, year=scale.year,
        initial={"way": use.way if use else None, "parent": _likely_group(content)},
    )  # fmt: skip
    if request.method == "GET" or not form.is_valid():
        leaves = actions.package_leaves(package)
        context = {
            "scale": scale, "package": package, "leaves": leaves, "form": form, "use": use,
            "points": sum(leaf.max_points for leaf in leaves),
            "revision": request.POST.get("revision", scale.revision),
        }  # fmt: skip
        status = 422 if form.is_bound else 200
        return render(request, "scoring/scale_package.html", context, status=status)
    typed = form.cleaned_data
    taking = actions.Taking(typed["way"], typed["parent"], form.cap_or_zero(), form.ties())
    actions.take_package(
        scale, package, taking, by=request.user, at=request.at, revision=revision_of(request)
    )
    messages.success(
        request, "Đã đưa nội dung Đợt thi đua vào bản soạn. Mời cân đối lại điểm nếu cần."
    )
    return redirect("scoring:scale-edit", pk)


def _likely_group(content: Any) -> str:
    """The group of emulation work, by its usual letter."""
    return "C" if "C" in content.by_code() else ""


def _campaign(request: UserRequest) -> Campaign:
    """The campaign in force; 404 for who has no role, 403 for who is not of the board."""
    if not has_a_role(request.user):
        raise Http404
    require(may_read_coverage(request.user))
    campaign = Campaign.objects.current()
    if campaign is None:
        raise Http404
    return campaign


@methods("GET")
def coverage_page(request: UserRequest) -> HttpResponse:
    return _coverage(request, _campaign(request))


def _coverage(
    request: UserRequest, campaign: Campaign, *, form: DayForm | None = None, status: int = 200
) -> HttpResponse:
    found = coverage(campaign)
    context = {
        "coverage": found,
        "is_due": found.is_due(clock.local_day(request.at)),
        "form": form or DayForm(initial={"day": found.package.amend_by if found.package else None}),
        "can_set_day": found.package is not None and may_set_package_day(request.user),
    }
    return render(request, "scoring/coverage.html", context, status=status)


@methods("POST")
@once
def set_day(request: UserRequest) -> HttpResponse:
    campaign = _campaign(request)
    require(may_set_package_day(request.user))
    package = CampaignPackage.objects.filter(campaign=campaign).first()
    if package is None:
        raise Http404
    form = DayForm(request.POST)
    if not form.is_valid():
        return _coverage(request, campaign, form=form, status=422)
    actions.set_package_day(package, form.cleaned_data["day"], by=request.user, at=request.at)
    messages.success(request, "Đã đổi hạn đưa nội dung Đợt thi đua vào thang điểm.")
    return redirect("scoring:coverage")
