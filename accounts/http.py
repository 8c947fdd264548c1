"""What a view is given, and which methods it answers."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

from accounts.models import User

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)


class UserRequest(HttpRequest):
    """A request of a person who is signed in, with the moment it arrived."""

    user: User
    htmx: HtmxDetails
    at: datetime


def methods(
    *allowed: str,
) -> Callable[
    [Callable[Concatenate[R, P], HttpResponseBase]], Callable[Concatenate[R, P], HttpResponseBase]
]:
    """Answer these methods and no others (405); `manage.py list_urls` reads them from the view.

    What answers GET answers HEAD too, as HTTP asks.
    """
    answered = (*allowed, "HEAD") if "GET" in allowed else allowed

    def decorate(
        view: Callable[Concatenate[R, P], HttpResponseBase],
    ) -> Callable[Concatenate[R, P], HttpResponseBase]:
        guarded = require_http_methods(list(answered))(view)

        @wraps(view)
        def answer(request: R, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            return guarded(request, *args, **kwargs)

        answer.allowed_methods = answered  # type: ignore[attr-defined]
        return answer

    return decorate
