"""How a list, and one thing of it, is read: the same way whatever the resource."""

import hashlib
import json
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers

from accounts.http import UserRequest
from accounts.models import ApiToken
from files.http import serve
from reports.datasets.api.asked import Asked
from reports.datasets.api.reports import file_of
from reports.datasets.api.shape import page_of, to_json
from reports.forms import api as forms
from reports.http import Problem
from reports.views.api.door import View, reads
from reports.views.api.paging import after_of, cursor_of
from reports.views.api.resources import Resource

JSON = "application/json; charset=utf-8"


def listing(resource: Resource) -> View:
    @reads(resource.scope)
    def answer(request: UserRequest) -> HttpResponseBase:
        said = _said(request, resource.form)
        after = after_of(resource.slug, said["con_tro"])
        size = said["so_dong"] or forms.USUAL_ROWS
        page = resource.page(Asked(request.user, request.at, said), after, size)
        following = (
            _following(request, resource, cursor_of(resource.slug, page.after))
            if page.after
            else None
        )
        response = _json(request, {"items": to_json(page.items), "next": following})
        if following and response.status_code == 200:  # noqa: PLR2004
            response["Link"] = f'<{following}>; rel="next"'
        return response

    return answer


def single(resource: Resource) -> View:
    # What the list would take is what its function may ask for; nothing of it is said here.
    unsaid = resource.form({})
    unsaid.is_valid()

    @reads(resource.scope)
    def answer(request: UserRequest, code: str) -> HttpResponseBase:
        _said(request, forms.OneForm)
        found = resource.one(Asked(request.user, request.at, unsaid.cleaned_data), code)
        if found is None:
            raise Problem(404)
        return _json(request, to_json(found))

    return answer


@reads(ApiToken.Scope.REPORTS)
def report_file(request: UserRequest, code: str, kind: str) -> HttpResponseBase:
    """A file of an issued report, by the same key."""
    _said(request, forms.OneForm)
    found = file_of(Asked(request.user, request.at, {}), code, kind)
    if found is None:
        raise Problem(404)
    return serve(*found)


def _said(request: UserRequest, form: type[forms.ApiForm]) -> dict[str, Any]:
    typed = form(dict(request.GET.lists()))
    if not typed.is_valid():
        raise Problem(422, errors=typed.problems())
    return typed.cleaned_data


def _following(request: UserRequest, resource: Resource, cursor: str) -> str:
    query = request.GET.copy()
    query["con_tro"] = cursor
    return page_of(f"{reverse(f'reports:api-{resource.slug}')}?{query.urlencode()}")


def _json(request: UserRequest, said: Any) -> HttpResponse:
    """304 where the client has these very bytes. Kept by nobody between, since who reads decides
    what there is to read."""
    content = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    response = HttpResponse(content, content_type=JSON)
    response["ETag"] = f'"{hashlib.sha256(content).hexdigest()}"'
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Authorization"])
    known = get_conditional_response(request, etag=response["ETag"], response=response)
    return known if isinstance(known, HttpResponse) else response
