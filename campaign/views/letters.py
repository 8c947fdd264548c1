"""Công văn đôn đốc, trao đổi: made from the ticked rows, listed, taken away, numbered."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from accounts import bulk
from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.permissions import require
from campaign.actions.chasing_letter import make_letters, number_letter
from campaign.datasets.chasing_letter import split
from campaign.datasets.owing import dues
from campaign.forms.chasing import LetterForm, NumberForm
from campaign.models import ChasingLetter
from campaign.permissions import may_chase, may_read_chasing
from campaign.views.chasing import back_to_list, ticked
from campaign.views.obligation import current_campaign
from files.http import serve
from lib import clock

PAGE_SIZE = 20
NAMES = {
    ChasingLetter.Kind.URGE: "cong-van-don-doc",
    ChasingLetter.Kind.EXCHANGE: "cong-van-trao-doi",
}


@methods("POST")
@once
def letter_new(request: UserRequest) -> HttpResponse:
    """First a look at whom it goes to, then the letter; nothing is written by looking."""
    require(may_chase(request.user))
    campaign = current_campaign()
    found = dues(ticked(request).filter(campaign=campaign))
    if not found:
        messages.warning(request, bulk.NOTHING_TICKED)
        return redirect(back_to_list(request))
    is_wanted = "tao" in request.POST
    form = LetterForm(request.POST if is_wanted else None, on=clock.local_day(request.at))
    if form.is_valid():
        made = make_letters(
            campaign, ticked(request), by=request.user, at=request.at, **form.cleaned_data
        )
        messages.success(request, f"Đã lập {len(made)} công văn. Mời tải về, trình ký.")
        return redirect("campaign:letters")
    parts = [
        (ChasingLetter.Kind(kind).label, part) for kind, part in split(found, campaign).items()
    ]
    context = {
        "campaign": campaign,
        "form": form,
        "parts": parts,
        "chosen": [due.obligation.pk for due in found],
        "on": clock.local_day(request.at),
    }
    return render(request, "campaign/letter_new.html", context, status=422 if is_wanted else 200)


@methods("GET")
def letters(request: UserRequest) -> HttpResponse:
    require(may_read_chasing(request.user))
    return _page(request)


def _page(request: UserRequest, tried: NumberForm | None = None) -> HttpResponse:
    campaign = current_campaign()
    listed = (
        ChasingLetter.objects.filter(campaign=campaign)
        .select_related("by", "docx", "pdf")
        .annotate(size=Count("obligations__unit", distinct=True))
        .order_by("-at", "-pk")
    )
    page = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("trang"))
    today = clock.local_day(request.at)
    forms = {letter.pk: NumberForm(letter=letter, on=today) for letter in page.object_list}
    if tried is not None:
        forms = {pk: tried if tried.prefix == form.prefix else form for pk, form in forms.items()}
    context = {
        "campaign": campaign,
        "page": page,
        "rows": [(letter, forms[letter.pk]) for letter in page.object_list],
        "tried": tried,
        "can_chase": may_chase(request.user),
    }
    status = 422 if tried is not None else 200
    return render(request, "campaign/letters.html", context, status=status)


@methods("POST")
@once
def letter_number(request: UserRequest, pk: int) -> HttpResponse:
    require(may_chase(request.user))
    letter = get_object_or_404(ChasingLetter.objects.all(), pk=pk)
    form = NumberForm(request.POST, letter=letter, on=clock.local_day(request.at))
    if not form.is_valid():
        return _page(request, form)
    number_letter(letter, by=request.user, at=request.at, **form.cleaned_data)
    messages.success(request, f"Đã ghi số {form.cleaned_data['number']}.")
    return redirect("campaign:letters")


@methods("GET")
def letter_file(request: UserRequest, pk: int, kind: str) -> HttpResponseBase:
    require(may_read_chasing(request.user))
    letter = get_object_or_404(ChasingLetter.objects.select_related("docx", "pdf"), pk=pk)
    stored = {"docx": letter.docx, "pdf": letter.pdf}.get(kind)
    if stored is None:
        raise Http404
    day = clock.local_day(letter.at)
    name = NAMES[ChasingLetter.Kind(letter.kind)]
    return serve(stored, f"{name}-{day:%Y-%m-%d}-{letter.pk}.{kind}")
