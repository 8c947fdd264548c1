"""What the members of the block say to a draft: in writing, or at a meeting."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.permissions import require
from scoring.actions import scale as actions
from scoring.datasets.scale import Said, consents_of
from scoring.forms.scale import ConsentForm, ConsentsForm
from scoring.permissions import may_note_consents
from scoring.views.scale import get_scale, own_member, scale_page


@methods("POST")
@once
def give(request: UserRequest, pk: int) -> HttpResponse:
    found = get_scale(request, pk)
    unit = own_member(request, consents_of(found))
    require(unit is not None)
    if unit is None:
        raise Http404
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return scale_page(request, found, status=422, consent_form=form)
    said = Said(unit, form.agrees(), form.cleaned_data["note"])
    actions.give_consent(found, said, by=request.user, at=request.at)
    messages.success(request, f"Đã ghi ý kiến của {unit}. Khối trưởng thấy ngay.")
    return redirect(found)


@methods("GET", "POST")
@once
def note(request: UserRequest, pk: int) -> HttpResponse:
    found = get_scale(request, pk)
    require(may_note_consents(request.user, found))
    form = ConsentsForm(request.POST or None, consents=consents_of(found))
    if request.method == "GET" or not form.is_valid():
        status = 422 if form.is_bound else 200
        context = {"scale": found, "form": form}
        return render(request, "scoring/scale_consents.html", context, status=status)
    actions.note_consents(found, form.said(), by=request.user, at=request.at)
    messages.success(request, "Đã ghi ý kiến các thành viên tại hội nghị khối.")
    return redirect(found)
