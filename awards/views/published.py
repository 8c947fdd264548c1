"""Công bố: what was decided, for anybody, without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.http import methods
from awards.datasets.published import published_decision, published_decisions

PAGE_SIZE = 50


@login_not_required
@methods("GET")
def published(request: HttpRequest) -> HttpResponse:
    page = Paginator(published_decisions(), PAGE_SIZE).get_page(request.GET.get("trang"))
    return render(request, "awards/published.html", {"page": page})


@login_not_required
@methods("GET")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    found = published_decision(pk)
    if found is None:
        raise Http404
    return render(request, "awards/published_decision.html", {"decision": found})
