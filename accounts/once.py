"""A form that is sent twice is answered once (double click, back button, lost answer).

Every form that changes something carries a random key made when it was shown. The first POST
with the key runs; a repeat with the same body is sent to the same answer; the same key with
another body is refused. Key and change are one transaction.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpResponse, HttpResponseRedirect

from accounts.http import UserRequest
from accounts.models import SentForm
from accounts.workflow import Refused

FIELD = "form_key"
# What a secret ballot carries: not even its digest is kept, since a digest of few possible
# answers is soon guessed. A repeat with another choice gets the answer of the first (ADR 0016).
UNKEPT = "secret-"

View = Callable[..., HttpResponse]


def once(view: View) -> View:
    """Run a POST at most once per form key, inside one transaction."""

    @wraps(view)
    def answer(request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        key = _key(request)
        digest = _digest(request)
        with transaction.atomic():
            sent, is_first = _claim(request, key, digest)
            if not is_first:
                return _same_answer(sent, digest)
            response = view(request, *args, **kwargs)
            if isinstance(response, HttpResponseRedirect):
                SentForm.objects.filter(pk=sent.pk).update(location=response.url)
            elif response.headers.get("HX-Redirect"):
                SentForm.objects.filter(pk=sent.pk).update(location=response["HX-Redirect"])
            elif response.status_code >= HTTPStatus.BAD_REQUEST:
                transaction.set_rollback(True)
            else:
                # A page in answer is a look ahead, not a change: a second press looks again.
                SentForm.objects.filter(pk=sent.pk).delete()
        return response

    answer.is_answered_once = True  # type: ignore[attr-defined]
    return answer


def _key(request: UserRequest) -> UUID:
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError:
        raise Refused("Trang này đã cũ. Mời tải lại trang rồi gửi lại.") from None


def _digest(request: UserRequest) -> str:
    body = sorted(
        (name, values)
        for name, values in request.POST.lists()
        if name not in {FIELD, "csrfmiddlewaretoken"} and not name.startswith(UNKEPT)
    )
    return hashlib.sha256(repr((request.path, body)).encode()).hexdigest()


def _claim(request: UserRequest, key: UUID, digest: str) -> tuple[SentForm, bool]:
    try:
        with transaction.atomic():
            return SentForm.objects.create(
                user=request.user, key=key, digest=digest, at=request.at
            ), True
    except IntegrityError:
        return SentForm.objects.get(user=request.user, key=key), False


def _same_answer(sent: SentForm, digest: str) -> HttpResponse:
    if sent.digest != digest:
        raise Refused("Biểu mẫu này đã được gửi với nội dung khác. Mời tải lại trang để xem.")
    return HttpResponseRedirect(sent.location or "/")
