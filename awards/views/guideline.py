"""The guideline of the campaign: read, drafted, put in force."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.permissions import require
from awards.actions import guideline as actions
from awards.forms.guideline import GuidelineForms
from awards.models import AwardGuideline
from awards.permissions import may_issue_guideline, may_write_guideline
from campaign.views.obligation import current_campaign
from lib import clock
from units.permissions import has_a_role


def get_guideline(request: UserRequest, pk: int) -> AwardGuideline:
    seen = AwardGuideline.objects.visible_to(request.user).select_related("campaign")
    return get_object_or_404(seen, pk=pk)


@methods("GET")
def guidelines(request: UserRequest) -> HttpResponse:
    if not has_a_role(request.user):
        raise Http404
    campaign = current_campaign()
    rows = AwardGuideline.objects.visible_to(request.user).filter(campaign=campaign)
    today = clock.local_day(request.at)
    context = {
        "campaign": campaign,
        "versions": rows.order_by("-version"),
        "in_force": AwardGuideline.objects.in_force(campaign, on=today),
        "can_write": may_write_guideline(request.user),
    }
    return render(request, "awards/guidelines.html", context)


@methods("POST")
@once
def guideline_start(request: UserRequest) -> HttpResponse:
    if not has_a_role(request.user):
        raise Http404
    require(may_write_guideline(request.user))
    made = actions.start_guideline(current_campaign(), by=request.user, at=request.at)
    return redirect("awards:guideline-edit", made.pk)


@methods("GET")
def guideline(request: UserRequest, pk: int) -> HttpResponse:
    found = get_guideline(request, pk)
    context = {
        "guideline": found,
        "content": actions.content_of(found),
        "papers": found.papers.order_by("pk"),
        "can_write": found.is_draft and may_write_guideline(request.user),
        "can_issue": found.is_draft and may_issue_guideline(request.user),
    }
    return render(request, "awards/guideline.html", context)


@methods("GET", "POST")
@once
def guideline_edit(request: UserRequest, pk: int) -> HttpResponse:
    found = get_guideline(request, pk)
    require(may_write_guideline(request.user))
    actions.require_draft(found)
    data = request.POST if request.method == "POST" else None
    on = clock.local_day(request.at)
    forms = GuidelineForms(found, actions.content_of(found), data, on=on)
    if data is None or not forms.is_valid():
        status = 200 if data is None else 422
        context = {"guideline": found, "forms": forms}
        return render(request, "awards/guideline_edit.html", context, status=status)
    actions.change_guideline(
        found, forms.general.facts(), forms.content(), by=request.user, at=request.at
    )
    messages.success(request, "Đã lưu hướng dẫn.")
    return redirect(found)


@methods("POST")
@once
def guideline_issue(request: UserRequest, pk: int) -> HttpResponse:
    found = get_guideline(request, pk)
    actions.issue_guideline(found, by=request.user, at=request.at)
    messages.success(request, "Hướng dẫn đã có hiệu lực. Chỉ tiêu, hạn gửi được áp dụng từ nay.")
    return redirect(found)
