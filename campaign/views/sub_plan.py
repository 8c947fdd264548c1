"""A sub-plan as its unit and its readers see it, and the moves the unit makes with it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.http import UserRequest, methods
from accounts.models import User
from accounts.once import once
from accounts.permissions import require
from campaign import checklist
from campaign.actions import sub_plan as actions
from campaign.datasets.activity_table import activities_in_order
from campaign.datasets.content import content_of
from campaign.datasets.coverage import coverage_of
from campaign.datasets.edition import changes_between
from campaign.datasets.history import history_of
from campaign.datasets.targets import registered_lines
from campaign.forms.sub_plan import ReasonForm, StartForm
from campaign.models import Campaign, SubPlan, SubPlanFile
from campaign.permissions import may_draft, may_review, may_submit, may_withdraw
from files.http import serve
from lib import clock
from units.acting import acting_for
from units.models import Unit
from units.permissions import Role, standing

Status = SubPlan.Status
SHOWN_EVENTS = 50


def get_sub_plan(request: UserRequest, pk: int) -> SubPlan:
    """A version the person may see, with everything a page names about it."""
    seen = SubPlan.objects.visible_to(request.user).select_related(
        "unit", "campaign", "saved_by", "submitted_by", "decided_by", "voided_by"
    )
    return get_object_or_404(seen, pk=pk)


def _current_campaign() -> Campaign:
    campaign = Campaign.objects.current()
    if campaign is None:
        raise Http404
    return campaign


def own_units(user: User) -> list[Unit]:
    units = standing(user).units(Role.OFFICER, Role.HEAD)
    return list(Unit.objects.filter(pk__in=units).in_protocol_order())


def unit_to_write_for(request: UserRequest) -> Unit:
    """The acting unit where the person may write there, else the first where they may."""
    units = own_units(request.user)
    require(bool(units))
    acting = acting_for(request)
    return acting.unit if acting and acting.unit in units else units[0]


@methods("GET", "POST")
@once
def my_sub_plan(request: UserRequest) -> HttpResponse:
    """The unit's sub-plan wherever it stands; a press starts one, or its next version."""
    campaign = _current_campaign()
    unit = unit_to_write_for(request)
    if request.method == "POST":
        form = StartForm(request.POST, units=own_units(request.user))
        chosen = form.cleaned_data["unit"] if form.is_valid() else None
        draft = actions.start_sub_plan(campaign, chosen or unit, by=request.user, at=request.at)
        return redirect("campaign:draft" if draft.is_editable else "campaign:sub-plan", draft.pk)
    versions = SubPlan.objects.visible_to(request.user).filter(campaign=campaign, unit=unit)
    if latest := versions.latest_versions().first():
        return redirect(latest)
    context = {"campaign": campaign, "unit": unit}
    return render(request, "campaign/my_sub_plan.html", context)


@methods("GET")
def sub_plan(request: UserRequest, pk: int) -> HttpResponse:
    return _detail(request, get_sub_plan(request, pk), ReasonForm(), status=200)


def _detail(
    request: UserRequest, sub_plan: SubPlan, form: ReasonForm, *, status: int
) -> HttpResponse:
    activities = activities_in_order(sub_plan)
    same_plan = SubPlan.objects.visible_to(request.user).filter(
        campaign=sub_plan.campaign_id, unit=sub_plan.unit_id
    )
    versions = list(same_plan.order_by("-version"))
    context: dict[str, Any] = {
        "sub_plan": sub_plan,
        "obligation": sub_plan.obligation(),
        "at": request.at,
        "texts": _texts(sub_plan),
        "activities": activities,
        "targets": registered_lines(sub_plan),
        "coverage": coverage_of(sub_plan, activities),
        "files": shown_files(sub_plan),
        "reasons": list(sub_plan.return_reasons.order_by("pk")),
        "versions": versions,
        "previous": next((v for v in versions if v.version < sub_plan.version), None),
        "latest": versions[0],
        "events": history_of(sub_plan, request.user)[:SHOWN_EVENTS],
        "form": form,
        **_what_next(request.user, sub_plan, is_latest=versions[0].pk == sub_plan.pk),
    }
    if context["can_approve"]:
        context["findings"] = checklist.check(
            content_of(sub_plan, today=clock.local_day(request.at))
        )
    return render(request, "campaign/sub_plan.html", context, status=status)


