"""What a view is given, and which methods it answers."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

from accounts.models import User

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class UserRequest(HttpRequest):
    """A request of a person who is signed in, with the moment it arrived."""

    user: User
    htmx: HtmxDetails
    at: datetime


def methods(*allowed: str) -> Callable[[View], View]:
    """Answer these methods and no others (405); `manage.py list_urls` reads them from the view.

    What answers GET answers HEAD too, as HTTP asks.
    """
    answered = (*allowed, "HEAD") if "GET" in allowed else allowed

    def decorate(view: View) -> View:
        guarded: Any = require_http_methods(list(answered))(view)
        guarded.allowed_methods = answered
        return guarded  # type: ignore[no-any-return]

    return decorate


def attachment(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file made for this request, to be saved under a name that may have Vietnamese letters."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": disposition}
    )


def page_above(path: str) -> str:
    """The nearest page at or above an address: where the button that led here stands."""
    while path.strip("/"):
        if _answers_get(path):
            return path
        path = path.rstrip("/").rpartition("/")[0] + "/"
    return "/"


def _answers_get(path: str) -> bool:
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    return "GET" in getattr(view, "allowed_methods", ())
