"""Who reads: the key of the request, what it may read, and how often."""

from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from accounts.actions.token import KeyRefused, token_of
from accounts.http import UserRequest, methods
from accounts.models import ApiToken
from reports.http import Problem

SCHEME = "bearer"
ASKS = {"WWW-Authenticate": 'Bearer realm="Cong Thi dua"'}
# A key: enough to read 24,000 rows a minute. An address: failures only, so that an office behind
# one address is not locked out by one bad key; whoever has a good one never notices.
REQUESTS_A_MINUTE = 120
MINUTE = 60
FAILURES = 30
FAILURES_SECONDS = 600

View = Callable[..., HttpResponseBase]


def reads(scope: ApiToken.Scope) -> Callable[[View], View]:
    """Answer GET for whoever holds a key of this scope, as the person it belongs to.

    The cookie of a session opens nothing here, so there is nothing a foreign page could borrow,
    and the check against forged forms is left to say 405.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: UserRequest, *args: str, **kwargs: str) -> HttpResponseBase:
            token = _admitted(request)
            if not token.may_read(scope):
                raise Problem(
                    403, f"Khóa “{token.name}” không có phạm vi {scope.value} ({scope.label})."
                )
            request.user = token.user
            return view(request, *args, **kwargs)

        return login_not_required(csrf_exempt(methods("GET")(answer)))

    return decorate


def _admitted(request: UserRequest) -> ApiToken:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != SCHEME or not key.strip():
        raise _unknown(request, "")
    try:
        token = token_of(key.strip(), at=request.at)
    except KeyRefused as refused:
        raise _unknown(request, str(refused)) from refused
    if token.used_in_minute(at=request.at) >= REQUESTS_A_MINUTE:
        raise _too_many(MINUTE - request.at.second)
    token.note_use(at=request.at)
    return token


def _unknown(request: HttpRequest, sentence: str) -> Problem:
    """401, until one address has failed too often: then 429, and no key is looked up in vain."""
    counter = f"api-failures:{_address(request)}"
    cache.add(counter, 0, FAILURES_SECONDS)
    try:
        failures = cache.incr(counter)
    except ValueError:  # it ran out between the two
        failures = 1
    if failures > FAILURES:
        return _too_many(FAILURES_SECONDS)
    return Problem(401, sentence, headers=ASKS)


def _address(request: HttpRequest) -> str:
    """Through the proxies that are trusted; a socket of this machine has none."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return ""


def _too_many(seconds: int) -> Problem:
    return Problem(
        429, f"Đã đọc quá nhiều lần. Mời chờ {seconds} giây rồi đọc tiếp.",
        headers={"Retry-After": str(seconds)},
    )  # fmt: skip
