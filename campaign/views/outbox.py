"""Thư đã gửi: what left the portal by e-mail, what waits, and what could not be sent."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.http import UserRequest, methods
from accounts.models import Mail
from accounts.once import once
from accounts.permissions import require
from campaign.actions.outbox import resend
from campaign.datasets import outbox as dataset
from campaign.forms.chasing import MAIL_STATES, OutboxForm
from campaign.permissions import may_read_outbox

PAGE_SIZE = 50


@methods("GET")
def outbox(request: UserRequest) -> HttpResponse:
    require(may_read_outbox(request.user))
    form = OutboxForm(request.GET)
    if not form.is_valid():
        return render(request, "campaign/outbox.html", {"form": form}, status=422)
    asked = form.cleaned_data
    states = {code: found for code, _, found in MAIL_STATES}
    filters = dataset.OutboxFilters(
        states=states.get(asked["tinh_trang"], ()),
        search=asked["tim"],
        first_day=asked["tu_ngay"],
        last_day=asked["den_ngay"],
    )
    known = dataset.counts(filters)
    page = Paginator(dataset.select(filters), PAGE_SIZE).get_page(request.GET.get("trang"))
    context = {
        "form": form,
        "chosen": asked["tinh_trang"],
        "states": [
            (code, label, sum(known[state] for state in found))
            for code, label, found in MAIL_STATES
        ],
        "everything": sum(known.values()),
        "page": page,
    }
    return render(request, "campaign/outbox.html", context)


@methods("POST")
@once
def outbox_resend(request: UserRequest, pk: int) -> HttpResponse:
    require(may_read_outbox(request.user))
    mail = get_object_or_404(Mail.objects.select_related("to"), pk=pk)
    resend(mail, by=request.user, at=request.at)
    messages.success(request, f"Thư gửi {mail.to} đã vào hàng chờ gửi lại.")
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{reverse('campaign:outbox')}?{query}".rstrip("?"))
