"""Nothing typed is lost: what to show when a form arrives without a valid session or token."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

HIDDEN = {"csrfmiddlewaretoken", "password", "oldpassword", "password1", "password2"}


def resend_page(request: HttpRequest, *, status: int) -> HttpResponse:
    """Everything that was typed, with a way to sign in and a button that sends it again."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in HIDDEN
    ]
    context = {"typed": typed, "is_signed_in": request.user.is_authenticated}
    return render(request, "accounts/resend.html", context, status=status)
