"""Nothing typed is lost: what to show when a form arrives without a valid session or token."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

HIDDEN = {"csrfmiddlewaretoken", "password", "oldpassword", "password1", "password2"}

# What a list or a hidden field carries, which says nothing to a person: 16, eoffice, a token.
CODE = re.compile(r"\d+|[a-z_]+|[0-9a-f-]{32,36}")


def resend_page(request: HttpRequest, *, status: int) -> HttpResponse:
    """Everything that was typed, with a way to sign in and a button that sends it again."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in HIDDEN
    ]
    context = {
        "typed": typed,
        "readable": [value for _, value in typed if value and not CODE.fullmatch(value)],
        "is_signed_in": request.user.is_authenticated,
    }
    return render(request, "accounts/resend.html", context, status=status)
