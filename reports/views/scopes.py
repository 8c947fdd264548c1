"""Tổng quan of one block, one unit, one row of the plan: who does what, how far."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.http import UserRequest, methods
from campaign.datasets.plan import FOLLOWED
from campaign.models import Campaign, PlanItem
from reports.datasets.dashboard.block_board import block_board
from reports.datasets.dashboard.item_board import item_board
from reports.datasets.dashboard.unit_board import unit_board
from reports.datasets.dashboard.viewpoint import Viewpoint, viewpoint
from reports.datasets.scope import Scope, scope_of
from reports.forms.dashboard import DayForm
from reports.permissions import may_overlook_block
from reports.views import dashboard_parts as parts
from reports.views import scope_parts
from reports.views.dashboard_links import as_of
from reports.views.readers import campaign_for_readers, current_campaign, get_block, get_unit
from reports.views.scope_links import BlockLinks, PartLinks
from units.permissions import sees_province


def _view(request: UserRequest, campaign: Campaign, scope: Scope) -> tuple[DayForm, Viewpoint]:
    form = DayForm(request.GET, at=request.at)
    return form, viewpoint(campaign, at=request.at, day=form.day, scope=scope)


def _page(
    request: UserRequest, name: str, form: DayForm, view: Viewpoint, more: dict[str, Any]
) -> HttpResponse:
    context = {
        "campaign": view.campaign,
        "form": form,
        "view": view,
        "by": view.by,
        "at": view.at,
        "as_of": as_of(view),
        "lead": f"{view.campaign}. Số liệu {view.told}.",
        "sees_province": sees_province(request.user),
        **more,
    }
    status = 200 if form.is_valid() else 422
    return render(request, f"reports/dashboard/{name}.html", context, status=status)


@methods("GET")
def block(request: UserRequest, code: str) -> HttpResponse:
    campaign = current_campaign()
    shown = get_block(request, code, campaign)
    form, view = _view(request, campaign, scope_of(campaign, block=shown))
    found = block_board(view, request.user)
    own, links = BlockLinks(view, code=shown.code), PartLinks(view)
    cards = parts.cards(found.board, own, view.since)[:4]  # no list holds the dossiers of a block
    more = {
        "block_of_units": shown,
        "board": found.board,
        "found": found,
        "cards": [*cards, scope_parts.scored_card(found, own.scored(shown.code))],
        "days": parts.days(found.board, own),
        "members": scope_parts.member_rows(found, links),
        "heat": scope_parts.unit_heat(found, links, shown.code),
        "uncovered": found.board.items.uncovered,
        "late_url": own.ledger("tre-han"),
        "overdue_url": own.ledger("qua-han"),
    }
    return _page(request, "block", form, view, more)


@methods("GET")
def unit(request: UserRequest, code: str) -> HttpResponse:
    campaign = current_campaign()
    shown = get_unit(request, code, campaign)
    form, view = _view(request, campaign, scope_of(campaign, unit=shown))
    found = unit_board(view, shown, request.user)
    links = PartLinks(view)
    more = {
        "unit": shown,
        "found": found,
        "sees_block": found.block and may_overlook_block(request.user, found.block, campaign),
        "cards": scope_parts.unit_cards(found, links),
        "heads": scope_parts.HEADS,
        "solutions": scope_parts.solution_rows(found.solutions, links, shown.code),
        "covered": scope_parts.duty_rows(found.covered, links, shown.code),
    }
    return _page(request, "unit", form, view, more)


@methods("GET")
def item(request: UserRequest, code: str) -> HttpResponse:
    campaign = campaign_for_readers(request)
    rows = PlanItem.objects.filter(campaign=campaign, kind__in=FOLLOWED)
    shown = get_object_or_404(rows.select_related("campaign", "source", "withdrawn_by"), code=code)
    form, view = _view(request, campaign, scope_of(campaign, item=shown))
    found = item_board(view, shown, request.user)
    links = PartLinks(view)
    more = {
        "item": shown,
        "found": found,
        "cards": scope_parts.item_cards(found, shown, links),
        "heads": scope_parts.HEADS,
        "rows": scope_parts.unit_rows(found.units, links, shown.code),
        "days": scope_parts.done_days(found, shown, links),
    }
    return _page(request, "item", form, view, more)
