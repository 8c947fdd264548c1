"""Pages about the person: the page that keeps what was typed, and the address that answers 500."""

import logging
import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.acting import wish_unit
from accounts.forms import ActingForm
from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.resend import resend_page

log = logging.getLogger("portal.problem")


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A stale or missing token: show the typed text again with a fresh one."""
    return resend_page(request, status=403)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """The last resort: a code to name on the telephone, never a trace."""
    code = uuid.uuid4().hex[:8]
    log.critical("incident %s at %s %s", code, request.method, request.path)
    return render(request, "500.html", {"code": code}, status=500)


@methods("POST")
@once
def act_as(request: UserRequest) -> HttpResponse:
    """Remember the unit chosen in the top bar and begin at its first page."""
    form = ActingForm(request.POST)
    if form.is_valid():
        wish_unit(request, form.cleaned_data["unit"])
    return redirect("/")
