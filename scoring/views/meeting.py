"""Meetings of a block: noted with who was there, read, taken out as minutes."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest, attachment, methods
from accounts.once import once
from accounts.permissions import require
from files.http import serve
from lib import clock
from scoring.actions import block_year as actions
from scoring.datasets.ballot import counted_ballots, members_of
from scoring.documents.meeting import meeting_minutes
from scoring.forms.block_year import MeetingForm, meeting_of
from scoring.models import BlockMeeting, BlockYear
from scoring.views.block_year import get_year, runs
from scoring.views.ranking import WRITERS
from scoring.views.uploads import staged_file


def get_meeting(request: UserRequest, pk: int) -> BlockMeeting:
    seen = BlockYear.objects.visible_to(request.user)
    rows = BlockMeeting.objects.filter(block_year__in=seen)
    return get_object_or_404(
        rows.select_related("block_year__block", "minutes_file", "noted_by"), pk=pk
    )


@methods("GET", "POST")
@once
def note(request: UserRequest, code: str, year: int) -> HttpResponse:
    found = get_year(request, code, year)
    require(runs(request, found))
    members, today = members_of(found.block, year), clock.local_day(request.at)
    form = MeetingForm(
        request.POST if request.method == "POST" else None, request.FILES or None,
        today=today, members=members,
    )  # fmt: skip
    token = staged_file(request, form)
    if not form.is_valid():
        context, status = {"year": found, "form": form}, 422 if form.is_bound else 200
        return render(request, "scoring/meeting_form.html", context, status=status)
    made = actions.note_meeting(
        found.block, year, form.meeting(token), form.presences(), by=request.user, at=request.at
    )
    messages.success(request, "Đã ghi hội nghị.")
    return redirect("scoring:meeting", made.pk)


@methods("GET", "POST")
@once
def edit(request: UserRequest, pk: int) -> HttpResponse:
    meeting = get_meeting(request, pk)
    year = meeting.block_year
    require(runs(request, year))
    noted = {row.unit_id: row for row in meeting.attendances.all()}
    form = MeetingForm(
        request.POST if request.method == "POST" else None, request.FILES or None,
        today=clock.local_day(request.at), members=members_of(year.block, year.year),
        noted=noted, initial=meeting_of(meeting),
    )  # fmt: skip
    token = staged_file(request, form)
    if not form.is_valid():
        context = {"year": year, "form": form, "meeting": meeting}
        status = 422 if form.is_bound else 200
        return render(request, "scoring/meeting_form.html", context, status=status)
    actions.change_meeting(
        meeting, form.meeting(token), form.presences(), by=request.user, at=request.at
    )
    messages.success(request, "Đã lưu hội nghị.")
    return redirect("scoring:meeting", pk)


@methods("GET")
def meeting(request: UserRequest, pk: int) -> HttpResponse:
    found = get_meeting(request, pk)
    year = found.block_year
    attendances = found.attendances.select_related("unit").order_by("unit__sort_order", "unit_id")
    context = {
        "meeting": found,
        "year": year,
        "attendances": list(attendances),
        "can_run": runs(request, year) and not year.is_handed_over,
    }
    return render(request, "scoring/meeting.html", context)


@methods("GET")
def minutes(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    """Biên bản hội nghị; what is not written yet is dots to fill in by hand."""
    found = get_meeting(request, pk)
    if kind not in WRITERS:
        raise Http404
    year = found.block_year
    is_year_end = found.kind == BlockMeeting.Kind.YEAR_END
    counted = counted_ballots(year.block, year.year) if is_year_end else ()
    attendances = found.attendances.select_related("unit").order_by("unit__sort_order", "unit_id")
    content_type, write = WRITERS[kind]
    content = write(meeting_minutes(found, list(attendances), counted))
    name = f"bien-ban-hoi-nghi-{year.block.code}-{found.held_on:%Y-%m-%d}.{kind}"
    return attachment(content, name, content_type)


@methods("GET")
def minutes_file(request: UserRequest, pk: int) -> HttpResponseBase:
    found = get_meeting(request, pk)
    if found.minutes_file is None:
        raise Http404
    return serve(found.minutes_file, found.minutes_file_name)
