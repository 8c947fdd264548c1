"""Pairs that may be one achievement: the list of Ban Thi đua, and two side by side."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, methods
from accounts.models import AuditEvent
from accounts.once import once
from accounts.permissions import require
from awards.actions.likeness import judge_pair
from awards.datasets.lookalike import TABS, side_by_side
from awards.datasets.lookalike import lookalikes as rows_of
from awards.forms.lookalike import LookalikeFilterForm, VerdictForm
from awards.models import Lookalike
from awards.permissions import may_judge_pair, may_see_lookalikes

PAGE_SIZE = 50


@methods("GET")
def lookalikes(request: UserRequest) -> HttpResponse:
    require(may_see_lookalikes(request.user))
    form = LookalikeFilterForm(request.GET)
    if not form.is_valid():
        return render(request, "awards/lookalikes.html", {"form": form}, status=422)
    wanted = form.wanted()
    seen = Lookalike.objects.visible_to(request.user)
    page = Paginator(rows_of(seen, wanted), PAGE_SIZE).get_page(request.GET.get("trang"))
    context = {
        "form": form,
        "page": page,
        "count": page.paginator.count,
        "tab": wanted.tab,
        "tabs": [(code, label, seen.in_tab(code).count()) for code, label in TABS],
    }
    return render(request, "awards/lookalikes.html", context)


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
