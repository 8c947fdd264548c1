"""Bỏ phiếu kín: opened over the nominations of one form, cast, counted, called off."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, methods
from accounts.once import once
from accounts.permissions import require
from awards.actions import council_ballot as actions
from awards.datasets.council import counted_ballot, meeting_paper
from awards.datasets.listed import official_order
from awards.datasets.thresholds import provincial_threshold
from awards.documents.meeting import counting_record
from awards.forms.council_ballot import OpenBallotForm, PaperForm, SlipForm
from awards.forms.fields import ticked
from awards.forms.meeting import ReasonForm
from awards.models import Attendance, AwardForm, BallotChoice, CouncilBallot, Nomination
from awards.permissions import may_prepare_meeting, may_vote
from awards.views.meeting import get_meeting
from awards.views.papers import paper
from awards.voting import least_votes
from lib import clock

FEW = 3  # with fewer voters the sums may say how they voted


def get_ballot(request: UserRequest, pk: int) -> CouncilBallot:
    seen = CouncilBallot.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("meeting__campaign", "form"), pk=pk)


def choices_of(ballot: CouncilBallot) -> list[BallotChoice]:
    rows = ballot.choices.select_related("nomination__candidate__unit")
    return list(rows.order_by("pk"))


@methods("GET", "POST")
@once
def open_ballot(request: UserRequest, pk: int, form_pk: int) -> HttpResponse:
    meeting = get_meeting(request, pk)
    require(may_prepare_meeting(request.user))
    form = get_object_or_404(AwardForm.objects.all(), pk=form_pk)
    taken = meeting.ballots.not_called_off().values("choices__nomination")
    offered = Nomination.objects.filter(agenda_items__meeting=meeting, form=form).exclude(
        pk__in=taken
    )
    low = form.ballot_threshold or provincial_threshold(clock.local_day(request.at))
    typed = OpenBallotForm(
        request.POST or None, form=form, offered=offered, initial={"threshold": low}
    )
    if typed.is_valid():
        opened = actions.open_ballot(
            meeting, typed.facts(), typed.chosen(), by=request.user, at=request.at
        )
        messages.success(request, "Đã mở bỏ phiếu. Thành viên bỏ phiếu tại trang này.")
        return redirect(opened)
    rows = official_order(offered)
    context = {
        "meeting": meeting,
        "award_form": form,
        "form": typed,
        "rows": rows,
        "ticked": ticked(typed, "nominations") if typed.is_bound else {str(row.pk) for row in rows},
    }
    status = 422 if typed.is_bound else 200
    return render(request, "awards/ballot_new.html", context, status=status)


@methods("GET")
def council_ballot(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, get_ballot(request, pk), ReasonForm())


def _page(
    request: UserRequest, ballot: CouncilBallot, reason: ReasonForm, *, status: int = 200
) -> HttpResponse:
    """Who has voted is shown; how it goes is known to nobody before it is closed."""
    members = ballot.meeting.attendances.select_related("member").in_order()
    gave = dict(ballot.voters.values_list("member", "in_writing"))
    prepares = may_prepare_meeting(request.user)
    context = {
        "ballot": ballot,
        "meeting": ballot.meeting,
        "choices": choices_of(ballot),
        "counted": counted_ballot(ballot) if ballot.slips is not None else None,
        "members": [(row, row.member_id in gave) for row in members],
        "gave": len(gave),
        "least": least_votes(ballot.members, ballot.threshold),
        "can_vote": ballot.is_open
        and may_vote(request.user, ballot.meeting)
        and request.user.pk not in gave,
        "has_voted": request.user.pk in gave,
        "can_close": prepares and ballot.is_open,
        "reason_form": reason,
    }
    return render(request, "awards/ballot.html", context, status=status)


@methods("GET", "POST")
@once
def vote(request: UserRequest, pk: int) -> HttpResponse:
    ballot = get_ballot(request, pk)
    require(may_vote(request.user, ballot.meeting))
    choices = choices_of(ballot)
    form = SlipForm(request.POST if request.method == "POST" else None, choices=choices)
    if form.is_valid():
        actions.cast_vote(ballot, form.slip(), by=request.user)
        messages.success(request, "Đã nhận phiếu của ông/bà. Nội dung phiếu không được lưu lại.")
        return redirect(ballot)
    mine = ballot.meeting.attendances.filter(member=request.user).first()
    context = {
        "ballot": ballot,
        "meeting": ballot.meeting,
        "form": form,
        "is_few": ballot.meeting.attendances.who_may_vote().count() < FEW,
        "in_writing": mine is not None and mine.state == Attendance.State.WRITTEN,
    }
    status = 422 if form.is_bound else 200
    return render(request, "awards/ballot_vote.html", context, status=status)


@methods("GET", "POST")
@once
def close(request: UserRequest, pk: int) -> HttpResponse:
    """With the slips of paper, or none: counted once."""
    ballot = get_ballot(request, pk)
    require(may_prepare_meeting(request.user))
    gave = ballot.voters.values("member")
    waiting = ballot.meeting.attendances.who_may_vote().exclude(member__in=gave)
    rows = list(waiting.select_related("member").in_order())
    choices = choices_of(ballot)
    sent = request.POST if request.method == "POST" else None
    form = PaperForm(sent, waiting=rows, choices=choices)
    if form.is_valid():
        actions.close_ballot(ballot, form.paper(), by=request.user, at=request.at)
        messages.success(request, "Đã kiểm phiếu. Kết quả không đổi được nữa.")
        return redirect(ballot)
    context = {
        "ballot": ballot, "meeting": ballot.meeting, "form": form, "gave": ballot.voters.count(),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "awards/ballot_close.html", context, status=status)


@methods("POST")
@once
def cancel(request: UserRequest, pk: int) -> HttpResponse:
    ballot = get_ballot(request, pk)
    require(may_prepare_meeting(request.user))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, ballot, form, status=422)
    reason = form.cleaned_data["reason"]
    actions.cancel_ballot(ballot, by=request.user, at=request.at, reason=reason)
    messages.success(request, "Đã hủy lần bỏ phiếu. Không ai biết được phiếu đã bỏ.")
    return redirect(ballot.meeting)


@methods("GET")
def record(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    ballot = get_object_or_404(
        CouncilBallot.objects.visible_to(request.user).select_related("meeting__campaign", "form"),
        pk=pk, slips__isnull=False,
    )  # fmt: skip
    document = counting_record(meeting_paper(ballot.meeting), counted_ballot(ballot))
    return paper(document, f"bien-ban-kiem-phieu-{ballot.pk}", kind)
