"""One version of a scale: read, compared, exported, amended, put in force."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import XLSX, UserRequest, attachment, methods
from accounts.models import AuditEvent
from accounts.once import once
from accounts.permissions import require
from scoring.actions import scale as actions
from scoring.datasets.content import content_of
from scoring.datasets.difference import difference
from scoring.datasets.scale import Consents, campaign_of, consents_of, scale_table, use_of
from scoring.documents.scale import scale_workbook
from scoring.forms.scale import ConsentForm, EnforceForm, NoteForm
from scoring.models import ScoringScale
from scoring.permissions import may_edit_scale
from units.models import Unit
from units.permissions import Role, standing

SHOWN_EVENTS = 30


def get_scale(request: UserRequest, pk: int) -> ScoringScale:
    seen = ScoringScale.objects.visible_to(request.user).select_related("block", "based_on")
    return get_object_or_404(seen, pk=pk)


@methods("GET")
def scale(request: UserRequest, pk: int) -> HttpResponse:
    return scale_page(request, get_scale(request, pk))


def scale_page(
    request: UserRequest, found: ScoringScale, *, status: int = 200, **forms: Any
) -> HttpResponse:
    consents = consents_of(found)
    can_edit = may_edit_scale(request.user, found)
    versions = ScoringScale.objects.visible_to(request.user).of(found.block, found.year)
    context = {
        "scale": found,
        "table": scale_table(found),
        "consents": consents,
        "versions": list(versions.exclude(pk=found.pk).order_by("-version")),
        "use": use_of(found),
        "campaign": campaign_of(found.year),
        "events": list(AuditEvent.objects.about(found).select_related("by")[:SHOWN_EVENTS]),
        "can_edit": can_edit and found.is_editable,
        "can_amend": can_edit
        and found.status == ScoringScale.Status.IN_FORCE
        and not found.is_used()
        and not versions.drafts().exists(),
        "own_unit": own_member(request, consents) if found.is_editable else None,
        "consent_form": ConsentForm(),
        "enforce_form": EnforceForm(),
        "note_form": NoteForm(),
        **forms,
    }
    return render(request, "scoring/scale.html", context, status=status)


def own_member(request: UserRequest, consents: Consents) -> Unit | None:
    """The member of the block whose head the reader is."""
    headed = standing(request.user).units(Role.HEAD)
    rows = (row.membership.unit for row in consents.rows if row.membership.unit_id in headed)
    return next(rows, None)


@methods("GET")
def compare(request: UserRequest, pk: int, other_pk: int) -> HttpResponse:
    """What the second version says differently from the first."""
    found, other = get_scale(request, pk), get_scale(request, other_pk)
    before, after = sorted((found, other), key=lambda one: (one.year, one.version))
    context = {
        "scale": found,
        "before": before,
        "after": after,
        "difference": difference(content_of(before), content_of(after)),
    }
    return render(request, "scoring/scale_compare.html", context)


@methods("GET")
def export(request: UserRequest, pk: int) -> HttpResponse:
    found = get_scale(request, pk)
    name = f"thang-diem-{found.block.code}-{found.year}-lan-{found.version}.xlsx"
    return attachment(scale_workbook(found), name, XLSX)


@methods("POST")
@once
def amend(request: UserRequest, pk: int) -> HttpResponse:
    found = get_scale(request, pk)
    require(may_edit_scale(request.user, found))
    form = NoteForm(request.POST)
    if not form.is_valid():
        return scale_page(request, found, status=422, note_form=form)
    draft = actions.amend_scale(
        found, by=request.user, at=request.at, note=form.cleaned_data["note"]
    )
    messages.success(
        request,
        f"Đã lập bản sửa đổi, lần {draft.version}. Bản đang áp dụng giữ nguyên đến khi thay thế.",
    )
    return redirect("scoring:scale-edit", draft.pk)


@methods("POST")
@once
def enforce(request: UserRequest, pk: int) -> HttpResponse:
    found = get_scale(request, pk)
    require(may_edit_scale(request.user, found))
    form = EnforceForm(request.POST)
    if not form.is_valid():
        return scale_page(request, found, status=422, enforce_form=form)
    day = form.cleaned_data["effective_date"]
    actions.put_in_force(found, by=request.user, at=request.at, effective_date=day)
    messages.success(request, f"Thang bảng điểm lần {found.version} đã được áp dụng.")
    return redirect(found)


@methods("POST")
@once
def discard(request: UserRequest, pk: int) -> HttpResponse:
    found = get_scale(request, pk)
    require(may_edit_scale(request.user, found))
    actions.discard_scale(found, by=request.user, at=request.at)
    messages.success(request, "Đã bỏ bản thang điểm đang soạn.")
    return redirect("scoring:home")
