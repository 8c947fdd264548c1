"""Tổng quan, and the activities behind its figures."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString

from accounts.http import UserRequest, methods
from awards.datasets.council import ballots_for, meetings_for
from awards.datasets.progress import awards_overview
from campaign.models import Campaign, PlanItem
from lib.charts import Part, share_bar
from lib.sheet import write_xlsx
from lib.vietnamese import moment
from reports.datasets.activities import registered_activities
from reports.datasets.overview import BlockLine, overview_of
from reports.documents import activities_sheet
from reports.forms.report import ActivitiesForm
from units.models import Block
from units.permissions import sees_province

PAGE_SIZE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class BlockBar:
    """A block with its bar: on time, late, not sent, of those that owe."""

    line: BlockLine
    bar: SafeString


def campaign_for_readers(request: UserRequest) -> Campaign:
    """The current campaign, for board, council and leadership; 404 for everybody else."""
    campaign = Campaign.objects.current()
    if campaign is None or not sees_province(request.user):
        raise Http404
    return campaign


@methods("GET")
def overview(request: UserRequest) -> HttpResponse:
    campaign = campaign_for_readers(request)
    figures = overview_of(campaign, at=request.at)
    context = {
        "campaign": campaign,
        "overview": figures,
        "ballots": ballots_for(request.user),
        "meetings": meetings_for(request.user),
        "awards": awards_overview(request.user, campaign, at=request.at),
        "blocks": [BlockBar(line, _bar(line)) for line in figures.blocks],
        "lead": f"{campaign}. Số liệu lúc {moment(request.at)}.",
        "at": request.at,
    }
    return render(request, "reports/overview.html", context)


def _bar(line: BlockLine) -> SafeString:
    totals = line.totals
    parts = (
        Part(totals.on_time, "green", "đúng hạn"),
        Part(totals.late, "red", "trễ hạn"),
        Part(totals.outstanding, "grey", "chưa nộp"),
    )
    return share_bar(parts, whole=totals.owed)


@methods("GET")
def activities(request: UserRequest) -> HttpResponse:
    """Every activity counted now, by row of the plan and by block; `?xuat=xlsx` as shown."""
    campaign = campaign_for_readers(request)
    items = PlanItem.objects.filter(campaign=campaign).in_order()
    kinds = [
        PlanItem.Kind.CONTENT_ITEM,
        PlanItem.Kind.SOLUTION_HEADING,
        PlanItem.Kind.SOLUTION_BULLET,
        PlanItem.Kind.ASSIGNMENT_BULLET,
    ]
    form = ActivitiesForm(
        request.GET,
        items=[(item.code, short(item.code, item.text)) for item in items.filter(kind__in=kinds)],
        blocks=[(block.code, str(block)) for block in Block.objects.order_by("sort_order")],
    )
    if not form.is_valid():
        raise Http404
    found = registered_activities(
        campaign, under=form.cleaned_data["muc"], block=form.cleaned_data["khoi"]
    )
    if request.GET.get("xuat") == "xlsx":
        notes = (f"Hoạt động đăng ký, {campaign}", f"Số liệu lúc {moment(request.at)}")
        content = write_xlsx([activities_sheet(found.rows(), notes)])
        return xlsx_response(content, f"hoat-dong-dang-ky-{campaign.code}.xlsx")
    page = Paginator(found.queryset, PAGE_SIZE).get_page(request.GET.get("trang"))
    context = {
        "campaign": campaign,
        "form": form,
        "count": page.paginator.count,
        "page": page,
        "rows": found.rows(page.object_list),
        "first": page.start_index(),
        "lead": f"{campaign}. Bản mới nhất mỗi đơn vị đã gửi, lúc {moment(request.at)}.",
    }
    return render(request, "reports/activities.html", context)


LONGEST_CHOICE = 90


def short(code: str, text: str) -> str:
    """A row of the plan as one line of a list of choices."""
    words = f"{code} {text}"
    return words if len(words) <= LONGEST_CHOICE else f"{words[:LONGEST_CHOICE].rstrip()}…"


def xlsx_response(content: bytes, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})
