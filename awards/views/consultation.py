"""Hiệp y: the list of questions with what is overdue, a new one, its answer, its letter."""

from datetime import timedelta
from functools import partial

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, methods
from accounts.lists import Source, counts, list_answer
from accounts.once import once
from accounts.permissions import require
from awards.actions import consultation as actions
from awards.datasets.council_columns import (
    CONSULTATIONS,
    ConsultationRow,
    consultation_rows,
)
from awards.datasets.listed import listed_nominations, official_order
from awards.documents.consultation import consultation_letter
from awards.forms.consultation import BODIES, AnswerForm, AskForm, HeapForm
from awards.forms.fields import ticked
from awards.models import Consultation, ConsultationOpinion, Nomination
from awards.permissions import may_consult, may_read_council
from awards.views.papers import paper, sent_file
from campaign.views.obligation import current_campaign
from files.http import serve
from lib import clock

USUAL_DAYS = 7
Status = Nomination.Status
Answer = ConsultationOpinion.Answer


def get_consultation(request: UserRequest, pk: int) -> Consultation:
    seen = Consultation.objects.visible_to(request.user).select_related("campaign", "answer_file")
    return get_object_or_404(seen, pk=pk)


@methods("GET")
def consultations(request: UserRequest) -> HttpResponse:
    require(may_read_council(request.user))
    today, campaign = clock.local_day(request.at), current_campaign()
    found = (
        Consultation.objects.visible_to(request.user).filter(campaign=campaign)
        .annotate(
            asked_about=Count("opinions"),
            objections=Count("opinions", filter=Q(opinions__answer=Answer.OBJECTS)),
        )
    )  # fmt: skip
    states = {"qua-han": found.overdue(on=today), "dang-cho": found.unanswered()}
    heaps = [
        ("", "Tất cả", found.count()),
        ("dang-cho", "Chưa trả lời", states["dang-cho"].count()),
        ("qua-han", "Quá hạn", states["qua-han"].count()),
    ]
    form = HeapForm(request.GET)
    form.is_valid()
    wanted = form.cleaned_data.get("muc", "")
    source: Source[Consultation, ConsultationRow] = Source(
        CONSULTATIONS, form, states.get(wanted, found),
        made=partial(consultation_rows, on=today), file_name=f"hiep-y-{campaign.code}",
        notes=("LẤY Ý KIẾN HIỆP Y", campaign.name),
    )  # fmt: skip
    context = {
        "campaign": campaign,
        "counts": [counts(request, "muc", "Lọc theo tình trạng", heaps)],
        "can_ask": may_consult(request.user),
    }
    return list_answer(request, "awards/consultations.html", source, context)


@methods("GET", "POST")
@once
def ask(request: UserRequest) -> HttpResponse:
    require(may_consult(request.user))
    campaign, today = current_campaign(), clock.local_day(request.at)
    offered = (
        Nomination.objects.visible_to(request.user).of_campaign(campaign)
        .filter(status__in=[Status.APPRAISED, Status.CONSULTING])
    )  # fmt: skip
    initial = {"asked_on": today, "due_date": clock.add_working_days(today, USUAL_DAYS)}
    form = AskForm(request.POST or None, offered=offered, initial=initial)
    if form.is_valid():
        chosen = list(form.cleaned_data["nominations"])
        asked = actions.ask_opinion(
            campaign, chosen, form.question(), by=request.user, at=request.at
        )
        messages.success(request, "Đã lập công văn lấy ý kiến. Mời tải về, trình ký.")
        return redirect(asked)
    context = {
        "form": form,
        "bodies": BODIES,
        "rows": official_order(offered),
        "ticked": ticked(form, "nominations"),
    }
    return render(
        request, "awards/consultation_new.html", context, status=422 if form.is_bound else 200
    )


@methods("GET", "POST")
@once
def consultation(request: UserRequest, pk: int) -> HttpResponse:
    asked = get_consultation(request, pk)
    writes = may_consult(request.user)
    if request.method == "POST":
        require(writes)
    opinions = list(
        asked.opinions.select_related("nomination__candidate__unit", "nomination__form")
        .order_by("pk")
    )  # fmt: skip
    form = AnswerForm(
        request.POST or None, asked=asked, opinions=opinions,
        initial={"answered_on": asked.answered_on, "number": asked.answer_number},
    )  # fmt: skip
    file_error = ""
    if form.is_valid():
        file, file_error = sent_file(request)
        if not file_error:
            actions.note_answer(asked, form.reply(file), by=request.user, at=request.at)
            messages.success(request, "Đã ghi nhận ý kiến trả lời.")
            return redirect(asked)
    today = clock.local_day(request.at)
    context = {
        "asked": asked,
        "form": form,
        "opinions": opinions,
        "state": asked.state_on(today),
        "days_over": max(timedelta(0), today - asked.due_date).days,
        "can_note": writes
        and all(one.nomination.status in Nomination.UNDER_WAY for one in opinions),
        "file_error": file_error,
    }
    status = 422 if form.is_bound else 200
    return render(request, "awards/consultation.html", context, status=status)


@methods("GET")
def letter(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    asked = get_consultation(request, pk)
    nominations = Nomination.objects.filter(opinions__consultation=asked)
    rows = listed_nominations(official_order(nominations))
    return paper(consultation_letter(asked, rows), f"cong-van-hiep-y-{asked.pk}", kind)


@methods("GET")
def answer_file(request: UserRequest, pk: int) -> HttpResponse:
    asked = get_consultation(request, pk)
    stored = get_object_or_404(type(asked).objects.filter(pk=asked.pk, answer_file__isnull=False))
    return serve(stored.answer_file, stored.answer_file_name)  # type: ignore[arg-type,return-value]
