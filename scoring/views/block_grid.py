"""The block on one page, criterion by criterion; a cell opens beside it to be read and marked."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, methods
from scoring.datasets.block_grid import block_grid
from scoring.forms.sheet import LevelForm
from scoring.models import Criterion
from scoring.views.block import get_scale_in_force
from scoring.views.sheet import get_sheet, grid_of


@methods("GET")
def grid(request: UserRequest, code: str, year: int) -> HttpResponse:
    scale = get_scale_in_force(request, code, year)
    form = LevelForm(request.GET)
    table = block_grid(request.user, scale, at=request.at, level=form.level())
    context = {"scale": scale, "grid": table, "form": form}
    return render(request, "scoring/block_grid.html", context)


@methods("GET")
def cell(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """One cell of the grid, to be put beside it; without htmx its line in the unit's sheet."""
    sheet = get_sheet(request, pk)
    criterion = get_object_or_404(Criterion, scale=sheet.scale_id, code=code)
    if not request.htmx:
        return redirect(f"{sheet.get_absolute_url()}#tieu-chi-{criterion.code}")
    table, writing = grid_of(request, sheet)
    context = {"sheet": sheet, "writing": writing, "row": table.row(code), "grid": table}
    return render(request, "scoring/cell.html", context)
