"""Whose figures a page of Tổng quan shows, and that the reader may see them."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.http import UserRequest
from campaign.models import Campaign
from reports.permissions import may_overlook_block, may_overlook_unit
from units.models import Block, Unit
from units.permissions import sees_province


def current_campaign() -> Campaign:
    campaign = Campaign.objects.current()
    if campaign is None:
        raise Http404
    return campaign


def campaign_for_readers(request: UserRequest) -> Campaign:
    """The current campaign, for board, council and leadership; 404 for everybody else."""
    if not sees_province(request.user):
        raise Http404
    return current_campaign()


def campaign_of_part(request: UserRequest, *, by_unit: bool) -> Campaign:
    """The same for a list that is narrowed to a block in the address (or, `by_unit`, to a unit):
    also for who may see that part."""
    campaign = current_campaign()
    if sees_province(request.user):
        return campaign
    for block in Block.objects.filter(code=request.GET.get("khoi", "")):
        if may_overlook_block(request.user, block, campaign):
            return campaign
    for unit in Unit.objects.filter(code=request.GET.get("don_vi", "")) if by_unit else ():
        if may_overlook_unit(request.user, unit, campaign):
            return campaign
    raise Http404


def way_up(request: UserRequest) -> str:
    """The overview a list belongs to: of the province, else of the part the address names."""
    if sees_province(request.user):
        return reverse("reports:overview")
    unit = Unit.objects.filter(code=request.GET.get("don_vi", "")).first()
    if unit is not None:
        return reverse("reports:overview-unit", args=[unit.code])
    block = get_object_or_404(Block, code=request.GET.get("khoi", ""))
    return reverse("reports:overview-block", args=[block.code])


def get_block(request: UserRequest, code: str, campaign: Campaign) -> Block:
    block = get_object_or_404(Block, code=code)
    if not may_overlook_block(request.user, block, campaign):
        raise Http404
    return block


def get_unit(request: UserRequest, code: str, campaign: Campaign) -> Unit:
    unit = get_object_or_404(Unit, code=code)
    if not may_overlook_unit(request.user, unit, campaign):
        raise Http404
    return unit
