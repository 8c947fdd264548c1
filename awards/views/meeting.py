"""Phiên họp Hội đồng: prepared, called, held, concluded; its papers."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, methods
from accounts.lists import Source, list_answer
from accounts.models import AuditEvent
from accounts.once import once
from accounts.permissions import require
from awards.actions import meeting as actions
from awards.datasets.council import MeetingPaper, agenda_of, meeting_paper
from awards.datasets.council_columns import MEETINGS
from awards.datasets.listed import official_order
from awards.documents.meeting import invitation, minutes
from awards.forms.fields import ticked
from awards.forms.meeting import (
    AgendaForm,
    AttendanceForm,
    MeetingForm,
    OutcomesForm,
    ReasonForm,
    typed_facts,
)
from awards.models import Meeting, Nomination
from awards.permissions import may_prepare_meeting, may_read_council, may_run_meeting, may_vote
from awards.views.papers import paper
from campaign.views.obligation import current_campaign
from lib.official.model import Document

SHOWN_EVENTS = 30
PAPERS: dict[str, Callable[[MeetingPaper], Document]] = {
    "giay-moi": invitation,
    "bien-ban-hop": minutes,
}
Status = Nomination.Status


def get_meeting(request: UserRequest, pk: int) -> Meeting:
    seen = Meeting.objects.visible_to(request.user).select_related("campaign")
    return get_object_or_404(seen, pk=pk)


@methods("GET")
def meetings(request: UserRequest) -> HttpResponse:
    require(may_read_council(request.user))
    found = (
        Meeting.objects.visible_to(request.user).filter(campaign=current_campaign())
        .annotate(
            nominations=Count("agenda", distinct=True),
            members=Count("attendances", distinct=True),
            present=Count("attendances", filter=Q(attendances__state="present"), distinct=True),
        )
    )  # fmt: skip
    source: Source[Meeting, Meeting] = Source(
        MEETINGS, forms.Form(), found, made=list, file_name="phien-hop-hoi-dong"
    )  # fmt: skip
    context = {"can_plan": may_prepare_meeting(request.user)}
    return list_answer(request, "awards/meetings.html", source, context)


@methods("GET", "POST")
@once
def new(request: UserRequest) -> HttpResponse:
    require(may_prepare_meeting(request.user))
    form = MeetingForm(request.POST or None, initial={"quorum": "2/3"})
    if form.is_valid():
        made = actions.plan_meeting(
            current_campaign(), form.facts(), by=request.user, at=request.at
        )
        messages.success(request, "Đã lập phiên họp. Mời chọn nội dung và xem lại thành phần.")
        return redirect(made)
    return render(
        request, "awards/meeting_form.html", {"form": form}, status=422 if form.is_bound else 200
    )


@methods("GET", "POST")
@once
def edit(request: UserRequest, pk: int) -> HttpResponse:
    found = get_meeting(request, pk)
    require(may_prepare_meeting(request.user))
    form = MeetingForm(request.POST or None, initial=typed_facts(found))
    if form.is_valid():
        actions.change_meeting(found, form.facts(), by=request.user, at=request.at)
        messages.success(request, "Đã lưu.")
        return redirect(found)
    context = {"form": form, "meeting": found}
    return render(
        request, "awards/meeting_form.html", context, status=422 if form.is_bound else 200
    )


@methods("GET")
def meeting(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, get_meeting(request, pk), ReasonForm())


def _page(
    request: UserRequest, found: Meeting, reason: ReasonForm, *, status: int = 200
) -> HttpResponse:
    user, told = request.user, meeting_paper(found)
    prepares, runs = may_prepare_meeting(user), may_run_meeting(user)
    agenda = agenda_of(found)
    ballots = found.ballots.select_related("form").annotate(gave=Count("voters")).order_by("pk")
    mine = found.attendances.filter(member=user).first()
    voted = set(found.ballots.filter(voters__member=user).values_list("pk", flat=True))
    context = {
        "meeting": found,
        "paper": told,
        "agenda": agenda,
        "ballots": list(ballots),
        "mine": mine,
        "voted": voted,
        "can_vote": may_vote(user, found),
        "forms": _forms_to_vote_on(found) if prepares else [],
        "can_prepare": prepares and found.is_editable,
        "can_attend": prepares and found.status not in {"closed", "cancelled"},
        "can_conclude": prepares and found.status == Meeting.Status.OPEN,
        "can_call": prepares and found.can_move(Meeting.Status.CALLED),
        "can_open": runs and found.can_move(Meeting.Status.OPEN),
        "can_close": runs and found.can_move(Meeting.Status.CLOSED),
        "can_cancel": runs and found.can_move(Meeting.Status.CANCELLED),
        "reason_form": reason,
        "events": list(AuditEvent.objects.about(found).select_related("by")[:SHOWN_EVENTS])
        if prepares
        else None,
    }
    return render(request, "awards/meeting.html", context, status=status)


def _forms_to_vote_on(found: Meeting) -> list[tuple[int, str, int]]:
    """Forms on the agenda of which something was not put to the vote yet: id, name, how many."""
    taken = found.ballots.not_called_off().values("choices__nomination")
    waiting = found.agenda.exclude(nomination__in=taken)
    rows = waiting.values_list("nomination__form", "nomination__form__name")
    counted = rows.annotate(many=Count("pk")).order_by("nomination__form__position")
    return list(counted)


@methods("GET", "POST")
@once
def agenda(request: UserRequest, pk: int) -> HttpResponse:
    found = get_meeting(request, pk)
    require(may_prepare_meeting(request.user))
    on_it = Q(agenda_items__meeting=found)
    ready = Q(
        status__in=[Status.APPRAISED, Status.CONSULTING], opinion=Nomination.Opinion.RECOMMENDED
    )
    offered = (
        Nomination.objects.visible_to(request.user).of_campaign(found.campaign)
        .filter(on_it | ready).distinct()
    )  # fmt: skip
    rows = official_order(offered)
    form = AgendaForm(request.POST if request.method == "POST" else None, offered=offered)
    if form.is_valid():
        chosen = {one.pk for one in form.cleaned_data["nominations"]}
        ordered = [row for row in rows if row.pk in chosen]
        actions.set_agenda(found, ordered, by=request.user, at=request.at)
        messages.success(request, f"Nội dung họp có {len(ordered)} đề nghị.")
        return redirect(found)
    on = {str(one) for one in found.agenda.values_list("nomination", flat=True)}
    context = {
        "meeting": found,
        "form": form,
        "rows": rows,
        "ticked": ticked(form, "nominations") or on,
        "silent": _unanswered(rows),
    }
    status = 422 if form.is_bound else 200
    return render(request, "awards/meeting_agenda.html", context, status=status)


def _unanswered(rows: list[Nomination]) -> list[tuple[str, str]]:
    """Of whom which body has not answered yet: said on the page, and no hindrance."""
    waiting = Nomination.objects.filter(
        pk__in=[row.pk for row in rows], opinions__consultation__answered_on=None
    )
    return list(
        waiting.filter(opinions__isnull=False)
        .values_list("candidate__name", "opinions__consultation__body").order_by("candidate__name")
    )  # fmt: skip


@methods("GET", "POST")
@once
def attendance(request: UserRequest, pk: int) -> HttpResponse:
    found = get_meeting(request, pk)
    require(may_prepare_meeting(request.user))
    members = list(found.attendances.select_related("member", "unit").in_order())
    form = AttendanceForm(
        request.POST if request.method == "POST" else None, meeting=found, members=members
    )
    if form.is_valid():
        for row in form.left_out():
            actions.leave_out(row, by=request.user, at=request.at)
        actions.note_attendance(found, form.kept(), by=request.user, at=request.at)
        messages.success(request, "Đã ghi nhận thành phần dự họp.")
        return redirect(found)
    context = {"meeting": found, "form": form, "paper": meeting_paper(found)}
    status = 422 if form.is_bound else 200
    return render(request, "awards/meeting_attendance.html", context, status=status)


@methods("GET", "POST")
@once
def outcomes(request: UserRequest, pk: int) -> HttpResponse:
    found = get_meeting(request, pk)
    require(may_prepare_meeting(request.user))
    form = OutcomesForm(
        request.POST if request.method == "POST" else None, items=agenda_of(found),
        voted=actions.decided_by_ballot(found), initial={"minutes": found.minutes},
    )  # fmt: skip
    if form.is_valid():
        actions.note_outcomes(
            found, form.outcomes(), minutes=form.cleaned_data["minutes"], by=request.user,
            at=request.at,
        )  # fmt: skip
        messages.success(request, "Đã ghi kết luận.")
        return redirect(found)
    context = {"meeting": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "awards/meeting_outcomes.html", context, status=status)


@methods("POST")
@once
def move(request: UserRequest, pk: int) -> HttpResponse:
    """Call, open, close, or cancel with a reason."""
    found = get_meeting(request, pk)
    wanted, by, at = request.POST.get("move", ""), request.user, request.at
    if wanted == "huy":
        require(may_run_meeting(by))
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return _page(request, found, form, status=422)
        actions.cancel_meeting(found, by=by, at=at, reason=form.cleaned_data["reason"])
        messages.success(request, "Đã hủy phiên họp. Các đề nghị trở về Ban Thi đua.")
        return redirect(found)
    moves = {
        "moi": (actions.call_meeting, "Đã mời họp. Mời tải giấy mời và gửi thành viên."),
        "mo": (actions.open_meeting, "Phiên họp đã mở."),
        "ket-thuc": (actions.close_meeting, "Phiên họp đã kết thúc. Mời lập tờ trình."),
    }
    if wanted not in moves:
        raise Http404
    act, said = moves[wanted]
    act(found, by=by, at=at)
    messages.success(request, said)
    return redirect(found)


@methods("GET")
def meeting_file(request: UserRequest, pk: int, name: str, kind: str) -> HttpResponse:
    found = get_meeting(request, pk)
    if name not in PAPERS:
        raise Http404
    return paper(PAPERS[name](meeting_paper(found)), f"{name}-{found.pk}", kind)
