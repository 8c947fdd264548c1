"""Leaders' page of the awards, the statutory forms, and the rows behind each number."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.http import UserRequest, methods
from accounts.permissions import require
from awards.datasets.progress import GROUPS, awards_overview, nominees
from awards.datasets.statistics import behind, statistics_forms, years_known
from awards.documents.statistics import behind_page, statistics_pages
from awards.permissions import may_read_statistics
from awards.views.papers import workbook
from campaign.views.obligation import current_campaign
from lib import clock

PAGE_SIZE = 100
SHOWN = 12
EARLIEST, LATEST = 1900, 2199


@methods("GET")
def overview(request: UserRequest) -> HttpResponse:
    require(may_read_statistics(request.user))
    campaign = current_campaign()
    found = awards_overview(request.user, campaign, at=request.at)
    longest = sorted(found.waiting, key=lambda row: -(row.waits or 0))[:SHOWN]
    context = {"campaign": campaign, "found": found, "longest": longest}
    return render(request, "awards/overview.html", context)


@methods("GET")
def nominee_list(request: UserRequest) -> HttpResponse:
    require(may_read_statistics(request.user))
    group = request.GET.get("muc", "tat-ca")
    if group not in GROUPS:
        raise Http404
    rows = nominees(request.user, current_campaign(), group)
    rows = rows.select_related("candidate__unit", "form").in_order()
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "title": GROUPS[group][0],
        "group": group,
        "groups": [(code, label) for code, (label, _) in GROUPS.items()],
    }
    return render(request, "awards/nominees.html", context)


@methods("GET")
def statistics(request: UserRequest) -> HttpResponse:
    require(may_read_statistics(request.user))
    year = _year(request)
    forms = statistics_forms(year, on=_day(year, request))
    if request.GET.get("xuat") == "xlsx":
        return workbook(statistics_pages(forms, year), f"bieu-0601-0605-{year}")
    context = {"forms": forms, "year": year, "years": sorted({year, *years_known()}, reverse=True)}
    return render(request, "awards/statistics.html", context)


@methods("GET")
def rows(request: UserRequest) -> HttpResponse:
    require(may_read_statistics(request.user))
    year = _year(request)
    code, line, column = (request.GET.get(name, "") for name in ("bieu", "dong", "cot"))
    found = behind(code, line, column, year, on=_day(year, request))
    if found is None:
        raise Http404
    if request.GET.get("xuat") == "xlsx":
        return workbook([behind_page(found)], f"bieu-{code}-{year}")
    page = Paginator(found.rows, PAGE_SIZE).get_page(request.GET.get("trang"))
    back = f"{reverse('awards:statistics')}?nam={year}"
    context = {"found": found, "page": page, "back": back, "code": code}
    return render(request, "awards/statistics_rows.html", context)


def _year(request: UserRequest) -> int:
    typed = request.GET.get("nam", "")
    if not typed:
        return clock.local_day(request.at).year
    if not typed.isdecimal() or not EARLIEST <= int(typed[:5]) <= LATEST:
        raise Http404
    return int(typed)


def _day(year: int, request: UserRequest) -> date:
    return min(date(year, 12, 31), clock.local_day(request.at))
