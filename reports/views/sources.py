"""From a figure of a report to the papers that make it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.http import UserRequest, methods
from campaign.models import Indicator
from reports.datasets.provenance import provenance
from reports.datasets.scope import scope_of, window_of
from reports.views.report import cut_off, get_figures


@methods("GET")
def report_source(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """The submissions behind one indicator, added up beside what the report froze."""
    report, data = get_figures(request, pk)
    shown = [row for row in data.progress.indicators if row.code == code] if data.progress else []
    window = window_of(report.about, report.campaign, report.as_of, report.period)
    if not shown or window is None:
        raise Http404
    indicator = get_object_or_404(Indicator, campaign=report.campaign, code=code)
    scope = scope_of(report.campaign, block=report.block, unit=report.unit, item=report.item)
    context = {
        "report": report,
        "data": data,
        "indicator": indicator,
        "found": provenance(indicator, shown[0], window, report.as_of, scope),
        "lead": cut_off(report),
    }
    return render(request, "reports/report_source.html", context)
