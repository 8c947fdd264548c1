"""The header of a campaign in the making, and whom the names in it mean."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.workflow import Refused
from campaign.actions import reading as actions
from campaign.datasets import reading as shown
from campaign.forms.reading import OUTSIDE, FactsForm, NamesForm, facts_shown
from campaign.models import PlanReading
from campaign.proposal import editing
from campaign.proposal.draft import OUTSIDE as OUTSIDE_STATE
from campaign.proposal.draft import Draft
from campaign.proposal.editing import Stale
from campaign.views.reading import frame_of
from campaign.views.readings import get_reading
from lib import clock


@methods("GET", "POST")
@once
def reading_facts(request: UserRequest, pk: int) -> HttpResponse:
    found = get_reading(request, pk)
    draft = shown.draft_of(found)
    if request.method == "GET":
        return _facts_page(request, found, FactsForm(initial=facts_shown(draft)))
    form = FactsForm(request.POST)
    if not form.is_valid():
        return _facts_page(request, found, form, status=422)
    try:
        _save(request, found, form)
    except Stale:
        stored = shown.draft_of(found)
        fresh = FactsForm({**request.POST.dict(), "revision": str(stored.facts_revision)})
        return _facts_page(
            request, found, fresh, status=409, stored=FactsForm(initial=facts_shown(stored))
        )
    messages.success(request, "Đã lưu thông tin chung.")
    return redirect("campaign:reading-facts", pk)


def _save(request: UserRequest, found: PlanReading, form: FactsForm) -> None:
    actions.save_facts(
        found, form.values(), revision=form.cleaned_data["revision"], by=request.user, at=request.at
    )


def _facts_page(
    request: UserRequest, found: PlanReading, form: FactsForm, *,
    status: int = 200, stored: FactsForm | None = None,
) -> HttpResponse:  # fmt: skip
    draft = shown.draft_of(found)
    theirs = [
        (field.label, field.id_for_label, field.value())
        for field in (stored or ())
        if field.name != "revision"
        and str(field.value() or "") != str(form[field.name].value() or "")
    ]
    context = {
        **frame_of(request, found, draft), "form": form, "theirs": theirs, "is_clash": bool(stored),
    }  # fmt: skip
    return render(request, "campaign/reading_facts.html", context, status=status)


@methods("POST")
def reading_facts_autosave(request: UserRequest, pk: int) -> JsonResponse:
    """Save while one types. Guarded by the revision of the facts instead of a form key."""
    found = get_reading(request, pk)
    form = FactsForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    try:
        _save(request, found, form)
    except Stale:
        draft = shown.draft_of(found)
        stored = FactsForm(initial=facts_shown(draft))
        values = {
            field.name: str(field.value() or "") for field in stored if field.name != "revision"
        }
        said = {"revision": draft.facts_revision, "saved_by": str(found.saved_by)}
        return JsonResponse(
            {**said, "message": "Có người vừa sửa.", "saved_at": _time(found), "values": values},
            status=409,
        )
    except Refused as refused:
        return JsonResponse({"message": str(refused)}, status=409)
    revision = shown.draft_of(found).facts_revision
    return JsonResponse({"revision": revision, "saved_at": _time(found)})


def _time(found: PlanReading) -> str:
    return f"{found.saved_at.astimezone(clock.LOCAL):%H:%M}" if found.saved_at else ""


@methods("GET", "POST")
@once
def reading_names(request: UserRequest, pk: int) -> HttpResponse:
    """Whom each printed name means; those still open on top."""
    found = get_reading(request, pk)
    draft = shown.draft_of(found)
    if request.method == "POST" and request.POST.get("act") == "ngoai-het":
        actions.edit(found, editing.outside_the_rest, by=request.user, at=request.at)
        messages.success(request, "Các tên còn lại giữ nguyên văn, không giao cho đơn vị nào.")
        return redirect("campaign:reading-names", pk)
    names = list(draft.used_names)
    known = shown.choices(on=shown.day_of(found, draft))
    form = NamesForm(request.POST.dict() if request.method == "POST" else None, names, known)
    if request.method == "POST" and not form.errors:
        change = partial(editing.choose, chosen=_changed(form, draft))
        actions.edit(found, change, by=request.user, at=request.at)
        messages.success(request, "Đã ghi tên cơ quan.")
        return redirect("campaign:reading-names", pk)
    places = {name: place for place, name in enumerate(names)}
    listed = [
        {
            "place": places[one.name.name],
            "shown": one,
            "value": form.typed.get(one.name.name, _value(one)),
            "error": form.errors.get(one.name.name, ""),
        }
        for one in shown.names_of(found, draft)
    ]
    context = {
        **frame_of(request, found, draft), "listed": listed, "choices": known, "outside": OUTSIDE,
        "errors": form.errors,
    }  # fmt: skip
    return render(
        request, "campaign/reading_names.html", context, status=422 if form.errors else 200
    )


def _changed(form: NamesForm, draft: Draft) -> dict[str, tuple[str, ...] | None]:
    """What differs from what is known; a name nobody touched stays the rule's."""
    return {
        name: meant
        for name, meant in form.chosen.items()
        if (meant or ()) != draft.meant(name)
        or (meant == ()) != (draft.used_names[name].state == OUTSIDE_STATE)
    }


def _value(one: shown.NameShown) -> str:
    if one.name.state == OUTSIDE_STATE:
        return OUTSIDE
    return "; ".join(body.label for body in one.bodies)
