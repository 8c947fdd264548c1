"""What every page shows around its content: navigation, acting unit, deadline, clock."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from lib import clock
from reports.frame import build_frame


def frame(request: HttpRequest) -> dict[str, Any]:
    """The frame is read only where a template shows it, and never for a stranger."""
    at: datetime = getattr(request, "at", None) or clock.now()
    around: dict[str, Any] = {"training_clock": at if settings.PORTAL_NOW else None}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        around["frame"] = SimpleLazyObject(lambda: build_frame(request, at=at))
    return around
