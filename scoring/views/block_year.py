"""The year of a block: its page, its pledge, its hand-over."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.permissions import require
from files.http import serve
from lib import clock
from scoring.actions import block_year as actions
from scoring.actions.days import set_days
from scoring.datasets.ballot import members_of
from scoring.datasets.block_year import block_year_page, hand_over_checks, target_groups, year_of
from scoring.datasets.days import step_rows
from scoring.forms.block_year import HandOverForm, PledgeForm, TargetForm, pledge_of
from scoring.forms.days import DaysForm
from scoring.models import BlockYear, PledgeTarget
from scoring.permissions import may_receive, may_run_block_year, may_see_block_year, may_set_days
from scoring.views.uploads import staged_file
from units.models import Block


def get_year(request: UserRequest, code: str, year: int) -> BlockYear:
    """The year of a block that has members then, for those members and the province."""
    blocks = Block.objects.filter(memberships__year=year).distinct()
    block = get_object_or_404(blocks, code=code)
    if not may_see_block_year(request.user, block, year):
        raise Http404
    return year_of(block, year)


def runs(request: UserRequest, year: BlockYear) -> bool:
    return may_run_block_year(request.user, year.block, year.year)


@methods("GET")
def block_year(request: UserRequest, code: str, year: int) -> HttpResponse:
    found = get_year(request, code, year)
    context = {
        "year": found,
        "page": block_year_page(found),
        "steps": [(row, row.overdue(request.at)) for row in step_rows(found.block, year)],
        "can_set_days": may_set_days(request.user, found.block, year),
        "at": request.at,
        "can_run": runs(request, found) and not found.is_handed_over,
        "can_receive": _can_receive(request, found),
    }
    return render(request, "scoring/block_year.html", context)


@methods("GET", "POST")
@once
def days(request: UserRequest, code: str, year: int) -> HttpResponse:
    """By when each step of the year is to be done."""
    found = get_year(request, code, year)
    require(may_set_days(request.user, found.block, year))
    steps = {row.kind: row.step for row in step_rows(found.block, year) if row.step}
    form = DaysForm(request.POST if request.method == "POST" else None, year=year, steps=steps)
    if not form.is_valid():
        context, status = {"year": found, "form": form}, 422 if form.is_bound else 200
        return render(request, "scoring/block_days.html", context, status=status)
    set_days(found.block, year, form.days(), by=request.user, at=request.at)
    messages.success(request, "Đã giao các mốc của năm. Từng đơn vị thấy hạn ở Việc của tôi.")
    return redirect("scoring:block-year", code, year)


# --- pledge -------------------------------------------------------------------------------------


@methods("GET", "POST")
@once
def pledge(request: UserRequest, code: str, year: int) -> HttpResponse:
    """Read by the block; number, day and document are noted by its khối trưởng."""
    found = get_year(request, code, year)
    if request.method == "GET":
        return _pledge_page(request, found)
    require(runs(request, found))
    form = PledgeForm(request.POST, request.FILES, today=clock.local_day(request.at))
    token = staged_file(request, form)
    if not form.is_valid():
        return _pledge_page(request, found, form=form, status=422)
    actions.note_pledge(
        found.block, year, form.pledge(token), by=request.user, at=request.at
    )  # fmt: skip
    messages.success(request, "Đã ghi giao ước thi đua.")
    return redirect("scoring:pledge", code, year)


def _pledge_page(
    request: UserRequest, year: BlockYear, *, form: PledgeForm | None = None,
    target_form: TargetForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    today = clock.local_day(request.at)
    context = {
        "year": year,
        "groups": target_groups(year),
        "can_run": runs(request, year) and not year.is_handed_over,
        "form": form or PledgeForm(today=today, initial=pledge_of(year)),
        "target_form": target_form or TargetForm(members=members_of(year.block, year.year)),
    }
    return render(request, "scoring/pledge.html", context, status=status)


@methods("POST")
@once
def add_target(request: UserRequest, code: str, year: int) -> HttpResponse:
    found = get_year(request, code, year)
    require(runs(request, found))
    form = TargetForm(request.POST, members=members_of(found.block, year))
    if not form.is_valid():
        return _pledge_page(request, found, target_form=form, status=422)
    actions.add_target(found.block, year, form.target(), by=request.user, at=request.at)
    messages.success(request, "Đã thêm chỉ tiêu.")
    return redirect("scoring:pledge", code, year)


@methods("POST")
@once
def remove_target(request: UserRequest, code: str, year: int, pk: int) -> HttpResponse:
    found = get_year(request, code, year)
    require(runs(request, found))
    rows = PledgeTarget.objects.select_related("block_year__block")
    target = get_object_or_404(rows, pk=pk, block_year=found.pk)
    actions.remove_target(target, by=request.user, at=request.at)
    messages.success(request, "Đã bỏ chỉ tiêu.")
    return redirect("scoring:pledge", code, year)


@methods("GET")
def pledge_file(request: UserRequest, code: str, year: int) -> HttpResponseBase:
    found = get_year(request, code, year)
    if found.pledge_file is None:
        raise Http404
    return serve(found.pledge_file, found.pledge_file_name)


# --- hand-over ----------------------------------------------------------------------------------


@methods("GET", "POST")
@once
def hand_over(request: UserRequest, code: str, year: int) -> HttpResponse:
    """What is handed over, as the data have it, and both sides' word that it was."""
    found = get_year(request, code, year)
    form = HandOverForm(
        request.POST if request.method == "POST" else None,
        today=clock.local_day(request.at), members=members_of(found.block, year),
        initial={"unit": found.handed_over_to_id, "on": found.handed_over_on,
                 "note": found.hand_over_note},
    )  # fmt: skip
    if request.method == "POST":
        require(runs(request, found))
        if form.is_valid():
            said = form.hand_over()
            actions.hand_over_year(found.block, year, said, by=request.user, at=request.at)
            messages.success(request, f"Đã ghi bàn giao. Chờ {said.to} xác nhận.")
            return redirect("scoring:hand-over", code, year)
    context = {
        "year": found,
        "checks": hand_over_checks(found),
        "form": form,
        "can_run": runs(request, found) and not found.is_handed_over,
        "can_receive": _can_receive(request, found),
    }
    status = 422 if form.is_bound else 200
    return render(request, "scoring/hand_over.html", context, status=status)


def _can_receive(request: UserRequest, year: BlockYear) -> bool:
    waits = year.handed_over_at is not None and year.received_at is None
    return waits and may_receive(request.user, year)


@methods("POST")
@once
def receive(request: UserRequest, code: str, year: int) -> HttpResponse:
    found = get_year(request, code, year)
    require(may_receive(request.user, found))
    actions.receive_year(found, by=request.user, at=request.at)
    messages.success(request, "Đã xác nhận nhận bàn giao.")
    return redirect("scoring:hand-over", code, year)
