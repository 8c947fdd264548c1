"""The last press: a campaign is made, or one that is there is amended or added to."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.permissions import require
from campaign.actions import amend as amending
from campaign.actions import launch as launching
from campaign.actions import reading as actions
from campaign.datasets import reading as shown
from campaign.datasets.amending import amending as amending_of
from campaign.forms.reading import facts_shown
from campaign.models import Campaign, PlanReading
from campaign.permissions import may_launch, may_read_plans
from campaign.proposal.draft import Draft
from campaign.proposal.findings import missing
from campaign.views.reading import frame_of
from campaign.views.readings import get_reading

Purpose = PlanReading.Purpose


@methods("GET", "POST")
@once
def reading_launch(request: UserRequest, pk: int) -> HttpResponse:
    """What will be created or changed, what is still missing, and the one press that does it."""
    found = get_reading(request, pk)
    if request.method == "POST":
        require(may_launch(request.user))
        return _press(request, found)
    draft = shown.draft_of(found)
    context = {
        **frame_of(request, found, draft),
        "findings": [
            (one.sentence, _mend_at(found, one.anchor))
            for one in missing(draft, facts=found.makes_a_campaign)
        ],
        **_preview(found, draft),
    }
    name = "launch" if found.makes_a_campaign else "apply"
    return render(request, f"campaign/reading_{name}.html", context)


def _preview(found: PlanReading, draft: Draft) -> dict[str, object]:
    if found.makes_a_campaign or found.campaign is None:
        days = facts_shown(draft)
        return {
            "summary": shown.summary_of(found, draft),
            "starts_on": days.get("starts_on") or None,
            "ends_on": days.get("ends_on") or None,
            "due": days.get("sub_plan_due_date") or None,
        }
    if found.purpose == Purpose.SOURCE:
        return {"summary": shown.summary_of(found, draft)}
    # Once applied, the campaign is what the draft says: nothing is left to compare.
    changes = (
        None
        if found.applied_at
        else amending_of(found.campaign, draft, on=shown.day_of(found, draft))
    )
    return {"changes": changes, "is_amendment": True}


def _press(request: UserRequest, found: PlanReading) -> HttpResponse:
    if found.purpose == Purpose.AMENDMENT:
        campaign = amending.amend(
            found, withdrawn=request.POST.getlist("bai-bo"), by=request.user, at=request.at
        )
        messages.success(request, f"Đã sửa đổi {campaign.name}.")
    elif found.purpose == Purpose.SOURCE:
        campaign = amending.add_source(found, by=request.user, at=request.at)
        messages.success(request, f"Đã thêm kế hoạch nguồn vào {campaign.name}.")
    else:
        campaign = launching.launch(found, by=request.user, at=request.at)
        messages.success(request, f"Đã tạo {campaign.name}.")
    return redirect(campaign)


def _mend_at(found: PlanReading, anchor: str) -> str:
    """Where on which page something missing is put right."""
    page = "reading"
    if anchor.startswith("id_"):
        page = "reading-facts"
    elif anchor.startswith("ten-"):
        page = "reading-names"
    return f"{reverse(f'campaign:{page}', args=[found.pk])}#{anchor}"


@methods("POST")
@once
def reading_copy(request: UserRequest, code: str) -> HttpResponse:
    """Begin next year's campaign from this one."""
    require(may_read_plans(request.user))
    campaign = get_object_or_404(Campaign, code=code)
    reading = actions.copy_campaign(campaign, by=request.user, at=request.at)
    messages.success(
        request, "Đã chép sang năm sau; mời xem lại từng mục, tên cơ quan và thông tin chung."
    )
    return redirect(reading)
