"""Activities that go on: the list, one of them, and the form about it."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.http import UserRequest, methods
from accounts.lists import Act, Counts, Source, Tick, counts, list_answer, list_refused
from accounts.once import once
from accounts.permissions import require
from accounts.workflow import Conflict
from campaign.actions import activity_moves as actions
from campaign.actions.sub_plan import ActivityData
from campaign.datasets.activity_columns import activity_listing
from campaign.datasets.activity_list import FOLDED, ActivityList, activity_list, set_back
from campaign.datasets.activity_table import typed_facts
from campaign.datasets.evidence import evidence_of_activity
from campaign.datasets.followed import followed_page
from campaign.datasets.vocabulary import vocabulary_of
from campaign.forms.followed_activity import (
    ActivityListForm,
    AddActivityForm,
    AskForm,
    CancelForm,
    ChangeActivityForm,
    CompleteForm,
    ContestForm,
    PostponeForm,
    ReopenForm,
    RestoreForm,
)
from campaign.models import Activity, Campaign, PlanItem
from campaign.permissions import may_add_activity, may_lead_activity, may_prove_activity
from campaign.views.obligation import current_campaign
from lib import clock
from lib.vietnamese import moment
from units.acting import acting_for
from units.models import Unit
from units.permissions import Role, has_a_role, sees_province, standing, writes_for

Status = Activity.Status


def get_activity(request: UserRequest, pk: int) -> Activity:
    seen = Activity.objects.visible_to(request.user).select_related(
        "campaign", "lead_unit", "registered_by", "added_by", "same_as__lead_unit",
        "registration__sub_plan", "registration__lead_unit",
    )  # fmt: skip
    return get_object_or_404(seen, pk=pk)


def units_told_apart(request: UserRequest, campaign: Campaign) -> list[tuple[str, str]]:
    """Whose activities the reader may tell apart, by code and name: the province, a block, or
    nobody's."""
    known = Unit.objects.in_force(on=campaign.issued_on).in_protocol_order()
    units = known.values_list("code", "name")
    if sees_province(request.user):
        return list(units)
    blocks = [block for block, year in standing(request.user).led_blocks if year == campaign.year]
    members = units.filter(
        block_memberships__block__in=blocks, block_memberships__year=campaign.year
    )
    return list(members) if blocks else []


def own_unit(request: UserRequest) -> Unit | None:
    """The acting unit, where the person writes for it."""
    acting = acting_for(request)
    return acting.unit if acting and writes_for(request.user, acting.unit) else None


@methods("GET")
def activities(request: UserRequest) -> HttpResponse:
    if not has_a_role(request.user):
        raise Http404  # who has no role anywhere sees nothing
    campaign, unit = current_campaign(), own_unit(request)
    form = ActivityListForm(request.GET, units=units_told_apart(request, campaign))
    if not form.is_valid():
        listing = activity_listing(at=request.at)
        refused = {"campaign": campaign}
        return list_refused(request, "campaign/activities.html", listing, form, refused)
    by = clock.past_moment(form.cleaned_data["luc"], at=request.at)
    at, filters = by or request.at, form.filters()
    found = activity_list(
        request.user, campaign, on=clock.local_day(at), filters=filters, unit=unit, by=by
    )  # fmt: skip
    source = Source(
        activity_listing(at=at), form, found.rows, made=set_back,
        file_name=f"hoat-dong-{campaign.code}",
        heaps=found.heaps,
        notes=("HOẠT ĐỘNG CỦA ĐỢT THI ĐUA", campaign.name, f"Số liệu lúc {moment(at)}"),
        acts=_acts() if unit and by is None else (),
        tick=partial(_tick, request),
    )  # fmt: skip
    context = {
        "campaign": campaign,
        "found": found,
        "counts": _counts(request, found),
        "codes": PlanItem.objects.filter(campaign=campaign).can_be_registered_under().in_order(),
        "unit": unit,
        "at": at,
        "by": by,
    }
    return list_answer(request, "campaign/activities.html", source, context)


def _counts(request: UserRequest, found: ActivityList) -> list[Counts]:
    parts = [("", "Tất cả", None), *((part.code, part.label, part.count) for part in found.parts)]
    asked = request.GET.get("trang_thai")
    states = [
        (state.code, state.label, state.count)
        for state in found.states
        if state.code != "con" or asked == "con"
    ]
    folded = [(FOLDED, "Đã gộp vào hoạt động chung", found.folded)] if found.folded else []
    everything = ("", "Mọi tình trạng", found.total)
    of_states = [everything, *states, *folded]
    lines = [counts(request, "trang_thai", "Số lượng theo tình trạng", of_states)]
    return [counts(request, "phan", "Phần của đơn vị", parts), *lines] if found.parts else lines


def _acts() -> tuple[Act, ...]:
    return (
        Act("Đã hoàn thành", reverse("campaign:activities-complete"), "bi-check-circle"),
        Act(
            "Tạm hoãn", reverse("campaign:activities-postpone"), "bi-pause-circle",
            "outline-secondary",
        ),
    )  # fmt: skip


def _tick(request: UserRequest, activity: Activity) -> Tick | None:
    """The unit that leads says how it goes."""
    if not may_lead_activity(request.user, activity):
        return None
    return Tick(activity.pk, activity.title)


@methods("GET")
def followed_activity(request: UserRequest, pk: int) -> HttpResponse:
    return detail(request, get_activity(request, pk))


