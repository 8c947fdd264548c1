"""The public page that says whether a report in hand is one the portal issued."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render

from accounts.http import UserRequest, methods
from campaign.views.receipt import asks_too_often
from reports.datasets.issued import issued_by_code
from reports.forms.verify import HashForm


@login_not_required
@methods("GET")
def verify_report(request: UserRequest, code: str) -> HttpResponse:
    """Number, day, title, whether it still stands, the hashes of its files; nobody's name. With a
    hash it says which of the files that is."""
    context: dict[str, object] = {"code": code, "form": HashForm()}
    if asks_too_often(request):
        return render(
            request, "reports/verify_report.html", {**context, "is_busy": True}, status=429
        )
    found = issued_by_code(code)
    if found is None:
        return render(
            request, "reports/verify_report.html", {**context, "is_unknown": True}, status=404
        )
    form = HashForm(request.GET) if "sha256" in request.GET else HashForm()
    context |= {"issued": found, "form": form}
    if form.is_bound and form.is_valid():
        context |= {"asked": True, "matching": found.file_of(form.cleaned_data["sha256"])}
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "reports/verify_report.html", context, status=status)
