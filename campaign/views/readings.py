"""Documents of plans: handed in, read by a worker, listed; and what was made of each."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, methods
from accounts.lists import Source, list_answer
from accounts.once import once
from accounts.permissions import require
from campaign.actions import reading as actions
from campaign.datasets.reading_list import READINGS
from campaign.forms.reading import ACCEPT, DocumentForm
from campaign.models import Campaign, PlanReading
from campaign.permissions import may_launch, may_read_plans
from campaign.tasks import STEPS
from files.actions import claim_staged, stage_file
from files.checks import BadFile, Kind
from files.http import serve
from files.models import StagedFile

STOP_POLLING = 286
READABLE = frozenset({Kind.DOCX, Kind.PDF, Kind.TXT})
NO_FILE = "Hãy chọn tệp văn bản kế hoạch."


def get_reading(request: UserRequest, pk: int) -> PlanReading:
    """404 for whom these pages are not: nobody learns which plans are being prepared."""
    if not may_read_plans(request.user):
        raise Http404
    known = PlanReading.objects.select_related("campaign", "stored", "saved_by", "asked_by")
    return get_object_or_404(known, pk=pk)


@methods("GET", "POST")
@once
def readings(request: UserRequest) -> HttpResponse:
    """Hand in a document; those handed in before, newest first."""
    if not may_read_plans(request.user):
        raise Http404
    form = DocumentForm(request.POST or None, campaigns=_campaigns())
    trouble = ""
    if request.method == "POST" and form.is_valid():
        try:
            sent = _sent(request)
        except BadFile as bad:
            sent, trouble = None, bad.sentence
        if sent is not None:
            said = form.cleaned_data
            reading = actions.hand_in(
                sent, by=request.user, at=request.at,
                purpose=said["purpose"], campaign=said["campaign"],
            )  # fmt: skip
            return redirect(reading)
        trouble = trouble or NO_FILE
    return _listed(request, form, trouble)


def _listed(request: UserRequest, handing_in: DocumentForm, trouble: str) -> HttpResponse:
    known = PlanReading.objects.without_texts().select_related("campaign", "asked_by")
    source: Source[PlanReading, PlanReading] = Source(
        READINGS, forms.Form(), known, made=list, file_name="van-ban-ke-hoach"
    )
    context = {
        "form": handing_in,
        "accept": ACCEPT,
        "trouble": trouble,
        "campaigns": _campaigns(),
        "can_launch": may_launch(request.user),
    }
    answer = list_answer(request, "campaign/readings.html", source, context)
    if request.method == "POST":
        answer.status_code = 422
    return answer


def _campaigns() -> object:
    return Campaign.objects.order_by("-starts_on", "-pk")


def _sent(request: UserRequest) -> StagedFile | None:
    """The document: sent ahead and named by its token, or with the form itself."""
    if token := request.POST.get("staged", ""):
        return claim_staged([token], by=request.user, at=request.at)[0]
    sent = request.FILES.get("file")
    if sent is None:
        return None
    return stage_file(
        by=request.user, at=request.at, name=sent.name or "", content=sent, accepts=READABLE
    )


@methods("GET")
def reading_progress(request: UserRequest, pk: int) -> HttpResponse:
    """The steps alone, asked for by the page while the worker reads."""
    found = get_reading(request, pk)
    if not request.htmx:
        return redirect(found)
    response = render(
        request, "campaign/reading_progress.html", {"reading": found, "steps": steps_of(found)}
    )
    if found.is_final:
        response.status_code = STOP_POLLING
        response["HX-Refresh"] = "true"
    return response


def steps_of(reading: PlanReading) -> list[tuple[str, str]]:
    """Each step by name: done, current or still to come."""
    reached = reading.steps_done if reading.step else -1
    return [
        (step, "done" if place < reached else "current" if place == reached else "waiting")
        for place, step in enumerate(STEPS)
    ]


@methods("GET")
def reading_file(request: UserRequest, pk: int) -> HttpResponseBase:
    found = get_reading(request, pk)
    if found.stored is None:
        raise Http404
    return serve(found.stored, found.name)


@methods("POST")
@once
def reading_again(request: UserRequest, pk: int) -> HttpResponse:
    found = get_reading(request, pk)
    actions.read_again(found, by=request.user, at=request.at)
    messages.success(request, "Đã cho đọc lại văn bản.")
    return redirect(found)


@methods("POST")
@once
def reading_discard(request: UserRequest, pk: int) -> HttpResponse:
    found = get_reading(request, pk)
    require(may_read_plans(request.user))
    actions.discard(found, by=request.user, at=request.at)
    messages.success(request, "Đã bỏ bản đọc; văn bản và những gì đã sửa vẫn xem lại được.")
    return redirect("campaign:readings")
