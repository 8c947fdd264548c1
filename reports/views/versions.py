"""Versions of a report: a supplement made after it, and two of them side by side."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from accounts.http import XLSX, UserRequest, attachment, methods
from accounts.once import once
from accounts.permissions import require
from lib.sheet import write_xlsx
from reports.actions import report as actions
from reports.datasets.comparison import compare, edition_of
from reports.documents.comparison import comparison_sheets
from reports.forms.report import SupplementForm
from reports.models import Report
from reports.permissions import may_change_report
from reports.views.report import get_figures, get_report


@methods("GET", "POST")
@once
def report_supplement(request: UserRequest, pk: int) -> HttpResponse:
    """Lập bản bổ sung: what came late is counted, or the words alone are changed."""
    found = get_report(request, pk)
    require(may_change_report(request.user, found))
    if found.state != Report.State.DONE:
        raise Http404
    form = SupplementForm(request.POST or None, before=found.as_of, at=request.at)
    if form.is_valid():
        as_of = form.cleaned_data["as_of"]
        fresh = actions.supplement_report(found, as_of=as_of, by=request.user, at=request.at)
        messages.success(request, "Đã nhận yêu cầu lập bản bổ sung.")
        return redirect(fresh)
    context = {"report": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "reports/report_supplement.html", context, status=status)


@methods("GET")
def report_compare(request: UserRequest, pk: int, other_pk: int) -> HttpResponse:
    """What a later version says otherwise; `?xuat=xlsx` gives the same as a workbook."""
    later, _ = get_figures(request, pk)
    earlier, _ = get_figures(request, other_pk)
    if later.campaign_id != earlier.campaign_id or later.pk == earlier.pk:
        raise Http404
    found = compare(edition_of(earlier), edition_of(later))
    if request.GET.get("xuat") == "xlsx":
        content = write_xlsx(comparison_sheets(found, str(earlier), str(later)))
        return attachment(content, f"so-sanh-bao-cao-{earlier.pk}-{later.pk}.xlsx", XLSX)
    context = {"earlier": earlier, "later": later, "found": found}
    return render(request, "reports/report_compare.html", context)
