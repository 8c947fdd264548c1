"""The rules, live: what they would say of a nominee as it stands in the form."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.permissions import require
from accounts.workflow import Refused
from awards.actions.nomination import judge_as_typed
from awards.models import Nomination
from awards.permissions import may_edit_dossier
from awards.views.dossier import get_dossier
from awards.views.nomination import bound_form

FIRST = "Điền tên, đối tượng và hình thức để Cổng kiểm tra điều kiện."


@methods("POST")
@once
def nomination_check(request: UserRequest, pk: int) -> HttpResponse:
    """Nothing is kept. A form that is not whole yet is no fault here."""
    dossier = get_dossier(request, pk)
    require(may_edit_dossier(request.user, dossier))
    named = request.GET.get("de-nghi", "")
    nomination = None
    if named.isdecimal():
        rows = Nomination.objects.select_related("candidate", "form", "dossier")
        nomination = get_object_or_404(rows, pk=int(named), dossier=dossier)
    form = bound_form(request, dossier, nomination)
    if not form.is_valid():
        faults = [str(error) for errors in form.errors.values() for error in errors]
        said = FIRST if "name" in form.errors or "form" in form.errors else " ".join(faults)
        return render(request, "awards/check.html", {"problem": said})
    try:
        judged = judge_as_typed(
            dossier, nomination, form.candidate(), form.nomination(), by=request.user, at=request.at
        )
    except Refused as refusal:
        return render(request, "awards/check.html", {"problem": str(refusal)})
    return render(request, "awards/check.html", {"judged": judged})
