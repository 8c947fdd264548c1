"""The block on one page: its members' sheets, who cross-scores whom, and the ranking."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.permissions import require
from scoring.actions.cross import assign_cross
from scoring.datasets.block import block_table
from scoring.models import Ranking, ScoringScale
from scoring.permissions import may_assign_cross, may_rank
from units.permissions import Role, standing


def get_scale_in_force(request: UserRequest, code: str, year: int) -> ScoringScale:
    rows = ScoringScale.objects.visible_to(request.user).in_force().select_related("block")
    return get_object_or_404(rows, block__code=code, year=year)


@methods("GET")
def sheets(request: UserRequest, code: str, year: int) -> HttpResponse:
    scale = get_scale_in_force(request, code, year)
    table = block_table(request.user, scale, at=request.at)
    mine = standing(request.user).units(Role.OFFICER, Role.HEAD)
    context = {
        "scale": scale,
        "table": table,
        "can_start": any(row.membership.unit_id in mine and not row.status for row in table.rows),
        "ranking": Ranking.objects.visible_to(request.user)
        .filter(block=scale.block, year=year)
        .order_by("-version")
        .first(),
        "can_rank": may_rank(request.user, scale.block, scale.year),
        "can_assign": may_assign_cross(request.user, scale.block, scale.year),
    }
    return render(request, "scoring/block_sheets.html", context)


@methods("POST")
@once
def assign(request: UserRequest, code: str, year: int) -> HttpResponse:
    scale = get_scale_in_force(request, code, year)
    require(may_assign_cross(request.user, scale.block, scale.year))
    each = 2 if request.POST.get("each") == "2" else 1
    count = assign_cross(scale, by=request.user, at=request.at, each=each)
    messages.success(request, f"Đã phân công {count} lượt chấm chéo.")
    return redirect("scoring:block-sheets", code, year)
