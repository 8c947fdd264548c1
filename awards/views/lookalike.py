"""Pairs that may be one achievement: the list of Ban Thi đua, and two side by side."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, methods
from accounts.lists import Source, counts, list_answer, list_refused
from accounts.models import AuditEvent
from accounts.once import once
from accounts.permissions import require
from awards.actions.likeness import judge_pair
from awards.datasets.lookalike import TABS, WAITING, side_by_side
from awards.datasets.lookalike import lookalikes as rows_of
from awards.datasets.lookalike_columns import lookalike_listing
from awards.forms.lookalike import LookalikeFilterForm, VerdictForm
from awards.models import Lookalike
from awards.permissions import may_judge_pair, may_see_lookalikes


@methods("GET")
def lookalikes(request: UserRequest) -> HttpResponse:
    require(may_see_lookalikes(request.user))
    form = LookalikeFilterForm(request.GET)
    if not form.is_valid():
        return list_refused(request, "awards/lookalikes.html", lookalike_listing(""), form, {})
    wanted = form.wanted()
    seen = Lookalike.objects.visible_to(request.user)
    tabs = [(code, label, seen.in_tab(code).count()) for code, label in TABS]
    source: Source[Lookalike, Lookalike] = Source(
        lookalike_listing(wanted.tab), form, rows_of(seen, wanted), made=list,
        file_name="nghi-trung-thanh-tich", notes=("NGHI TRÙNG THÀNH TÍCH",),
    )  # fmt: skip
    shown = counts(request, "muc", "Tình trạng", tabs, usual=WAITING)
    context = {"tab": wanted.tab, "tabs": tabs, "counts": [shown]}
    return list_answer(request, "awards/lookalikes.html", source, context)


@methods("GET", "POST")
@once
def lookalike(request: UserRequest, pk: int) -> HttpResponse:
    pairs = Lookalike.objects.visible_to(request.user).with_sides()
    pair = get_object_or_404(pairs, pk=pk)
    if request.method == "GET":
        return _page(request, pair, VerdictForm(initial={"digest": pair.digest}))
    require(may_judge_pair(request.user, pair))
    form = VerdictForm(request.POST)
    if not form.is_valid():
        return _page(request, pair, form, status=422)
    said = form.cleaned_data
    judge_pair(
        pair, said["verdict"], reason=said["reason"], digest=said["digest"],
        by=request.user, at=request.at,
    )  # fmt: skip
    messages.success(request, "Đã ghi kết luận.")
    return redirect("awards:lookalikes")


def _page(
    request: UserRequest, pair: Lookalike, form: VerdictForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "pair": pair,
        "shown": side_by_side(pair),
        "form": form,
        "can_judge": may_judge_pair(request.user, pair),
        "events": AuditEvent.objects.about(pair).select_related("by"),
    }
    return render(request, "awards/lookalike.html", context, status=status)
