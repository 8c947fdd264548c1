"""Tổng hợp theo kỳ: figures of a period, from the province down to the rows behind them."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.http import XLSX, UserRequest, attachment, methods
from campaign.datasets.ledger import WITHOUT_BLOCK, WITHOUT_BLOCK_NAME
from campaign.datasets.totals import EMPTY
from campaign.models import Campaign, Indicator, ReportingPeriod
from lib.sheet import write_xlsx
from lib.vietnamese import moment
from reports.datasets.figures import (
    breakdown,
    figures_of,
    periods_of,
    row_of,
    sources,
)
from reports.datasets.progress import IndicatorRow
from reports.documents import indicators_sheet, shares_sheet
from reports.forms.report import FiguresForm
from reports.views.readers import campaign_for_readers
from units.models import Block, Unit


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a period, and a block or a unit where one is chosen."""

    campaign: Campaign
    form: FiguresForm
    period: ReportingPeriod | None
    block: str
    unit: Unit | None

    @property
    def scope(self) -> str:
        if self.unit:
            return self.unit.name
        if not self.block:
            return "Toàn tỉnh"
        if self.block == WITHOUT_BLOCK:
            return WITHOUT_BLOCK_NAME
        return str(Block.objects.get(code=self.block))

    def lead(self, request: UserRequest) -> str:
        if self.period is None:
            return f"{self.campaign}."
        return (
            f"{self.campaign}, {self.period} ({self.period.window}). "
            f"Số liệu các đơn vị đã gửi, lúc {moment(request.at)}."
        )


def asked_by(request: UserRequest) -> Asked:
    campaign = campaign_for_readers(request)
    known = list(periods_of(campaign))
    form = FiguresForm(request.GET, periods=known)
    if not form.is_valid():
        raise Http404
    said = form.cleaned_data
    chosen = [period for period in known if str(period.pk) == said["ky"]] or known[-1:]
    unit = get_object_or_404(Unit, code=said["don_vi"]) if said["don_vi"] else None
    return Asked(campaign, form, chosen[0] if chosen else None, said["khoi"], unit)


@methods("GET")
def figures(request: UserRequest) -> HttpResponse:
    """The indicators of the province, of a block or of a unit; `?xuat=xlsx` gives those shown."""
    asked = asked_by(request)
    rows: list[IndicatorRow] = []
    if asked.period:
        rows = figures_of(asked.campaign, asked.period, asked.block, asked.unit)
    if asked.period and request.GET.get("xuat") == "xlsx":
        sheet = indicators_sheet(
            rows, (f"Tổng hợp {asked.period}", asked.scope, asked.lead(request))
        )
        return attachment(
            write_xlsx([sheet]), f"tong-hop-{asked.period.data_to:%Y-%m-%d}.xlsx", XLSX
        )
    context = {"asked": asked, "form": asked.form, "rows": rows, "lead": asked.lead(request)}
    return render(request, "reports/figures.html", context)


@methods("GET")
def figure(request: UserRequest, code: str) -> HttpResponse:
    """One indicator taken apart: blocks, units of a block, or the rows behind a unit's figure."""
    asked = asked_by(request)
    known = Indicator.objects.filter(campaign=asked.campaign).select_related("campaign")
    indicator = get_object_or_404(known, code=code)
    if asked.period is None:
        raise Http404
    context = {
        "asked": asked,
        "form": asked.form,
        "indicator": indicator,
        "lead": asked.lead(request),
    }
    if asked.unit:
        shown = figures_of(asked.campaign, asked.period, "", asked.unit)
        own = [row for row in shown if row.code == code]
        context["whole"] = own[0] if own else row_of("", indicator, EMPTY)
        context["sources"] = sources(indicator, asked.period, asked.unit)
        return render(request, "reports/figure_sources.html", context)
    parts = breakdown(indicator, asked.period, asked.block)
    if request.GET.get("xuat") == "xlsx":
        notes = (str(indicator), f"{asked.period}, {asked.scope}", asked.lead(request))
        name = f"{indicator.code}-{asked.period.data_to:%Y-%m-%d}.xlsx"
        return attachment(write_xlsx([shares_sheet(parts, notes)]), name, XLSX)
    context["parts"] = parts
    return render(request, "reports/figure.html", context)