def _what_next(user: User, sub_plan: SubPlan, *, is_latest: bool) -> dict[str, bool]:
    """The steps open to this person on this version now."""
    writes, status = may_draft(user, sub_plan.unit), sub_plan.status
    over = {Status.RETURNED, Status.WITHDRAWN, Status.ACCEPTED}
    return {
        "is_latest": is_latest,
        "can_edit": writes and sub_plan.is_editable,
        "can_approve": may_submit(user, sub_plan) and status == Status.AWAITING_HEAD,
        "can_withdraw": may_withdraw(user, sub_plan) and status == Status.SUBMITTED,
        "can_start": writes and is_latest and status in over,
        "can_review": may_review(user, sub_plan)
        and status in {Status.SUBMITTED, Status.UNDER_REVIEW},
    }


def _texts(sub_plan: SubPlan) -> list[tuple[str, str]]:
    parts = (
        "legal_basis", "purpose", "theme", "organisation", "commendation", "ho_chi_minh_link"
    )  # fmt: skip
    return [
        (str(SubPlan._meta.get_field(name).verbose_name), getattr(sub_plan, name))  # type: ignore[union-attr]
        for name in parts
    ]


def shown_files(sub_plan: SubPlan) -> list[dict[str, object]]:
    """The files of a version as the list of files shows them, signed ones first."""
    rows = sub_plan.files.select_related("stored").order_by("-kind", "pk")
    return [
        {
            "pk": file.pk,
            "name": file.name,
            "url": reverse("campaign:sub-plan-file", args=[sub_plan.pk, file.pk]),
            "get_kind_display": file.get_kind_display(),
            "stored": file.stored,
            "added_at": file.added_at,
        }
        for file in rows
    ]


@methods("GET")
def sub_plan_file(request: UserRequest, pk: int, file_pk: int) -> HttpResponseBase:
    sub_plan = get_sub_plan(request, pk)
    files = SubPlanFile.objects.filter(sub_plan=sub_plan).select_related("stored")
    file = get_object_or_404(files, pk=file_pk)
    return serve(file.stored, file.name)


@methods("GET")
def compare(request: UserRequest, pk: int, other_pk: int) -> HttpResponse:
    """What changed from an earlier version to this one; of one unit, in one campaign."""
    newer, older = get_sub_plan(request, pk), get_sub_plan(request, other_pk)
    if (newer.unit_id, newer.campaign_id) != (older.unit_id, older.campaign_id):
        raise Http404
    if newer.version < older.version:
        newer, older = older, newer
    context = {"older": older, "newer": newer, "difference": changes_between(older, newer)}
    return render(request, "campaign/sub_plan_compare.html", context)


@methods("POST")
@once
def hand_to_head(request: UserRequest, pk: int) -> HttpResponse:
    sub_plan = get_sub_plan(request, pk)
    actions.hand_to_head(sub_plan, by=request.user, at=request.at)
    messages.success(
        request, "Đã trình thủ trưởng. Thủ trưởng đơn vị nhận được thư và sẽ duyệt trên Cổng."
    )
    return redirect(sub_plan)


@methods("POST")
@once
def submit(request: UserRequest, pk: int) -> HttpResponse:
    sub_plan = get_sub_plan(request, pk)
    actions.submit_sub_plan(sub_plan, by=request.user, at=request.at)
    messages.success(
        request, f"Đã gửi {sub_plan.campaign.receiver}. Phiếu tiếp nhận ở ngay dưới đây."
    )
    return redirect("campaign:receipt", sub_plan.pk)


@methods("POST")
@once
def hand_back(request: UserRequest, pk: int) -> HttpResponse:
    """The head gives the draft back to the officer, and says why."""
    sub_plan = get_sub_plan(request, pk)
    require(may_submit(request.user, sub_plan))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _detail(request, sub_plan, form, status=422)
    reason = form.cleaned_data["reason"]
    actions.hand_back(sub_plan, by=request.user, at=request.at, reason=reason)
    messages.success(request, "Đã chuyển lại chuyên viên để sửa.")
    return redirect(sub_plan)


@methods("POST")
@once
def withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Take a submission back before anybody reviews it."""
    sub_plan = get_sub_plan(request, pk)
    require(may_withdraw(request.user, sub_plan))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _detail(request, sub_plan, form, status=422)
    reason = form.cleaned_data["reason"]
    actions.withdraw_sub_plan(sub_plan, by=request.user, at=request.at, reason=reason)
    messages.success(request, "Đã rút kế hoạch. Lần gửi này không còn được tính; hãy gửi lại.")
    return redirect(sub_plan)
