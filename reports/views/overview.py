"""Tổng quan, and the activities behind its figures."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from accounts.http import UserRequest, methods
from accounts.lists import Source, list_answer
from awards.datasets.council import ballots_for, meetings_for
from campaign.models import PlanItem
from lib import clock
from lib.vietnamese import moment
from reports.datasets.activities import Asked, registered_activities
from reports.datasets.activity_columns import REGISTERED
from reports.datasets.dashboard.board import Board, board
from reports.datasets.dashboard.compare import compared, number_of_day, same_day
from reports.datasets.dashboard.viewpoint import viewpoint
from reports.forms.dashboard import AsOfForm
from reports.forms.report import ActivitiesForm
from reports.views import dashboard_parts as parts
from reports.views.dashboard_beside import blocks_beside, figures_beside
from reports.views.dashboard_links import Links, as_of
from reports.views.readers import campaign_for_readers, campaign_of_part, way_up
from units.models import Block


@methods("GET")
def overview(request: UserRequest) -> HttpResponse:
    """The whole page, or for htmx only its figures."""
    campaign = campaign_for_readers(request)
    form = AsOfForm(request.GET, at=request.at, campaign=campaign)
    view = viewpoint(campaign, at=request.at, day=form.day)
    found, links = board(view, request.user), Links(view)
    context = {
        "campaign": campaign,
        "form": form,
        "view": view,
        "by": view.by,
        "at": view.at,
        "as_of": as_of(view),
        **_parts(found, links),
    }
    if form.other:
        other = compared(same_day(view, form.other, at=request.at), request.user)
        context |= {
            "other": other,
            "number_of_day": number_of_day(view),
            "figures_beside": figures_beside(found, links, other),
            "blocks_beside": blocks_beside(found, links, other),
        }
    if request.htmx:
        return render(request, "reports/dashboard/body.html", context)
    context |= {
        "ballots": ballots_for(request.user),
        "meetings": meetings_for(request.user),
        "lead": f"{campaign}. Số liệu {view.told}.",
    }
    status = 200 if form.is_valid() else 422
    return render(request, "reports/overview.html", context, status=status)


def _parts(found: Board, links: Links) -> dict[str, Any]:
    since = links.view.since
    return {
        "board": found,
        "since": since,
        "cards": parts.cards(found, links, since),
        "days": parts.days(found, links),
        "blocks": parts.block_rows(found, links),
        "heat": parts.heat_map(found, links),
        "duties": parts.duty_rows(found.items.duties, links),
        "districts": parts.district_map(found, links),
        "stages": parts.stage_rows(found, links),
        "changes": parts.change_rows(found, links),
        "late_url": links.ledger("tre-han"),
        "overdue_url": links.ledger("qua-han"),
    }


@methods("GET")
def activities(request: UserRequest) -> HttpResponse:
    """Every activity counted now, by row of the plan and by block."""
    campaign = campaign_of_part(request, by_unit=True)
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
    said = form.cleaned_data
    by = clock.past_moment(said["luc"], at=request.at)
    asked = Asked(under=said["muc"], block=said["khoi"], unit=said["don_vi"])
    found = registered_activities(campaign, asked, by=by)
    at = by or request.at
    source = Source(
        REGISTERED, form, found.queryset, made=found.rows,
        file_name=f"hoat-dong-dang-ky-{campaign.code}",
        notes=(f"Hoạt động đăng ký, {campaign}", f"Số liệu lúc {moment(at)}"),
    )  # fmt: skip
    context = {
        "campaign": campaign,
        "by": by,
        "up_url": way_up(request),
        "lead": f"{campaign}. Bản mới nhất mỗi đơn vị đã gửi, lúc {moment(at)}.",
    }
    return list_answer(request, "reports/activities.html", source, context)


LONGEST_CHOICE = 90


def short(code: str, text: str) -> str:
    """A row of the plan as one line of a list of choices."""
    words = f"{code} {text}"
    return words if len(words) <= LONGEST_CHOICE else f"{words[:LONGEST_CHOICE].rstrip()}…"
