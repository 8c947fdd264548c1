"""Thư đã gửi: what left the portal by e-mail, what waits, and what could not be sent."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from accounts.http import UserRequest, methods
from accounts.lists import Source, counts, list_answer, list_refused
from accounts.models import Mail
from accounts.once import once
from accounts.permissions import require
from campaign.actions.outbox import resend
from campaign.datasets import outbox as dataset
from campaign.datasets.outbox_list import OUTBOX
from campaign.forms.chasing import MAIL_STATES, OutboxForm
from campaign.permissions import may_read_outbox
from lib.vietnamese import moment


@methods("GET")
def outbox(request: UserRequest) -> HttpResponse:
    require(may_read_outbox(request.user))
    form = OutboxForm(request.GET)
    if not form.is_valid():
        return list_refused(request, "campaign/outbox.html", OUTBOX, form, {})
    asked = form.cleaned_data
    states = {code: found for code, _, found in MAIL_STATES}
    filters = dataset.OutboxFilters(
        states=states.get(asked["tinh_trang"], ()),
        search=asked["tim"],
        first_day=asked["tu_ngay"],
        last_day=asked["den_ngay"],
    )
    known = dataset.counts(filters)
    counted = [
        (code, label, sum(known[state] for state in found)) for code, label, found in MAIL_STATES
    ]
    everything = ("", "Tất cả", sum(known.values()))
    source = Source(
        OUTBOX, form, dataset.select(filters), made=list, file_name="thu-da-gui",
        notes=("THƯ ĐÃ GỬI", f"Số liệu lúc {moment(request.at)}"),
    )  # fmt: skip
    shown = counts(request, "tinh_trang", "Số thư theo tình trạng", [everything, *counted])
    return list_answer(request, "campaign/outbox.html", source, {"counts": [shown]})


@methods("POST")
@once
def outbox_resend(request: UserRequest, pk: int) -> HttpResponse:
    require(may_read_outbox(request.user))
    mail = get_object_or_404(Mail.objects.select_related("to"), pk=pk)
    resend(mail, by=request.user, at=request.at)
    messages.success(request, f"Thư gửi {mail.to} đã vào hàng chờ gửi lại.")
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{reverse('campaign:outbox')}?{query}".rstrip("?"))
