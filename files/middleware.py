"""Refuse a body nobody may send before a byte of it is read."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from files.checks import LARGEST, MEGABYTE

# Ten of the largest files in one form, and its text.
LARGEST_BODY: Final = 10 * LARGEST + 10 * MEGABYTE


class BodyLimitMiddleware:
    """Goes before whatever reads the body, as the check of the CSRF token does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdecimal() and int(announced[:20]) > LARGEST_BODY:
            return render(request, "413.html", {"most": LARGEST // MEGABYTE}, status=413)
        return self.get_response(request)
