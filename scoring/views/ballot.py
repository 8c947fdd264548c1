"""The secret peer vote: opened and counted by the khối trưởng, voted in by the heads of units."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.permissions import require
from scoring.actions import ballot as actions
from scoring.datasets.ballot import BallotPage, ballot_page, members_of
from scoring.forms.ballot import OpenForm, SlipForm
from scoring.forms.sheet import ReasonForm
from scoring.models import Ballot
from scoring.permissions import may_run_block_year
from scoring.views.block_year import get_year, runs
from units.models import Unit
from units.permissions import is_head


def get_ballot(request: UserRequest, pk: int) -> Ballot:
    rows = Ballot.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("block_year__block", "closed_by"), pk=pk)


@methods("GET", "POST")
@once
def open_ballot(request: UserRequest, code: str, year: int) -> HttpResponse:
    found = get_year(request, code, year)
    require(runs(request, found))
    form = OpenForm(
        request.POST if request.method == "POST" else None, members=members_of(found.block, year)
    )
    if not form.is_valid():
        context, status = {"year": found, "form": form}, 422 if form.is_bound else 200
        return render(request, "scoring/ballot_open.html", context, status=status)
    made = actions.open_ballot(found.block, year, form.vote(), by=request.user, at=request.at)
    messages.success(request, "Đã mở bỏ phiếu. Thủ trưởng từng đơn vị thành viên bỏ phiếu.")
    return redirect(made)


@methods("GET")
def ballot(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, get_ballot(request, pk))


def _page(
    request: UserRequest, found: Ballot, *, slip: SlipForm | None = None,
    slip_unit: Unit | None = None, reason: ReasonForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    page = ballot_page(found)
    year = found.block_year
    mine = _voting(request, page)
    context = {
        "ballot": found,
        "year": year,
        "page": page,
        "slips": [
            (unit, slip if slip and unit == slip_unit else _slip(page, unit)) for unit in mine
        ],
        "can_run": may_run_block_year(request.user, year.block, year.year) and found.is_open,
        "can_count": page.voted >= actions.FEWEST_SLIPS,
        "fewest": actions.FEWEST_SLIPS,
        "reason_form": reason or ReasonForm(prefix="huy"),
    }
    return render(request, "scoring/ballot.html", context, status=status)


def _voting(request: UserRequest, page: BallotPage) -> list[Unit]:
    """Units the person heads that have not voted yet."""
    if not page.ballot.is_open:
        return []
    return [row.unit for row in page.voters if not row.voter and is_head(request.user, row.unit)]


def _slip(page: BallotPage, unit: Unit) -> SlipForm:
    return SlipForm(
        ballot=page.ballot, nominees=page.nominees, unit=unit, auto_id=f"phieu-{unit.pk}-%s"
    )


@methods("POST")
@once
def vote(request: UserRequest, pk: int, unit_pk: int) -> HttpResponse:
    found = get_ballot(request, pk)
    page = ballot_page(found)
    unit = next((row.unit for row in page.voters if row.unit.pk == unit_pk), None)
    if unit is None:
        raise Http404
    require(is_head(request.user, unit))
    form = SlipForm(
        request.POST, ballot=found, nominees=page.nominees, unit=unit,
        auto_id=f"phieu-{unit.pk}-%s",
    )  # fmt: skip
    if not form.is_valid():
        return _page(request, found, slip=form, slip_unit=unit, status=422)
    actions.cast_vote(found, unit, form.chosen(), by=request.user, at=request.at)
    messages.success(request, f"Đã nhận phiếu của {unit}. Phiếu nằm trong hòm niêm phong.")
    return redirect(found)


@methods("POST")
@once
def count(request: UserRequest, pk: int) -> HttpResponse:
    found = get_ballot(request, pk)
    actions.count_ballot(found, by=request.user, at=request.at)
    messages.success(request, "Đã kiểm phiếu.")
    return redirect(found)


@methods("POST")
@once
def cancel(request: UserRequest, pk: int) -> HttpResponse:
    found = get_ballot(request, pk)
    year = found.block_year
    require(may_run_block_year(request.user, year.block, year.year))
    form = ReasonForm(request.POST, prefix="huy")
    if not form.is_valid():
        return _page(request, found, reason=form, status=422)
    actions.cancel_ballot(
        found, by=request.user, at=request.at, reason=form.cleaned_data["reason"][:300]
    )
    messages.success(request, "Đã hủy lần bỏ phiếu; các phiếu đã bỏ không được kiểm.")
    return redirect(found)