def detail(
    request: UserRequest, activity: Activity, *, status: int = 200, **typed: Any
) -> HttpResponse:
    """The page; `typed` are forms with what was not accepted, by their name on the page."""
    today = clock.local_day(request.at)
    forms = {
        "complete_form": CompleteForm(initial={"on": today, "quantity_done": activity.quantity}),
        "postpone_form": PostponeForm(),
        "cancel_form": CancelForm(),
        "reopen_form": ReopenForm(),
        "restore_form": RestoreForm(),
        "contest_form": ContestForm(),
    }
    context = {
        "activity": activity,
        "page": followed_page(activity, reader=request.user),
        "vocabulary": vocabulary_of(activity.campaign),
        "evidence": evidence_of_activity(activity),
        "can_prove": may_prove_activity(request.user, activity),
        "at": request.at,
        **forms,
        **what_next(request, activity),
        **typed,
    }
    if context["can_lead"] and "ask_form" not in context:
        context["ask_form"] = AskForm(vocabulary=context["vocabulary"])
    return render(request, "campaign/followed_activity.html", context, status=status)


def what_next(request: UserRequest, activity: Activity) -> dict[str, bool]:
    """The steps open to this person on this activity now."""
    leads, status = may_lead_activity(request.user, activity), activity.status
    counts = activity.same_as_id is None
    return {
        "can_lead": leads,
        "can_begin": leads and status in {Status.PLANNED, Status.POSTPONED},
        "can_complete": leads and activity.can_move(Status.DONE),
        "can_postpone": leads and activity.can_move(Status.POSTPONED),
        "can_cancel": leads and activity.can_move(Status.CANCELLED),
        "can_reopen": leads and status == Status.DONE,
        "can_restore": leads and status == Status.CANCELLED,
        "can_edit": leads and status != Status.CANCELLED,
        "can_ask": leads and counts and status != Status.CANCELLED,
        "can_fold": leads and counts,
        "can_unfold": leads and not counts,
        "can_answer": counts,
        "can_hand_back": leads
        and activity.lead_unit_id != activity.registered_by_id
        and status == Status.PLANNED,
    }


def _unit_to_add_for(request: UserRequest) -> Unit:
    """The acting unit where the person writes there, else the first where they do."""
    if unit := own_unit(request):
        return unit
    units = standing(request.user).units(Role.OFFICER, Role.HEAD)
    first = Unit.objects.filter(pk__in=units).in_protocol_order().first()
    require(first is not None and may_add_activity(request.user, first))
    return first  # type: ignore[return-value]  # required above


@methods("GET", "POST")
@once
def activity_new(request: UserRequest) -> HttpResponse:
    """One more than the sub-plan registered."""
    campaign, unit = current_campaign(), _unit_to_add_for(request)
    vocabulary = vocabulary_of(campaign)
    initial = {"plan_codes": request.GET.get("muc", "")[:40]}
    typed = request.POST if request.method == "POST" else None
    form = AddActivityForm(typed, initial=initial, vocabulary=vocabulary, campaign=campaign)
    context = {"form": form, "unit": unit, "vocabulary": vocabulary}
    if not form.is_valid():
        status = 200 if typed is None else 422
        return render(request, "campaign/followed_activity_form.html", context, status=status)
    row = ActivityData(form.plain_fields(), form.plan_items(), form.participants())
    return redirect(
        actions.add_activity(campaign, unit, row, by=request.user, at=request.at)
    )  # fmt: skip


@methods("GET", "POST")
@once
def activity_change(request: UserRequest, pk: int) -> HttpResponse:
    activity = get_activity(request, pk)
    require(may_lead_activity(request.user, activity))
    campaign, typed = activity.campaign, request.POST if request.method == "POST" else None
    form = ChangeActivityForm(
        typed, initial=_typed(activity), vocabulary=vocabulary_of(campaign), campaign=campaign
    )
    if not form.is_valid():
        return _form_page(request, activity, form, status=200 if typed is None else 422)
    row = ActivityData(form.plain_fields(), form.plan_items(), ())
    try:
        actions.edit_activity(
            activity, row, by=request.user, at=request.at, revision=_revision(request)
        )
    except Conflict:
        return _show_clash(request, pk, form)
    return redirect(activity)


def _typed(activity: Activity) -> dict[str, str]:
    words = {name: getattr(activity, name) for name in ("lead_text", "participants_text")}
    return {**typed_facts(activity), **words}


def _revision(request: UserRequest) -> int:
    """The revision the form was shown with; anything else is none, and so a conflict."""
    typed = request.POST.get("revision", "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else -1  # noqa: PLR2004


def _show_clash(request: UserRequest, pk: int, form: ChangeActivityForm) -> HttpResponse:
    """What was typed stays in the form, what a colleague saved stands beside it."""
    stored = get_activity(request, pk)
    saved = _typed(stored)
    clashes = [
        (field.label, saved[field.name])
        for field in form
        if str(field.value() or "").strip() != saved[field.name]
    ]
    return _form_page(request, stored, form, status=409, clashes=clashes)


def _form_page(
    request: UserRequest,
    activity: Activity,
    form: ChangeActivityForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "form": form,
        "activity": activity,
        "unit": activity.lead_unit,
        "vocabulary": form.vocabulary,
        **more,
    }
    return render(request, "campaign/followed_activity_form.html", context, status=status)
