"""Who there is: units, the blocks they compete in, and who acts for them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.http import UserRequest, methods
from accounts.lists import Source, list_answer, list_refused
from lib import clock
from units.datasets import (
    UnitFilter,
    UnitPage,
    UnitRow,
    block_rows,
    latest_year,
    unit_rows,
    units_matching,
    years,
)
from units.forms import UnitFilterForm, YearForm
from units.listings import UNITS, by_group
from units.models import Block, Unit
from units.permissions import has_a_role, sees_province, writes_for


def _require_a_role(request: UserRequest) -> None:
    """Who has no role anywhere sees nothing."""
    if not has_a_role(request.user):
        raise Http404


def _this_year(request: UserRequest) -> int:
    return latest_year() or clock.local_day(request.at).year


@methods("GET")
def units(request: UserRequest) -> HttpResponse:
    _require_a_role(request)
    this_year = _this_year(request)
    typed = request.GET.copy()
    typed.setdefault("nam", str(this_year))
    form = UnitFilterForm(typed, years=years() or [this_year])
    if not form.is_valid():
        return list_refused(request, "units/units.html", UNITS, form, {})
    wanted = _wanted(form.cleaned_data, this_year)
    source: Source[Unit, UnitRow] = Source(
        UNITS,
        form,
        units_matching(wanted),
        made=unit_rows,
        groups=by_group,
        file_name="don-vi",
        notes=(f"DANH SÁCH ĐƠN VỊ, KHỐI THI ĐUA NĂM {wanted.year}",),
    )
    return list_answer(request, "units/units.html", source, {"year": wanted.year})


def _wanted(cleaned: dict[str, Any], this_year: int) -> UnitFilter:
    return UnitFilter(
        year=cleaned["nam"] or this_year,
        search=cleaned["tim"],
        group=cleaned["nhom"],
        block=cleaned["khoi"],
    )


@methods("GET")
def unit(request: UserRequest, code: str) -> HttpResponse:
    _require_a_role(request)
    found = get_object_or_404(Unit, code=code)
    people = found.memberships.valid(on=clock.local_day(request.at)).select_related("user")
    places = found.block_memberships.select_related("block")
    page = UnitPage(
        unit=found,
        people=list(people.order_by("role", "user__full_name")),
        places=list(places.order_by("-year")),
        successions=list(found.successions.select_related("to_unit").order_by("pk")),
        predecessions=list(found.predecessions.select_related("from_unit").order_by("pk")),
    )
    context = {
        "page": page,
        "unit": found,
        "can_look": sees_province(request.user) or writes_for(request.user, found),
    }
    return render(request, "units/unit.html", context)


@methods("GET")
def blocks(request: UserRequest) -> HttpResponse:
    _require_a_role(request)
    form, year = _year_asked(request)
    context = {"form": form, "year": year, "rows": block_rows(year)}
    return render(request, "units/blocks.html", context)


@methods("GET")
def block(request: UserRequest, code: str) -> HttpResponse:
    _require_a_role(request)
    found = get_object_or_404(Block, code=code)
    form, year = _year_asked(request)
    rows = [row for row in block_rows(year) if row.block == found]
    context = {
        "form": form,
        "year": year,
        "block_of_units": found,
        "row": rows[0] if rows else None,
    }
    return render(request, "units/block.html", context)


def _year_asked(request: UserRequest) -> tuple[YearForm, int]:
    """The year in the address; the newest where it names none that is known."""
    this_year = _this_year(request)
    typed = request.GET.copy()
    typed.setdefault("nam", str(this_year))
    form = YearForm(typed, years=years() or [this_year])
    year = form.cleaned_data["nam"] if form.is_valid() else None
    return form, year or this_year
