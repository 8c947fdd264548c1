"""Lists that only the dashboard opens: duties by state, who has scored, what a day changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.http import UserRequest, methods
from awards.models import Dossier
from campaign.models import Activity, Campaign, Extension, Obligation, SubPlan
from lib.vietnamese import moment, short_date
from reports.datasets.dashboard.changes import KIND_BY_CODE, KINDS, window_of
from reports.datasets.dashboard.compare import FIGURES, behind
from reports.datasets.dashboard.going import STATES, items
from reports.datasets.dashboard.scored import units_scored
from reports.datasets.dashboard.viewpoint import Viewpoint, viewpoint
from reports.forms.dashboard import ComparedForm
from reports.forms.dashboard_lists import ChangesForm, DutiesForm, ScoredForm
from reports.views.readers import campaign_for_readers, campaign_of_part, way_up
from scoring.models import Ranking

PAGE_SIZE = 100


@dataclass(frozen=True)
class Cell:
    """What stands in a column; a link where there is something to open."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Listing:
    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


def _asked(request: UserRequest, form: forms.Form, campaign: Campaign | None = None) -> Viewpoint:
    """What is not understood is no such list: 404."""
    campaign = campaign or campaign_for_readers(request)
    if not form.is_valid():
        raise Http404
    return viewpoint(campaign, at=request.at, day=form.cleaned_data["luc"])


def _page(
    request: UserRequest, view: Viewpoint, form: forms.Form, listing: Listing
) -> HttpResponse:
    page = Paginator(listing.rows, PAGE_SIZE).get_page(request.GET.get("trang"))
    context: dict[str, Any] = {
        "form": form,
        "by": view.by,
        "up_url": way_up(request),
        "listing": listing,
        "page": page,
        "count": page.paginator.count,
        "lead": f"{view.campaign}. Số liệu lúc {moment(view.at)}.",
    }
    return render(request, "reports/dashboard/list.html", context)


@methods("GET")
def duties(request: UserRequest) -> HttpResponse:
    """The duties of part IV, with what is registered under each and how far it is."""
    form = DutiesForm(request.GET)
    view = _asked(request, form)
    wanted = form.cleaned_data["trang_thai"]
    code = view.campaign.code
    rows = [
        (
            Cell(line.item.code, reverse("campaign:plan-item", args=[code, line.item.code])),
            Cell(line.item.text),
            Cell(STATES[line.state]),
            Cell(f"{line.units}/{line.assigned}" if line.assigned else str(line.units)),
            Cell(str(line.activities)),
            Cell(f"{line.going.done}/{line.going.alive}"),
        )
        for line in items(view).duties
        if wanted in {"", line.state}
    ]
    columns = (
        "Mục",
        "Nhiệm vụ",
        "Tình trạng",
        "Đơn vị đã đăng ký",
        "Hoạt động đăng ký",
        "Hoàn thành",
    )
    return _page(request, view, form, Listing("Nhiệm vụ của Kế hoạch", columns, rows))


@methods("GET")
def scored(request: UserRequest) -> HttpResponse:
    """The units that have handed in their score sheet."""
    form = ScoredForm(request.GET)
    view = _asked(request, form, campaign_of_part(request, by_unit=False))
    found = units_scored(view, form.cleaned_data["khoi"]).select_related("unit", "block")
    rows = [
        (Cell(str(place.block)), Cell(place.unit.name))
        for place in found.order_by("block__sort_order", "unit__sort_order")
    ]
    listing = Listing("Đơn vị đã nộp bảng chấm điểm", ("Khối thi đua", "Đơn vị"), rows)
    return _page(request, view, form, listing)


@methods("GET")
def changes(request: UserRequest) -> HttpResponse:
    """What a day changed, one kind at a time."""
    form = ChangesForm(request.GET)
    view = _asked(request, form)
    kind = KIND_BY_CODE.get(form.cleaned_data["loai"]) or KINDS[0]
    found = kind.rows(view, window_of(view)).order_by("happened", "pk")
    rows = [(_thing(row), Cell(_when(row))) for row in found]
    title = f"{kind.label.capitalize()} ngày {short_date(view.day)}"
    return _page(request, view, form, Listing(title, ("Nội dung", "Lúc"), rows))


def _thing(row: SubPlan | Extension | Activity | Dossier | Ranking) -> Cell:
    if isinstance(row, Extension):
        owed = row.obligation
        text = f"{owed.unit}: gia hạn đến {short_date(row.due_date)}"
        return Cell(text, reverse("campaign:obligation", args=[owed.pk]))
    if isinstance(row, Activity):
        return Cell(f"{row.lead_unit}: {row.title}", row.get_absolute_url())
    return Cell(str(row), row.get_absolute_url())


def _when(row: Any) -> str:
    happened = row.happened
    return moment(happened) if hasattr(happened, "hour") else short_date(happened)


@methods("GET")
def compared(request: UserRequest) -> HttpResponse:
    """The rows behind a figure of the campaign that stands beside the current one."""
    campaign_for_readers(request)
    form = ComparedForm(request.GET)
    if not form.is_valid():
        raise Http404
    said = form.cleaned_data
    view = viewpoint(said["dot"], at=request.at, day=said["ngay"])
    found = behind(view, request.user, said["so"], said["khoi"]).order_by("pk")
    rows = [(_counted(row),) for row in found.select_related()]
    listing = Listing(FIGURES[said["so"]], ("Nội dung",), rows)
    return _page(request, view, form, listing)


def _counted(row: Any) -> Cell:
    if isinstance(row, Obligation):
        return Cell(row.unit.name)
    if isinstance(row, Activity):
        return Cell(f"{row.lead_unit}: {row.title}")
    return Cell(str(row))
