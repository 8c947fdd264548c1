"""Tổng quan on paper: the page as a PDF, and whether it comes by e-mail every week."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from accounts.http import UserRequest, attachment, methods
from accounts.once import once
from accounts.permissions import require
from campaign.models import Campaign
from lib.official.pdf import PdfFailed
from reports.actions.weekly import may_receive, switch
from reports.datasets.dashboard.board import board
from reports.datasets.dashboard.viewpoint import viewpoint
from reports.datasets.scope import PROVINCE, Scope, scope_of
from reports.documents.overview_page import overview_pdf
from reports.forms.dashboard import DayForm
from reports.models import WeeklyPage
from reports.views.readers import campaign_for_readers, current_campaign, get_block
from units.models import Block
from units.permissions import standing


@methods("GET")
def overview_file(request: UserRequest) -> HttpResponse:
    return _file(request, campaign_for_readers(request), PROVINCE)


@methods("GET")
def block_file(request: UserRequest, code: str) -> HttpResponse:
    campaign = current_campaign()
    shown = get_block(request, code, campaign)
    return _file(request, campaign, scope_of(campaign, block=shown))


def _file(request: UserRequest, campaign: Campaign, scope: Scope) -> HttpResponse:
    """As of the day in the address, as the page itself."""
    form = DayForm(request.GET, at=request.at)
    if not form.is_valid():
        raise Http404
    view = viewpoint(campaign, at=request.at, day=form.day, scope=scope)
    try:
        content = overview_pdf(view, board(view, request.user))
    except PdfFailed as failed:
        return HttpResponse(str(failed), status=503, content_type="text/plain; charset=utf-8")
    whose = f"-{scope.code}" if scope.code else ""
    name = f"tong-quan{whose}-{view.day:%Y-%m-%d}.pdf"
    return attachment(content, name, "application/pdf")


@dataclass(frozen=True)
class Choice:
    """A page a person may have sent, and whether it is."""

    block: Block | None
    is_on: bool

    @property
    def label(self) -> str:
        return str(self.block) if self.block else "Toàn tỉnh"


@methods("GET", "POST")
@once
def weekly(request: UserRequest) -> HttpResponse:
    """“Gửi tôi mỗi sáng thứ Hai”: what comes, switched on and off. What is on may be switched off
    also by who has lost the role."""
    campaign = current_campaign()
    choices = _choices(request, campaign)
    if not choices:
        raise Http404
    if request.method == "POST":
        code, on = request.POST.get("khoi", ""), request.POST.get("gui") == "1"
        chosen = [one for one in choices if (one.block.code if one.block else "") == code]
        require(bool(chosen))
        require(not on or may_receive(request.user, chosen[0].block, campaign))
        switch(request.user, chosen[0].block, on=on, at=request.at)
        told = "sẽ được gửi mỗi sáng thứ Hai" if on else "không còn được gửi"
        messages.success(request, f"Tổng quan ({chosen[0].label}) {told}.")
        return redirect("reports:weekly")
    return render(request, "reports/dashboard/weekly.html", {"choices": choices})


def _choices(request: UserRequest, campaign: Campaign) -> list[Choice]:
    """The province's where the reader may have it, the blocks the reader leads, and what is on."""
    on = {page.block_id for page in WeeklyPage.objects.wanted().filter(user=request.user)}
    led = {block for block, year in standing(request.user).led_blocks if year == campaign.year}
    wanted = led | {pk for pk in on if pk is not None}
    blocks = Block.objects.filter(pk__in=wanted).order_by("sort_order", "pk")
    mine = [Choice(block, block.pk in on) for block in blocks]
    if None in on or may_receive(request.user, None, campaign):
        mine.insert(0, Choice(None, None in on))
    return mine
