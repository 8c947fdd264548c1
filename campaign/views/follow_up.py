"""Khắc phục sau kiểm tra: what a unit has to mend, what it answers, what Ban Thi đua says."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, methods
from accounts.lists import Source, counts, list_answer
from accounts.once import once
from accounts.permissions import require
from accounts.workflow import Refused
from campaign.actions import follow_up as actions
from campaign.datasets.follow_up_list import FOLLOW_UPS, FollowUpRow, follow_up_rows
from campaign.datasets.inspection import HEAPS, counted, in_heap
from campaign.datasets.inspection import follow_ups as owed_by
from campaign.forms.follow_up import AnswerForm, FollowUpsForm, VerdictForm
from campaign.models import FollowUpAnswer, FollowUpFile, Obligation
from campaign.permissions import (
    may_answer_follow_up,
    may_change_obligation,
    may_judge_follow_up,
)
from campaign.views.obligation import current_campaign
from campaign.views.uploads import staged_before, staged_now
from files.checks import BadFile
from files.http import serve
from lib import clock
from units.permissions import belongs_to, has_a_role, is_board_reviewer

Verdict = FollowUpAnswer.Verdict


@methods("GET")
def follow_ups(request: UserRequest) -> HttpResponse:
    if not has_a_role(request.user):
        raise Http404
    campaign = current_campaign()
    everything = owed_by(request.user).filter(campaign=campaign)
    many = counted(everything, at=request.at)
    heap = next((one for one in HEAPS if one.code == request.GET.get("muc")), None)
    found = in_heap(everything, heap, at=request.at) if heap else everything
    heaps = [(one.code, one.label, many[one.code]) for one in HEAPS]
    source: Source[Obligation, FollowUpRow] = Source(
        FOLLOW_UPS, FollowUpsForm(request.GET), found.select_related("unit", "finding__visit"),
        made=partial(follow_up_rows, at=request.at), file_name=f"khac-phuc-{campaign.code}",
        notes=("KHẮC PHỤC SAU KIỂM TRA", campaign.name),
    )  # fmt: skip
    total = ("", "Tất cả", everything.count())
    context = {
        "campaign": campaign,
        "counts": [counts(request, "muc", "Lọc theo tình trạng", [total, *heaps])],
    }
    return list_answer(request, "campaign/follow_ups.html", source, context)


def get_follow_up(request: UserRequest, pk: int) -> Obligation:
    owed = owed_by(request.user)
    rows = owed.select_related("unit", "campaign", "finding__visit__round", "finding__plan_item")
    return get_object_or_404(rows, pk=pk)


@methods("GET")
def follow_up(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, get_follow_up(request, pk))


def _page(
    request: UserRequest,
    owed: Obligation,
    *,
    form: AnswerForm | None = None,
    verdict_form: VerdictForm | None = None,
    status: int = 200,
    files_error: str = "",
) -> HttpResponse:
    user, today = request.user, clock.local_day(request.at)
    answers = list(
        owed.answers.select_related("by", "decided_by")
        .prefetch_related("files__stored").order_by("-at", "-pk")
    )  # fmt: skip
    waiting = next((one for one in answers if one.verdict == Verdict.WAITING), None)
    settled = any(one.verdict == Verdict.ACCEPTED for one in answers)
    context = {
        "obligation": owed,
        "finding": owed.finding,
        "answers": answers,
        "waiting": waiting,
        "is_settled": settled,
        "extensions": list(owed.extensions.select_related("by").order_by("at", "pk")),
        "can_answer": may_answer_follow_up(user, owed) and not waiting and not settled,
        "can_judge": bool(waiting) and may_judge_follow_up(user, owed),
        "can_change": may_change_obligation(user, owed),
        "is_conflict": is_board_reviewer(user) and belongs_to(user, owed.unit),
        "form": form or AnswerForm(),
        "verdict_form": verdict_form or VerdictForm(obligation=owed, today=today),
        "files_error": files_error,
        "staged": staged_before(request),
        "at": request.at,
    }
    return render(request, "campaign/follow_up.html", context, status=status)


@methods("POST")
@once
def answer(request: UserRequest, pk: int) -> HttpResponse:
    owed = get_follow_up(request, pk)
    require(may_answer_follow_up(request.user, owed))
    form = AnswerForm(request.POST)
    # The form first: a file is not read for a form that is sent back anyway.
    if not form.is_valid():
        return _page(request, owed, form=form, status=422)
    try:
        tokens = [*request.POST.getlist("staged"), *staged_now(request)]
    except BadFile as bad:
        return _page(request, owed, form=form, status=422, files_error=bad.sentence)
    text = form.cleaned_data["text"]
    actions.answer_follow_up(owed, by=request.user, at=request.at, text=text, tokens=tokens)
    messages.success(request, "Đã gửi kết quả khắc phục đến Ban Thi đua - Khen thưởng.")
    return redirect("campaign:follow-up", pk)


@methods("POST")
@once
def judge(request: UserRequest, pk: int) -> HttpResponse:
    owed = get_follow_up(request, pk)
    require(may_judge_follow_up(request.user, owed))
    waiting = owed.answers.filter(verdict=Verdict.WAITING).first()
    if waiting is None:
        raise Refused("Không có kết quả nào đang chờ xem xét. Mời tải lại trang để xem.")
    today = clock.local_day(request.at)
    form = VerdictForm(request.POST, obligation=owed, today=today)
    if not form.is_valid():
        return _page(request, owed, verdict_form=form, status=422)
    typed = form.cleaned_data
    if typed["decision"] == VerdictForm.ACCEPT:
        actions.accept_follow_up(waiting, by=request.user, at=request.at, note=typed["note"])
        messages.success(request, "Đã xác nhận khắc phục xong. Đơn vị sẽ nhận được thư.")
    else:
        actions.ask_follow_up_again(
            waiting, by=request.user, at=request.at, note=typed["note"], due=typed["due"]
        )
        messages.success(request, "Đã yêu cầu làm tiếp. Đơn vị sẽ nhận được thư.")
    return redirect("campaign:follow-up", pk)


@methods("GET")
def file(request: UserRequest, pk: int, file_pk: int) -> HttpResponseBase:
    owed = get_follow_up(request, pk)
    files = FollowUpFile.objects.filter(answer__obligation=owed).select_related("stored")
    found = get_object_or_404(files, pk=file_pk)
    return serve(found.stored, found.name)
