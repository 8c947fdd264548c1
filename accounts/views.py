"""Pages about the person: own views of lists, keys to the API, the page that keeps what was typed,
and the address that answers 500."""

import logging
import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.acting import wish_unit
from accounts.actions import saved_view
from accounts.actions import token as tokens
from accounts.forms import ActingForm, ApiTokenForm, SavedViewForm
from accounts.http import UserRequest, methods
from accounts.list_page import VIEW
from accounts.lists import SALT
from accounts.models import ApiToken, SavedView
from accounts.once import once
from accounts.resend import resend_page
from accounts.workflow import Refused
from lib import clock

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
    response = render(request, "500.html", {"code": code}, status=500)
    response["X-Incident"] = code
    return response


@methods("POST")
@once
def act_as(request: UserRequest) -> HttpResponse:
    """Remember the unit chosen in the top bar and begin at its first page."""
    form = ActingForm(request.POST)
    if form.is_valid():
        wish_unit(request, form.cleaned_data["unit"])
    return redirect("/")


# --- Cách xem đã lưu ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Looked:
    """What a person was looking at: the list said so itself, under a signature, and so nothing
    but a list's own conditions is ever kept and no other address is ever gone to."""

    listing: str
    path: str
    query: str

    def back(self, view: SavedView | None = None) -> HttpResponse:
        opened = f"{VIEW}={view.pk}" if view else ""
        query = "&".join(filter(None, [view.query if view else self.query, opened]))
        return redirect(f"{self.path}?{query}".rstrip("?"))


def _looked_at(request: UserRequest) -> Looked:
    try:
        said = signing.loads(request.POST.get("token", ""), salt=SALT)
    except signing.BadSignature:
        raise Refused("Trang này đã cũ. Mời mở lại danh sách rồi lưu lại.") from None
    return Looked(said["list"], said["path"], said["query"])


def _named_wrongly(request: UserRequest, form: SavedViewForm, looked: Looked) -> HttpResponse:
    context = {"form": form, "token": request.POST["token"], "looked": looked}
    return render(request, "accounts/saved_view.html", context, status=422)


@methods("POST")
@once
def view_save(request: UserRequest) -> HttpResponse:
    looked, form = _looked_at(request), SavedViewForm(request.POST)
    if not form.is_valid():
        return _named_wrongly(request, form, looked)
    name, is_default = form.cleaned_data["name"], form.cleaned_data["is_default"]
    view = saved_view.save_view(
        looked.listing, looked.query, by=request.user, name=name, is_default=is_default
    )
    messages.success(request, f"Đã lưu cách xem “{view}”.")
    return looked.back(view)


def _own_view(request: UserRequest, pk: int) -> SavedView:
    return get_object_or_404(SavedView.objects.filter(user=request.user), pk=pk)


@methods("POST")
@once
def view_change(request: UserRequest, pk: int) -> HttpResponse:
    view, looked, form = _own_view(request, pk), _looked_at(request), SavedViewForm(request.POST)
    if not form.is_valid():
        return _named_wrongly(request, form, looked)
    wanted = form.cleaned_data
    saved_view.change_view(
        view,
        by=request.user,
        name=wanted["name"],
        is_default=wanted["is_default"],
        query=looked.query if wanted["anew"] else None,
    )
    messages.success(request, f"Đã lưu cách xem “{view}”.")
    return looked.back(view)


@methods("POST")
@once
def view_remove(request: UserRequest, pk: int) -> HttpResponse:
    view, looked = _own_view(request, pk), _looked_at(request)
    saved_view.remove_view(view, by=request.user)
    messages.success(request, f"Đã xóa cách xem “{view}”.")
    return looked.back()


# --- Khóa truy cập API --------------------------------------------------------------------------


@methods("GET", "POST")
@once
def api_tokens(request: UserRequest) -> HttpResponse:
    """The person's keys to the API. A new one is told in the answer to the form itself: it must be
    stored nowhere, not even for a redirect. Sent again, the form finds its name taken."""
    form = ApiTokenForm(request.POST or None, owner=request.user)
    token, key, status = None, "", 200
    if request.method == "POST":
        if form.is_valid():
            said = form.cleaned_data
            last_day = clock.local_day(request.at) + timedelta(days=int(said["days"]))
            token, key = tokens.make_token(
                said["name"], said["scopes"], expires_at=clock.closes_at(last_day),
                by=request.user, at=request.at,
            )  # fmt: skip
            form = ApiTokenForm(None, owner=request.user)
        else:
            status = 422
    owned = ApiToken.objects.filter(user=request.user).newest_first()
    context = {
        "form": form,
        "token": token,
        "key": key,
        "open_tokens": owned.in_force(at=request.at),
        "closed_tokens": owned.exclude(pk__in=owned.in_force(at=request.at).values("pk"))[:20],
    }
    return render(request, "accounts/api_tokens.html", context, status=status)


@methods("POST")
@once
def api_token_revoke(request: UserRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(ApiToken, pk=pk, user=request.user)
    tokens.revoke_token(token, by=request.user, at=request.at)
    messages.success(
        request, f"Đã thu hồi khóa {token.name}. Chương trình dùng khóa đó không đọc được nữa."
    )
    return redirect("api-tokens")
