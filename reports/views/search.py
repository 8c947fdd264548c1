"""Tìm kiếm: one page with everything found, and the same list in the top bar while somebody types."""

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from accounts.http import UserRequest, methods
from lib.search import LONGEST_QUERY
from reports.datasets.search.found import KINDS, Found, found, quoting
from units.permissions import has_a_role

PAGE_SIZE = 20
# Of each kind, where all kinds are shown together; and while somebody types.
FIRST = 5
TYPING = 3


@methods("GET")
def search(request: UserRequest) -> HttpResponse:
    """`?q=` what was typed, `loai=` one kind of thing, `trang=`."""
    if not has_a_role(request.user):
        raise Http404
    # A zero byte is no letter, and PostgreSQL will not have it.
    typed = request.GET.get("q", "").replace("\x00", "")[:LONGEST_QUERY].strip()
    if request.htmx:
        answer = found(request.user, typed, at=request.at, most=TYPING)
        context = {"answer": quoting(answer), "typed": typed}
        return render(request, "reports/search_typing.html", context)
    kind = request.GET.get("loai", "")
    if kind not in {one.code for one in KINDS}:
        kind = ""
    everything = found(request.user, typed, at=request.at, most=FIRST)
    context = {"typed": typed, "kind": kind, "answer": everything, "counts": everything.groups}
    context |= _one_kind(request, typed, kind) if kind else {"answer": quoting(everything)}
    return render(request, "reports/search.html", context)


def _one_kind(request: UserRequest, typed: str, kind: str) -> dict[str, object]:
    answer: Found = found(request.user, typed, at=request.at, kind=kind)
    if not answer.groups:
        return {"answer": answer, "page": None}
    group = answer.groups[0]
    page = Paginator(group.hits, PAGE_SIZE).get_page(request.GET.get("trang"))
    shown = replace(answer, groups=[replace(group, hits=list(page.object_list))])
    return {"answer": quoting(shown), "page": page, "beyond": group.count - page.paginator.count}
