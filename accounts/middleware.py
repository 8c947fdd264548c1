"""What every request goes through: one moment, clean text, sentences instead of traces."""

import logging
import time
import unicodedata
import uuid
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.dateparse import parse_datetime

from accounts.http import page_above
from accounts.resend import resend_page
from accounts.workflow import Refused
from lib import clock

log = logging.getLogger("portal.problem")
access = logging.getLogger("portal.access")

Answer = Callable[[HttpRequest], HttpResponse]

SECRET_VALUES = {"key"}  # of the password reset, of a calendar
ANSWERED = ("GET", "HEAD", "POST")
IDLE = timedelta(minutes=60)
ABSOLUTE = timedelta(hours=12)


class RequestMomentMiddleware:
    """Take the time once, before anything else: what a request does happens at one moment.

    Afterwards one line of log says who asked for what and how it ended; never what was typed.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = clock.now()  # type: ignore[attr-defined]
        began = time.perf_counter()
        response = self.get_response(request)
        route = request.resolver_match.view_name if request.resolver_match else ""
        access.info(
            "request",
            extra={
                "method": request.method,
                "route": route,
                "object": _named(request.resolver_match.kwargs if request.resolver_match else {}),
                "status": response.status_code,
                "user": request.user.pk if hasattr(request, "user") else None,
                "milliseconds": round(1000 * (time.perf_counter() - began)),
            },
        )
        return response


def _named(values: dict[str, Any]) -> dict[str, Any]:
    """The values of the route, but for those that open a door: they belong in no log."""
    return {name: "…" if name in SECRET_VALUES else value for name, value in values.items()}


class ControlCharacterMiddleware:
    """Refuse control characters in path and query; forms strip them from their fields."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        parts = [request.path, *request.GET.keys()]
        for values in request.GET.lists():
            parts.extend(values[1])
        if any(_is_poisoned(part) for part in parts):
            return render(request, "400.html", status=400)
        return self.get_response(request)


def _is_poisoned(text: str) -> bool:
    """C0 and C1 controls but tab and line ends, and halves of surrogate pairs."""
    return any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\t\n\r" for c in text)


class KnownMethodMiddleware:
    """Refuse what no page answers (R8); without it Django's own views run for any method."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ANSWERED:
            return HttpResponseNotAllowed(ANSWERED)
        return self.get_response(request)


class PrivateAnswerMiddleware:
    """What a signed-in person was shown is kept by no cache, nor by the browser of a shared desk.

    Asks the cookie, not the session: a page of refusal must come when the database does not.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response["Cache-Control"] = "private, no-store"
        return response


class SessionLimitMiddleware:
    """Sign out after 60 minutes without a request or 12 hours in all (R18)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and self._is_over(request):
            logout(request)
        return self.get_response(request)

    def _is_over(self, request: HttpRequest) -> bool:
        at = request.at  # type: ignore[attr-defined]
        began = parse_datetime(request.session.get("began_at", "")) or at
        seen = parse_datetime(request.session.get("seen_at", "")) or at
        if at - seen > IDLE or at - began > ABSOLUTE:
            return True
        if at - seen > timedelta(minutes=1) or "began_at" not in request.session:
            request.session["began_at"] = began.isoformat()
            request.session["seen_at"] = at.isoformat()
        return False


class SignInMiddleware(LoginRequiredMiddleware):
    """Strangers are sent to sign in; a form that was filled in meanwhile is not lost."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        if request.method == "POST":
            return resend_page(request, status=401)
        return super().handle_no_permission(request, view_func)


class RefusalMiddleware:
    """Answer `Refused` with 409 and its sentence, a busy database with 503, a bug with a code.

    An address that only takes forms, opened by reloading or from the history, says where to go.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET":
            return response
        page = render(request, "405.html", {"page": _page_of(request)}, status=405)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            context = {
                "reason": str(exception), "details": exception.details, "page": _page_of(request),
            }  # fmt: skip
            return render(request, "409.html", context, status=409)
        if isinstance(exception, OperationalError | OSError):
            return self._weather(request, exception)
        return None

    def _weather(self, request: HttpRequest, exception: Exception) -> HttpResponse:
        code = uuid.uuid4().hex[:8]
        log.error("unavailable %s: %s", code, exception, exc_info=exception)
        response = render(request, "503.html", {"code": code}, status=503)
        response["Retry-After"] = "30"
        response["X-Incident"] = code
        return response


def _page_of(request: HttpRequest) -> str:
    """The page an act was pressed on, in the same list as before."""
    query = request.META.get("QUERY_STRING", "")
    return page_above(request.path) + (f"?{query}" if query else "")
